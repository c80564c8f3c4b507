"""Invent what a team finds at a place, and the visits outside any walkabout that answered reports."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from geo.walkabouts.bands import LONDON
from geo.walkabouts.squares import near, square_at
from geo.walkabouts.working_days import due_by

from .draws import Draws, Point
from .sleepers import SleepPlace, band_at, met
from .tellings import Telling

_OFFERED, _ACCEPTED, _REFUSED = 0.85, 0.3, 0.5
_ABOUT_TO: Final = {"early morning": 0.0, "day": 0.5, "evening": 0.4}
_LATE: Final = 0.1
_ANSWERS_M: Final = 150
_HOURS: Final = (6, 7, 10, 11, 14, 16, 19, 20, 21)


@dataclass(frozen=True)
class Look:
    """A team was at a place; times are local."""

    street: str
    point: Point
    arrived: datetime
    left: datetime
    outcome: str
    bedded_down: int
    about_to: int
    offered: int
    accepted: int
    refused: int
    purpose: str

    @property
    def found(self) -> int:
        """Count who was found."""
        return self.bedded_down + self.about_to


def look(
    draws: Draws,
    where: tuple[str, Point],
    times: tuple[datetime, datetime],
    people: int,
    purpose: str,
    *,
    closed: bool = False,
) -> Look:
    """Write down what a team found, and what it offered to whom."""
    about_to = sum(draws.chance(_ABOUT_TO[band_at(times[0])]) for _ in range(people))
    offered = sum(draws.chance(_OFFERED) for _ in range(people))
    accepted = sum(draws.chance(_ACCEPTED) for _ in range(offered))
    refused = sum(draws.chance(_REFUSED / (1 - _ACCEPTED)) for _ in range(offered - accepted))
    outcome = "found" if people else "not accessible" if closed else "nobody"
    return Look(*where, *times, outcome, people - about_to, about_to, offered, accepted, refused, purpose)


def answers(tellings: list[Telling], looks: list[Look]) -> list[Look]:
    """Visit each place that was reported, unless a team was there in time; a few are visited late."""
    draws = Draws("answers to reports")
    found: list[Look] = []
    for one in tellings:
        if one.kind == "reported" and one.place is not None and not one.open and not _answered(one, [*looks, *found]):
            found.append(_answer(draws, one, one.place))
    return sorted(found, key=lambda each: (each.arrived, each.street))


def _answered(one: Telling, looks: list[Look]) -> bool:
    due = due_by(one.received.replace(tzinfo=LONDON), 1).replace(tzinfo=None)
    return any(_there(one, each) and one.received <= each.arrived <= due for each in looks)


def _there(one: Telling, each: Look) -> bool:
    here = one.place is not None and near(square_at(*each.point), square_at(*one.place.point), within_m=_ANSWERS_M)
    return here and each.outcome != "not accessible"


def _answer(draws: Draws, one: Telling, place: SleepPlace) -> Look:
    later = 4 + draws.below(4) if draws.chance(_LATE) else 1
    day = one.received.replace(hour=0, minute=0) + timedelta(days=later)
    arrived = day + timedelta(hours=draws.pick(_HOURS), minutes=5 * draws.below(12))
    left = arrived + timedelta(minutes=6 + draws.below(9))
    people = met(draws, place, arrived)
    return look(draws, (place.street, place.point), (arrived, left), people, "report")
