"""Shape lines and polygons by plain arithmetic: coasts, curves, ribbons, blocks."""

import math
from collections.abc import Sequence
from itertools import pairwise

from .draws import Draws, Point

Line = list[Point]


def distance_m(a: Point, b: Point) -> float:
    return math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def length_m(line: Sequence[Point]) -> float:
    return sum(distance_m(a, b) for a, b in pairwise(line))


def along(line: Sequence[Point], share: float) -> tuple[Point, Point]:
    """Find the point at a share of the line's length, and the unit vector of the line there."""
    left = share * length_m(line)
    for a, b in pairwise(line):
        step = distance_m(a, b)
        if left <= step or b is line[-1]:
            way = ((b[0] - a[0]) / step, (b[1] - a[1]) / step) if step else (1.0, 0.0)
            return between(a, b, min(left / step, 1) if step else 0), way
        left -= step
    return line[-1], (1.0, 0.0)


def fractal(line: Sequence[Point], draws: Draws, roughness: float, levels: int) -> Line:
    """Roughen a line by moving the middle of every piece sideways, again and again."""
    rough = list(line)
    for _ in range(levels):
        finer = [rough[0]]
        for a, b in pairwise(rough):
            x, y = between(a, b, draws.between(0.42, 0.58))
            side = draws.between(-roughness, roughness)
            finer += [(x - side * (b[1] - a[1]), y + side * (b[0] - a[0])), b]
        rough = finer
    return rough


def chaikin(line: Sequence[Point], times: int = 1) -> Line:
    """Round the corners of an open line by Chaikin's rule, its ends kept."""
    smooth = list(line)
    for _ in range(times):
        cut = [smooth[0]]
        for a, b in pairwise(smooth):
            cut += [between(a, b, 0.25), between(a, b, 0.75)]
        smooth = [*cut, smooth[-1]]
    return smooth


def chaikin_ring(ring: Sequence[Point], times: int = 1) -> Line:
    """Round the corners of a closed ring (first point not repeated)."""
    smooth = list(ring)
    for _ in range(times):
        smooth = [
            between(a, b, share) for a, b in zip(smooth, smooth[1:] + smooth[:1], strict=True) for share in (0.25, 0.75)
        ]
    return smooth


def densify(line: Sequence[Point], step_m: float) -> Line:
    """Add points so that no piece is longer than the step."""
    dense = [line[0]]
    for a, b in pairwise(line):
        pieces = max(1, math.ceil(distance_m(a, b) / step_m))
        dense += [between(a, b, (piece + 1) / pieces) for piece in range(pieces - 1)] + [b]
    return dense


def ribbon(line: Sequence[Point], widths_m: Sequence[float]) -> Line:
    """Widen a line into the ring of a ribbon, each point with its own width."""
    left, right = [], []
    for index, (point, width) in enumerate(zip(line, widths_m, strict=True)):
        before, after = line[max(0, index - 1)], line[min(len(line) - 1, index + 1)]
        step = distance_m(before, after) or 1
        x, y = -(after[1] - before[1]) / step * width / 2, (after[0] - before[0]) / step * width / 2
        left.append((point[0] + x, point[1] + y))
        right.append((point[0] - x, point[1] - y))
    return left + right[::-1]


def area_m2(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
