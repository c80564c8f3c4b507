"""Draw where clients came from: counts by H3 cell, or by ward or other named area."""

from collections.abc import Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import WGS84, require_crs
from layers.base import PlannerMap, call
from layers.hexagons import Card, draw_hexagons, fill_data
from layers.payload import path_deltas, polygon_deltas
from layers.style import CountClasses, LegendEntry, count_classes, legend_of

TOLERANCE_DEG: Final = 0.00012  # about 10 m: finer than a screen shows at district scale
_FLAGS: Final = {"institution": "At an institution", "shared_point": "At a point many postcodes share"}


def classes_for(*tables: pd.DataFrame) -> CountClasses:
    """Choose one set of classes for tables with a `count`, so that two maps side by side can be compared."""
    return count_classes(max((int(table["count"].max()) for table in tables if len(table)), default=0))


def draw_cells(
    target: PlannerMap,
    cells: pd.DataFrame,
    *,
    classes: CountClasses,
    unit: str,
    places: Mapping[int, str] | None = None,
) -> None:
    """Draw counts by H3 cell.

    Parameters
    ----------
    cells
        CELLS table.
    classes
        From `classes_for`.
    unit
        What one count is, such as "household episodes".
    places
        The name of the place each cell is in, where known.
    """
    names = cells["cell"].map(dict(places or {})).fillna("A cell outside the inhabited ones")
    table = cells.assign(place=names)
    index = classes.index(table["count"])
    draw_hexagons(target, table, classes=index, looks=classes.looks, card=_card("place", unit))


def draw_areas(
    target: PlannerMap, areas: gpd.GeoDataFrame, counts: pd.DataFrame, *, classes: CountClasses, unit: str
) -> None:
    """Draw counts by named area; an area without a count is drawn as nought.

    Parameters
    ----------
    areas
        AREAS table of polygons, EPSG:4326.
    counts
        Columns code, count, institution, shared_point.
    """
    require_crs(areas, WGS84)
    table = areas.merge(counts, on="code", how="left").fillna(dict.fromkeys(("count", *_FLAGS), 0))
    table = table.astype(dict.fromkeys(("count", *_FLAGS), "int64"))
    index = np.asarray(classes.index(table["count"]))
    call(
        target,
        "fills",
        area_shapes(areas) | fill_data(table, classes=index, looks=classes.looks, card=_card("name", unit)),
    )


def area_shapes(areas: gpd.GeoDataFrame) -> dict[str, Any]:
    """Pack the outlines of areas, and a place inside each to print a figure at."""
    shapes = areas.geometry.simplify(TOLERANCE_DEG)
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes.to_numpy()))
    return {"shapes": [polygon_deltas(shape) for shape in shapes], "anchors": path_deltas(inside)}


def legend_entries(classes: CountClasses, *, nought: bool = False) -> tuple[LegendEntry, ...]:
    """Name the classes; areas have noughts to explain, cells do not."""
    entries = legend_of(classes.labels(), classes.looks)
    return entries if nought else entries[1:]


def _card(heading: str, unit: str) -> Card:
    return Card({heading: "Place", "count": unit.capitalize(), **_FLAGS}, printed="count")
