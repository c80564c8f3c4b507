"""Lay out land, sea, river, mere, boundary and wards, in National Grid metres."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import shapely
from shapely.geometry import LineString, MultiPoint, Polygon

from .draws import Draws, Point, Warp
from .gazette import SETTLEMENTS, TOWN_WARDS, TOWNS, grid
from .shapes import Line, between, chaikin, chaikin_ring, densify, distance_m, fractal, ribbon

# Kilometres from the origin; the coast anticlockwise from the south-west corner of the island.
_COAST: Final = (
    (-9.5, 0.5), (-6.5, -1.8), (-4.6, -1.0), (-4.1, 0.6), (-3.0, -0.9), (-0.6, -2.0), (2.6, -0.6), (5.2, 0.6),
    (7.8, 0.1), (10.4, 0.4), (13.2, -0.9), (15.6, -0.3), (17.4, -1.2), (18.9, -0.4), (18.3, 1.5), (17.6, 2.8),
    (17.0, 4.35), (17.55, 4.6), (18.7, 3.6), (19.9, 2.4), (21.6, 1.9), (22.6, 2.9), (23.2, 1.9), (24.3, 3.4),
    (24.5, 5.2), (23.2, 6.6), (22.2, 7.5), (22.6, 8.9), (23.0, 10.2), (24.4, 11.6), (24.1, 13.7), (22.9, 15.6),
    (22.3, 17.6), (20.4, 19.1), (18.3, 18.0), (16.9, 19.9), (13.6, 20.8), (12.6, 22.2), (11.2, 21.6), (10.9, 23.3),
    (8.6, 24.1), (4.8, 24.8), (1.2, 23.6), (-2.6, 24.4), (-6.2, 22.4), (-8.2, 19.0), (-7.4, 15.6), (-9.3, 12.2),
    (-10.6, 8.4), (-9.2, 4.6),
)  # fmt: skip
_ISLETS: Final = ((25.2, 8.9, 0.36), (25.6, 9.6, 0.2), (20.6, 0.2, 0.26), (-10.6, 14.2, 0.45), (9.6, 25.2, 0.3))
_INLAND: Final = (
    (0.9, -6), (0.7, 0.2), (0.1, 2.4), (-0.3, 5.6), (0.5, 8.6), (-0.5, 11.6), (0.2, 14.2), (1.4, 17.4), (4.4, 18.4),
    (7.6, 18.9), (10.4, 20.0), (13.2, 19.7), (15.5, 24),
)  # fmt: skip
_SALLOW: Final = (
    (-6.4, 17.5), (-4.0, 14.3), (-1.4, 13.4), (0.9, 13.4), (2.9, 12.1), (4.3, 11.9), (6.4, 11.6), (7.6, 10.8),
    (9.5, 10.6), (11.2, 9.2), (12.7, 8.9), (13.6, 7.6), (14.55, 7.05), (15.25, 6.3), (15.75, 5.55), (16.6, 5.2),
    (17.2, 4.4), (17.75, 3.6),
)  # fmt: skip
_BECK: Final = (
    (6.2, 22.1), (7.6, 19.6), (8.3, 17.6), (8.25, 16.1), (8.75, 14.9), (8.5, 13.2), (9.3, 11.8), (9.6, 10.62),
)  # fmt: skip
_MERE: Final = (
    (4.0, 11.75), (4.5, 12.35), (5.3, 12.4), (6.1, 12.1), (6.6, 11.6), (6.2, 11.25), (5.2, 11.4), (4.5, 11.4),
)  # fmt: skip


@dataclass(frozen=True)
class Water:
    name: str
    kind: str  # river, lake
    area: Polygon


@dataclass(frozen=True)
class Country:
    land: tuple[Polygon, ...]
    boundary: Polygon
    water: tuple[Water, ...]
    wards: dict[str, Polygon]
    rivers: tuple[LineString, ...]


def make_country() -> Country:
    land = _make_land()
    inland = fractal(_placed(_INLAND), Draws("inland boundary"), 0.11, 5)
    sea_side = Polygon([*inland, grid(40, 24), grid(40, -6)])
    boundary = largest(shapely.intersection(land[0], sea_side))
    sallow, beck = _meander(_SALLOW, "Sallow"), _meander(_BECK, "beck")
    water = (
        Water("River Sallow", "river", tidy(Polygon(ribbon(sallow, _widths(sallow))))),
        Water("Orrick Beck", "river", tidy(Polygon(ribbon(beck, [14.0] * len(beck))))),
        Water("Thistle Mere", "lake", tidy(Polygon(_make_mere()))),
    )
    return Country(land, boundary, water, _make_wards(boundary), (LineString(sallow), LineString(beck)))


def tidy(shape: shapely.Geometry) -> Polygon:
    """Keep the largest valid part, on a grid of 0.1 m, in one normal order of points."""
    return largest(shapely.normalize(shapely.set_precision(shapely.make_valid(shape), 0.1)))


def largest(shape: shapely.Geometry) -> Polygon:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area)


def _placed(spots: tuple[Point, ...]) -> Line:
    return [grid(*spot) for spot in spots]


def _make_land() -> tuple[Polygon, ...]:
    draws = Draws("coast")
    ring = [*_placed(_COAST), grid(*_COAST[0])]
    coast = tidy(Polygon(fractal(ring, draws, 0.23, 5)))
    return (coast, *(_make_islet(draws, *islet) for islet in _ISLETS))


def _make_islet(draws: Draws, east_km: float, north_km: float, size_km: float) -> Polygon:
    spots = ((-1, 0), (-0.5, 0.8), (0.3, 1), (1, 0.4), (0.8, -0.5), (-0.1, -0.9))
    ring = [grid(east_km + size_km * x, north_km + size_km * y) for x, y in spots]
    return tidy(Polygon(chaikin_ring(fractal([*ring, ring[0]], draws, 0.15, 3)[:-1])))


def _make_mere() -> Line:
    ring = _placed(_MERE)
    return chaikin_ring(fractal([*ring, ring[0]], Draws("mere"), 0.12, 3)[:-1])


def _meander(spots: tuple[Point, ...], label: str) -> Line:
    """Let a river wander between the spots it must pass."""
    wide, narrow = Warp(label + " wide", 1000, 330), Warp(label + " narrow", 420, 120)
    line = densify(chaikin(_placed(spots), 2), 130)
    return chaikin([narrow.at(wide.at(point)) for point in line])


def _widths(line: Line) -> list[float]:
    """Widen the river from 16 m at the border to 44 m in the town and 150 m in the estuary."""
    last = len(line) - 1
    return [16 + 30 * (at / last) + 110 * max(0.0, at / last - 0.9) * 10 for at in range(last + 1)]


def _make_wards(boundary: Polygon) -> dict[str, Polygon]:
    """Give every spot to the ward of its nearest seed, in a plane bent so that borders wander like parish bounds."""
    seeds = _ward_seeds()
    frame = shapely.box(*boundary.buffer(8000).bounds)
    cells = shapely.get_parts(shapely.voronoi_polygons(MultiPoint([spot for spot, _ in seeds]), extend_to=frame))
    wards: dict[str, list[Polygon]] = {}
    for spot, ward in seeds:
        cell = next(cell for cell in cells if cell.contains(shapely.Point(spot)))
        wards.setdefault(ward, []).append(cell)
    bend = _bend()
    bent = {ward: shapely.union_all([_bent(cell, bend) for cell in parts]) for ward, parts in wards.items()}
    return {ward: shapely.normalize(shapely.intersection(bent[ward], boundary)) for ward in sorted(bent)}


def _ward_seeds() -> list[tuple[Point, str]]:
    seeds = [(place.centre, place.ward) for place in SETTLEMENTS if place.ward]
    # The empty shores on either side of the estuary.
    seeds += [(grid(19.8, 3.8), "Hesselmere & Gullholme"), (grid(18.0, 1.1), "Wharrowfield & Yarrowholm")]
    for town in TOWNS:
        seeds += [
            ((town.centre[0] + 1000 * east, town.centre[1] + 1000 * north), ward)
            for ward, east, north in TOWN_WARDS[town.name]
        ]
    return seeds


def _bend() -> Warp:
    return Warp("ward borders", 750, 130)


def _bent(cell: Polygon, bend: Warp) -> Polygon:
    """Bend a Voronoi cell; a border is cut into the same pieces from both its sides."""
    corners = [(round(x, 1), round(y, 1)) for x, y in cell.exterior.coords]
    ring: Line = []
    for a, b in pairwise(corners):
        forward = _pieces(min(a, b), max(a, b))
        ring += (forward if a < b else forward[::-1])[:-1]
    return shapely.set_precision(Polygon([bend.at(point) for point in ring]), 0.1)


def _pieces(a: Point, b: Point) -> Line:
    count = max(1, int(distance_m(a, b) / 120))
    return [between(a, b, piece / count) for piece in range(count + 1)]
