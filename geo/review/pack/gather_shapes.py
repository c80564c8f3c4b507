"""Take the shapes that maps are drawn from, simplified to some 15 m, as WKT in EPSG:4326 with 5 decimals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.editions import Dataset
from geo.places.grid import cell_polygons
from geo.review.pack.plain import cell_number
from geo.review.workspace import Workspace

DECIMALS: Final = 5  # about 1 m
_TOLERANCE_DEG: Final = 0.00015  # about 15 m
_MARGIN_DEG: Final = 0.03  # the ground is drawn some 2 to 3 km beyond the district
GROUND: Final[tuple[Dataset, ...]] = ("land", "water", "roads", "settlements")
Row = list[str]


def district_shapes(workspace: Workspace, name: str) -> list[Row]:
    """Draw the district: one row of code, name and WKT."""
    return rows_of(workspace.boundary().assign(code="district", name=name))


def ward_shapes(workspace: Workspace) -> list[Row]:
    """Draw the wards that are loaded."""
    wards = workspace.areas("wards")
    return [] if wards is None else rows_of(wards.sort_values("code"))


def ground_shapes(workspace: Workspace) -> dict[str, list[Row]]:
    """Draw land, water, roads and settlements as far as maps show them, where they are loaded."""
    frame = shapely.box(*shapely.total_bounds(workspace.boundary().geometry.to_numpy())).buffer(
        _MARGIN_DEG, join_style="mitre"
    )
    return {name: _clipped(workspace.areas(name), frame) for name in GROUND}


def area_shapes(cells: Mapping[str, Sequence[str]]) -> list[Row]:
    """Dissolve the cells of each area: code and name are the area's name."""
    return [[name, name, wkt_of(_dissolved(held))] for name, held in cells.items()]


def point_shapes(places: Iterable[tuple[str, str, float, float]]) -> list[Row]:
    """Write points of code, name, longitude and latitude."""
    return [[code, name, wkt_of(shapely.Point(lon, lat))] for code, name, lon, lat in places]


def cell_shapes(cells: Iterable[tuple[str, str]]) -> list[Row]:
    """Draw H3 cells, which need not be frozen, from their codes and names."""
    named = list(cells)
    drawn = cell_polygons(np.array([cell_number(code) for code, _ in named], dtype=np.int64))
    return [[code, name, wkt_of(shape)] for (code, name), shape in zip(named, drawn.tolist(), strict=True)]


def rows_of(frame: gpd.GeoDataFrame) -> list[Row]:
    """Simplify and write the shapes of a table with columns code and name; what is too small to draw is left out."""
    thin = frame.geometry.simplify(_TOLERANCE_DEG)
    rows = zip(frame["code"], frame["name"], thin, strict=True)
    return [[str(code), str(name), wkt_of(shape)] for code, name, shape in rows if not shape.is_empty]


def wkt_of(shape: shapely.Geometry) -> str:
    """Write a shape with 5 decimals."""
    return str(shapely.to_wkt(shape, rounding_precision=DECIMALS))


def _clipped(frame: gpd.GeoDataFrame | None, to: shapely.Geometry) -> list[Row]:
    if frame is None:
        return []
    near = frame[frame.geometry.intersects(to).to_numpy()]
    return rows_of(near.set_geometry(shapely.intersection(near.geometry.to_numpy(), to), crs=frame.crs))


def _dissolved(cells: Sequence[str]) -> shapely.Geometry:
    """Join cells without hair lines between them: neighbours name a shared corner a rounding apart."""
    drawn = cell_polygons(np.array([cell_number(cell) for cell in cells], dtype=np.int64))
    snapped = shapely.set_precision(drawn, grid_size=10.0**-DECIMALS)
    return shapely.normalize(shapely.union_all(snapped, grid_size=10.0**-DECIMALS))
