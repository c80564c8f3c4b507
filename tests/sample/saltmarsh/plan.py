"""Cut the plan of a settlement into blocks, every one of them convex and every cut straight."""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from .draws import Draws, Point
from .gazette import Settlement
from .shapes import area_m2, between, distance_m, middle

_NEAR_M: Final = 18.0  # a new street end this close to a corner meets it there
_RING: Final = ((1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7))
THROUGH: Final = (9, 10, 11)  # the numbers of the through streets: those after the eight of the ring


@dataclass(frozen=True)
class Block:
    corners: tuple[Point, ...]
    streets: tuple[int, ...]  # the street on the side from corner i to corner i + 1


@dataclass
class Plan:
    """A settlement's plan while it is being cut."""

    place: Settlement
    draws: Draws
    nodes: dict[int, list[Point]] = field(default_factory=dict)  # points known to lie on each street
    streets: int = 0

    def new_street(self) -> int:
        self.streets += 1
        self.nodes[self.streets] = []
        return self.streets


def radius_m(place: Settlement) -> float:
    return math.sqrt(place.homes * 10000 / homes_per_ha(place) / 3.14)


def homes_per_ha(place: Settlement) -> int:
    return 31 if place.kind == "town" else 24


def cut_blocks(plan: Plan) -> list[Block]:
    """Cut the ground by the through streets, then each block across its longer way until it is small enough."""
    x, y = plan.place.centre
    reach = radius_m(plan.place) * 1.8
    corners = tuple((x + reach * dx, y + reach * dy) for dx, dy in _RING)
    blocks = [Block(corners, tuple(plan.new_street() for _ in _RING))]
    for street, way, share in zip(
        [plan.new_street() for _ in THROUGH], plan.place.axes, (0.0, 0.3, -0.3), strict=False
    ):
        shift = share * radius_m(plan.place)
        spot = (x + shift * way[1], y - shift * way[0])
        blocks = [part for block in blocks for part in _cut(plan, block, spot, way, street)]
    done: list[Block] = []
    while blocks:
        block = blocks.pop()
        if area_m2(block.corners) < _limit_m2(plan, block):
            done.append(block)
        else:
            blocks += _halve(plan, block)
    return done


def _limit_m2(plan: Plan, block: Block) -> float:
    """Say how large a block may stay: 0.8 hectares in a town's middle, 2.4 at its edge."""
    out = distance_m(middle(block.corners), plan.place.centre) / radius_m(plan.place)
    base = 7000 + 9500 * out if plan.place.kind == "town" else 11000 + 6000 * out
    return base * plan.draws.between(0.8, 1.5)


def _halve(plan: Plan, block: Block) -> list[Block]:
    sides = list(zip(block.corners, [*block.corners[1:], block.corners[0]], strict=True))
    a, b = max(sides, key=lambda side: _extent(block, side))
    spot = between(middle(block.corners), between(a, b, 0.5), 0.3)
    slide = plan.draws.between(-0.09, 0.09)
    spot = spot[0] + slide * (b[0] - a[0]), spot[1] + slide * (b[1] - a[1])
    lean = plan.draws.between(-0.13, 0.13)
    way = (-(b[1] - a[1]) + lean * (b[0] - a[0]), (b[0] - a[0]) + lean * (b[1] - a[1]))
    parts = _cut(plan, block, spot, way, plan.new_street())
    return parts if len(parts) == 2 else _cut(plan, block, middle(block.corners), way, plan.new_street())


def _extent(block: Block, side: tuple[Point, Point]) -> float:
    """Measure how far the block reaches along one of its sides."""
    (ax, ay), (bx, by) = side
    long_m = distance_m(*side) or 1
    shares = [((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long_m for x, y in block.corners]
    return max(shares) - min(shares)


def _cut(plan: Plan, block: Block, spot: Point, way: Point, street: int) -> list[Block]:
    """Cut a convex block by the line through a spot; a block the line misses comes back whole."""
    sides = [(x - spot[0]) * way[1] - (y - spot[1]) * way[0] for x, y in block.corners]
    if min(sides) >= 0 or max(sides) <= 0:
        return [block]
    left: list[tuple[Point, int]] = []
    right: list[tuple[Point, int]] = []
    count = len(block.corners)
    for index, (corner, side) in enumerate(zip(block.corners, block.streets, strict=True)):
        after = (index + 1) % count
        here, there = sides[index], sides[after]
        (left if here >= 0 else right).append((corner, side))
        if (here >= 0) != (there >= 0):
            cross = _meet(plan, side, corner, block.corners[after], here / (here - there))
            plan.nodes[street].append(cross)
            leaving, entering = (left, right) if here >= 0 else (right, left)
            leaving.append((cross, street))
            entering.append((cross, side))
    parts = [_block(part) for part in (left, right)]
    return parts if all(len(part.corners) > 2 for part in parts) else [block]


def _block(sides: list[tuple[Point, int]]) -> Block:
    """Close a ring of corners, leaving out corners that repeat."""
    kept = [side for index, side in enumerate(sides) if side[0] != sides[(index + 1) % len(sides)][0]]
    return Block(tuple(corner for corner, _ in kept), tuple(street for _, street in kept))


def _meet(plan: Plan, street: int, a: Point, b: Point, share: float) -> Point:
    """Find where a cut meets a street: at a junction already there if one is near, so that streets cross squarely."""
    cross = between(a, b, share)
    known = [node for node in [*plan.nodes[street], a, b] if distance_m(node, cross) < _NEAR_M]
    known = [node for node in known if distance_m(a, node) + distance_m(node, b) < distance_m(a, b) + 0.01]
    if known:
        return min(known, key=lambda node: distance_m(node, cross))
    plan.nodes[street].append(cross)
    return cross


def pieces_of(plan: Plan, block: Block) -> list[tuple[Point, Point, int]]:
    """Split the sides of a block at every junction that lies on them."""
    found = []
    for index, (a, street) in enumerate(zip(block.corners, block.streets, strict=True)):
        b = block.corners[(index + 1) % len(block.corners)]
        whole = distance_m(a, b)
        inner = [n for n in plan.nodes[street] if distance_m(a, n) + distance_m(n, b) < whole + 1e-6]
        stops = sorted({a, b, *inner}, key=lambda node: (distance_m(a, node), node))
        found += [(min(p, q), max(p, q), street) for p, q in pairwise(stops) if distance_m(p, q) > 0.5]
    return found
