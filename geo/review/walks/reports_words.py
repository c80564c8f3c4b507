"""Say in plain sentences what was made of the rows of a file of reports, by their numbers and without their values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from geo.review.tables import row_list
from geo.walkabouts.bands import local

_HEAP: Final = 20
_HEAP_SHARE: Final = 0.05
_HEAP_AT_A_SQUARE: Final = 500
_MOST_SQUARES: Final = 200
_MIDNIGHT_SHARE: Final = 0.5
_FEW: Final = 4


@dataclass(frozen=True)
class RowFacts:
    """What sentences are made of.

    Attributes
    ----------
    number
        The row's.
    square
        The square of 100 m; empty for a town alone.
    seen
        With its zone.
    remarks
        Names of `_REMARKS` that hold for the row.
    """

    number: int
    square: str
    seen: datetime
    remarks: frozenset[str] = frozenset()


_REMARKS: Final = {
    "no receipt": "no day of receipt; the end of the day somebody was seen counts, so that no visit of that day "
    "answers it",
    "no receipt time": "no time of receipt; the end of that day counts, so that no visit of that day answers it",
    "nobody counted": "no number of people; one is counted",
    "unknown source": "a source that is not known here, which was let go; the one given for the file counts. Known are "
    "StreetLink, the agencies and partners on record, and the sources of files",
    "apart": "places that contradict each other by more than a kilometre; coordinates went before a grid reference, "
    "that before a postcode, that before a street",
    "beyond": "a place outside the district, within reach of it; tell the council there",
    "town alone": "a town and nothing finer; such a report counts for the district only, and no visit can be told to "
    "answer it",
}


def note_sentences(rows: Sequence[RowFacts]) -> tuple[str, ...]:
    """Say what was made of rows that lack something or contradict themselves."""
    told = []
    for name, said in _REMARKS.items():
        numbers = [row.number for row in rows if name in row.remarks]
        if numbers:
            told.append(f"{row_list(numbers)}: {said}.")
    midnight = [row.number for row in rows if (local(row.seen).hour, local(row.seen).minute) == (0, 0)]
    if len(midnight) > max(_FEW, _MIDNIGHT_SHARE * len(rows)):
        told.append(f"{row_list(midnight)}: seen at midnight exactly; check that this is the time and not a blank one.")
    return tuple(told)


def heap_sentences(rows: Sequence[RowFacts]) -> tuple[str, ...]:
    """Say where rows are improbably many: at one place in one minute, at one place, or at places of their own."""
    places: dict[tuple[str, datetime | None], list[int]] = {}
    for row in rows:
        places.setdefault((row.square, row.seen), []).append(row.number)
        if row.square:
            places.setdefault((row.square, None), []).append(row.number)
    most = max(_HEAP, _HEAP_SHARE * len(rows))
    found = []
    for (_, minute), numbers in places.items():
        if minute is not None and len(numbers) > most:
            found.append(f"{row_list(numbers)}: the same place in the same minute.")
        if minute is None and len(numbers) > _HEAP_AT_A_SQUARE:
            found.append(f"{row_list(numbers)}: the same place.")
    squares = {row.square for row in rows} - {""}
    if len(squares) > _MOST_SQUARES:
        found.append(f"The file names {len(squares):,} different places; a list of reports names fewer.")
    if found:
        found.append("That is improbably many; check the file, and say that it was checked if the rows are right.")
    return tuple(found)


def remark_sentences(remarks: Iterable[str]) -> tuple[str, ...]:
    """Say of one report what was made of it.

    Examples
    --------
    >>> remark_sentences(["beyond"])
    ('It has a place outside the district, within reach of it; tell the council there.',)
    """
    return tuple(f"It has {_REMARKS[name]}." for name in _REMARKS if name in set(remarks))


def refused_sentences(faults: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """Name each row that cannot be taken, with the reason."""
    return tuple(f"Row {number}: {fault}." for number, fault in sorted(faults) if fault)
