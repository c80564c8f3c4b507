"""Draw the areas that stand out: each outlined, solid for a priority and dashed for one to watch, with its number."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from h3.api.basic_int import cell_to_latlng

from geo.crs import WGS84
from geo.evidence.areas import HotArea
from geo.places.grid import cell_polygons
from layers.base import PlannerMap, call
from layers.hexagons import fact_column
from layers.marks import HUB_PX, draw_mark
from layers.payload import path_deltas, polygon_deltas
from layers.style import Fill, LegendEntry

_LOOKS: Final = {
    "priority": Fill(colour="", line="#1d1d1b", line_px=3.4),
    "watch": Fill(colour="", line="#1d1d1b", line_px=2.2, dash="6 5"),
}
_MARKS: Final = {"priority": ("square", "#1d1d1b"), "watch": ("circle", "#5b5b57")}
_LABELS: Final = {"priority": "Priority area", "watch": "Area to watch"}
_PANE: Final = "planner-areas"
_LEVEL: Final = 450  # above the hexagons and the boundary, below marks


def draw_areas(target: PlannerMap, areas: Sequence[HotArea], table: pd.DataFrame) -> None:
    """Draw the areas.

    Parameters
    ----------
    areas
        With their H3 cells.
    table
        PRIORITIES table of the same areas, in the same order.
    """
    if not areas:
        return
    kinds = list(_LOOKS)
    shapes = outlines_of(areas)
    data = {
        "shapes": [polygon_deltas(shape) for shape in shapes],
        "classes": [kinds.index(area.verdict) for area in areas],
        "styles": [look.options() for look in _LOOKS.values()],
    }
    call(target, "quiet", data | {"pane": _PANE, "level": _LEVEL, "closed": True})
    call(target, "marks", _numbers(areas, table))


def outlines_of(areas: Sequence[HotArea]) -> gpd.GeoSeries:
    """Join the cells of each area into one shape, EPSG:4326."""
    joined = [shapely.union_all(cell_polygons(np.array(area.cells, dtype=np.int64))) for area in areas]
    return gpd.GeoSeries(joined, crs=WGS84)


def legend_entries() -> tuple[LegendEntry, ...]:
    """Name the two verdicts."""
    return tuple(LegendEntry(_LABELS[verdict], look) for verdict, look in _LOOKS.items())


def _numbers(areas: Sequence[HotArea], table: pd.DataFrame) -> dict[str, Any]:
    lat_lon = np.array([cell_to_latlng(area.peak) for area in areas], dtype=np.float64)
    ranks = table["rank"].tolist()
    facts = {
        "Finding": table["verdict"].map(_LABELS),
        "Clients": table["count"],
        "Homes": table["homes"].round().astype("int64"),
        "How firm": table["stability"],
        "Since the year before": table["trend"],
    }
    return {
        "points": path_deltas(lat_lon[:, ::-1]),
        "icons": list(range(len(ranks))),
        "svgs": [_mark(area.verdict, rank) for area, rank in zip(areas, ranks, strict=True)],
        "sizes": [HUB_PX for _ in ranks],
        "names": [f"{rank}. {area.name}" for rank, area in zip(ranks, areas, strict=True)],
        "facts": [fact_column(label, values) for label, values in facts.items()],
        "pins": False,
    }


def _mark(verdict: str, rank: int) -> str:
    shape, colour = _MARKS[verdict]
    return draw_mark(shape, str(rank), colour)
