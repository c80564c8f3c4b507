"""Draw the printed maps of a night's count: a patch with its stops and its edge, and the district with its patches."""

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.review.walks.cards import WalkCard
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import day_of
from geo.walkabouts.plan import Leg, PlannedStop, TeamWalk, Walkabout, WalkEnd
from geo.walkabouts.snapshot.values import SnapshotPatch, SnapshotPlan
from layers.pack.maps import matplotlib_set
from layers.pack.printed.canvas import Canvas
from layers.pack.printed.furniture import Column, write_scale
from layers.pack.printed.labels import Placed, spread
from layers.pack.printed.paths import draw_fill, draw_lines
from layers.pack.printed.view import View, view_of
from layers.style import INK, WHITE, Fill
from layers.walks.card_ground import CardGround
from layers.walks.card_map import HEIGHT_PT, WIDTH_PT, card_map

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_IN_PT: Final = 72.0
_EDGE: Final = Fill(colour="", line=INK, line_px=2.0, dash="9 4 2 4")
_BEYOND: Final = Fill(colour=INK, opacity=0.1, line_px=0)
_DRIVE: Final = Fill(colour="", line="#5b5b57", line_px=1.4, dash="3 4")
_ROADS: Final = Fill(colour="", line="#c9c9c9", line_px=1.2)
_WATER: Final = Fill(colour="#e3edf2", opacity=1, line_px=0)
_PATCH: Final = Fill(colour="", line=INK, line_px=1.6)
_STOP_PT, _NUMBER_PT, _PATCH_PT, _ROUND_PT = 8.0, 5.6, 13.0, 12.0
_HIGH_PT: Final = 380.0  # of the map of the district
_SCALE_PT: Final = (154.0, 30.0)
_SIMPLER_PT: Final = 0.25
_EDGE_LEVEL, _DRIVE_LEVEL, _MARK_LEVEL = 6.0, 7.0, 40.0


def patch_map(plan: SnapshotPlan, patch: SnapshotPatch, area: BaseGeometry, ground: CardGround) -> str:
    """Draw the map of one patch as a walk card has it, with the patch's edge; drives are thin broken lines.

    Returns
    -------
    str
        SVG that asks for no other file.
    """
    spots = {stop.number: stop.point for stop in patch.stops}
    drives = [
        shapely.LineString([car, there.point])
        for (here, there), way in zip(pairwise(patch.stops), patch.ways, strict=True)
        if way.by == "car" and (car := spots.get(way.back_to, here.point)) != there.point
    ]

    def more(axes: "Axes", view: View) -> None:
        edge = view.on_paper(shapely.simplify(area, _SIMPLER_PT / view.pt_per_m))
        window = shapely.box(0, 0, WIDTH_PT, HEIGHT_PT)
        draw_fill(axes, [window.difference(edge)], _BEYOND, level=_EDGE_LEVEL - 1)
        draw_fill(axes, [edge], _EDGE, level=_EDGE_LEVEL)
        # As areas of no width, for lines have no dashes of their own.
        draw_fill(axes, [view.on_paper(line) for line in drives], _DRIVE, level=_DRIVE_LEVEL)

    card = _as_card(plan, patch)
    return card_map(card, card.walkabout.teams[0], ground, more=more)


def patch_words(patch: SnapshotPatch) -> str:
    """Describe the map of a patch for whoever does not see it."""
    first, last = patch.stops[0].number, patch.stops[-1].number
    named = f"stop {first}" if first == last else f"stops {first} to {last} in the order visited"
    return f"Map of patch {patch.number} with {named}. The table lists the same stops with their streets."


