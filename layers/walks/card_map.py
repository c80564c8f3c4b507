"""Draw a card's map: the way along streets with its numbered stops, and nothing of why they are there."""

import io
import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.review.walks.cards import WalkCard
from geo.walkabouts.plan import TeamWalk
from layers.pack.maps import matplotlib_set
from layers.pack.printed.canvas import Canvas
from layers.pack.printed.furniture import Column, write_scale
from layers.pack.printed.labels import Placed, spread
from layers.pack.printed.paths import draw_fill, draw_lines
from layers.pack.printed.view import View
from layers.style import INK, WHITE, Fill
from layers.walks.card_ground import CardGround
from layers.walks.card_names import street_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

More = Callable[[Any, View], None]  # the axes, and the window

WIDTH_PT: Final = 516.0
HEIGHT_PT: Final = 262.0
_IN_PT: Final = 72.0
_MARGIN_PT: Final = 26.0
_LEAST_M: Final = 450.0
_NAME_PT: Final = 6.4
_MARK_PT: Final = 12.5
_BESIDE_PT: Final = 6.5
_ARROW_PT: Final = 4.6
_ARROWS_EVERY_PT: Final = 95.0
_SCALE_PT: Final = (154.0, 30.0)
_EDGE_PT: Final = 4.0
# Greys that a black-and-white printer keeps apart.
_STREETS: Final = (
    Fill(colour="", line="#c2c2c2", line_px=4.6),
    Fill(colour="", line="#d2d2d2", line_px=3.0),
    Fill(colour="", line="#cfcfcf", line_px=1.1),
)
_WATER: Final = Fill(colour="#e3edf2", opacity=1, line="#a8bfca", line_px=0.6)
_STREAM: Final = Fill(colour="", line="#a8bfca", line_px=1.2)
_WAY: Final = Fill(colour="", line=INK, line_px=3.0)
_CASING: Final = Fill(colour="", line=WHITE, line_px=6.4)
_ARROW: Final = Fill(colour=INK, opacity=1, line=WHITE, line_px=0.9)
_BOARD: Final = Fill(colour=WHITE, opacity=0.9, line_px=0)
_TOLERANCE_PT: Final = 0.25  # a tenth of a millimetre
_DRAWN: Final = re.compile(r' d="[^"]*"')
_FINE: Final = re.compile(r"(\.\d\d)\d+")  # a hundredth of a point is finer than any printer
_WATER_LEVEL, _STREET_LEVEL, _WAY_LEVEL, _NAME_LEVEL, _MARK_LEVEL = 2.0, 4.0, 12.0, 20.0, 40.0


