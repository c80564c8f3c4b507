"""Read a visit as it is typed in one text, such as "3 found 20:40-20:48 bedded=2 offered=1"."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final, cast

from geo.errors import BadInputError
from geo.review.dates import parse_date
from geo.review.walks.clock import walk_end, walk_moment
from geo.review.walks.made import MadeVisit, typed_place
from geo.review.walks.times import parse_time, read_moment
from geo.walkabouts.sightings import Outcome, Purpose

STOP_HELP: Final = (
    'A stop of the card, as "1 nobody 20:40-20:48", "2 found 20:55-21:05 bedded=2 about=1 offered=2 accepted=1" or '
    '"3 not accessible 21:10-21:11"; repeatable.'
)
PLACE_HELP: Final = (
    'A place that is no stop, as "SU 364 455 nobody 21:20-21:25"; a grid reference, a postcode, or a street such as '
    '"Bell Street, Andover"; repeatable.'
)
_TEXT: Final = re.compile(
    r"(?P<place>.+?)\s+(?P<outcome>found|nobody|not[ -]accessible)\s+"
    r"(?P<arrived>\d{1,2}[:.]\d{2})\s*(?:-|to)\s*(?P<left>\d{1,2}[:.]\d{2})(?P<counts>(?:\s+[a-z_]+=\d{1,4})*)",
    re.IGNORECASE,
)
_COUNTS: Final[Mapping[str, str]] = {
    "bedded": "bedded_down",
    "bedded_down": "bedded_down",
    "about": "about_to",
    "about_to": "about_to",
    "offered": "offered",
    "accepted": "accepted",
    "refused": "refused",
}


def read_begin(text: str, *, today: date) -> datetime:
    """Read when a walk began, such as "09/01/2026 20:30".

    Raises
    ------
    BadInputError
        It is no day with a time.
    """
    found = read_moment(text, "", today=today)
    if isinstance(found, str):
        message = "--begins cannot be read; expected a day with a time, such as '09/01/2026 20:30'."
        raise BadInputError(message)
    return found


def read_end(text: str, begins: datetime, *, today: date) -> datetime:
    """Read when a walk ended: a time, on the next day where it is earlier than the start, or a day with a time.

    Raises
    ------
    BadInputError
        It is neither.
    """
    at = parse_time(text)
    if at is not None:
        return _there(walk_end(begins, at), "--ends")
    found = read_moment(text, "", today=today)
    if isinstance(found, str):
        message = "--ends cannot be read; expected a time such as 22:05, or a day with a time."
        raise BadInputError(message)
    return found


def read_day(text: str, *, today: date) -> date:
    """Read a day.

    Raises
    ------
    BadInputError
        It is none.
    """
    found = parse_date(text, today=today)
    if found is None:
        message = "--day is no day; expected one such as 14/05/2026."
        raise BadInputError(message)
    return found


def read_stop(text: str, begins: datetime) -> MadeVisit:
    """Read a visit at a stop of the card.

    Raises
    ------
    BadInputError
        It cannot be read.
    """
    parts = _parts(text, STOP_HELP)
    if not parts["place"].isdecimal():
        message = f"--stop begins with a stop's number. {STOP_HELP}"
        raise BadInputError(message)
    return replace(_visit(parts, begins.date(), begins), stop=int(parts["place"]))


def read_place(text: str, day: date, *, begins: datetime | None = None, purpose: Purpose = "passing") -> MadeVisit:
    """Read a visit at a place that is no stop.

    Parameters
    ----------
    begins
        Of its walk: a time long before it is one after midnight. None outside any walk.

    Raises
    ------
    BadInputError
        It cannot be read.
    """
    parts = _parts(text, PLACE_HELP)
    return replace(_visit(parts, day, begins), place=typed_place(parts["place"]), purpose=purpose)


def _parts(text: str, expected: str) -> dict[str, str]:
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        message = f"A visit cannot be read: {expected}"
        raise BadInputError(message)
    return {name: value or "" for name, value in found.groupdict().items()}


def _visit(parts: Mapping[str, str], day: date, begins: datetime | None) -> MadeVisit:
    """Read what a visit says besides its place."""
    arrived = _time(parts["arrived"], day, begins)
    left = _time(parts["left"], day, begins or arrived)
    outcome = cast("Outcome", parts["outcome"].casefold().replace("-", " "))
    return MadeVisit(arrived, left, outcome).with_counts(_counts(parts["counts"]))


def _counts(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair in text.split():
        name, _, value = pair.partition("=")
        if name.casefold() not in _COUNTS:
            message = f"'{name[:20]}' is no count; expected bedded, about, offered, accepted or refused."
            raise BadInputError(message)
        found[_COUNTS[name.casefold()]] = int(value)
    return found


def _time(text: str, day: date, begins: datetime | None) -> datetime:
    at = parse_time(text)
    if at is None:
        message = f"'{text[:8]}' is no time; expected one such as 20:45."
        raise BadInputError(message)
    return _there(walk_moment(day, at, begins=begins), "A time of a visit")


def _there(moment: datetime | None, what: str) -> datetime:
    if moment is None:
        message = f"{what} never was: that night the clocks went forward over it."
        raise BadInputError(message)
    return moment
