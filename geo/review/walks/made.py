"""A walkabout and its visits as an officer gives them, before they are checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from geo.review.walks.reports_made import GivenPlace
from geo.walkabouts.bands import local
from geo.walkabouts.sightings import Outcome, Purpose

_SQUARE: Final = re.compile(r"[a-z]{2}(\s*\d){6,10}", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}", re.IGNORECASE)


@dataclass(frozen=True)
class MadeVisit:
    """A visit as it is given: at a stop of the walk's card, or at a place said by one of the other ways.

    Attributes
    ----------
    arrived, left
        With their zone.
    outcome
        What was found; "not accessible" where nobody could look.
    stop
        The number of a stop on the walk's card; 0 for another place.
    place
        Any other place, as it was said; only the square of 100 m, with the street as the map names it, is kept.
    bedded_down, about_to
        How many were bedded down, and about to bed down.
    offered, accepted, refused
        Offers of accommodation: at most one a person and visit.
    purpose
        Why the team was there; a stop of the card brings its own.
    """

    arrived: datetime
    left: datetime
    outcome: Outcome
    stop: int = 0
    place: GivenPlace = field(default=GivenPlace(), repr=False)
    bedded_down: int = 0
    about_to: int = 0
    offered: int = 0
    accepted: int = 0
    refused: int = 0
    purpose: Purpose = "passing"

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """Give the five counts: bedded down, about to, offered, accepted, refused."""
        return self.bedded_down, self.about_to, self.offered, self.accepted, self.refused

    @property
    def found(self) -> int:
        """Count the people found sleeping rough."""
        return self.bedded_down + self.about_to

    def with_counts(self, counts: Mapping[str, int]) -> "MadeVisit":
        """Give the same visit with other counts, by their names; those left out are nought."""
        return replace(
            self,
            bedded_down=counts.get("bedded_down", 0),
            about_to=counts.get("about_to", 0),
            offered=counts.get("offered", 0),
            accepted=counts.get("accepted", 0),
            refused=counts.get("refused", 0),
        )


@dataclass(frozen=True)
class HeldWalk:
    """A walkabout as it is given.

    Attributes
    ----------
    begins, ends
        With their zone.
    agencies
        Who walked beside the council; no person's name.
    people
        How many walked.
    card
        The number of the card it followed; 0 for none.
    who
        Who records it: initials.
    visits
        Every place that was visited, also where nobody was found.
    """

    begins: datetime
    ends: datetime
    agencies: tuple[str, ...]
    people: int
    card: int
    who: str
    visits: tuple[MadeVisit, ...]


def tidy_walk(held: HeldWalk) -> HeldWalk:
    """Write texts with single spaces, each agency once, and moments as local time to the minute.

    Raises
    ------
    BadInputError
        A moment has no zone.
    """
    agencies = dict.fromkeys(" ".join(name.split()) for name in held.agencies)
    return replace(
        held,
        begins=to_minute(held.begins),
        ends=to_minute(held.ends),
        agencies=tuple(name for name in agencies if name),
        who=" ".join(held.who.split()),
        visits=tuple(map(tidy_visit, held.visits)),
    )


def tidy_visit(visit: MadeVisit) -> MadeVisit:
    """Write a visit's texts with single spaces, and its moments as local time to the minute."""
    said = visit.place
    place = GivenPlace(
        said.point,
        grid_reference=" ".join(said.grid_reference.split()),
        postcode=" ".join(said.postcode.split()),
        street=" ".join(said.street.split()),
        town=" ".join(said.town.split()),
    )
    return replace(visit, arrived=to_minute(visit.arrived), left=to_minute(visit.left), place=place)


def typed_place(text: str) -> GivenPlace:
    """Tell which way a place was typed: a grid reference, a postcode, or a street with its town behind a comma.

    Examples
    --------
    >>> [typed_place(text).postcode for text in ("SP10 1DP", "su 364 455")]
    ['SP10 1DP', '']
    >>> typed_place("su 364 455").grid_reference, typed_place("Bell Street, Andover").town
    ('su 364 455', 'Andover')
    """
    tidy = " ".join(text.split()).strip(" ;,")
    if _SQUARE.fullmatch(tidy):
        return GivenPlace(grid_reference=tidy)
    if _POSTCODE.fullmatch(tidy):
        return GivenPlace(postcode=tidy)
    street, _, town = (part.strip() for part in tidy.partition(","))
    return GivenPlace(street=street, town=town)


def to_minute(moment: datetime) -> datetime:
    """Read a moment as local time in London, its seconds left out."""
    return local(moment).replace(second=0, microsecond=0)


def minutes_between(first: datetime, last: datetime) -> float:
    """Count the minutes that pass between two moments, also in a night when the clocks change.

    Examples
    --------
    >>> from geo.walkabouts.bands import LONDON
    >>> minutes_between(datetime(2025, 10, 26, 0, 30, tzinfo=LONDON), datetime(2025, 10, 26, 2, 0, tzinfo=LONDON))
    150.0
    """
    return (last.astimezone(UTC) - first.astimezone(UTC)).total_seconds() / 60