def district_map(plan: SnapshotPlan, areas: Sequence[BaseGeometry], ground: CardGround) -> str:
    """Draw the district with its patches and every stop; parameters and result as `patch_map`."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load, and only a printed map needs it

    with matplotlib_set():
        figure = Figure(figsize=(WIDTH_PT / _IN_PT, _HIGH_PT / _IN_PT), facecolor=WHITE)
        axes = figure.add_axes((1 / WIDTH_PT, 1 / _HIGH_PT, 1 - 2 / WIDTH_PT, 1 - 2 / _HIGH_PT))
        axes.set_xlim(0, WIDTH_PT)
        axes.set_ylim(0, _HIGH_PT)
        axes.set_xticks([])
        axes.set_yticks([])
        _draw_district(axes, plan, areas, ground)
        content = io.StringIO()
        nothing: dict[str, None] = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(content, format="svg", metadata=nothing)
    return content.getvalue()


def _draw_district(axes: "Axes", plan: SnapshotPlan, areas: Sequence[BaseGeometry], ground: CardGround) -> None:
    view = view_of(areas, width_pt=WIDTH_PT, height_pt=_HIGH_PT)
    canvas = Canvas(axes, view, _NUMBER_PT)
    water = [one for one in view.in_window(list(ground.water)) if one.geom_type.endswith("Polygon")]
    draw_fill(axes, water, _WATER, level=2.0)
    roads = view.in_window(list(ground.lines[ground.ranks == 0]))
    draw_lines(axes, shapely.simplify(roads, _SIMPLER_PT), _ROADS, level=3.0)
    drawn = [view.on_paper(shapely.simplify(area, _SIMPLER_PT / view.pt_per_m)) for area in areas]
    draw_fill(axes, drawn, _PATCH, level=_EDGE_LEVEL)
    _mark_stops(canvas, plan)
    taken = shapely.union_all([shapely.Point(view.point(*stop.point)).buffer(_ROUND_PT) for stop in plan.stops])
    for patch, area in zip(plan.patches, drawn, strict=True):
        parts = [part for part in shapely.get_parts(area.difference(taken)) if part.geom_type == "Polygon"]
        if parts:
            spot = shapely.get_point(shapely.maximum_inscribed_circle(shapely.MultiPolygon(parts), 2.0), 0)
            canvas.write(Placed(f"Patch {patch.number}", spot.x, spot.y, _PATCH_PT, bold=True, row=patch.number))
    left, top = WIDTH_PT - _SCALE_PT[0], _SCALE_PT[1]
    write_scale(Column(axes, left, top, _SCALE_PT[0] - 10, 7.0), pt_per_m=view.pt_per_m)


def _mark_stops(canvas: Canvas, plan: SnapshotPlan) -> None:
    """Mark every stop by its number, those at one spot beside each other."""
    spots = spread([canvas.view.point(*stop.point) for stop in plan.stops], apart=_STOP_PT)
    look: dict[str, Any] = {"markersize": _STOP_PT, "color": INK, "markeredgecolor": WHITE, "markeredgewidth": 0.6}
    for stop, (x, y) in zip(plan.stops, spots, strict=True):
        canvas.axes.plot([x], [y], "o", zorder=_MARK_LEVEL, **look)
        word = Placed(str(stop.number), x, y, _NUMBER_PT, bold=True, row=stop.number)
        canvas.write(word, colour=WHITE, halo="")


def _as_card(plan: SnapshotPlan, patch: SnapshotPatch) -> WalkCard:
    """Write a patch as a walk from its first stop to its last, for the map that walk cards have."""
    stops = tuple(
        PlannedStop(stop.number, stop.square, stop.street, stop.point, stop.arrive, stop.stay_minutes, "known")
        for stop in patch.stops
    )
    begin, end = (WalkEnd("", stop.point) for stop in (patch.stops[0], patch.stops[-1]))
    none = Leg(shapely.LineString(), 0.0)
    legs = (
        none,
        *(Leg(way.line if way.by == "foot" else none.line, way.minutes, way.streets) for way in patch.ways),
        none,
    )
    walkabout = Walkabout(
        begins=patch.begins,
        band="evening",
        limit_minutes=plan.limit_minutes,
        start=begin,
        end=end,
        teams=(TeamWalk(patch.number, stops, legs, patch.minutes),),
        left_out=(),
        along_streets=plan.along_streets,
        light_known=0.0,
        explored_share=0.0,
        sentence="",
        seed=0,
    )
    day = day_of(patch.begins, WalkaboutOptions())
    return WalkCard(0, day, "", "", expires=day, who="", walkabout=walkabout, digest="")
