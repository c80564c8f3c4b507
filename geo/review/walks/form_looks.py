"""Look twice at what a phone's file says: whether it can have been so, and which open reports it would answer.

The file comes back from somebody else's phone, and a visit stops the clock of a report. What is unlikely is no fault,
for a walk may be put off and a clock be wrong; an officer confirms it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from math import hypot
from typing import Final

from geo.review.walks.cards import WalkCard, expired
from geo.review.walks.made import MadeVisit
from geo.review.walks.reading import read_reports, visits_standing
from geo.review.walks.visit_checks import named
from geo.review.walks.visit_places import Placed
from geo.review.walks.visits import ReadyWalk
from geo.review.workspace import Workspace
from geo.walkabouts.response import answered, open_reports
from geo.walkabouts.sightings import Report, Visit
from geo.walkabouts.squares import middle_of

_APART_M: Final = 150.0  # between middles of squares of 100 m: neighbours, also across a corner, are together
_METRES_A_MINUTE: Final = 10_000 / 60  # nobody walks faster than 10 km/h
_EARLY: Final = timedelta(days=1)
_MOST_TOLD: Final = 6


@dataclass(frozen=True)
class OtherPlace:
    """A place of the file that is no stop of the card.

    Attributes
    ----------
    where
        As it was typed: a street that the map has, or a grid reference.
    outcome
        What was found.
    answers
        How many open reports this visit alone would answer.
    """

    where: str
    outcome: str
    answers: int

    @property
    def told(self) -> str:
        """Say it in a line."""
        return f"{self.where}: {self.outcome}; would answer {_reports(self.answers)}."


@dataclass(frozen=True)
class FormLooks:
    """What an officer looks at before a file is taken in.

    Attributes
    ----------
    doubts
        What is unlikely, a sentence each, and has to be confirmed; empty where nothing is.
    others
        The places that are no stops of the card.
    answers
        How many open reports the whole file would answer.
    """

    doubts: tuple[str, ...]
    others: tuple[OtherPlace, ...]
    answers: int

    def sentences(self) -> tuple[str, ...]:
        """Say which reports it would answer, and where else the team was."""
        whole = (f"It would answer {_reports(self.answers)}.",)
        return (*whole, *(f"Other place {at}, {one.told}" for at, one in enumerate(self.others, start=1)))


def looks_of(
    workspace: Workspace, ready: ReadyWalk, card: WalkCard, *, instead_of: int = 0, now: datetime
) -> FormLooks:
    """Look at a walk of a phone's file.

    Parameters
    ----------
    ready
        The walk, checked, with its places.
    instead_of
        The number of the walk on record whose place it would take; 0 for none.
    now
        With its zone.
    """
    options = workspace.scenario.walkabouts
    before = [one for one in visits_standing(workspace) if not instead_of or one.walk != instead_of]
    waiting = [one.report for one in open_reports(read_reports(workspace), before, options, now=now)]

    def answers(rows: Iterable[tuple[MadeVisit, Placed]], among: Sequence[Report] = waiting) -> int:
        visits = [_visit(number, *row) for number, row in enumerate(rows, start=1)]
        return sum(one.visit is not None for one in answered(among, visits, options))

    rows = list(zip(ready.held.visits, ready.places, strict=True))
    others = tuple(
        OtherPlace(_typed(visit), visit.outcome, answers([(visit, where)])) for visit, where in rows if not visit.stop
    )
    doubts = (*_day_doubts(ready.held.begins.date(), card), *_pace_doubts(rows, card))
    return FormLooks(doubts, others, answers(rows))


def _day_doubts(day: date, card: WalkCard) -> Iterator[str]:
    if day < card.day - _EARLY:
        yield f"The walk is dated {day.isoformat()}, and walk card {card.number} is for {card.day.isoformat()}."
    if expired(card, day):
        yield f"Walk card {card.number} had expired before this walk, on {card.expires.isoformat()}."


def _pace_doubts(rows: Sequence[tuple[MadeVisit, Placed]], card: WalkCard) -> list[str]:
    """Find visits of one team that lie too far apart for the minutes between them."""
    teams = {stop.number: stop.team for stop in card.stops}
    walked = {teams[visit.stop] for visit, _ in rows if visit.stop in teams}
    alone = next(iter(walked)) if len(walked) == 1 else 0
    spots = [
        (teams.get(visit.stop, alone), visit, middle_of(where.square), named(number, visit))
        for number, (visit, where) in enumerate(rows, start=1)
        if where.square
    ]
    found = [
        f"{one} and {other} are {round(_gap_m(first, second), -2):.0f} m apart, farther than one team walks between "
        "the times given."
        for (team, visit, first, one), (mate, later, second, other) in combinations(spots, 2)
        if team == mate and _gap_m(first, second) > _reach_m(visit, later)
    ]
    more = len(found) - _MOST_TOLD
    return [*found[:_MOST_TOLD], *([f"And {more:,} more such pairs."] if more > 0 else [])]


def _reach_m(one: MadeVisit, other: MadeVisit) -> float:
    """Say how far apart two visits can be; times are to the minute, so one more is granted."""
    first, second = sorted((one, other), key=lambda visit: visit.arrived.astimezone(UTC))
    minutes = (second.arrived.astimezone(UTC) - first.left.astimezone(UTC)).total_seconds() / 60
    return _APART_M + (_METRES_A_MINUTE * (minutes + 1) if minutes >= 0 else 0.0)


def _gap_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _visit(number: int, visit: MadeVisit, where: Placed) -> Visit:
    times = (visit.arrived, visit.left)
    return Visit(number, 0, where.square, where.street, *times, visit.outcome, *visit.counts, visit.purpose, "")


def _typed(visit: MadeVisit) -> str:
    return visit.place.grid_reference or visit.place.street


def _reports(many: int) -> str:
    return f"{many:,} open {'report' if many == 1 else 'reports'}" if many else "no open report"
