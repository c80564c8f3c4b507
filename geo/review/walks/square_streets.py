"""Name the street of a square, one and the same wherever the walkabouts name it.

A long street crosses many squares, and a square may hold several streets. So a square is called as its records call it:
first by the street whose name a report was given by, since it was put there for that name; else by the street that was
written down most often; else, where nothing is on record, by the street on the map that is nearest to its middle.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from geo.places.streets import Streets
from geo.review.streets import streets_of
from geo.review.walks.near_street import near_streets
from geo.review.walks.reading import reports_standing, visits_standing
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import Report, Visit
from geo.walkabouts.squares import middle_of

NAMED_WITHIN_M: Final = 150.0
Record = TypeVar("Record", Report, Visit)


def square_streets(
    squares: Iterable[str], records: Sequence[Report | Visit], streets: Streets | None
) -> Mapping[str, str]:
    """Name the street of each square; those that have none are left out.

    Parameters
    ----------
    squares
        Which are named.
    records
        Reports and visits that stand.
    streets
        Of the workspace; None where it has none.
    """
    written = written_streets(records)
    asked = list(dict.fromkeys(square for square in squares if square))
    nearest = _nearest([square for square in asked if square not in written], streets)
    return {square: name for square in asked if (name := written.get(square) or nearest.get(square, ""))}


def written_streets(records: Sequence[Report | Visit]) -> dict[str, str]:
    """Name the street of each square by its records alone; of names written alike often, the first in the alphabet."""
    often, given = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in records:
        if one.square and one.street:
            often[one.square, one.street] += 1
            given[one.square, one.street] += int(isinstance(one, Report) and one.located == "street")
    best_last = sorted(sorted(often, reverse=True), key=lambda place: (given[place], often[place]))
    return dict(best_last)


def streets_on_record(workspace: Workspace) -> Mapping[str, str]:
    """Name the street of every square of which anything is on record."""
    records: tuple[Report | Visit, ...] = (*reports_standing(workspace), *visits_standing(workspace))
    squares = {one.square for one in records}
    return square_streets(squares, records, streets_of(workspace))


def named_alike(records: Iterable[Record], names: Mapping[str, str]) -> tuple[Record, ...]:
    """Give records to be shown, each with the name of its square: not for the response clock, which goes by their own.

    Parameters
    ----------
    names
        As `streets_on_record` gives them.
    """
    return tuple(replace(one, street=names.get(one.square, one.street)) for one in records)


def _nearest(squares: Sequence[str], streets: Streets | None) -> dict[str, str]:
    if streets is None:
        return {}
    names = near_streets(streets, list(map(middle_of, squares)), within_m=NAMED_WITHIN_M)
    return dict(zip(squares, names, strict=True))
