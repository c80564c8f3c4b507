"""Draw what a map is about: areas by their looks or places by their marks, with the words that find room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.review.pack.content import Map, Pack, Table
from layers.pack.looks import Looked, look_at
from layers.pack.place_marks import PlaceMark, marks_of
from layers.pack.printed.atlas import Atlas
from layers.pack.printed.canvas import Canvas
from layers.pack.printed.furniture import draw_mark
from layers.pack.printed.ground import draw_ground, draw_outline, settlement_words
from layers.pack.printed.labels import Box, Placed, Word, fit_inside, fit_names, middle_of, place_around, spread
from layers.pack.printed.paths import draw_fill
from layers.pack.printed.rows import Row, rows_of
from layers.pack.words import NUMBERS
from layers.style import INK

_FILL_LEVEL: Final = 10.0
_HEAVY_LEVEL: Final = 12.0  # heavy outlines lie above light ones
_HEAVY_PX: Final = 1.5
_NAME_COLOUR: Final = "#2f2c26"
_NEAR: Final = (0.0, 2.0, 6.0, 12.0, 20.0, 28.0, 36.0)
_FAR: Final = (45.0, 60.0, 80.0, 105.0)
_BESIDE: Final = (4.0, 10.0, 18.0, 28.0, 40.0, 55.0)
_SMALL: Final = 0.85


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a picture holds, for its legend.

    Attributes
    ----------
    looked
        The looks of areas; None on a map of places.
    marks
        The marks of places.
    left_out
        How many of the map's own words found no room.
    off_map
        How many rows of the table have no shape.
    """

    looked: Looked | None
    marks: tuple[PlaceMark, ...]
    left_out: int
    off_map: int


def draw_picture(canvas: Canvas, pack: Pack, shown: Map, atlas: Atlas) -> Drawn:
    """Draw a map in its window.

    Raises
    ------
    BadInputError
        The map's table does not say which shape a row is of, or the map has no classes.
    """
    draw_ground(canvas, atlas)
    draw_outline(canvas, atlas)
    table = pack.table(shown.table)
    rows = rows_of(table, shown, atlas, canvas.view)
    looked: Looked | None = None
    marks: tuple[PlaceMark, ...] = ()
    if shown.kind == "places":
        marks, of_rows = marks_of(table.column(shown.value))
        words, taken = _draw_places(canvas, rows, [marks[of_rows[row.at]] for row in rows])
    else:
        looked = look_at(pack, shown)
        _draw_areas(canvas, rows, looked)
        figures = _prints_figures(table, shown)
        rows = _without_hatched(rows, looked) if figures else rows
        words = _write_figures(canvas, rows, looked) if figures else _write_names(canvas, rows)
        taken = [word.box for word in words]
    _write_settlements(canvas, atlas, taken, said=" ".join(row.text for row in rows))
    left_out = sum(bool(row.text) for row in rows) - len(words)
    return Drawn(looked, marks, left_out, len(table.rows) - len(rows))


def _prints_figures(table: Table, shown: Map) -> bool:
    """Say whether numbers are printed inside areas; names may stand beside theirs."""
    return any(column.name == shown.label and column.kind in NUMBERS for column in table.columns)


def _without_hatched(rows: list[Row], looked: Looked) -> list[Row]:
    """Print no figure on a hatched area."""
    return [row if looked.looks[looked.rows[row.at]].text else replace(row, text="") for row in rows]


def mark_size(type_pt: float) -> float:
    """Say how large a mark is beside type of a size, in points."""
    return 1.05 * type_pt


def _draw_areas(canvas: Canvas, rows: Sequence[Row], looked: Looked) -> None:
    for number, look in enumerate(looked.looks):
        level = _HEAVY_LEVEL + look.line_px / 10 if look.line_px > _HEAVY_PX else _FILL_LEVEL
        draw_fill(canvas.axes, [row.shape for row in rows if looked.rows[row.at] == number], look, level=level)


def _write_figures(canvas: Canvas, rows: Sequence[Row], looked: Looked) -> list[Placed]:
    """Print figures inside their areas, in the colour that reads on them."""
    words = fit_inside([row.text for row in rows], [row.shape for row in rows])
    for word in words:
        look = looked.looks[looked.rows[rows[word.row].at]]
        canvas.write(word, colour=look.text, halo=look.colour)
    return words


def _write_names(canvas: Canvas, rows: Sequence[Row]) -> list[Placed]:
    """Print names inside their areas; where one is too long, beside its area with a line to it."""
    wanted = [row for row in rows if row.text]
    inside = fit_names([row.text for row in wanted], [row.shape for row in wanted], size=canvas.type_pt)
    done = {word.row for word in inside}
    left = [row for at, row in enumerate(wanted) if at not in done]
    words = [Word(row.text, *_middle(row), _SMALL * canvas.type_pt, bold=True) for row in left]
    beside = place_around(words, [word.box for word in inside], within=canvas.window, distances=_BESIDE)
    for word in beside:
        canvas.point(word, _middle(left[word.row]))
    for word in (*inside, *beside):
        canvas.write(word)
    return [*inside, *beside]


def _draw_places(canvas: Canvas, rows: Sequence[Row], marks: Sequence[PlaceMark]) -> tuple[list[Placed], list[Box]]:
    """Draw marks, those at one spot beside each other; then their words."""
    size = mark_size(canvas.type_pt)
    spots = spread([_middle(row) for row in rows], apart=size)
    for (x, y), mark in zip(spots, marks, strict=True):
        draw_mark(canvas.axes, x, y, mark, mark_pt=size)
    half = size / 2
    taken = [(x - half, y - half, x + half, y + half) for x, y in spots]
    beside = tuple(half + gap for gap in (1.5, 5.0, 10.0, 18.0, 28.0))
    wanted = [Word(row.text, *spot, _SMALL * canvas.type_pt) for row, spot in zip(rows, spots, strict=True) if row.text]
    words = place_around(wanted, taken, within=canvas.window, distances=beside)
    for word in words:
        canvas.write(word, colour=INK)
    return words, [*taken, *(word.box for word in words)]


def _write_settlements(canvas: Canvas, atlas: Atlas, taken: Sequence[Box], *, said: str) -> None:
    """Write the names of towns and villages that the map does not say by itself."""
    found = settlement_words(atlas, canvas.view, type_pt=canvas.type_pt)
    names = [name for name in found if name.text not in said]
    near = place_around(names, taken, within=canvas.window, distances=_NEAR)
    placed = {name.row for name in near}
    towns = [name for at, name in enumerate(names) if at not in placed and name.size > canvas.type_pt]
    far = place_around(towns, [*taken, *(one.box for one in near)], within=canvas.window, distances=_FAR)
    for name in far:  # a town is named even where there is no room beside it
        canvas.point(name, (towns[name.row].x, towns[name.row].y))
    for name in (*near, *far):
        canvas.write(name, colour=_NAME_COLOUR)


def _middle(row: Row) -> tuple[float, float]:
    spot = middle_of(row.shape)
    return spot.x, spot.y
