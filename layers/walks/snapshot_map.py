"""Draw the plan of a night's count for the team: each patch's area, its numbered stops, the streets beneath."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import NATIONAL_GRID, frame_to_wgs84, to_wgs84
from geo.walkabouts.snapshot.plan import told_kinds
from geo.walkabouts.snapshot.values import SnapshotPatch, SnapshotPlan, SnapshotStop
from geo.walkabouts.squares import told_square
from layers.assets import AssetUrls
from layers.base import PlannerMap, add_legend, add_sources, call, new_map
from layers.marks import MARK_PX
from layers.payload import line_deltas, path_deltas, polygon_deltas
from layers.style import ROADS, WATER, Fill, LegendEntry, LegendSection
from layers.walks.card import clock, street_of
from layers.walks.card_ground import CardGround
from layers.walks.walk_looks import team_look

_ROUND_M: Final = 300.0  # shown around the stops
_SIMPLER_M: Final = 8.0
_ROAD_SIMPLER_M: Final = 6.0
_MOST_ROADS: Final = 1  # ranks up to this: paths are not drawn on a map of the whole district
_PALE: Final = 0.13


def night_map(
    plan: SnapshotPlan,
    areas: Sequence[BaseGeometry],
    district: shapely.Geometry,
    ground: CardGround,
    *,
    urls: AssetUrls | None = None,
) -> PlannerMap:
    """Draw a plan; its title does not tell the night.

    Parameters
    ----------
    plan
        It tells where people are thought to sleep, so the map is for the team only.
    areas
        Of the patches, EPSG:27700.
    district
        Its outline, EPSG:27700.
    ground
        Streets and water beneath.
    urls
        Where the page finds Leaflet.
    """
    title = f"Patches of the snapshot night {plan.night.year}"
    target = new_map(_framed([district]), title=title, urls=urls, first=_framed([_extent(plan)]))
    _draw_ground(target, ground, district)
    _draw_patches(target, plan, areas)
    for patch in plan.patches:
        call(target, "marks", _stops(patch))
    entries = tuple(
        LegendEntry(_told(patch), svg=team_look(patch.number).mark(str(patch.stops[0].number)))
        for patch in plan.patches
    )
    notes = ["Each spot of the district belongs to the patch of the nearest stop."]
    if not plan.along_streets:
        notes.append("Ways are straight lines: no streets are loaded.")
    add_legend(target, [LegendSection("Patches", entries)], notes=notes)
    add_sources(target, ground.credits)
    return target


def _extent(plan: SnapshotPlan) -> BaseGeometry:
    """Give the rectangle around every stop, EPSG:27700: on the whole district they would lie upon each other."""
    spots = [shapely.Point(stop.point) for stop in plan.stops]
    return shapely.box(*shapely.total_bounds(spots)).buffer(_ROUND_M, join_style="mitre").envelope


def _told(patch: SnapshotPatch) -> str:
    stops = "1 stop" if len(patch.stops) == 1 else f"{len(patch.stops)} stops"
    return f"Patch {patch.number}: {stops}, {patch.minutes:.0f} minutes"


def _framed(shapes: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    return frame_to_wgs84(gpd.GeoDataFrame(geometry=list(shapes), crs=NATIONAL_GRID))


def _draw_ground(target: PlannerMap, ground: CardGround, district: shapely.Geometry) -> None:
    shapely.prepare(district)
    water = [one for one in ground.water if "Polygon" in one.geom_type and shapely.intersects(district, one)]
    if water:
        shapes = [polygon_deltas(one) for one in _framed([one.simplify(_SIMPLER_M) for one in water]).geometry]
        _quiet(target, shapes, [0] * len(shapes), [WATER], closed=True)
    shown = (ground.ranks <= _MOST_ROADS) & shapely.intersects(district, ground.lines)
    if shown.any():
        order = np.argsort(-ground.ranks[shown], kind="stable")
        lines = shapely.simplify(ground.lines[shown][order], _ROAD_SIMPLER_M)
        _quiet(
            target,
            [line_deltas(one) for one in _framed(list(lines)).geometry],
            ground.ranks[shown][order].tolist(),
            ROADS,
            closed=False,
        )


def _quiet(target: PlannerMap, shapes: list[Any], classes: list[int], looks: Sequence[Fill], *, closed: bool) -> None:
    styles = [look.options() for look in looks]
    data = {"shapes": shapes, "classes": classes, "styles": styles, "level": 401 if closed else 402, "closed": closed}
    call(target, "quiet", {**data, "pane": f"planner-night-{'water' if closed else 'streets'}"})


def _draw_patches(target: PlannerMap, plan: SnapshotPlan, areas: Sequence[BaseGeometry]) -> None:
    drawn = [(patch, area) for patch, area in zip(plan.patches, areas, strict=True) if not area.is_empty]
    if not drawn:
        return
    # Simplified together, so that neighbours keep one edge.
    shapes = _framed(list(shapely.coverage_simplify([area for _, area in drawn], _SIMPLER_M))).geometry
    looks = [_look(patch.number) for patch, _ in drawn]
    facts = [
        {"label": "Patch", "values": [f"Patch {patch.number}" for patch, _ in drawn]},
        {"label": "Meet at", "values": [street_of(patch.meeting) for patch, _ in drawn]},
        {"label": "Stops", "values": [str(len(patch.stops)) for patch, _ in drawn]},
        {"label": "From, until", "values": [f"{clock(one.begins)}, {clock(one.ends)}" for one, _ in drawn]},
    ]
    data = {"classes": list(range(len(drawn))), "styles": [look.options() for look in looks], "facts": facts}
    call(target, "fills", {"shapes": [polygon_deltas(shape) for shape in shapes], **data})


def _look(number: int) -> Fill:
    colour = team_look(number).colour
    return Fill(colour=colour, opacity=_PALE, line=colour, line_px=2.6, text="")


def _stops(patch: SnapshotPatch) -> dict[str, Any]:
    look = team_look(patch.number)
    lon, lat = to_wgs84([stop.point[0] for stop in patch.stops], [stop.point[1] for stop in patch.stops])
    return {
        "points": path_deltas(np.column_stack([lon, lat])),
        "icons": list(range(len(patch.stops))),
        "svgs": [look.mark(str(stop.number)) for stop in patch.stops],
        "sizes": [MARK_PX] * len(patch.stops),
        "names": [_name(stop, patch.number) for stop in patch.stops],
        "facts": [
            {"label": "Square", "values": [told_square(stop.square) for stop in patch.stops]},
            {"label": "On the plan because", "values": [told_kinds(stop.kinds) for stop in patch.stops]},
        ],
        "pins": False,
    }


def _name(stop: SnapshotStop, patch: int) -> str:
    return f"Stop {stop.number}, patch {patch}, {clock(stop.arrive)}: {street_of(stop.street)}"
