"""The question in whole numbers: only the stops that can be visited at all, and time in units that add up exactly.

Minutes that are whole stay so; others are counted in millionths, each way and stay rounded up and the limit rounded
down. So a sum is the same in any order, no route is over its limit by rounding, and two that take equally long are
known to.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.walkabouts.routing.question import RouteQuestion
from geo.walkabouts.routing.result import Skipped

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

FAR: Final = 1 << 48  # no way: longer than any walk, and a sum of thousands still fits
_PARTS: Final = 1_000_000
_HAIR: Final = 1e-4  # of a unit: what multiplying may add to a number that is one


@dataclass(frozen=True)
class Ground:
    """Where the search walks.

    Attributes
    ----------
    stops
        (m,) positions, in the question, of the stops that can be visited; ascending.
    cost
        (m + 2, m + 2) units from each to each, the stay at the place arrived at included; the last two rows and
        columns are the start and the end.
    prizes
        (m,) of the stops.
    must
        (m,) which have to be visited.
    limit
        Units that each team has.
    parts
        Units in a minute.
    teams
        How many walk.
    """

    stops: IntArray
    cost: IntArray
    prizes: FloatArray
    must: npt.NDArray[np.bool_]
    limit: int
    parts: int
    teams: int

    def __len__(self) -> int:
        """Count the stops."""
        return len(self.stops)

    def length(self, walk: tuple[int, ...]) -> int:
        """Add up a walk's units from start to end; `walk` are positions among the stops."""
        way = np.array([len(self), *walk, len(self) + 1], dtype=np.int64)
        return int(self.cost[way[:-1], way[1:]].sum())


def ground_of(question: RouteQuestion) -> tuple[Ground, tuple[Skipped, ...]]:
    """Give the ground, and the stops that cannot be on it with the reason."""
    parts = _parts(question)
    cost = _costs(question, parts)
    limit = int(np.floor(question.limit_minutes * parts + _HAIR))
    candidates = _candidates(question)
    # The shortest ways lead over places that may be visited, so that whoever is too far is so by any route.
    kept = np.array([*candidates, len(question), len(question) + 1], dtype=np.int64)
    inner = cost[np.ix_(kept, kept)]
    alone = shortest(inner, len(kept) - 2)[:-2] + shortest(inner.T, len(kept) - 1)[:-2]
    fits = alone <= limit
    skipped = [_too_far(place, away, parts) for place, away in zip(candidates[~fits], alone[~fits], strict=True)]
    inside = np.array([*np.flatnonzero(fits), len(kept) - 2, len(kept) - 1], dtype=np.int64)
    stops = candidates[fits]
    ground = Ground(
        stops=stops,
        cost=np.ascontiguousarray(inner[np.ix_(inside, inside)]),
        prizes=np.asarray(question.prizes, dtype=np.float64)[stops],
        must=np.isin(stops, question.must),
        limit=limit,
        parts=parts,
        teams=question.teams,
    )
    return ground, (*_left_out(question), *skipped)


def _parts(question: RouteQuestion) -> int:
    away = np.asarray(question.minutes, dtype=np.float64)
    values = np.concatenate([away[np.isfinite(away)], question.stop_minutes])
    return 1 if (values == np.rint(values)).all() else _PARTS


def _units(minutes: FloatArray, parts: int) -> IntArray:
    """Turn minutes into units, rounded up; no way stays no way."""
    minutes = np.asarray(minutes, dtype=np.float64)
    known = np.where(np.isfinite(minutes), minutes, 0.0)
    return np.where(np.isfinite(minutes), np.ceil(known * parts - _HAIR), FAR).astype(np.int64)


def _costs(question: RouteQuestion, parts: int) -> IntArray:
    """Give (n + 2, n + 2) units; the last two places are the start and the end, where nobody stays."""
    order = np.array([*range(len(question)), question.start, question.end], dtype=np.int64)
    ways = _units(question.minutes, parts)
    np.fill_diagonal(ways, 0)
    stay = _units(question.stop_minutes, parts)[order]
    stay[-2:] = 0
    cost = np.minimum(ways[np.ix_(order, order)] + stay[None, :], FAR)
    np.fill_diagonal(cost, 0)
    return np.asarray(cost, dtype=np.int64)


def _candidates(question: RouteQuestion) -> IntArray:
    places = np.arange(len(question))
    wanted = (np.asarray(question.prizes) > 0) | np.isin(places, question.must)
    never = np.isin(places, [question.start, question.end, *question.avoid])
    return np.flatnonzero(wanted & ~never).astype(np.int64)


def _left_out(question: RouteQuestion) -> list[Skipped]:
    """List the stops that nobody is to visit, or that are worth nothing."""
    ends, avoid, must = {question.start, question.end}, set(question.avoid), set(question.must)
    out = [Skipped(place, "avoided") for place in sorted(avoid - ends)]
    idle = np.flatnonzero(np.asarray(question.prizes) <= 0).tolist()
    return out + [Skipped(place, "no prize") for place in idle if place not in ends | avoid | must]


def _too_far(place: int, away: int, parts: int) -> Skipped:
    if away >= FAR:
        return Skipped(int(place), "unreachable")
    return Skipped(int(place), "too far", float(away) / parts)


def shortest(cost: IntArray, source: int) -> IntArray:
    """Find the shortest ways from a place to all (Dijkstra on a full matrix); FAR where there is none."""
    away = np.full(len(cost), FAR, dtype=np.int64)
    away[source] = 0
    waiting = np.ones(len(cost), dtype=bool)
    for _ in range(len(cost)):
        nearest = int(np.argmin(np.where(waiting, away, FAR + 1)))
        waiting[nearest] = False
        away = np.minimum(away, np.minimum(away[nearest] + cost[nearest], FAR))
    return away
