"""Shape geometry tables the way the workspace keeps them."""

import geopandas as gpd
import pandas as pd

from geo.crs import NATIONAL_GRID, WGS84, frame_to_wgs84
from geo.errors import BadInputError
from geo.schema import SITES


def dissolved(boundary: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join a district's polygons into one row, EPSG:4326.

    Raises
    ------
    BadInputError
        The table carries no CRS, or holds no area.
    """
    outline = frame_to_wgs84(boundary).geometry.union_all()
    if outline.is_empty or outline.geom_type not in {"Polygon", "MultiPolygon"}:
        message = "The boundary file holds no area; expected the polygon of the district."
        raise BadInputError(message)
    return gpd.GeoDataFrame(geometry=[outline], crs=WGS84)


def together(frames: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Put tables of sites one after another: SITES schema, EPSG:27700, possibly no row."""
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return frames[0] if frames else _no_sites()
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True), geometry="geometry", crs=NATIONAL_GRID)


def _no_sites() -> gpd.GeoDataFrame:
    needed = {name: column for name, column in SITES.columns.items() if name != "geometry" and column.required}
    columns = {name: pd.Series(dtype=str(column.dtype)) for name, column in needed.items()}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], crs=NATIONAL_GRID), crs=NATIONAL_GRID)
