"""Ask for one visit of a walk: when, what was found, how many, which offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, cast

import streamlit as st

from geo.errors import BadInputError
from geo.review.walks.clock import walk_moment
from geo.review.walks.made import MadeVisit
from geo.walkabouts.sightings import Outcome, Visit

_COUNTS: Final = {
    "bedded_down": "Bedded down",
    "about_to": "About to bed down",
    "offered": "Offers made",
    "accepted": "Offers accepted",
    "refused": "Offers refused",
}
_NOT_VISITED: Final = "Not visited"
_OUTCOMES: Final[Mapping[str, Outcome | None]] = {
    _NOT_VISITED: None,
    "Found": "found",
    "Nobody": "nobody",
    "Not accessible": "not accessible",
}
_MINUTE: Final = 60
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class GivenVisit:
    """What was given for a place, before the walk's day is known.

    Attributes
    ----------
    name
        What the screen calls the place.
    outcome
        None where it was not visited.
    arrived, left
        Times on the wall; None where they were left blank.
    counts
        By the names of `MadeVisit`.
    """

    name: str
    outcome: Outcome | None
    arrived: time | None
    left: time | None
    counts: Mapping[str, int]


def ask_visit(name: str, key: str, *, was: Visit | None = None, needed: bool = False) -> GivenVisit:
    """Ask for a visit.

    Parameters
    ----------
    name
        What the place is called, such as "Stop 3".
    key
        Of its widgets.
    was
        What is on record, where that is put right.
    needed
        Whether it was visited in any case.
    """
    choices = [told for told, outcome in _OUTCOMES.items() if outcome or not needed]
    usual = None if needed else _NOT_VISITED  # nothing is suggested of what was found
    before = next((told for told in choices if was and _OUTCOMES[told] == was.outcome), usual)
    told = st.segmented_control(
        f"What was found at {name}", choices, default=before, key=f"{key}_outcome", label_visibility="collapsed"
    )
    outcome = _OUTCOMES[told or _NOT_VISITED]
    if outcome is None:
        return GivenVisit(name, None, None, None, {})
    first, second = st.columns(2)
    arrived = first.time_input(
        f"Arrived at {name}", was.arrived.time() if was else None, step=_MINUTE, key=f"{key}_arrived"
    )
    left = second.time_input(f"Left {name}", was.left.time() if was else None, step=_MINUTE, key=f"{key}_left")
    return GivenVisit(name, outcome, arrived, left, _ask_counts(name, key, was) if outcome == "found" else {})


def made_visit(given: GivenVisit, day: date, begins: datetime | None) -> MadeVisit:
    """Put what was given together to a visit, its place left out.

    Parameters
    ----------
    day
        On which the walk began.
    begins
        When; None outside any walk.

    Raises
    ------
    BadInputError
        A time is missing, or never was.
    """
    if given.outcome is None:
        message = f"Say what was found at {given.name}: somebody, nobody, or that it was not accessible. {_NOTHING}"
        raise BadInputError(message)
    if given.arrived is None or given.left is None:
        message = f"{given.name[0].upper()}{given.name[1:]} says no time of arrival or of leaving. {_NOTHING}"
        raise BadInputError(message)
    arrived = walk_moment(day, given.arrived, begins=begins)
    left = walk_moment(day, given.left, begins=begins or arrived)
    if arrived is None or left is None:
        message = f"A time of {given.name} never was: that night the clocks went forward over it. {_NOTHING}"
        raise BadInputError(message)
    return MadeVisit(arrived, left, given.outcome).with_counts(given.counts)


def _ask_counts(name: str, key: str, was: Visit | None) -> dict[str, int]:
    """Ask for the counts, two in a row, so that they keep their order on a phone too."""
    counts: dict[str, int] = {}
    names = list(_COUNTS)
    for row in (names[:2], names[2:]):
        for column, one in zip(st.columns(len(row)), row, strict=True):
            before = cast("int", getattr(was, one)) if was else 0
            counts[one] = int(column.number_input(f"{_COUNTS[one]}, {name}", 0, 50, before, key=f"{key}_{one}"))
    return counts
