"""What of a pack fits on one page for members: chosen by measure, with a sentence that counts what does not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.review.pack.content import Figure, Pack, Table
from layers.pack.printed.columns import PORTRAIT_PT, lay_upright, written
from layers.pack.printed.fonts import printable, wrapped
from layers.pack.told import figures_table, hidden_notes
from layers.pack.words import credits_of, plain

_POINT_SIZES: Final = (12.0, 11.0, 10.0)
_ROOM_PT: Final = 585.0  # of the page, without its head and its two headings
_LINE: Final = 1.38  # from line to line, in sizes of the type
_BETWEEN: Final = 0.95  # between points
_SMALL_PT: Final = 8.0
_LONGEST: Final = 360  # signs of one point
_FEWEST_FIGURES: Final = 4
_SHORTENED: Final = " ... (the report has the rest)"


@dataclass(frozen=True, slots=True)
class Brief:
    """What is on the page.

    Attributes
    ----------
    points
        What members need to know.
    figures
        The headline figures, without what each rests on.
    point_pt
        Size of the points' type.
    ending
        What is left out, what "c" means, whose data this is.
    """

    points: tuple[str, ...]
    figures: Table
    ending: tuple[str, ...]
    point_pt: float


def brief_of(pack: Pack) -> Brief:
    """Choose what fits: smaller type first, then fewer figures, the last ones first; then fewer points."""
    points = [shortened(point) for point in pack.briefing]
    figures = [replace(figure, label=shortened(figure.label), note="") for figure in pack.figures]
    for size in _POINT_SIZES:
        brief = _brief(pack, points, figures, size)
        if _height(brief) <= _ROOM_PT:
            return brief
    while _height(brief) > _ROOM_PT and (points or figures):
        if len(figures) > _FEWEST_FIGURES or not points:
            figures = figures[:-1]
        else:
            points = points[:-1]
        brief = _brief(pack, points, figures, _POINT_SIZES[-1])
    return brief


def shortened(text: str) -> str:
    """Cut what is far too long at a word, and say so.

    Examples
    --------
    >>> shortened("All is well."), shortened("word " * 200)[-39:]
    ('All is well.', 'word word ... (the report has the rest)')
    """
    line = plain(text)
    if len(line) <= _LONGEST:
        return line
    cut = line[:_LONGEST].rsplit(" ", 1)[0]
    return f"{cut[:_LONGEST]}{_SHORTENED}"


def _brief(pack: Pack, points: Sequence[str], figures: Sequence[Figure], point_pt: float) -> Brief:
    whole = figures_table(figures)
    table = Table(whole.name, whole.title, whole.columns[:-1], tuple(row[:-1] for row in whole.rows))
    ending = (*_left_out(pack, len(points), len(figures)), *hidden_notes(pack), " ".join(credits_of(pack)))
    return Brief(tuple(points), table, tuple(words for words in ending if words), point_pt)


def _left_out(pack: Pack, points: int, figures: int) -> tuple[str, ...]:
    """Count what found no room."""
    left = ((len(pack.briefing) - points, "point"), (len(pack.figures) - figures, "figure"))
    said = [f"{number} more {word}{'' if number == 1 else 's'}" for number, word in left if number]
    return (f"The report has {' and '.join(said)}.",) if said else ()


def _height(brief: Brief) -> float:
    points = sum((_lines(text, brief.point_pt) * _LINE + _BETWEEN) * brief.point_pt for text in brief.points)
    ending = sum((_lines(text, _SMALL_PT) * _LINE + _BETWEEN) * _SMALL_PT for text in brief.ending)
    return points + ending + _table_height(brief.figures)


def _table_height(table: Table) -> float:
    laid = lay_upright(table)
    pairs = [list(zip(row, laid.widths_pt, strict=True)) for row in written(table)]
    lines = [max(len(wrapped(cell, wide - 9, laid.size_pt, bold=True)) for cell, wide in row) for row in pairs]
    return sum(max(count, 1) * 1.25 * laid.size_pt + 7.0 for count in lines)


def _lines(text: str, size: float) -> int:
    return len(wrapped(printable(text), PORTRAIT_PT - 20, size))
