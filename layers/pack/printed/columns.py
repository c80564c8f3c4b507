"""How wide each column of a printed table is, so that none is cut off: smaller type, a turned page, parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.review.pack.content import Table
from layers.pack.printed.fonts import printable, width_pt, wrapped
from layers.pack.words import told

PORTRAIT_PT: Final = 493.0  # A4 without its margins of 18 mm
LANDSCAPE_PT: Final = 739.0
HALF_PT: Final = 237.0  # one of two columns of the page, which long and narrow tables are printed in
_TRIES: Final = ((False, 8.5), (False, 8.0), (True, 8.5), (True, 8.0))
_UPRIGHT: Final = (8.5, 8.0)
_SMALL: Final = 8.0
_PAD_PT: Final = 8.5  # of a cell, both sides together, with a hair's breadth
MANY_ROWS: Final = 40  # rows
_FEW_LINES: Final = 2
_MOST_LINES: Final = 6
_WIDEST_PT: Final = 230.0
_WIDEST_HEAD_PT: Final = 90.0
_LONGEST_WORD: Final = 24


@dataclass(frozen=True, slots=True)
class Laid:
    """A table, or a part of its columns, as it is printed.

    Attributes
    ----------
    columns
        Which columns, by their place.
    widths_pt
        Of each of them.
    size_pt
        Of the type.
    landscape
        Whether the page is turned.
    part
        Which part this is, in words; empty for a whole table.
    """

    columns: tuple[int, ...]
    widths_pt: tuple[float, ...]
    size_pt: float
    landscape: bool
    part: str = ""

    @property
    def width_pt(self) -> float:
        """Of the whole table."""
        return sum(self.widths_pt)


def lay_out(table: Table) -> tuple[Laid, ...]:
    """Choose how a table is printed: one part where that can be."""
    cells = written(table)
    every = tuple(range(len(table.columns)))
    half = _widths(cells, every, _SMALL, HALF_PT) if len(table.rows) > MANY_ROWS else None
    if half is not None and _lines(cells, every, half, _SMALL) <= _FEW_LINES:
        return (Laid(every, half, _SMALL, landscape=False),)
    for landscape, size in _TRIES:
        room = LANDSCAPE_PT if landscape else PORTRAIT_PT
        widths = _widths(cells, every, size, room)
        last = landscape and size == _TRIES[-1][1]
        if widths is not None and (last or _lines(cells, every, widths, size) <= _MOST_LINES):
            return (Laid(every, widths, size, landscape),)
    return _parts(cells, every)


def lay_upright(table: Table) -> Laid:
    """Lay a table of few columns out on an upright page, whatever is written in it."""
    cells = written(table)
    every = tuple(range(len(table.columns)))
    for size in _UPRIGHT:
        if (widths := _widths(cells, every, size, PORTRAIT_PT)) is not None:
            return Laid(every, widths, size, landscape=False)
    return Laid(every, tuple(PORTRAIT_PT / len(every) for _ in every), _UPRIGHT[-1], landscape=False)


def written(table: Table) -> list[list[str]]:
    """Write every cell as it is printed, the head first; long words can be broken."""
    head = [column.label for column in table.columns]
    rows = [[told(value, column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
    return [[breakable(printable(cell)) for cell in row] for row in (head, *rows)]


def breakable(text: str) -> str:
    r"""Let words that no column holds be broken.

    Examples
    --------
    >>> breakable("a" * 30).count("\u200b")
    2
    """
    return " ".join(_with_breaks(word) if len(word) > _LONGEST_WORD else word for word in text.split(" "))


def _with_breaks(word: str) -> str:
    return "\u200b".join(word[at : at + 12] for at in range(0, len(word), 12))


def _parts(cells: list[list[str]], every: tuple[int, ...]) -> tuple[Laid, ...]:
    """Cut a table into parts that each begin with its first column."""
    least, _ = _bounds(cells, every, _SMALL)
    groups: list[list[int]] = [[]]
    for place in every[1:]:
        if groups[-1] and least[0] + sum(least[one] for one in (*groups[-1], place)) > LANDSCAPE_PT:
            groups.append([])
        groups[-1].append(place)
    found = []
    for group in groups:
        chosen = (0, *group)
        widths = _widths(cells, chosen, _SMALL, LANDSCAPE_PT) or _even(chosen)
        said = f"columns {group[0] + 1} to {group[-1] + 1} of {len(every)}"
        found.append(Laid(chosen, widths, _SMALL, landscape=True, part=said))
    return tuple(found)


def _even(chosen: Sequence[int]) -> tuple[float, ...]:
    return tuple(LANDSCAPE_PT / len(chosen) for _ in chosen)


def _widths(cells: list[list[str]], chosen: Sequence[int], size: float, room: float) -> tuple[float, ...] | None:
    """Give each column what its longest word needs, and share the rest by what is written; None if words do not fit."""
    least, most = _bounds(cells, chosen, size)
    if sum(most) <= room:
        return tuple(most)
    spare = room - sum(least)
    if spare < 0:
        return None
    wish = [high - low for low, high in zip(least, most, strict=True)]
    return tuple(low + spare * want / (sum(wish) or 1) for low, want in zip(least, wish, strict=True))


def _bounds(cells: list[list[str]], chosen: Sequence[int], size: float) -> tuple[list[float], list[float]]:
    """Measure the longest word and the longest text of each column."""
    least, most = [], []
    for place in chosen:
        texts = dict.fromkeys(row[place] for row in cells[1:])
        head = max((width_pt(word, size, bold=True) for word in _words(cells[0][place])), default=0.0)
        words = max((width_pt(word, size) for text in texts for word in _words(text)), default=0.0)
        whole = max((width_pt(text, size) for text in texts), default=0.0)
        heading = min(width_pt(cells[0][place], size, bold=True), _WIDEST_HEAD_PT)
        low = max(head, words) + _PAD_PT
        least.append(low)
        most.append(max(low, min(max(whole, heading) + _PAD_PT, _WIDEST_PT)))
    return least, most


def _words(text: str) -> list[str]:
    return text.replace("\u200b", " ").split()


def _lines(cells: list[list[str]], chosen: Sequence[int], widths: Sequence[float], size: float) -> int:
    """Count the lines of the highest cell."""
    pairs = list(zip(chosen, widths, strict=True))
    texts = {(row[place], width) for row in cells[1:] for place, width in pairs if len(row[place]) * size / 3 > width}
    return max((len(wrapped(text.replace("\u200b", " "), width - _PAD_PT, size)) for text, width in texts), default=1)
