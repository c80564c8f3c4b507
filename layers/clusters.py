"""Draw clusters: a broken outline about the cells of each, with its number."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.evidence.cluster_tables import cluster_outlines
from geo.evidence.clusters import Clusters
from layers.base import PlannerMap, call
from layers.hexagons import fact_column
from layers.marks import MARK_PX, draw_mark
from layers.payload import path_deltas, polygon_deltas
from layers.style import INK, WHITE, Fill, LegendEntry

_PANE: Final = "planner-clusters"
_LEVEL: Final = 435
_SURE_P: Final = 0.05
_KM: Final = 1_000
_MARK: Final = "octagon"
_MARK_COLOUR: Final = "#4a2a00"
_HALO: Final = Fill(colour="", line=WHITE, line_px=6.0)
_SURE: Final = Fill(colour="", line=INK, line_px=3.2, dash="12 5")
_UNSURE: Final = Fill(colour="", line=INK, line_px=2.4, dash="2 6")
_FACTS: Final = {
    "count": "Clients",
    "expected": "Expected from the homes",
    "relative_risk": "Times the risk elsewhere",
    "cells": "Cells",
    "radius_km": "Radius in km",
    "p": "p against homes alone",
    "p_uneven": "p against ordinary unevenness",
}


def draw_clusters(target: PlannerMap, clusters: Clusters) -> None:
    """Draw every cluster listed, in long dashes where it stands out from ordinary unevenness at 5 %, else in dots."""
    if len(clusters.table):
        outlines = cluster_outlines(clusters)
        call(target, "quiet", _lines(outlines, clusters.table))
        call(target, "marks", _numbers(outlines, clusters.table))


def legend_entries() -> tuple[LegendEntry, ...]:
    """Explain the outlines and their numbers."""
    return (
        LegendEntry("Cluster beyond ordinary unevenness", _SURE, line=True),
        LegendEntry("Cluster that ordinary unevenness may explain", _UNSURE, line=True),
        LegendEntry("A cluster's number, the surest first", svg=draw_mark(_MARK, "1", _MARK_COLOUR)),
    )


def _lines(outlines: gpd.GeoDataFrame, table: pd.DataFrame) -> dict[str, Any]:
    """Pack the outlines, each first as a white line below, so that it shows on dark cells as well."""
    shapes = [polygon_deltas(shape) for shape in outlines.geometry]
    return {
        "shapes": [*shapes, *shapes],
        "classes": [0] * len(shapes) + [1 if p <= _SURE_P else 2 for p in table["p_uneven"]],
        "styles": [look.options() for look in (_HALO, _SURE, _UNSURE)],
        "pane": _PANE,
        "level": _LEVEL,
        "closed": True,
    }


def _numbers(outlines: gpd.GeoDataFrame, table: pd.DataFrame) -> dict[str, Any]:
    """Pack the numbers: one on the northern end of each part of an outline, so that no cell is hidden."""
    parts = outlines.merge(table, on="cluster").explode(ignore_index=True)
    shown = parts.assign(radius_km=parts["radius_m"] / _KM, relative_risk=parts["relative_risk"].astype("float64"))
    corners = [shapely.get_coordinates(part) for part in parts.geometry]
    numbers = [str(number) for number in table["cluster"]]
    return {
        "points": path_deltas(np.array([points[points[:, 1].argmax()] for points in corners])),
        "icons": [numbers.index(str(number)) for number in parts["cluster"]],
        "svgs": [draw_mark(_MARK, number, _MARK_COLOUR) for number in numbers],
        "sizes": [MARK_PX] * len(numbers),
        "names": [f"Cluster {number}" for number in parts["cluster"]],
        "facts": [fact_column(label, shown[name]) for name, label in _FACTS.items()],
        "pins": True,
    }
