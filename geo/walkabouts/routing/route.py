"""Plan a walkabout's route: the stops worth most in the minutes there are (the orienteering problem)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from geo.errors import BadInputError
from geo.walkabouts.routing.bound import bound_of
from geo.walkabouts.routing.exact import EXACT_STOPS, Walks, sets_of
from geo.walkabouts.routing.ground import Ground, ground_of
from geo.walkabouts.routing.must import must_walks, require_each_must, too_many_must
from geo.walkabouts.routing.question import RouteQuestion, require_asked
from geo.walkabouts.routing.result import Ending, Route, Skipped, walk_of
from geo.walkabouts.routing.search import ROUNDS, compile_first, search_of

_FOR_SEARCH: Final = 0.6  # of the seconds; the rest is for the bound
_SAME: Final = 1e-9


@dataclass(frozen=True)
class RouteProgress:
    """How far the work is.

    Attributes
    ----------
    stage
        "searching", then "proving", then "done".
    prize
        Of the best route so far.
    seconds
        Since the beginning.
    """

    stage: Literal["searching", "proving", "done"]
    prize: float
    seconds: float


def plan_route(
    question: RouteQuestion,
    *,
    seed: int = 1,
    seconds: float = 10.0,
    rounds: int = ROUNDS,
    progress: Callable[[RouteProgress], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Route:
    """Plan the route worth most that keeps the minutes.

    Up to `EXACT_STOPS` stops that can be visited at all, the answer is the best there is. Above that it is searched
    for, and a bound says how much more is possible at most. Of two routes worth the same the shorter is taken, then
    the one with the lower numbers first.

    Parameters
    ----------
    question
        What is asked.
    seed
        The random stream of the search. The same seed gives the same route again, unless the seconds end the search;
        `ended_by` says so. The bound may be lower where there is more time.
    seconds
        A guard: about when the work ends, three fifths of it for the search, what is left for the bound.
    rounds
        Of the search; more may find better.
    progress
        Told about every round.
    clock
        Seconds, from any beginning.

    Raises
    ------
    BadInputError
        The question cannot be meant, no stop can be visited, or those that must be cannot: the sentence says which,
        and how many minutes would do.

    Examples
    --------
    >>> minutes = np.array([[0.0, 10, 12], [10, 0, 30], [12, 30, 0]])
    >>> ask = RouteQuestion(minutes, np.array([0, 1.0, 2.0]), np.zeros(3), start=0, end=0, limit_minutes=30)
    >>> route = plan_route(ask)
    >>> route.walks[0].stops, route.walks[0].total_minutes, route.sentence
    ((2,), 24.0, 'No other route is worth more.')
    """
    require_asked(question)
    _require_way(question)
    ground, skipped = ground_of(question)
    require_each_must(question, skipped)
    _require_some(question, ground, skipped)
    if len(ground) > EXACT_STOPS:
        compile_first()
    planner = _Planner(question, clock, clock(), seconds, progress)
    if len(ground) <= EXACT_STOPS:
        walks = sets_of(ground).best_within()
        if walks is None:
            raise too_many_must(question, must_walks(ground, seed=seed, over=planner.over)[1])
        return planner.route(ground, walks, skipped, "proof")
    return planner.searched(ground, skipped, seed, rounds)


@dataclass(frozen=True)
class _Planner:
    question: RouteQuestion
    clock: Callable[[], float]
    began: float
    seconds: float
    progress: Callable[[RouteProgress], None] | None

    def over(self) -> bool:
        """Tell whether all the time is up."""
        return self.left() <= 0

    def left(self) -> float:
        """Give the seconds left."""
        return self.seconds - (self.clock() - self.began)

    def searched(self, ground: Ground, skipped: tuple[Skipped, ...], seed: int, rounds: int) -> Route:
        """Search from the walks over what must be visited."""
        first, minutes = must_walks(ground, seed=seed, over=self.over)
        if any(ground.length(walk) > ground.limit for walk in first if walk) or not np.isfinite(minutes):
            raise too_many_must(self.question, minutes)
        walks, finished = search_of(ground).run(
            first,
            seed=seed,
            rounds=rounds,
            over=lambda: self.left() <= (1 - _FOR_SEARCH) * self.seconds,
            tell=lambda _number, prize: self._tell("searching", prize),
        )
        return self.route(ground, walks, skipped, "rounds" if finished else "seconds")

    def route(self, ground: Ground, walks: Walks, skipped: tuple[Skipped, ...], ended_by: Ending) -> Route:
        """Work everything out anew from the question, and set the bound beside it."""
        ways = tuple(tuple(int(ground.stops[stop]) for stop in walk) for walk in _settled(ground, walks))
        told = tuple(walk_of(self.question, way) for way in ways)
        prize = float(sum(walk.prize for walk in told))
        bound = prize
        if ended_by != "proof":
            self._tell("proving", prize)
            bound = bound_of(ground, prize, over=self.over, left=self.left)
        proven = bound <= prize + _SAME * max(1.0, prize)
        visited = {stop for way in ways for stop in way}
        no_room = [Skipped(int(stop), "no room") for stop in ground.stops if int(stop) not in visited]
        self._tell("done", prize)
        return Route(
            question=self.question,
            walks=told,
            prize=prize,
            bound=prize if proven else bound,
            proven=proven,
            skipped=tuple(sorted([*skipped, *no_room], key=lambda one: one.stop)),
            ended_by=ended_by,
            seconds=self.clock() - self.began,
        )

    def _tell(self, stage: Literal["searching", "proving", "done"], prize: float) -> None:
        if self.progress is not None:
            self.progress(RouteProgress(stage, prize, self.clock() - self.began))


def _settled(ground: Ground, walks: Walks) -> Walks:
    """Turn each walk so that the lower number comes first where both ways take as long; put idle teams last."""
    turned = []
    for walk in walks:
        back = tuple(reversed(walk))
        turned.append(back if back < walk and ground.length(back) <= ground.length(walk) else walk)
    return tuple(sorted(turned, key=lambda walk: (not walk, min(walk, default=0))))


def _require_way(question: RouteQuestion) -> None:
    """Refuse ends that no walk can join in time."""
    if question.start == question.end:
        return
    direct = float(question.minutes[question.start, question.end])
    start, end = question.called(question.start), question.called(question.end)
    if not np.isfinite(direct):
        message = f"There is no way from the start ({start}) to the end ({end}); choose another of the two."
        raise BadInputError(message)
    if direct > question.limit_minutes:
        message = (
            f"The way from the start ({start}) straight to the end ({end}) takes {np.ceil(direct):.0f} minutes, and "
            f"there are {question.limit_minutes:g}; allow more minutes, or choose another of the two."
        )
        raise BadInputError(message)


def _require_some(question: RouteQuestion, ground: Ground, skipped: tuple[Skipped, ...]) -> None:
    """Refuse a question without any stop that can be visited."""
    if len(ground):
        return
    far = [one.minutes for one in skipped if one.why == "too far"]
    if far:
        message = (
            f"No stop can be visited within {question.limit_minutes:g} minutes: the quickest takes "
            f"{np.ceil(min(far)):.0f}, there, at the stop and on to the end. Allow more minutes, or start nearer."
        )
    elif any(one.why == "unreachable" for one in skipped):
        message = (
            f"The start ({question.called(question.start)}) has no way to any stop and on to the end; choose a start "
            "and an end on the streets."
        )
    else:
        message = (
            "There is no stop to visit: expected at least one, apart from start and end, of worth and not avoided."
        )
    raise BadInputError(message)
