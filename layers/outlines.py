"""Draw boundaries: the district's edge, the paler country beyond it, and the lines of wards or other areas."""

from typing import Final

import geopandas as gpd

from geo.crs import WGS84, require_crs
from layers.base import PlannerMap, call
from layers.payload import polygon_deltas
from layers.style import AREA_LINE, BOUNDARY, MASK, Fill, LegendEntry

_TOLERANCE_DEG: Final = 0.0001
_PANE: Final = "planner-boundary"
_LEVEL: Final = 430


def draw_boundary(target: PlannerMap, boundary: gpd.GeoDataFrame) -> None:
    """Draw the district's edge, and make the country beyond it paler."""
    shapes = _shapes(boundary)
    call(target, "outside", {"shapes": shapes, "style": MASK.options()})
    _draw_lines(target, shapes, BOUNDARY)


def draw_area_lines(target: PlannerMap, areas: gpd.GeoDataFrame) -> None:
    """Draw the outlines of wards, LSOAs or other areas, without filling them."""
    _draw_lines(target, _shapes(areas), AREA_LINE)


def legend_entries(*, areas: str = "") -> tuple[LegendEntry, ...]:
    """Explain the lines; `areas` names the areas drawn, such as "Ward"."""
    lines = (LegendEntry("District boundary", BOUNDARY, line=True),)
    return (*lines, LegendEntry(f"{areas} boundary", AREA_LINE, line=True)) if areas else lines


def _shapes(frame: gpd.GeoDataFrame) -> list[list[list[list[int]]]]:
    require_crs(frame, WGS84)
    return [polygon_deltas(shape) for shape in frame.geometry.simplify(_TOLERANCE_DEG)]


def _draw_lines(target: PlannerMap, shapes: list[list[list[list[int]]]], look: Fill) -> None:
    data = {"shapes": shapes, "classes": [0] * len(shapes), "styles": [look.options()]}
    call(target, "quiet", data | {"pane": _PANE, "level": _LEVEL, "closed": True})
