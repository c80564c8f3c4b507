"""A planned route: who walks where and when, what is left out and why, and how good it is."""

from dataclasses import dataclass
from typing import Final, Literal

from geo.errors import PlannerError
from geo.walkabouts.routing.question import RouteQuestion

Why = Literal["avoided", "no prize", "unreachable", "too far", "no room"]
Ending = Literal["proof", "rounds", "seconds"]

SAME: Final = 1e-6  # minutes: the search counts in millionths and rounds up


@dataclass(frozen=True)
class Skipped:
    """A stop that is on no walk.

    Attributes
    ----------
    stop
        Its position in the question.
    why
        "avoided" on purpose; "no prize"; "unreachable": no way there and on to the end; "too far": not within the
        limit, even alone; "no room": others were worth more.
    minutes
        What it would take alone, where it is too far.
    """

    stop: int
    why: Why
    minutes: float = float("nan")

    def sentence(self, question: RouteQuestion) -> str:
        """Say why in plain words."""
        words = {
            "avoided": "is to be avoided",
            "no prize": "is worth no visit",
            "unreachable": "has no way to it and on to the end",
            "too far": f"takes {self.minutes:.0f} minutes even alone, and there are {question.limit_minutes:g}",
            "no room": "could be visited, but other stops are worth more in the time",
        }
        told = f"{question.called(self.stop)} {words[self.why]}."
        return told[0].upper() + told[1:]


@dataclass(frozen=True)
class Walk:
    """One team's walk.

    Attributes
    ----------
    stops
        Positions in the question, in the order walked; start and end are not among them. A team without stops does not
        set out.
    arrivals
        Minutes after setting out at which each stop is reached.
    total_minutes
        From setting out until the end is reached; never above the limit.
    prize
        What its stops are worth.
    """

    stops: tuple[int, ...]
    arrivals: tuple[float, ...]
    total_minutes: float
    prize: float


@dataclass(frozen=True)
class Route:
    """The walks of all teams, and what is known of them.

    Attributes
    ----------
    question
        What was asked.
    walks
        One a team: the one with the lowest stop number first, idle teams last.
    prize
        What all walks together are worth.
    bound
        No route that keeps the rules is worth more.
    proven
        Whether the bound is the prize.
    skipped
        The stops on no walk, by position, each with its reason.
    ended_by
        "proof", "rounds" (the same seed then gives the same route again), or "seconds" (a slower day may give another).
    seconds
        How long it took; compiling the search, once in a process, is left out.
    """

    question: RouteQuestion
    walks: tuple[Walk, ...]
    prize: float
    bound: float
    proven: bool
    skipped: tuple[Skipped, ...]
    ended_by: Ending
    seconds: float

    @property
    def gap(self) -> float:
        """Give what more is possible at most, as a share of the prize; 0 where proven."""
        if self.proven or self.bound <= self.prize:
            return 0.0
        return (self.bound - self.prize) / self.prize if self.prize else float("inf")

    @property
    def sentence(self) -> str:
        """Say how good the route is in plain words."""
        if self.proven:
            return "No other route is worth more."
        return f"The best route found; at most {self.gap:.1%} more is possible."


def walk_of(question: RouteQuestion, stops: tuple[int, ...]) -> Walk:
    """Work out a walk anew from the question's own minutes.

    Raises
    ------
    PlannerError
        It takes longer than the limit or goes where it must not: a fault of the search, never of the question.
    """
    now, place, arrivals = 0.0, question.start, []
    for stop in stops:
        arrivals.append(now + float(question.minutes[place, stop] if place != stop else 0.0))
        now, place = arrivals[-1] + float(question.stop_minutes[stop]), stop
    if stops and place != question.end:
        now += float(question.minutes[place, question.end])
    barred = {question.start, question.end, *question.avoid}
    if now > question.limit_minutes + SAME or len(set(stops)) < len(stops) or barred & set(stops):
        message = "The route search gave a walk that breaks its own rules; please report this."
        raise PlannerError(message)
    prize = float(sum(float(question.prizes[stop]) for stop in stops))
    return Walk(stops, tuple(arrivals), min(now, question.limit_minutes), prize)
