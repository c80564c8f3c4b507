"""Say in a few sentences what a map shows, for whoever does not see it."""

from collections import Counter
from dataclasses import replace
from typing import Final

from geo.evidence.trend_sentences import VERDICT
from geo.review.pack.content import Table, Value

_MOST: Final = 3


def told_counts(title: str, table: Table, column: str, place: str) -> str:
    """Say how many places have clients, and which have most.

    Parameters
    ----------
    column
        The column that is drawn: numbers, or "c" where one is hidden.
    place
        What a place is called, such as "ward".
    """
    drawn = _drawn(table)
    names = [str(name) for name in drawn.column(_name_of(table))]
    known = [(_number(value), name) for value, name in zip(drawn.column(column), names, strict=True)]
    some = sorted(((value, name) for value, name in known if value > 0), key=lambda pair: (-pair[0], pair[1]))
    hidden = sum(value == "c" for value in drawn.column(column))
    said = f"Map: {title}. {len(some):,} of {len(drawn.rows):,} {place}s have a number above nought."
    if some:
        first = ", ".join(f"{name} {value:,}" for value, name in some[:_MOST])
        said += f" Most: {first}."
    return said + (f" {hidden:,} are hidden." if hidden else "")


def told_changes(title: str, table: Table) -> str:
    """Say how many places go which way, and name those that changed."""
    words = [str(word) for word in table.column("change")]
    named = zip(words, table.column(_name_of(table)), strict=True)
    counts = Counter(words)
    said = ", ".join(f"{counts[word]:,} {word}" for word in VERDICT if counts[word])
    moved = [f"{name} ({word})" for word, name in named if word in {"new", "growing", "fading"}]
    return f"Map: {title}. Of {len(words):,} places: {said}." + (f" Changed: {', '.join(moved)}." if moved else "")


def _name_of(table: Table) -> str:
    return next(column.name for column in table.columns if column.name in {"name", "place", "area"})


def _drawn(table: Table) -> Table:
    """Leave out the rows that no shape stands for."""
    place = next(at for at, column in enumerate(table.columns) if column.kind == "code")
    return replace(table, rows=tuple(row for row in table.rows if row[place]))


def _number(value: Value) -> float:
    """Take a value for a number; what is hidden or not known counts as nought here."""
    return value if isinstance(value, int | float) else 0
