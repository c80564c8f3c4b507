"""What is asked of a walkabout: when, from where to where, for how long, and which places are worth a stop."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

from geo.errors import BadInputError
from geo.scenario import ReachOptions
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.plan import WalkEnd
from geo.walkabouts.sightings import Purpose

MOST_CANDIDATES: Final = 250  # each needs a search of the streets around
_MOST_TEAMS: Final = 20
_HAIR: Final = 1e-9


@dataclass(frozen=True)
class CandidateStop:
    """A place that a team could stop at.

    Attributes
    ----------
    square
        The square of 100 m.
    street
        The street known for it, or empty.
    find, report, intelligence, exploration
        What a stop is worth for the people expected to be found, for open reports, for partner intelligence, and for
        being drawn at random: kept apart, and shown so.
    must
        Whether the plan has to hold it.
    purpose
        Why a team would stop there.
    expected
        People expected to be found at a stop: it takes so much longer.
    """

    square: str
    street: str = ""
    find: float = 0.0
    report: float = 0.0
    intelligence: float = 0.0
    exploration: float = 0.0
    must: bool = False
    purpose: Purpose = "known"
    expected: float = 0.0

    @property
    def weight(self) -> float:
        """What the search weighs a stop by, and nobody is shown: it is no number of people."""
        return self.find + self.report + self.intelligence + self.exploration


@dataclass(frozen=True)
class WalkAsk:
    """What is asked.

    Attributes
    ----------
    begins
        When the teams set out, with its zone.
    start, end
        Where each team begins and ends.
    limit_minutes
        What each team has.
    teams
        How many walk at the same time.
    candidates
        Places that could be stopped at, each square once. Of those that must be visited the first is the most pressing.
    people
        How many people walk in all.
    avoid
        Squares that nobody stops at.
    drop_late
        Where not all that must be visited fits, leave the least pressing out instead of refusing.
    """

    begins: datetime
    start: WalkEnd
    end: WalkEnd
    limit_minutes: float
    teams: int = 1
    candidates: tuple[CandidateStop, ...] = ()
    people: int = 2
    avoid: tuple[str, ...] = ()
    drop_late: bool = False

    @property
    def ends(self) -> datetime:
        """When every team is to be back at the latest."""
        return (self.begins.astimezone(UTC) + timedelta(minutes=self.limit_minutes)).astimezone(self.begins.tzinfo)


@dataclass(frozen=True)
class WalkRules:
    """The options that a plan rests on: those of walkabouts, and the pace on foot."""

    walk: WalkaboutOptions = field(default_factory=WalkaboutOptions)
    reach: ReachOptions = field(default_factory=ReachOptions)

    def stay_minutes(self, candidates: Sequence[CandidateStop]) -> float:
        """Say how long each stop is planned: to look, and to meet as many as are expected at one stop of the mean.

        It is the same at every stop, so that a card tells nobody where people are expected.

        Examples
        --------
        >>> stops = [CandidateStop("SU364455", expected=0.5), CandidateStop("SU365455", expected=0.1)]
        >>> WalkRules().stay_minutes(stops), WalkRules().stay_minutes([])
        (11.0, 8.0)
        """
        met = [one.expected for one in candidates if one.expected > 0]
        meeting = self.walk.meeting_minutes * (sum(met) / len(met)) if met else 0.0
        return float(self.walk.stop_minutes + ceil(meeting - _HAIR))


def require_walk(ask: WalkAsk, rules: WalkRules) -> None:
    """Refuse what cannot be meant.

    Raises
    ------
    BadInputError
        No zone, too few people for the teams, a square named twice, one that must be visited and avoided.
    """
    if ask.begins.tzinfo is None:
        message = "The walk's beginning says no time zone; expected one, such as 2026-01-09T20:30+00:00."
        raise BadInputError(message)
    if not 1 <= ask.teams <= _MOST_TEAMS:
        message = f"{ask.teams} teams were asked for; expected 1 to {_MOST_TEAMS}."
        raise BadInputError(message)
    _require_company(ask, rules)
    _require_squares(ask)


def _require_company(ask: WalkAsk, rules: WalkRules) -> None:
    least = rules.walk.least_people
    if ask.people < least * ask.teams:
        teams = "one team" if ask.teams == 1 else f"{ask.teams} teams"
        message = (
            f"{ask.people} people are too few for {teams}: at least {least} walk together, never one alone. Ask for "
            f"{least * ask.teams} people, or for fewer teams."
        )
        raise BadInputError(message)


def _require_squares(ask: WalkAsk) -> None:
    squares = [one.square for one in ask.candidates]
    twice = sorted({square for square in squares if squares.count(square) > 1})
    if twice:
        message = f"The square {twice[0]} is named {squares.count(twice[0])} times among the stops; expected once."
        raise BadInputError(message)
    both = [one.square for one in ask.candidates if one.must and one.square in ask.avoid]
    if both:
        message = f"The square {both[0]} must be visited and is to be avoided; choose one of the two."
        raise BadInputError(message)
