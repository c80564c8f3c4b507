"""Find a point on the surface of what OpenStreetMap draws: a closed line, or a multipolygon with holes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import shapely

Spot = tuple[float, float]
"""Longitude and latitude, EPSG:4326."""
_CORNERS: Final = 3


@dataclass(frozen=True, slots=True)
class Ring:
    """A drawn line: its points as far as they are known, and whether it ends where it began."""

    spots: tuple[Spot, ...]
    closed: bool


def point_in_rings(rings: Sequence[Ring]) -> Spot | None:
    """Give a point on the surface of the largest ring; None where no ring is closed.

    Examples
    --------
    >>> ell = ((0, 0), (9, 0), (9, 1), (1, 1), (1, 9), (0, 9), (0, 0))
    >>> x, y = point_in_rings([Ring(ell, closed=True)])
    >>> bool(shapely.contains_xy(shapely.Polygon(ell), x, y))
    True
    """
    return _inside([shapely.Polygon(ring.spots) for ring in rings if ring.closed and len(ring.spots) > _CORNERS])


def point_of_relation(outer: Sequence[Ring], inner: Sequence[Ring]) -> Spot | None:
    """Give a point on the surface of a multipolygon, outside its holes.

    Where its outline does not close, since the file was cut or is wrong, one of its known points stands for it; None
    where none is known.
    """
    outlines = _areas(outer)
    if not outlines:
        known = [spot for ring in outer for spot in ring.spots]
        return known[0] if known else None
    holes = shapely.union_all(_areas(inner))
    return _inside([shapely.difference(outline, holes) for outline in outlines])


def _areas(rings: Sequence[Ring]) -> list[shapely.Geometry]:
    """Join lines into areas: an outline may be cut into several ways."""
    lines = shapely.union_all([shapely.LineString(ring.spots) for ring in rings if len(ring.spots) > 1])
    return [shapely.make_valid(area) for area in shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))]


def _inside(areas: Sequence[shapely.Geometry]) -> Spot | None:
    sound = [shapely.make_valid(area) for area in areas]
    filled = [area for area in sound if shapely.area(area) > 0]
    if not filled:
        return None
    point = shapely.point_on_surface(max(filled, key=shapely.area))
    return float(shapely.get_x(point)), float(shapely.get_y(point))
