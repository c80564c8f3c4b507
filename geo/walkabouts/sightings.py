"""What is known of people sleeping rough: reports, partner intelligence, and visits with what they found or did not.

The three stay apart to the end. A report says that somebody was seen; intelligence that a partner expects somebody; a
visit that a team was there, for so long, and found so many, often nobody. Planning walks from finds alone sends every
walk back to where the last one was (Ensign et al. 2018, "Runaway feedback loops in predictive policing"). No name, no
looks, no words about a person: there is no room for them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

Kind = Literal["reported", "intelligence"]
Located = Literal["point", "grid reference", "postcode", "street", "district only"]
Outcome = Literal["found", "nobody", "not accessible"]
Purpose = Literal["report", "intelligence", "known", "exploration", "passing"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)


@dataclass(frozen=True)
class Report:
    """Somebody was seen, or is thought to sleep, at a place.

    Attributes
    ----------
    number
        From 1, in the order of taking in.
    kind
        "reported" by the public or a service that saw somebody; "intelligence" of a partner, who expects somebody.
    source
        Who reported: "StreetLink", an agency's name; no person's.
    seen
        When somebody was seen, with its zone.
    received
        When the report reached the council, with its zone: the response clock starts here.
    square
        The square of 100 m (geo/walkabouts/squares.py); empty where the report is counted for the district only.
    street
        The street it lies on, or empty.
    located
        How the place was given; "district only" where it may not be kept.
    people
        How many were seen.
    who
        Who of the council took it in.
    supersedes, superseded_by
        The number of the row that this one puts right, and of the one that puts it right; 0 for none.
    withdrawn
        The row says only that what it supersedes does not count.
    """

    number: int
    kind: Kind
    source: str
    seen: datetime
    received: datetime
    square: str
    street: str
    located: Located
    people: int
    who: str
    supersedes: int = 0
    superseded_by: int = 0
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether it counts: neither put right nor withdrawn."""
        return not self.superseded_by and not self.withdrawn


@dataclass(frozen=True)
class WalkHeld:
    """A walkabout that was held.

    Attributes
    ----------
    number
        From 1, in the order of recording.
    begins, ends
        With their zone.
    agencies
        Who walked beside the council; no person's name.
    people
        How many walked.
    card
        The number of the walk card it followed; 0 for none.
    who
        Who recorded it.
    supersedes, superseded_by, withdrawn
        As with reports.
    """

    number: int
    begins: datetime
    ends: datetime
    agencies: tuple[str, ...]
    people: int
    card: int
    who: str
    supersedes: int = 0
    superseded_by: int = 0
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether it counts: neither put right nor withdrawn."""
        return not self.superseded_by and not self.withdrawn


@dataclass(frozen=True)
class Visit:
    """A team was at a place.

    Attributes
    ----------
    number
        From 1, in the order of recording.
    walk
        The number of the walkabout it belongs to; 0 for a visit outside any, such as an answer to a report.
    square, street
        Where, as with reports; empty where the visit counts for the district only: for walks, offers and quarters, and
        for no rate, no place and no clock.
    arrived, left
        With their zone.
    outcome
        "found" somebody, found "nobody", or the place was "not accessible": then nothing is known of who is there, and
        the minutes count for no rate and stop no clock.
    bedded_down, about_to
        How many were bedded down, and how many about to bed down: the official definition counts both.
    offered, accepted, refused
        How many were offered accommodation, accepted, refused.
    purpose
        Why the team was there; "passing" for a place that no plan named.
    supersedes, superseded_by, withdrawn
        As with reports.
    """

    number: int
    walk: int
    square: str
    street: str
    arrived: datetime
    left: datetime
    outcome: Outcome
    bedded_down: int
    about_to: int
    offered: int
    accepted: int
    refused: int
    purpose: Purpose
    who: str
    supersedes: int = 0
    superseded_by: int = 0
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether it counts: neither put right nor withdrawn."""
        return not self.superseded_by and not self.withdrawn

    @property
    def found(self) -> int:
        """Count the people found sleeping rough."""
        return self.bedded_down + self.about_to

    @property
    def hours(self) -> float:
        """Give the hours that passed there, also when the clocks change; none where the place was not accessible."""
        passed = self.left.astimezone(UTC) - self.arrived.astimezone(UTC)
        return passed.total_seconds() / 3600 if self.outcome != "not accessible" else 0.0
