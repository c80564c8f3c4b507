"""Lay a printed map out: the map itself, a column of what explains it, a strip of who may read it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.review.pack.content import Map, Pack
from layers.pack.looks import Looked
from layers.pack.printed.atlas import Atlas
from layers.pack.printed.canvas import Canvas
from layers.pack.printed.fonts import LINE, printable, wrapped
from layers.pack.printed.furniture import Column, write_fills, write_marks, write_scale
from layers.pack.printed.ground import outline_look
from layers.pack.printed.picture import Drawn, draw_picture, mark_size
from layers.pack.printed.view import View, view_of
from layers.pack.words import credits_of, plain, whom
from layers.style import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_IN_PT: Final = 72.0
_PANEL: Final = 23.0  # width of the column, in sizes of the type
_GAP: Final = 1.4
_TITLE: Final = 1.7
_SMALL: Final = 0.8
_WORD_LEVEL: Final = 60.0


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet.

    Attributes
    ----------
    width_in, height_in
        Inches.
    type_pt
        Size of its type, in points.
    titled
        Whether title and notes are drawn on it; the report writes them as text.
    dpi
        Of a PNG.
    edge_pt
        What is left free around.
    """

    width_in: float
    height_in: float
    type_pt: float = 10.0
    titled: bool = True
    dpi: int = 144
    edge_pt: float = 2.0

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width_in * _IN_PT, self.height_in * _IN_PT


def draw_sheet(figure: "Figure", pack: Pack, shown: Map, atlas: Atlas, size: Size) -> None:
    """Draw a map with everything that explains it."""
    wide, high = size.points
    whole = _axes(figure, size, (0.0, 0.0, wide, high))
    bottom = _write_strip(whole, pack, size)
    top = _write_title(whole, pack, shown, size) if size.titled else high - size.edge_pt
    panel = _PANEL * size.type_pt
    box = (size.edge_pt, bottom, wide - panel - _GAP * size.type_pt - 2 * size.edge_pt, top - bottom)
    framed = list(atlas.of("district").values() or atlas.of(shown.level).values())
    view = view_of(framed, width_pt=box[2], height_pt=box[3])
    window = _axes(figure, size, box)
    window.set_frame_on(True)
    drawn = draw_picture(Canvas(window, view, size.type_pt), pack, shown, atlas)
    column = Column(whole, wide - size.edge_pt - panel, top, panel, size.type_pt)
    _explain(column, pack, shown, drawn, view)
    if size.titled:
        _write_notes(column, shown, bottom)


def _axes(figure: "Figure", size: Size, box: tuple[float, float, float, float]) -> "Axes":
    """Make a part of the sheet that is measured in points."""
    wide, high = size.points
    left, bottom, width, height = box
    axes = figure.add_axes((left / wide, bottom / high, width / wide, height / high))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_frame_on(False)
    return axes


def _write_strip(whole: "Axes", pack: Pack, size: Size) -> float:
    """Write whom the map is for and what licences ask for, at the foot; return where the map may begin."""
    small = _SMALL * size.type_pt
    width = size.points[0] - 2 * size.edge_pt
    lines = [(line, True) for line in wrapped(printable(whom(pack)), width, small, bold=True)]
    lines += [(line, False) for line in wrapped(printable(" ".join(map(_ended, credits_of(pack)))), width, small)]
    top = size.edge_pt + (len(lines) + 0.2) * LINE * small
    for number, (line, bold) in enumerate(lines):
        put: dict[str, Any] = {
            "fontsize": small,
            "fontweight": "bold" if bold else "normal",
            "color": INK,
            "zorder": _WORD_LEVEL,
        }
        whole.text(size.edge_pt, top - (number + 1) * LINE * small, line, va="baseline", **put)
    return top + 0.4 * small


def _ended(line: str) -> str:
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _write_title(whole: "Axes", pack: Pack, shown: Map, size: Size) -> float:
    """Write the title over the whole sheet; return where the map must end."""
    wide, high = size.points
    heading = Column(whole, size.edge_pt, high - size.edge_pt, wide - 2 * size.edge_pt, size.type_pt)
    heading.write(shown.title, size=_TITLE * size.type_pt, bold=True)
    heading.write(f"{plain(pack.district)}, review {plain(pack.review)}")
    return heading.top - 0.8 * size.type_pt


def _explain(column: Column, pack: Pack, shown: Map, drawn: Drawn, view: View) -> None:
    """Write legend and scale."""
    if drawn.looked is not None:
        column.write(drawn.looked.title, bold=True)
        column.skip(0.3)
        _write_looks(column, drawn.looked, shown)
    else:
        column.write(_label_of(pack, shown), bold=True)
        column.skip(0.3)
        write_marks(column, drawn.marks, mark_pt=mark_size(column.size))
    write_fills(column, ["The district"], [outline_look()])
    column.skip(0.5)
    write_scale(column, pt_per_m=view.pt_per_m)
    for sentence in ("North and scale are those of the British National Grid.", *_said(drawn)):
        column.write(sentence, size=0.9 * column.size)
    column.skip(0.4)


def _write_looks(column: Column, looked: Looked, shown: Map) -> None:
    """Write the legend's areas; of a map of counts without "0" where nothing wears it, for such rows are left out."""
    first = 1 if shown.kind == "counts" and 0 not in looked.rows else 0
    write_fills(column, looked.labels[first:], looked.looks[first:])


def _said(drawn: Drawn) -> list[str]:
    """Say what the picture does not show."""
    found = []
    if drawn.left_out:
        found.append(f"{drawn.left_out} of the words found no room: see the table.")
    if drawn.off_map:
        found.append(f"{drawn.off_map} of the table's rows have no place on the map.")
    return found


def _write_notes(column: Column, shown: Map, bottom: float) -> None:
    """Write what the map shows, then its notes, as far as there is room."""
    small = 0.9 * column.size
    for note in (shown.alt, *shown.notes):
        lines = wrapped(printable(note), column.width, small)
        if column.top - len(lines) * LINE * small < bottom:
            return
        column.write(note, size=small)
        column.skip(0.3)


def _label_of(pack: Pack, shown: Map) -> str:
    return next(plain(column.label) for column in pack.table(shown.table).columns if column.name == shown.value)
