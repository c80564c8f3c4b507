"""The classes of a map as its legend names them, for files that draw them by themselves: QGIS and the browser."""

from dataclasses import dataclass
from typing import Final

from geo.review.pack.content import Map, Pack
from layers.pack.looks import look_at
from layers.pack.place_marks import PlaceMark, marks_of
from layers.pack.words import plain
from layers.style import WHITE, Fill, LegendEntry

# The shapes of print by matplotlib's letters, as SVG of 28 units square.
_SVG: Final = {
    "o": '<circle cx="14" cy="14" r="11"/>',
    "s": '<rect x="4" y="4" width="20" height="20"/>',
    "^": '<path d="M14 2 26 25H2Z"/>',
    "v": '<path d="M14 26 2 3H26Z"/>',
    "D": '<path d="M14 1.5 26.5 14 14 26.5 1.5 14Z"/>',
    "P": '<path d="M10 2h8v8h8v8h-8v8h-8v-8H2v-8h8Z"/>',
    "X": '<path d="m7 2 7 7 7-7 5 5-7 7 7 7-5 5-7-7-7 7-5-5 7-7-7-7Z"/>',
    "p": '<path d="M14 2 26.5 11 21.5 25.5H6.5L1.5 11Z"/>',
    "h": '<path d="M14 1.5 25 7.8v12.4L14 26.5 3 20.2V7.8Z"/>',
    "*": '<path d="m14 1 3.2 8.7 9.3.3-7.3 5.7 2.6 9L14 19.5l-7.8 5.2 2.6-9L1.5 10l9.3-.3Z"/>',
    ".": '<circle cx="14" cy="14" r="6"/>',
}


@dataclass(frozen=True, slots=True)
class MapClass:
    """A line of a map's legend.

    Attributes
    ----------
    words
        What the legend says; no two classes of a map say the same.
    fill
        How its areas are drawn; None where places are marked.
    mark
        How its places are marked; None where areas are filled.
    """

    words: str
    fill: Fill | None = None
    mark: PlaceMark | None = None

    def legend(self) -> LegendEntry:
        """Write it for the legend of a map in the browser."""
        return LegendEntry(self.words, self.fill, svg=mark_svg(self.mark) if self.mark else "")


@dataclass(frozen=True, slots=True)
class Classed:
    """A map's classes in the order of its legend, under its title, and which of them each row of its table has."""

    title: str
    classes: tuple[MapClass, ...]
    of_rows: tuple[int, ...]


def classed(pack: Pack, map_: Map) -> Classed:
    """Give each row of a map's table its class, as print has it.

    Raises
    ------
    BadInputError
        The map has no classes, or more than there are colours.
    """
    if map_.kind != "places":
        found = look_at(pack, map_)
        words = _told_apart(found.labels)
        return Classed(found.title, tuple(map(MapClass, words, found.looks)), found.rows)
    table = pack.table(map_.table)
    title = next(plain(column.label) for column in table.columns if column.name == map_.value)
    marks, rows = marks_of(table.column(map_.value))
    return Classed(title, tuple(MapClass(mark.word, mark=mark) for mark in marks), rows)


def mark_svg(mark: PlaceMark) -> str:
    """Draw a mark; it holds nothing that came from a file."""
    return (
        f'<svg viewBox="0 0 28 28" aria-hidden="true" focusable="false"><g fill="{mark.colour}" stroke="{WHITE}"'
        f' stroke-width="1.6">{_SVG[mark.shape]}</g></svg>'
    )


def _told_apart(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Put a number behind a label that was there before, for QGIS tells categories apart by their words."""
    before = [labels[:at].count(label) for at, label in enumerate(labels)]
    return tuple(label if not times else f"{label} ({times + 1})" for label, times in zip(labels, before, strict=True))
