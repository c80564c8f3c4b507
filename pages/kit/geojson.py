"""Tables of cells or areas as GeoJSON for the team's GIS, EPSG:4326; each file says that it is for the team only."""

from collections.abc import Callable

import geopandas as gpd
import h3
import pandas as pd

from geo.crs import WGS84, frame_to_wgs84
from geo.places.grid import cell_polygons
from geo.review.team_only import team_geojson


def maker(table: pd.DataFrame, areas: gpd.GeoDataFrame | None = None) -> Callable[[], bytes]:
    """Prepare a GeoJSON file that is written when it is asked for.

    Parameters
    ----------
    table
        Has `cell` (int64 H3), or `code` of `areas`.
    areas
        AREAS table of the shapes to write; None for cells.
    """
    return lambda: _written(_cells(table) if areas is None else _areas(table, areas))


def site_maker(sites: gpd.GeoDataFrame, ranked: pd.DataFrame) -> Callable[[], bytes]:
    """Prepare ranked places as GeoJSON points.

    Parameters
    ----------
    sites
        SITES table, EPSG:27700.
    ranked
        A ranking's table.
    """
    shapes = frame_to_wgs84(sites[["site_id", "geometry"]])
    return lambda: _written(shapes.merge(ranked, on="site_id").sort_values("rank"))


def shapes(table: pd.DataFrame, outlines: gpd.GeoSeries) -> bytes:
    """Write a table with one shape a row, EPSG:4326, cells named as GIS does."""
    cells = {name: [h3.int_to_str(cell) for cell in table[name].tolist()] for name in ("peak",) if name in table}
    return _written(gpd.GeoDataFrame(table.assign(**cells), geometry=outlines.to_numpy(), crs=WGS84))


def _written(frame: gpd.GeoDataFrame) -> bytes:
    return team_geojson(frame.to_json()).encode("utf-8")


def _areas(table: pd.DataFrame, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give every area its numbers; one without a client has 0, not nothing."""
    numbers = table.select_dtypes("number").columns
    joined = areas.merge(table, on="code", how="left")
    return joined.assign(**{name: joined[name].fillna(0).astype(table[name].dtype) for name in numbers})


def _cells(table: pd.DataFrame) -> gpd.GeoDataFrame:
    shapes = cell_polygons(table["cell"].to_numpy())
    named = table.assign(cell=[h3.int_to_str(cell) for cell in table["cell"].tolist()])
    return gpd.GeoDataFrame(named, geometry=list(shapes), crs=WGS84)
