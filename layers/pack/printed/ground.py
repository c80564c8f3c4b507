"""The country beneath a printed map, drawn quietly: land, water, roads; and the names of its towns."""

from typing import Final

from shapely.geometry import box

from layers.backdrop import importance
from layers.pack.printed.atlas import Atlas
from layers.pack.printed.canvas import Canvas
from layers.pack.printed.fonts import printable
from layers.pack.printed.labels import Word
from layers.pack.printed.paths import draw_fill, draw_lines
from layers.pack.printed.view import View
from layers.style import LAND, PAPER, RIVER, ROADS, SEA, WATER, Fill

_SHEET: Final = Fill(colour=PAPER, opacity=1, line_px=0)
_SEA: Final = Fill(colour=SEA, opacity=1, line_px=0)
_OUTLINE: Final = Fill(colour="", line="#3a3833", line_px=2.6, dash="14 4 2.5 4")
_NAME_SIZES: Final = (1.05, 0.85, 0.8)  # of the map's type, by importance
_PAPER_LEVEL: Final = 0.0
_LAND_LEVEL: Final = 2.0
_WATER_LEVEL: Final = 3.0
_ROAD_LEVEL: Final = 4.0
_OUTLINE_LEVEL: Final = 30.0


def draw_ground(canvas: Canvas, atlas: Atlas) -> None:
    """Draw land, water and roads in a window; where the pack has no ground, plain paper."""
    axes, view = canvas.axes, canvas.view
    paper = _SEA if atlas.by_the_sea else _SHEET
    draw_fill(axes, [box(0, 0, view.width_pt, view.height_pt)], paper, level=_PAPER_LEVEL)
    draw_fill(axes, view.in_window(list(atlas.of("land").values())), LAND, level=_LAND_LEVEL)
    water = view.in_window(list(atlas.of("water").values()))
    draw_fill(axes, [shape for shape in water if shape.geom_type.endswith("Polygon")], WATER, level=_WATER_LEVEL)
    draw_lines(axes, [shape for shape in water if shape.geom_type.endswith("String")], RIVER, level=_WATER_LEVEL)
    for rank, look in reversed(list(enumerate(ROADS))):
        roads = [road for code, road in atlas.of("roads").items() if min(importance(code), len(ROADS) - 1) == rank]
        draw_lines(axes, view.in_window(roads), look, level=_ROAD_LEVEL + 0.1 * (len(ROADS) - rank))


def draw_outline(canvas: Canvas, atlas: Atlas) -> None:
    """Draw the district's outline above everything but words."""
    shapes = [canvas.view.on_paper(shape) for shape in atlas.of("district").values()]
    draw_fill(canvas.axes, shapes, _OUTLINE, level=_OUTLINE_LEVEL)


def outline_look() -> Fill:
    """Return the look of the district's outline, for the legend."""
    return _OUTLINE


def settlement_words(atlas: Atlas, view: View, *, type_pt: float) -> list[Word]:
    """List the names of towns and villages in a window, the most important first."""
    found = []
    for code, shape in atlas.of("settlements").items():
        spot, name, rank = shape.centroid, printable(atlas.names["settlements"][code]), importance(code)
        x, y = view.point(spot.x, spot.y)
        if name and 0 <= x <= view.width_pt and 0 <= y <= view.height_pt:
            found.append((rank, Word(name, x, y, type_pt * _NAME_SIZES[rank], bold=False)))
    return [word for _, word in sorted(found, key=lambda one: one[0])]
