"""A report of rough sleeping as somebody gives it, by form, file or command, and why it may not be taken."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import pandas as pd

from geo.disclosure.safe_places import is_safe_place
from geo.walkabouts.bands import local
from geo.walkabouts.sightings import KINDS

MOST_PEOPLE: Final = 50
LONGEST_SOURCE: Final = 60
_EARLIEST: Final = 2000
_LIKE_A_PERSON: Final = re.compile(r"@|\d{3}")
_POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)


@dataclass(frozen=True)
class GivenPlace:
    """Where, in one or several of the ways it may be said; only a square of 100 m of it is ever kept.

    Attributes
    ----------
    point
        Easting and northing, EPSG:27700.
    grid_reference
        Of six figures or more.
    postcode, street, town
        As typed. None of them is kept.
    """

    point: tuple[float, float] | None = None
    grid_reference: str = ""
    postcode: str = ""
    street: str = ""
    town: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing says where."""
        return self.point is None and not (self.grid_reference or self.postcode or self.street or self.town)


@dataclass(frozen=True)
class MadeReport:
    """A report, or intelligence of a partner.

    Attributes
    ----------
    seen, received
        With their zone.
    source
        Who reported: "StreetLink", an agency; no person.
    place
        Where.
    people
        How many were seen.
    kind
        One of `KINDS`.
    reference
        The sender's own; only a keyed hash of it is kept.
    timed
        Whether the hour of receipt is known. Where it is not, `received` is the last minute of its day: a visit of that
        day may have been before it, and so answers nothing; it is due as if received at any hour of that day.
    """

    seen: datetime
    received: datetime
    source: str
    place: GivenPlace = field(repr=False)
    people: int = 1
    kind: str = "reported"
    reference: str = field(default="", repr=False)
    timed: bool = True

    def known_by(self, now: datetime) -> "MadeReport":
        """Take the hour of receipt, where it is not known, for no later than `now`: the report is here."""
        late = not self.timed and local(self.received).date() == local(now).date() and _utc(self.received) > _utc(now)
        return replace(self, received=max(local(now), local(self.seen), key=_utc)) if late else self


def tidy_source(text: str) -> str:
    """Write a source with single spaces.

    Examples
    --------
    >>> tidy_source("  Street  Link ")
    'Street Link'
    """
    return " ".join(text.split())


def fact_faults(made: MadeReport, *, now: datetime) -> list[str]:
    """List what is wrong with a report, its place apart; each is the end of a sentence.

    Parameters
    ----------
    now
        With its zone; later moments are in the future.
    """
    found = _time_faults(made, now)
    if made.kind not in KINDS:
        found.append(f"its kind is neither {' nor '.join(KINDS)}")
    if not 1 <= made.people <= MOST_PEOPLE:
        found.append(f"it tells of {made.people:,} people; expected from 1 to {MOST_PEOPLE}")
    return [*found, *source_faults(made.source)]


def source_faults(source: str) -> list[str]:
    """Say what is wrong with a source: none, too long, a person's, or the name of a service that must not be kept."""
    if not source:
        return ["it does not say who reported it, such as StreetLink or an agency"]
    if len(source) > LONGEST_SOURCE or _LIKE_A_PERSON.search(source) or _POSTCODE.search(source):
        return [f"its source is no name of a service of at most {LONGEST_SOURCE} letters; leave all else out"]
    if _tells_of_refuge(source):
        return ["its source is a service whose name is not kept here; write 'specialist service'"]
    return []


@lru_cache(maxsize=256)  # a file names few sources, ten thousand times
def _tells_of_refuge(source: str) -> bool:
    return bool(is_safe_place(pd.DataFrame({"source": [source]}))[0])


def _time_faults(made: MadeReport, now: datetime) -> list[str]:
    seen, received, today = map(_utc, (made.seen, made.received, now))
    if seen > today:
        return ["somebody was seen in the future; check the day and the year"]
    if received > today:
        return ["it was received in the future; check the day and the year"]
    if received < seen:
        return ["it was received before somebody was seen; check both"]
    return [f"somebody was seen before {_EARLIEST}; check the year"] if seen.year < _EARLIEST else []


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
