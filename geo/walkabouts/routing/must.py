"""Whether the stops that must be visited can be, and how many minutes that takes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from geo.errors import BadInputError
from geo.walkabouts.routing.exact import EXACT_STOPS, Walks, sets_of
from geo.walkabouts.routing.ground import FAR, Ground
from geo.walkabouts.routing.question import RouteQuestion
from geo.walkabouts.routing.result import Skipped
from geo.walkabouts.routing.search import search_of

_TIGHTER: Final = 0.02  # of the minutes found last: how finely the minutes needed are looked for
_FEW: Final = 5  # stops named in a sentence


def require_each_must(question: RouteQuestion, skipped: tuple[Skipped, ...]) -> None:
    """Refuse stops that must be visited and cannot be, even alone.

    Raises
    ------
    BadInputError
        Names them, with the minutes each would take.
    """
    never = [one for one in skipped if one.stop in question.must]
    if never:
        told = " ".join(one.sentence(question) for one in never[:_FEW])
        more = f" So it is with {len(never) - _FEW} more." if len(never) > _FEW else ""
        message = f"Not every stop that must be visited can be. {told}{more} Allow more minutes, or take them off."
        raise BadInputError(message)


def must_walks(ground: Ground, *, seed: int, over: Callable[[], bool]) -> tuple[Walks, float]:
    """Give walks over the stops that must be visited, the longest as short as was found, and its minutes.

    Up to `EXACT_STOPS` of them are shared out as well as can be without visiting others; more are searched for.
    """
    must = np.flatnonzero(ground.must)
    if not len(must):
        return ((),) * ground.teams, 0.0
    kept = np.array([*must, len(ground), len(ground) + 1])
    alone = replace(
        ground,
        stops=ground.stops[must],
        cost=np.ascontiguousarray(ground.cost[np.ix_(kept, kept)]),
        prizes=np.ones(len(must)),
        must=np.ones(len(must), dtype=bool),
    )
    found = sets_of(alone).over_all() if len(must) <= EXACT_STOPS else _searched(alone, seed, over)
    if found is None:
        return ((),) * ground.teams, float("inf")
    walks, units = found
    return tuple(tuple(int(must[stop]) for stop in walk) for walk in walks), units / ground.parts


def _searched(alone: Ground, seed: int, over: Callable[[], bool]) -> tuple[Walks, int] | None:
    """Search within the limit; where that fails, find the minutes that would do by doubling and halving."""
    low, limit = 0, max(1, alone.limit)
    walks = _all_within(alone, limit, seed, over)
    if walks is not None:
        return walks, max(alone.length(walk) for walk in walks if walk)
    while walks is None and not over() and limit < FAR:
        low, limit = limit, 2 * limit
        walks = _all_within(alone, limit, seed, over)
    if walks is None:
        return None
    high = max(alone.length(walk) for walk in walks if walk)
    while high - low > max(1.0, _TIGHTER * high) and not over():
        limit = (low + high) // 2
        tried = _all_within(alone, limit, seed, over)
        if tried is None:
            low = limit
        else:
            walks, high = tried, max(alone.length(walk) for walk in tried if walk)
    return walks, high


def _all_within(alone: Ground, limit: int, seed: int, over: Callable[[], bool]) -> Walks | None:
    """Search for walks over every stop within a limit."""
    search = search_of(replace(alone, limit=limit))
    walks, _ = search.run(((),) * alone.teams, seed=seed, rounds=1, over=over, tell=lambda _number, _worth: None)
    return walks if sum(len(walk) for walk in walks) == len(alone) else None


def too_many_must(question: RouteQuestion, minutes: float) -> BadInputError:
    """Say that the stops that must be visited do not fit together."""
    teams = "one team" if question.teams == 1 else f"{question.teams} teams"
    longest = "walk" if question.teams == 1 else "longest walk"
    if not np.isfinite(minutes):
        return BadInputError(
            f"The {len(set(question.must))} stops that must be visited cannot all be visited by {teams}: no walk over "
            "all of them was found. Take a stop off, or send another team."
        )
    return BadInputError(
        f"The {len(set(question.must))} stops that must be visited do not fit into {question.limit_minutes:g} minutes "
        f"for {teams}: the shortest {longest} found over all of them takes {np.ceil(minutes):.0f}. Allow so many "
        "minutes, take a stop off, or send another team."
    )
