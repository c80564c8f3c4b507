"""Write the names of streets along them on a card's map, the walked ones first, where nothing else stands."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from layers.pack.printed.fonts import printable, width_pt

_MOST: Final = 90
_PLACES: Final = (0.5, 0.3, 0.7, 0.15, 0.85)  # along the street
_SHORTEST: Final = 0.7  # of the name's own width: a shorter street is left without, but for one that is walked
_SHORTEST_WALKED: Final = 0.35
_STRAIGHT: Final = 0.93
_QUARTER_TURN: Final = 90.0


@dataclass(frozen=True)
class StreetWord:
    """A name where it stands: its middle in points, its slope in degrees."""

    text: str
    x: float
    y: float
    slope: float


def street_words(
    streets: Mapping[str, BaseGeometry],
    first: Iterable[str],
    taken: Sequence[BaseGeometry],
    window: BaseGeometry,
    *,
    size: float,
    beside: float,
) -> list[StreetWord]:
    """Find room for the names of streets.

    Parameters
    ----------
    streets
        Each name with its lines, in points of the paper.
    first
        Names that come before all others; then the longest.
    taken
        What no name may cover: the way, the stops.
    window
        Where names may stand.
    size
        Of the type, in points.
    beside
        How far a name stands from its street where it may not stand on it.
    """
    wanted = set(first)
    runs = {name: _longest(lines) for name, lines in streets.items()}
    order = sorted(runs, key=lambda name: (name not in wanted, -runs[name].length, name))
    covered = list(taken)
    found: list[StreetWord] = []
    for name in order:
        if len(found) == _MOST:
            break
        text = printable(name)
        least = (_SHORTEST_WALKED if name in wanted else _SHORTEST) * width_pt(text, size)
        if runs[name].length < least:
            continue
        for word, shape in _choices(text, runs[name], size, beside):
            if window.contains(shape) and not any(shape.intersects(other) for other in covered):
                found.append(word)
                covered.append(shape)
                break
    return found


def _longest(lines: BaseGeometry) -> BaseGeometry:
    merged = shapely.line_merge(shapely.unary_union(lines))
    longest: BaseGeometry = max(shapely.get_parts(merged), key=lambda part: part.length)
    return longest


def _choices(text: str, run: BaseGeometry, size: float, beside: float) -> Iterator[tuple[StreetWord, BaseGeometry]]:
    wide = width_pt(text, size)
    plain = shapely.box(-wide / 2 - 1, -0.55 * size, wide / 2 + 1, 0.55 * size)
    for away in (0.0, beside, -beside):
        for part in _PLACES:
            at = min(max(part * run.length, wide / 2), max(run.length - wide / 2, run.length / 2))
            begin, end = (run.interpolate(max(at + half, 0.0)) for half in (-wide / 2, wide / 2))
            reach = begin.distance(end)
            if reach < _STRAIGHT * min(wide, run.length):
                continue
            slope = _upright(math.degrees(math.atan2(end.y - begin.y, end.x - begin.x)))
            middle = shapely.Point((begin.x + end.x) / 2, (begin.y + end.y) / 2)
            up = math.radians(slope + _QUARTER_TURN)
            x, y = middle.x + away * math.cos(up), middle.y + away * math.sin(up)
            shape = affinity.translate(affinity.rotate(plain, slope, origin=(0, 0)), x, y)
            yield StreetWord(text, x, y, slope), shape


def _upright(slope: float) -> float:
    """Turn a slope so that a word along it is not upside down.

    Examples
    --------
    >>> _upright(170.0), _upright(-100.0), _upright(45.0)
    (-10.0, 80.0, 45.0)
    """
    turned = slope % (2 * _QUARTER_TURN)
    return turned - 2 * _QUARTER_TURN if turned > _QUARTER_TURN else turned
