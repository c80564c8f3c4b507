"""Find room for words on a map: none covers another, and what finds no room is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from layers.pack.printed.fonts import width_pt

Box = tuple[float, float, float, float]
_HEIGHT: Final = 1.0  # of a figure with its halo, in sizes of the type
_PAD_PT: Final = 1.0
_NUMBER_SIZES: Final = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_NAME_PARTS: Final = (1.0, 0.9, 0.8, 0.75)
_MOST_FIT: Final = 0.9
_RINGS: Final = 6
_AROUND: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the point it belongs to, in points of the paper."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A word where it stands: the middle of it, in points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    row: int

    @property
    def box(self) -> Box:
        """What it covers."""
        return _box(self.text, self.x, self.y, self.size, bold=self.bold)


def fit_inside(texts: Sequence[str], shapes: Sequence[BaseGeometry]) -> list[Placed]:
    """Print each text inside its own shape, all in one size, the largest in which nine of ten find room.

    Parameters
    ----------
    texts
        Empty where nothing is to be printed.
    shapes
        In points of the paper.

    Returns
    -------
    list of Placed
        Those that found room.
    """
    wanted = [(row, text, shape) for row, (text, shape) in enumerate(zip(texts, shapes, strict=True)) if text]
    found: list[Placed] = []
    for size in _NUMBER_SIZES:
        found = [placed for row, text, shape in wanted if (placed := _inside(row, text, shape, size))]
        if len(found) >= _MOST_FIT * len(wanted):
            break
    return found


def fit_names(texts: Sequence[str], shapes: Sequence[BaseGeometry], *, size: float) -> list[Placed]:
    """Print each name in bold inside its own shape, a little smaller where it must be.

    Returns
    -------
    list of Placed
        Those that found room; `row` is their place among `texts`.
    """
    found = []
    for row, (text, shape) in enumerate(zip(texts, shapes, strict=True)):
        choices = (_inside(row, text, shape, part * size, bold=True) for part in _NAME_PARTS)
        found += [next((one for one in choices if one is not None), None)]
    return [one for one in found if one is not None]


def middle_of(shape: BaseGeometry) -> shapely.Point:
    """Find the point of a shape that is furthest from its edge."""
    if shape.area == 0:
        return shapely.Point(shape.centroid)
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    return shapely.Point(shapely.maximum_inscribed_circle(largest, tolerance=1.0).coords[0])


def place_around(
    words: Sequence[Word], taken: Iterable[Box], *, within: Box, distances: Sequence[float]
) -> list[Placed]:
    """Print each word beside its point, the first ones first, where nothing else stands.

    Parameters
    ----------
    taken
        What is covered already.
    within
        The window.
    distances
        From the point to the word's edge, in points; the nearest is tried first.

    Returns
    -------
    list of Placed
        Those that found room; `row` is their place in `words`.
    """
    covered = list(taken)
    found = []
    for row, word in enumerate(words):
        placed = next((one for one in _choices(row, word, distances) if _free(one.box, covered, within)), None)
        if placed is not None:
            found.append(placed)
            covered.append(placed.box)
    return found


def _inside(row: int, text: str, shape: BaseGeometry, size: float, *, bold: bool = False) -> Placed | None:
    for point in (shape.centroid, middle_of(shape)):
        placed = Placed(text, point.x, point.y, size, bold=bold, row=row)
        if shape.contains(box(*placed.box)):
            return placed
    return None


def _choices(row: int, word: Word, distances: Sequence[float]) -> Iterable[Placed]:
    half_wide = width_pt(word.text, word.size, bold=word.bold) / 2
    half_high = _HEIGHT * word.size / 2
    for distance in distances:
        for right, up in _AROUND if distance else ((0, 0),):
            x, y = word.x + right * (half_wide + distance), word.y + up * (half_high + distance)
            yield Placed(word.text, x, y, word.size, bold=word.bold, row=row)


def _free(own: Box, covered: Iterable[Box], within: Box) -> bool:
    inside = own[0] >= within[0] and own[1] >= within[1] and own[2] <= within[2] and own[3] <= within[3]
    return inside and not any(_meet(own, other) for other in covered)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _box(text: str, x: float, y: float, size: float, *, bold: bool) -> Box:
    half_wide = width_pt(text, size, bold=bold) / 2 + _PAD_PT
    half_high = _HEIGHT * size / 2
    return x - half_wide, y - half_high, x + half_wide, y + half_high


def spread(spots: Sequence[tuple[float, float]], *, apart: float) -> list[tuple[float, float]]:
    """Move points that lie on each other apart; the first ones stay where they are.

    Examples
    --------
    >>> spread([(0.0, 0.0), (0.0, 0.0), (50.0, 0.0)], apart=10)
    [(0.0, 0.0), (10.0, 0.0), (50.0, 0.0)]
    """
    found: list[tuple[float, float]] = []
    for x, y in spots:
        rings = (
            (x + ring * apart * right, y + ring * apart * up) for ring in range(1, _RINGS) for right, up in _AROUND
        )
        choices = (spot for spot in [(x, y), *rings] if all(_far(spot, other, 0.8 * apart) for other in found))
        found.append(next(choices, (x, y)))
    return found


def _far(one: tuple[float, float], other: tuple[float, float], apart: float) -> bool:
    return abs(one[0] - other[0]) >= apart or abs(one[1] - other[1]) >= apart
