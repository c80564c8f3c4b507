"""Draw the country beneath: land, water, roads and the names of settlements, quietly, from the council's own files."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import shapely

from geo.crs import WGS84, require_crs
from layers.base import PlannerMap, call
from layers.payload import line_deltas, path_deltas, polygon_deltas
from layers.style import LAND, RIVER, ROADS, SEA, WATER, Fill

_TOLERANCE_DEG: Final = 0.00006  # about 5 m
_POLYGONS: Final = ("Polygon", "MultiPolygon")
_LABEL_ZOOM: Final = (0, 10, 11.5)  # a name of each importance is shown from this zoom on


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What there is to draw beneath: AREAS tables in EPSG:4326, each None where it has not been added.

    The `code` of a road or a settlement begins with its importance, as `layers.backdrop_reader` writes it.
    """

    land: gpd.GeoDataFrame | None = None
    water: gpd.GeoDataFrame | None = None
    roads: gpd.GeoDataFrame | None = None
    settlements: gpd.GeoDataFrame | None = None


def draw_backdrop(target: PlannerMap, backdrop: Backdrop) -> None:
    """Draw everything there is, the lowest first."""
    if backdrop.land is not None:
        _draw(target, backdrop.land, looks=[LAND], pane="planner-land", level=210)
    if backdrop.water is not None:
        _draw(target, backdrop.water, looks=[WATER, RIVER], pane="planner-water", level=220)
    if backdrop.roads is not None:
        _draw(target, backdrop.roads, looks=list(ROADS), pane="planner-roads", level=230)


def draw_settlements(target: PlannerMap, settlements: gpd.GeoDataFrame) -> None:
    """Write the names of settlements, last of all, so that they stand above the cells; fewer when zoomed out."""
    require_crs(settlements, WGS84)
    ranks = [importance(code) for code in settlements["code"]]
    data = {
        "points": path_deltas(settlements.geometry.get_coordinates().to_numpy()),
        "names": settlements["name"].tolist(),
        "ranks": ranks,
        "fromZoom": [_LABEL_ZOOM[rank] for rank in ranks],
    }
    call(target, "labels", data)


def importance(code: str) -> int:
    """Read how important a road or settlement is from its code: 0 the most, 2 the least.

    Examples
    --------
    >>> importance("0-town-0001"), importance("anything else")
    (0, 1)
    """
    return int(code[0]) if code[:2] in {"0-", "1-", "2-"} else 1


def _draw(target: PlannerMap, frame: gpd.GeoDataFrame, *, looks: list[Fill], pane: str, level: int) -> None:
    """Draw polygons and lines of one kind; lines wear the look of their importance."""
    require_crs(frame, WGS84)
    polygons = frame[frame.geom_type.isin(_POLYGONS)].geometry.simplify(_TOLERANCE_DEG)
    lines = frame[~frame.geom_type.isin(_POLYGONS)]
    common = {"pane": pane, "level": level}
    if len(polygons):
        data = {"shapes": [polygon_deltas(shape) for shape in polygons], "classes": [0] * len(polygons)}
        sea = {"sea": SEA} if pane == "planner-land" else {}
        call(target, "quiet", data | common | sea | {"styles": [looks[0].options()], "closed": True})
    if len(lines):
        shapes = shapely.simplify(lines.geometry.to_numpy(), _TOLERANCE_DEG)
        classes = [min(importance(code), len(looks) - 1) for code in lines["code"]]
        data = {"shapes": [line_deltas(shape) for shape in shapes], "classes": classes}
        call(target, "quiet", data | common | {"styles": [look.options() for look in looks], "closed": False})
