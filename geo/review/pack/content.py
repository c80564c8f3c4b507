"""What a pack says, whoever reads it and in whatever format: figures, words, tables, and maps of those tables.

A pack is told from frozen aggregates alone, so that it can be told again years later, digit for digit. Everything
here is plain values: what draws a map or writes a page is in `layers.pack`.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import pandas as pd

from geo.errors import MissingDataError

Audience = Literal["team", "partner", "public"]
AUDIENCES: Final[tuple[Audience, ...]] = ("team", "partner", "public")
Value = str | int | float | bool | None
Kind = Literal["text", "count", "number", "share", "day", "code"]
MapKind = Literal["counts", "change", "areas", "places"]
Level = Literal["district", "cell", "ward", "area", "site", "land", "water", "roads", "settlements"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name
        In files: small letters, figures and underscores.
    label
        For readers.
    kind
        "count" is a whole number (or "c" where it is hidden), "number" any other, "share" a part of 1, "day" an ISO
        day, "code" what ties a row to a shape.
    meaning
        For the data dictionary, in a sentence.
    unit
        Such as "minutes"; empty for words and counts.
    """

    name: str
    label: str
    kind: Kind
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the same rows in print, on a sheet of the workbook and in a CSV.

    Attributes
    ----------
    name
        In files: small letters, figures and underscores; no two tables of a pack share one.
    title
        For readers.
    columns, rows
        As many values in each row as there are columns; None where there is nothing to say.
    notes
        What a reader must know, one sentence each.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Lay it out with its columns' names; values as they are."""
        names = [column.name for column in self.columns]
        return pd.DataFrame([dict(zip(names, row, strict=True)) for row in self.rows], columns=names, dtype=object)

    def column(self, name: str) -> tuple[Value, ...]:
        """Return the values of one column, in the order of the rows."""
        place = [column.name for column in self.columns].index(name)
        return tuple(row[place] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Shape:
    """Where something is: WKT in EPSG:4326, longitude first."""

    code: str
    name: str
    wkt: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map of one table.

    Attributes
    ----------
    name, title
        As of a table.
    kind
        "counts" colours areas by a number in classes; "change" by a word (`CHANGES`); "areas" by whether an area is a
        priority or watched; "places" marks sites by a word.
    level
        Which shapes the rows are drawn on.
    table
        The table that says the same; its column of kind "code" ties rows to shapes.
    value
        Name of its column that is drawn.
    label
        Name of its column that is printed on the map; empty for none.
    classes
        Of "counts": where each class begins, from the lowest above nothing; two maps that are compared share them.
    alt
        What the map shows, in one to three sentences, for whoever does not see it.
    notes
        Printed below the map, one sentence each.
    """

    name: str
    title: str
    kind: MapKind
    level: Level
    table: str
    value: str
    alt: str
    label: str = ""
    classes: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()


Part = TypeVar("Part", "Table", "Map")
CHANGES: Final = ("new", "growing", "steady", "fading", "too few to tell")
"""The words a map of change colours by, as `geo.schema.TREND_KINDS` has them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline number.

    Attributes
    ----------
    name
        In files and for the council's performance system; it stays the same from year to year.
    label
        For readers.
    value
        A number; text such as "c" or "too few to tell" where none may or can be given; None where it is not known.
    unit
        Such as "households" or "%".
    low, high
        95 % range; None where there is none.
    note
        What it rests on, in a sentence.
    earlier
        The same a year before, as it was frozen then; None where it was not.
    """

    name: str
    label: str
    value: Value
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    earlier: Value = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the pack: a heading, paragraphs, then maps and tables by their names, in this order."""

    name: str
    title: str
    words: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """Everything a pack says to one audience.

    Attributes
    ----------
    district
        The district's name.
    review, earlier
        The review year, and the one before it that it is compared with; empty where there is none.
    audience
        For whom: nothing here is for anybody else.
    day
        ISO day on which it was made.
    state
        Who made it, whether it was kept, and its digest, in a sentence or two.
    digest
        SHA-256 of the frozen aggregates, in hexadecimal.
    unit
        What one count is, such as "household episodes".
    summary
        The one-page summary in plain English: paragraphs of a sentence or three.
    briefing
        What members need to know, as bullet points.
    figures
        Headline numbers, the most important first.
    sections
        In the order of reading.
    tables, maps
        Every table and map that a section names.
    shapes
        By level; those of `land`, `water`, `roads` and `settlements` are the ground that maps are drawn on.
    programme
        The year's hubs as `geo.hubs.programme.content_of` wrote them; None where there are none.
    editions
        Rows of the editions of every data set: dataset, title, edition, licence, attribution, digest.
    attributions
        Lines that licences ask for, each once.
    """

    district: str
    review: str
    earlier: str
    audience: Audience
    day: str
    state: str
    digest: str
    unit: str
    summary: tuple[str, ...]
    briefing: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    maps: tuple[Map, ...]
    shapes: dict[Level, tuple[Shape, ...]]
    programme: dict[str, object] | None
    editions: tuple[dict[str, str], ...]
    attributions: tuple[str, ...]

    @property
    def title(self) -> str:
        """The pack's title."""
        return f"Homelessness mapping review {self.review}: {self.district}"

    def table(self, name: str) -> Table:
        """Return a table by its name.

        Raises
        ------
        MissingDataError
            The pack has none of that name.
        """
        return _named(self.tables, name, "table")

    def map(self, name: str) -> Map:
        """Return a map by its name.

        Raises
        ------
        MissingDataError
            The pack has none of that name.
        """
        return _named(self.maps, name, "map")


def _named(parts: tuple[Part, ...], name: str, what: str) -> Part:
    found = next((part for part in parts if part.name == name), None)
    if found is None:
        message = f"The pack has no {what} '{name}'; it has: {', '.join(part.name for part in parts) or 'none'}."
        raise MissingDataError(message)
    return found
