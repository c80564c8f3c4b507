"""Lines of a plain PDF: text broken to the page, tables in columns with a head on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.review.pack.content import Table
from layers.pack.printed.columns import LANDSCAPE_PT, Laid, lay_out, written
from layers.pack.printed.fonts import LINE, printable, wrapped
from layers.pack.report_values import table_title

PAGE_PT: Final = (842.0, 595.0)  # A4, turned, so that every table fits
EDGE_PT: Final = 51.0
_SIZE, _HEADING = 9.5, 14.0
_GAP_PT: Final = 8.0
_ROOM_PT: Final = PAGE_PT[1] - 2 * EDGE_PT


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes
    ----------
    parts
        Where each text of it begins, in points from the left, and the text.
    size
        Of the type.
    height
        With what is left free above it.
    bold
        Whether it is set in bold.
    head
        What is written again above it where it begins a page.
    """

    parts: tuple[tuple[float, str], ...]
    size: float
    height: float
    bold: bool = False
    head: "tuple[Line, ...]" = ()


def heading_lines(text: str) -> list[Line]:
    """Write a heading."""
    return _broken(text, _HEADING, bold=True, gap=2 * _GAP_PT)


def text_lines(texts: Sequence[str], *, bold: bool = False) -> list[Line]:
    """Write paragraphs."""
    return [line for text in texts for line in _broken(text, _SIZE, bold=bold, gap=_GAP_PT / 2)]


def table_lines(table: Table) -> list[Line]:
    """Write a table, in parts where it has many columns."""
    cells = written(table)
    found = []
    for laid in lay_out(table):
        found += _broken(table_title(table, laid), _SIZE, bold=True, gap=_GAP_PT)
        head = tuple(_row(cells[0], laid, bold=True))
        found += head
        found += [line for row in cells[1:] for line in _row(row, laid, head=head)]
    return found


def pages_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Share lines out to pages."""
    pages: list[list[Line]] = [[]]
    for line in lines:
        if sum(one.height for one in pages[-1]) + line.height > _ROOM_PT:
            pages.append(list(line.head))
        pages[-1].append(line)
    return pages


def _broken(text: str, size: float, *, bold: bool, gap: float) -> list[Line]:
    lines = wrapped(printable(text), LANDSCAPE_PT, size, bold=bold)
    return [Line(((0.0, one),), size, LINE * size + (0 if at else gap), bold) for at, one in enumerate(lines)]


def _row(cells: Sequence[str], laid: Laid, *, bold: bool = False, head: tuple[Line, ...] = ()) -> list[Line]:
    texts = [cells[place].replace("\u200b", " ") for place in laid.columns]
    broken = [
        wrapped(text, wide - 6, laid.size_pt, bold=bold) for text, wide in zip(texts, laid.widths_pt, strict=True)
    ]
    lefts = [sum(laid.widths_pt[:at]) for at in range(len(broken))]
    found = []
    for at in range(max(map(len, broken), default=0)):
        parts = tuple((left, lines[at]) for left, lines in zip(lefts, broken, strict=True) if at < len(lines))
        height = LINE * laid.size_pt + (0 if at else 3.0)
        found.append(Line(parts, laid.size_pt, height, bold, head))
    return found
