"""What is wished of a workspace's next walk, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from geo.errors import BadInputError
from geo.review.walks.candidates import Which
from geo.walkabouts.bands import local
from geo.walkabouts.plan import Walkabout, WalkEnd
from geo.walkabouts.planning.ask import CandidateStop
from geo.walkabouts.routing.route import RouteProgress

MOST_DAYS_AHEAD: Final = 400


@dataclass(frozen=True)
class WalkWish:
    """What is wished of a walk.

    Attributes
    ----------
    begins
        When the teams set out, with its zone.
    start, end
        Where each team begins and ends.
    minutes
        What each team has.
    teams, people
        How many teams, and how many people in all.
    reports
        Which open reports the plan must hold.
    must, avoid
        Squares that must be visited, and where nobody stops, besides those of the options.
    drop_late
        Where not all that must be visited fits, leave out what is least overdue instead of refusing.
    """

    begins: datetime
    start: WalkEnd
    end: WalkEnd
    minutes: float
    teams: int = 1
    people: int = 2
    reports: Which = "all"
    must: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    drop_late: bool = False


@dataclass(frozen=True)
class Weighed:
    """A place that was weighed for a walk, for the team only.

    Attributes
    ----------
    candidate
        With the terms of its worth.
    stop
        The number of the stop that sees it; 0 where none does.
    team
        Of that stop; 0 where there is none.
    why
        Why there is none; empty where there is.
    """

    candidate: CandidateStop
    stop: int
    team: int
    why: str


@dataclass(frozen=True)
class Planned:
    """A planned walk with what it was planned from.

    Attributes
    ----------
    wish
        What was wished.
    walkabout
        The plan.
    weighed
        Every place that was thought of: those with a stop first, in the order of the walk.
    notes
        Sentences on what the plan rests on.
    """

    wish: WalkWish
    walkabout: Walkabout
    weighed: tuple[Weighed, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Search:
    """How a plan is searched for: the seed, about how many seconds, and who is told how far it is."""

    seed: int
    seconds: float = 10.0
    progress: Callable[[RouteProgress], None] | None = None


def require_soon(begins: datetime, today: date) -> None:
    """Refuse a walk in years to come: nothing that is known today tells where to go then.

    Raises
    ------
    BadInputError
        It is more than 400 days ahead.
    """
    day = local(begins).date()
    if (day - today).days > MOST_DAYS_AHEAD:
        message = (
            f"The walk would be on {day.day} {day:%B %Y}, more than {MOST_DAYS_AHEAD} days ahead; check the year, or "
            "plan it nearer to its day."
        )
        raise BadInputError(message)
