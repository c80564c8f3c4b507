"""Lay a pack's tables and shapes out as geometry tables that a GIS or a browser can draw."""

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from geo.crs import WGS84
from geo.hubs.programme import sheet_from
from geo.review.pack.content import Column, Level, Map, Pack, Table, Value
from layers.pack.classes import Classed

CLASS_COLUMN: Final = "map_class"
_NUMBERS: Final = ("count", "number", "share")
# What of a hub anybody may know; the rest of a programme counts clients.
_HUB_COLUMNS: Final = ("number", "day", "weekday", "begin", "end", "name", "town", "agencies", "hours")


def code_column(table: Table) -> str:
    """Name the column that ties a table's rows to shapes; empty where it has none."""
    return next((column.name for column in table.columns if column.kind == "code"), "")


def map_frame(pack: Pack, map_: Map, worn: Classed) -> gpd.GeoDataFrame:
    """Lay out a map: its table's rows that have a shape, with the words of the class each wears.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; the table's columns by their names, `map_class`, and the geometry. An index of the table's rows.
    """
    table = pack.table(map_.table)
    shapes = {shape.code: shape.wkt for shape in pack.shapes.get(map_.level, ())}
    code = code_column(table)
    codes = [str(value) for value in table.column(code)] if code else []
    rows = [at for at, value in enumerate(codes) if value in shapes]
    frame = typed_frame(table).iloc[rows]
    said = [worn.classes[worn.of_rows[at]].words for at in rows]
    geometry = shapely.from_wkt([shapes[codes[at]] for at in rows])
    return gpd.GeoDataFrame(frame.assign(**{CLASS_COLUMN: said}), geometry=geometry, crs=WGS84)


def level_frame(pack: Pack, level: Level) -> gpd.GeoDataFrame:
    """Lay out all shapes of a level: code, name and geometry, EPSG:4326."""
    shapes = pack.shapes.get(level, ())
    table = {"code": [shape.code for shape in shapes], "name": [shape.name for shape in shapes]}
    geometry = shapely.from_wkt([shape.wkt for shape in shapes])
    return gpd.GeoDataFrame(pd.DataFrame(table, dtype=object), geometry=geometry, crs=WGS84)


def hub_table(pack: Pack) -> pd.DataFrame:
    """Lay out the programme's hubs without a number of clients; EPSG:27700 metres in `easting` and `northing`."""
    columns = [*_HUB_COLUMNS, "easting", "northing"]
    if pack.programme is None:
        return pd.DataFrame(columns=columns)
    hubs = sheet_from(dict(pack.programme)).hubs
    return hubs[columns].reset_index(drop=True)


def typed_frame(table: Table) -> pd.DataFrame:
    """Lay a table out with whole numbers, numbers and texts; a column of numbers with words in it is one of texts."""
    columns = {column.name: typed(column, table.column(column.name)) for column in table.columns}
    return pd.DataFrame(columns, index=range(len(table.rows)))


def typed(column: Column, values: Sequence[Value]) -> pd.Series:
    """Give a column's values the one type that holds them all."""
    said = [value for value in values if value is not None]
    numeric = all(isinstance(value, int | float) and not isinstance(value, bool) for value in said)
    if column.kind in _NUMBERS and numeric:
        whole = column.kind == "count" and all(float(value).is_integer() for value in said)
        return pd.Series(list(values), dtype="Int64" if whole else "Float64")
    return pd.Series([None if value is None else as_text(value) for value in values], dtype=object)


def as_text(value: Value) -> str:
    """Write a value in words; yes or no for what is true or not.

    Examples
    --------
    >>> as_text(True), as_text(3), as_text(None)
    ('yes', '3', '')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
