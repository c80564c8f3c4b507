"""Lay out the tables of a pack: short ways to describe a column, and the part of a pack that one subject fills."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.review.pack.content import Column, Kind, Map, Section, Table

_A_PAGE: Final = 40  # rows of a printed table


@dataclass(frozen=True)
class Chapter:
    """One subject of a pack: its section, with the tables and maps that it names."""

    section: Section
    tables: tuple[Table, ...] = ()
    maps: tuple[Map, ...] = ()


def chapter(
    name: str, title: str, words: Iterable[str], *, tables: Sequence[Table] = (), maps: Sequence[Map] = ()
) -> Chapter:
    """Put words, maps and tables of one subject together; empty words are left out."""
    section = Section(
        name,
        title,
        tuple(word for word in words if word),
        tuple(one.name for one in maps),
        tuple(one.name for one in tables),
    )
    return Chapter(section, tuple(tables), tuple(maps))


def with_long_tables_last(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Move tables of more than a page behind all else, and say so where they stood: a committee reads the rest."""
    told = {table.name: table for one in chapters for table in one.tables if len(table.rows) > _A_PAGE}
    if not told:
        return list(chapters)
    names = tuple(table.title for table in told.values())
    words = [f"Longer than a page: {', '.join(names)}. The workbook has every row too."]
    appendix = Chapter(Section("long_tables", "Long tables", tuple(words), (), tuple(told)))
    return [*(_without(one, told) for one in chapters), appendix]


def _without(one: Chapter, moved: Mapping[str, Table]) -> Chapter:
    section = one.section
    gone = [moved[name].title for name in section.tables if name in moved]
    words = (f"At the end: {', '.join(gone)}.",) if gone else ()
    kept = tuple(name for name in section.tables if name not in moved)
    return replace(one, section=replace(section, words=(*section.words, *words), tables=kept))


def table_of(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Any]],
    *,
    notes: Iterable[str] = (),
) -> Table:
    """Lay rows out by the names of the columns; what a row does not say is blank."""
    laid = tuple(tuple(row.get(column.name) for column in columns) for row in rows)
    return Table(name, title, tuple(columns), laid, tuple(note for note in notes if note))


def text(name: str, label: str, meaning: str) -> Column:
    """Describe a column of words."""
    return Column(name, label, "text", meaning)


def code(name: str, label: str, meaning: str) -> Column:
    """Describe the column that ties rows to shapes."""
    return Column(name, label, "code", meaning)


def day(name: str, label: str, meaning: str) -> Column:
    """Describe a column of ISO days."""
    return Column(name, label, "day", meaning)


def count(name: str, label: str, meaning: str, unit: str = "") -> Column:
    """Describe a column of whole numbers."""
    return Column(name, label, "count", meaning, unit)


def number(name: str, label: str, meaning: str, unit: str = "", kind: Kind = "number") -> Column:
    """Describe a column of any numbers."""
    return Column(name, label, kind, meaning, unit)


def share(name: str, label: str, meaning: str) -> Column:
    """Describe a column of parts of 1."""
    return number(name, label, meaning, kind="share")


def rounded(value: float | None, places: int = 2) -> float | None:
    """Round a number to what a reader can use, so that no last digit hangs on a machine; a blank stays one."""
    return None if value is None or value != value else round(float(value), places)  # noqa: PLR0124 - not a number


def significant(value: float | None, digits: int = 4) -> float | None:
    """Round a p or a q to so many figures.

    Examples
    --------
    >>> significant(0.000123456), significant(None), significant(0.0)
    (0.0001235, None, 0.0)
    """
    return None if value is None or value != value else float(f"{float(value):.{digits}g}")  # noqa: PLR0124 - as above