def card_map(card: WalkCard, team: TeamWalk, ground: CardGround, *, more: More | None = None) -> str:
    """Draw the map of one team.

    Parameters
    ----------
    more
        Draws what else is to be on the map, beneath the way; given the axes and the window that the map shows.

    Returns
    -------
    str
        SVG that asks for no other file; the same card gives the same text.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load, and only a printed map needs it

    with matplotlib_set():
        figure = Figure(figsize=(WIDTH_PT / _IN_PT, HEIGHT_PT / _IN_PT), facecolor=WHITE)
        inside = 1 / WIDTH_PT, 1 / HEIGHT_PT  # so that no line of the frame is cut in half
        axes = figure.add_axes((*inside, 1 - 2 * inside[0], 1 - 2 * inside[1]))
        draw_card_map(axes, card, team, ground, more=more)
        content = io.StringIO()
        nothing: dict[str, None] = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(content, format="svg", metadata=nothing)
    return _DRAWN.sub(lambda path: _FINE.sub(r"\1", path[0]), content.getvalue())


def map_words(team: TeamWalk) -> str:
    """Describe the map for whoever does not see it."""
    numbers = [stop.number for stop in team.stops]
    named = f"stop {numbers[0]}" if len(numbers) == 1 else f"stops {numbers[0]} to {numbers[-1]}"
    return (
        f"Map of the walk of team {team.team} along streets, with {named} in the order walked, from S, the start, to "
        "E, the end. The table lists the same stops with their streets."
    )


def draw_card_map(
    axes: "Axes", card: WalkCard, team: TeamWalk, ground: CardGround, *, more: More | None = None
) -> None:
    """Draw the map into axes that are measured in points; `more` as in `card_map`."""
    axes.set_xlim(0, WIDTH_PT)
    axes.set_ylim(0, HEIGHT_PT)
    axes.set_xticks([])
    axes.set_yticks([])
    walkabout = card.walkabout
    ends = [shapely.Point(walkabout.start.point), shapely.Point(walkabout.end.point)]
    view = _view([*(leg.line for leg in team.legs), *(shapely.Point(stop.point) for stop in team.stops), *ends])
    canvas = Canvas(axes, view, _NAME_PT)
    way = [view.on_paper(leg.line) for leg in team.legs if not leg.line.is_empty]
    _draw_ground(canvas, ground)
    if more is not None:
        more(axes, view)
    draw_lines(axes, way, _CASING, level=_WAY_LEVEL)
    draw_lines(axes, way, _WAY, level=_WAY_LEVEL + 1)
    draw_fill(axes, _arrows(way), _ARROW, level=_WAY_LEVEL + 2)
    marks = _draw_marks(canvas, card, team)
    walked = {name for leg in team.legs for name in leg.streets} | {stop.street for stop in team.stops}
    board = _free_corner([*way, *marks])
    _write_names(canvas, ground, walked, [*(line.buffer(2.2) for line in way), *marks, board])
    draw_fill(axes, [board], _BOARD, level=_WAY_LEVEL - 1)
    left, _, right, top = board.bounds
    write_scale(Column(axes, left + _EDGE_PT, top, right - left - 2 * _EDGE_PT, 7.0), pt_per_m=view.pt_per_m)


def _view(shown: Sequence[BaseGeometry]) -> View:
    """Choose the window that shows everything with a margin."""
    left, bottom, right, top = shapely.total_bounds([shape for shape in shown if not shape.is_empty])
    m_per_pt = max(
        max(right - left, _LEAST_M) / (WIDTH_PT - 2 * _MARGIN_PT),
        (top - bottom) / (HEIGHT_PT - 2 * _MARGIN_PT),
    )
    east, north = (left + right) / 2, (bottom + top) / 2
    half_wide, half_high = m_per_pt * WIDTH_PT / 2, m_per_pt * HEIGHT_PT / 2
    return View((east - half_wide, north - half_high, east + half_wide, north + half_high), WIDTH_PT, HEIGHT_PT)


def _free_corner(shown: Sequence[BaseGeometry]) -> shapely.Polygon:
    """Choose the corner for the scale where the least is shown; of equal ones the lower left."""
    wide, high = _SCALE_PT
    lefts, bottoms = (_EDGE_PT, WIDTH_PT - _EDGE_PT - wide), (_EDGE_PT, HEIGHT_PT - _EDGE_PT - high)
    corners = [shapely.box(left, bottom, left + wide, bottom + high) for bottom in bottoms for left in lefts]
    return min(corners, key=lambda corner: sum(one.intersection(corner).length for one in shown))


def _draw_ground(canvas: Canvas, ground: CardGround) -> None:
    axes, view = canvas.axes, canvas.view
    water = view.in_window(list(ground.water))
    draw_fill(axes, [one for one in water if one.geom_type.endswith("Polygon")], _WATER, level=_WATER_LEVEL)
    draw_lines(axes, [one for one in water if one.geom_type.endswith("String")], _STREAM, level=_WATER_LEVEL)
    for rank, look in enumerate(_STREETS):
        lines = view.in_window(list(ground.lines[ground.ranks == rank]))
        draw_lines(axes, shapely.simplify(lines, _TOLERANCE_PT), look, level=_STREET_LEVEL - rank)


def _arrows(way: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """Make a small arrow in the middle of each stretch, more on long ones."""
    found: list[BaseGeometry] = []
    for line in way:
        count = max(1, round(line.length / _ARROWS_EVERY_PT)) if line.length > 4 * _ARROW_PT else 0
        for number in range(count):
            at = line.length * (number + 0.5) / count
            tail, head = (line.interpolate(at + step) for step in (-1.0, 1.0))
            found.append(_arrow(head, math.atan2(head.y - tail.y, head.x - tail.x)))
    return found


def _arrow(at: shapely.Point, towards: float) -> shapely.Polygon:
    corners = ((1.3, 0.0), (-0.7, 0.85), (-0.7, -0.85))
    cos, sin = math.cos(towards) * _ARROW_PT, math.sin(towards) * _ARROW_PT
    return shapely.Polygon([(at.x + x * cos - y * sin, at.y + x * sin + y * cos) for x, y in corners])


def _draw_marks(canvas: Canvas, card: WalkCard, team: TeamWalk) -> list[BaseGeometry]:
    """Draw start, end and stops, those at one spot beside each other; give what they cover."""
    start, end = (canvas.view.point(*one.point) for one in (card.walkabout.start, card.walkabout.end))
    together = math.dist(start, end) < _MARK_PT
    texts = ["S, E"] if together else ["S", "E"]
    spots = [start] if together else [start, end]
    numbered = [(str(stop.number), canvas.view.point(*stop.point)) for stop in team.stops]
    placed = spread([*spots, *(spot for _, spot in numbered)], apart=_MARK_PT + 1)
    covered: list[BaseGeometry] = []
    for at, ((x, y), text) in enumerate(zip(placed, [*texts, *(text for text, _ in numbered)], strict=True)):
        is_end = at < len(texts)
        look: dict[str, Any] = {
            "markersize": _MARK_PT,
            "color": WHITE if is_end else INK,
            "markeredgecolor": INK if is_end else WHITE,
            "markeredgewidth": 1.4,
            "zorder": _MARK_LEVEL,
        }
        canvas.axes.plot([x], [y], "s" if is_end else "o", **look)
        size = 5.0 if text == "S, E" else 7.2
        word = Placed(text, x, y, size, bold=True, row=at)
        canvas.write(word, colour=INK if is_end else WHITE, halo="")
        half = _MARK_PT / 2 + 0.5
        covered.append(shapely.box(x - half, y - half, x + half, y + half))
    return covered


def _write_names(canvas: Canvas, ground: CardGround, walked: set[str], taken: Sequence[BaseGeometry]) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - slow to load, and only a printed map needs it

    named = ground.names != ""
    lines, names = ground.lines[named], ground.names[named]
    inside = np.flatnonzero(shapely.intersects(lines, shapely.box(*canvas.view.bounds_m)))
    shown: dict[str, list[BaseGeometry]] = {}
    for name, line in zip(names[inside], canvas.view.in_window(list(lines[inside])), strict=True):
        shown.setdefault(str(name), []).append(line)
    streets = {name: shapely.union_all(shown[name]) for name in sorted(shown)}
    window = shapely.box(*canvas.window)
    for word in street_words(streets, walked, taken, window, size=_NAME_PT, beside=_BESIDE_PT):
        look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "rotation_mode": "anchor"}
        written = canvas.axes.text(
            word.x, word.y, word.text, rotation=word.slope, fontsize=_NAME_PT, color=INK, zorder=_NAME_LEVEL, **look
        )
        written.set_path_effects([withStroke(linewidth=1.8, foreground=WHITE)])
