"""Which of the stops that must be visited fit into the minutes, the most pressing kept longest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.errors import BadInputError
from geo.walkabouts.routing.question import RouteQuestion
from geo.walkabouts.routing.route import plan_route

_SECONDS = 2.0  # for each trial; there are few


@dataclass(frozen=True)
class Fitted:
    """What fits.

    Attributes
    ----------
    must
        Positions that can be visited together, the most pressing first.
    dropped
        Those that had to give way.
    """

    must: tuple[int, ...]
    dropped: tuple[int, ...]


def keep_what_fits(question: RouteQuestion, pressing: Sequence[int], *, seed: int) -> Fitted:
    """Drop the least pressing until the rest fits.

    Parameters
    ----------
    question
        Its `must` is not read.
    pressing
        Positions that should be visited, the most pressing first.

    Notes
    -----
    What is too far even alone goes first, wherever it stands. Of the rest as many are kept, from the first, as fit:
    found by halving, since fewer stops never need more minutes.
    """
    alone = [stop for stop in pressing if _fits(question, (stop,), seed)]
    low, high = 0, len(alone)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(question, tuple(alone[:middle]), seed):
            low = middle
        else:
            high = middle - 1
    kept = tuple(alone[:low])
    return Fitted(kept, tuple(stop for stop in pressing if stop not in kept))


def _fits(question: RouteQuestion, must: tuple[int, ...], seed: int) -> bool:
    ends = {question.start, question.end}
    others = tuple(place for place in range(len(question)) if place not in {*must, *ends})
    try:
        plan_route(replace(question, must=must, avoid=others), seed=seed, seconds=_SECONDS, rounds=1)
    except BadInputError:
        return False
    return True
