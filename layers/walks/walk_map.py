"""Draw a planned walk for the team: numbered stops, the ways between, start and end, what is known to be unlit."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import NATIONAL_GRID, frame_to_wgs84, to_wgs84
from geo.walkabouts.plan import PlannedStop, TeamWalk, Walkabout
from geo.walkabouts.squares import told_square
from layers.assets import AssetUrls
from layers.base import PlannerMap, add_legend, add_sources, call, new_map
from layers.marks import HUB_PX, MARK_PX
from layers.payload import line_deltas, path_deltas, polygon_deltas
from layers.style import RIVER, ROADS, WATER, Fill, LegendEntry, LegendSection
from layers.walks.card_ground import CardGround
from layers.walks.shared_ways import parted, shared_ways
from layers.walks.walk_looks import HALO, UNLIT, UNLIT_LEGEND, end_mark, team_look
from layers.walks.walk_words import PURPOSES, told_time

_ROUND_M: Final = 150.0  # shown around the walk
_BEYOND_M: Final = 1_000.0  # streets are drawn so far out, to look around
_SIMPLER_M: Final = 1.5
_WATER_LEVEL, _STREET_LEVEL, _WAY_LEVEL = 401, 402, 436


def walk_map(
    walkabout: Walkabout, ground: CardGround, *, title: str, urls: AssetUrls | None = None, notes: Sequence[str] = ()
) -> PlannerMap:
    """Draw a plan, on the streets around it.

    Parameters
    ----------
    walkabout
        The plan; it tells where people are thought to sleep, so the map is for the team only.
    ground
        Streets and water beneath it.
    title
        Of the map.
    urls
        Where the page finds Leaflet.
    notes
        Sentences below the legend.
    """
    extent = _extent(walkabout)
    target = new_map(_framed([extent]), title=title, urls=urls, whole="Whole walk")
    _draw_ground(target, ground, extent.buffer(_BEYOND_M).envelope)
    together = shared_ways(walkabout.teams)
    for team, shared in zip(walkabout.teams, together, strict=True):
        _draw_way(target, team, shared)
    call(target, "marks", _ends(walkabout))
    for team in walkabout.teams:
        if team.stops:
            call(target, "marks", _stops(team))
    sections = [
        LegendSection("Teams", _team_entries(walkabout)),
        LegendSection("", _other_entries(walkabout, together)),
    ]
    add_legend(target, sections, notes=notes)
    add_sources(target, ground.credits)
    return target


def _extent(walkabout: Walkabout) -> BaseGeometry:
    """Give the rectangle around the whole walk, EPSG:27700."""
    ways = [leg.line for team in walkabout.teams for leg in team.legs]
    points = [shapely.Point(spot) for spot in (walkabout.start.point, walkabout.end.point)]
    points += [shapely.Point(stop.point) for stop in walkabout.stops]
    return shapely.box(*shapely.total_bounds([*ways, *points])).buffer(_ROUND_M, join_style="mitre").envelope


def _framed(shapes: Sequence[BaseGeometry]) -> gpd.GeoDataFrame:
    return frame_to_wgs84(gpd.GeoDataFrame(geometry=list(shapes), crs=NATIONAL_GRID))


def _draw_ground(target: PlannerMap, ground: CardGround, around: BaseGeometry) -> None:
    water = ground.water[shapely.intersects(ground.water, around)]
    areas = [one for one in water if "Polygon" in one.geom_type]
    rivers = [one for one in water if "Line" in one.geom_type]
    for shapes, look, closed in ((areas, WATER, True), (rivers, RIVER, False)):
        if shapes:
            _draw_quietly(target, shapes, [0] * len(shapes), [look], level=_WATER_LEVEL, closed=closed)
    near = shapely.intersects(ground.lines, around)
    if near.any():
        order = np.argsort(-ground.ranks[near], kind="stable")
        lines, ranks = ground.lines[near][order], ground.ranks[near][order]
        _draw_quietly(target, list(lines), ranks.tolist(), ROADS, level=_STREET_LEVEL, closed=False)


def _draw_quietly(
    target: PlannerMap,
    shapes: Sequence[BaseGeometry],
    classes: list[int],
    looks: Sequence[Fill],
    *,
    level: int,
    closed: bool,
) -> None:
    placed = _framed([shape.simplify(_SIMPLER_M) for shape in shapes]).geometry
    packed = [polygon_deltas(one) if closed else line_deltas(one) for one in placed]
    styles = [look.options() for look in looks]
    data = {"shapes": packed, "classes": classes, "styles": styles, "level": level, "closed": closed}
    call(target, "quiet", {**data, "pane": f"planner-walk-{level}{'-areas' if closed else ''}"})


def _draw_way(target: PlannerMap, team: TeamWalk, shared: Sequence[BaseGeometry]) -> None:
    """Draw a team's way over a pale rim, broken over other teams' ways, with what is known to be unlit dashed."""
    own = [leg.line for leg in team.legs if not leg.line.is_empty]
    if not own:
        return
    look = team_look(team.team)
    looks = [HALO, look.way(), *(look.way(number) for number in range(1, len(shared) + 1)), UNLIT]
    alone, *over = parted(own, shared)
    layers = [alone, alone, *over]
    layers.append([line for leg in team.legs for line in leg.unlit])
    classes = [number for number, lines in enumerate(layers) for _ in lines]
    shapes = [line for lines in layers for line in lines]
    _draw_quietly(target, shapes, classes, looks, level=_WAY_LEVEL + team.team, closed=False)


def _stops(team: TeamWalk) -> dict[str, Any]:
    look = team_look(team.team)
    return {
        **_placed([stop.point for stop in team.stops]),
        "svgs": [look.mark(str(stop.number)) for stop in team.stops],
        "sizes": [MARK_PX] * len(team.stops),
        "names": [_name(stop, team.team) for stop in team.stops],
        "facts": [
            {"label": "Square", "values": [told_square(stop.square) for stop in team.stops]},
            {"label": "Stay", "values": [f"{stop.stay_minutes:g} minutes" for stop in team.stops]},
            {"label": "Why", "values": [PURPOSES[stop.purpose] for stop in team.stops]},
        ],
        "pins": False,
    }


def _name(stop: PlannedStop, team: int) -> str:
    where = stop.street or told_square(stop.square)
    return f"Stop {stop.number}, team {team}, {told_time(stop.arrive)}: {where}"


def _ends(walkabout: Walkabout) -> dict[str, Any]:
    ends = [("S", f"Start: {walkabout.start.name}", walkabout.start.point)]
    if walkabout.end != walkabout.start:
        ends.append(("E", f"End: {walkabout.end.name}", walkabout.end.point))
    else:
        ends = [("S", f"Start and end: {walkabout.start.name}", walkabout.start.point)]
    return {
        **_placed([point for _, _, point in ends]),
        "svgs": [end_mark(letter) for letter, _, _ in ends],
        "sizes": [HUB_PX] * len(ends),
        "names": [name for _, name, _ in ends],
        "facts": [],
        "pins": True,
    }


def _placed(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    lon, lat = to_wgs84([x for x, _ in points], [y for _, y in points])
    return {"points": path_deltas(np.column_stack([lon, lat])), "icons": list(range(len(points)))}


def _team_entries(walkabout: Walkabout) -> tuple[LegendEntry, ...]:
    return tuple(
        LegendEntry(
            f"Team {team.team}: {len(team.stops)} stops, {team.total_minutes:.0f} minutes"
            if team.stops
            else f"Team {team.team}: nothing to do",
            svg=team_look(team.team).mark(str(team.stops[0].number if team.stops else "")),
        )
        for team in walkabout.teams
    )


def _other_entries(walkabout: Walkabout, together: Sequence[Sequence[BaseGeometry]]) -> tuple[LegendEntry, ...]:
    same = walkabout.start == walkabout.end
    ends = [LegendEntry("Start and end" if same else "Start", svg=end_mark("S"))]
    ends += [] if same else [LegendEntry("End", svg=end_mark("E"))]
    dark = any(leg.unlit for team in walkabout.teams for leg in team.legs)
    lines = [LegendEntry("Dashed: known to be unlit", UNLIT_LEGEND, line=True)] if dark else []
    number = next((at for at, shared in enumerate(together) if shared), 0)
    if number:
        look = team_look(walkabout.teams[number].team).way(1)
        lines.append(LegendEntry("Teams on one street: their colours take turns", look, line=True))
    return (*ends, *lines)
