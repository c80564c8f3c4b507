"""Find the streets that several teams walk, so that a map can show each team on them."""

from collections.abc import Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.walkabouts.plan import TeamWalk

_SAME_STREET_M: Final = 1.0  # ways so near are one street
_CROSSING_M: Final = 5.0  # shorter than this, ways only cross


def shared_ways(teams: Sequence[TeamWalk]) -> tuple[tuple[BaseGeometry, ...], ...]:
    """Find what each team walks where teams before it do, by how many they are.

    Returns
    -------
    tuple of tuple of BaseGeometry
        For each team: what one team before it walks as well, what two do, and so on, EPSG:27700; to the end of the
        first that is empty.
    """
    beneath: list[BaseGeometry] = []
    found = []
    for team in teams:
        way = shapely.union_all([leg.line for leg in team.legs])
        counted, rest = [], way
        for other in beneath:
            rest = _long(rest.intersection(other))
            counted.append(rest)
        found.append(tuple(one for one in counted if not one.is_empty))
        beneath = _piled(beneath, way.buffer(_SAME_STREET_M))
    return tuple(found)


def parted(lines: Sequence[BaseGeometry], shared: Sequence[BaseGeometry]) -> list[list[BaseGeometry]]:
    """Part a team's way by how many teams before it walk there: none, one, two, and so on.

    Parameters
    ----------
    lines
        Its way, EPSG:27700.
    shared
        Of `shared_ways`.
    """
    if not shared:
        return [list(lines)]
    wide = [shape.buffer(_SAME_STREET_M) for shape in shared]
    parts = [_lines_of(shapely.union_all(list(lines)).difference(wide[0]))]
    for shape, above in zip(shared, [*wide[1:], shapely.Polygon()], strict=True):
        parts.append(_lines_of(shape.difference(above)))
    return parts


def _piled(beneath: Sequence[BaseGeometry], way: BaseGeometry) -> list[BaseGeometry]:
    """Add a way to what at least one, two, three ways cover."""
    piled, rest = [], way
    for covered in beneath:
        piled.append(covered.union(rest))
        rest = covered.intersection(rest)
    return [*piled, rest]


def _long(shape: BaseGeometry) -> BaseGeometry:
    """Leave out the bits where ways only cross."""
    merged = shapely.line_merge(shape) if "Line" in shape.geom_type else shape
    lines = [part for part in shapely.get_parts(merged) if part.length > _CROSSING_M]
    return shapely.union_all(lines) if lines else shapely.LineString()


def _lines_of(shape: BaseGeometry) -> list[BaseGeometry]:
    merged = shapely.line_merge(shape) if "MultiLine" in shape.geom_type else shape
    return [part for part in shapely.get_parts(merged) if part.length]
