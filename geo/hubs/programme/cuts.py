"""Maximise distinct need over sites, by cuts: the solver is told of a place's need only what it got wrong.

A place is reached by the nearest chosen site, so what it yields is concave in the choice of sites: for any weight t,

    yield <= clients * (t + sum over sites of max(weight - t, 0) * chosen).

These are the Benders cuts of maximal covering (Cordeau, Furini and Ljubic 2019, European Journal of Operational
Research 275, 882-896), for weights between 0 and 1. Some dozens of them a place would be needed to write the whole
problem down at once; a few in all are enough to prove the best.
"""

import time
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import PlannerError
from geo.hubs.programme.problem import Problem, Row, Solution, solve

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

PROVED_WITHIN: Final = 0.01  # clients: reach is counted in hundredths, so nothing lies between
_SOLVED_WITHIN: Final = 0.0005  # clients: ties are broken by less than the former and more than this
_SLACK: Final = 1e-6
_LEAST_SECONDS: Final = 1.0
_FRACTION_SECONDS: Final = 20.0  # one such problem is small; without it nothing can be said at all


@dataclass(frozen=True)
class Yields:
    """Places whose yield is a variable: the first ones of a problem, one a place.

    Attributes
    ----------
    clients
        (n,) at each place.
    weights
        (n, p) how much of a place each site of the pool reaches.
    first_site
        The variable of the pool's first site being chosen; the others follow.
    """

    clients: FloatArray
    weights: FloatArray
    first_site: int

    def exact(self, chosen: FloatArray) -> float:
        """Count the clients reached by a choice of whole sites, afresh."""
        best = self.weights[:, chosen > _SLACK].max(axis=1, initial=0.0)
        return float(self.clients @ best)

    def cuts(self, values: FloatArray, known: set[tuple[int, float]]) -> list[Row]:
        """Write the tightest cut of every place whose yield is too good to be true; those known already are left."""
        stop = self.first_site + self.weights.shape[1]
        chosen = np.clip(values[self.first_site : stop], 0, 1)
        levels, most = _tightest(self.weights, chosen)
        wrong = values[: len(self.clients)] > self.clients * most + _SLACK
        found = []
        for place in np.flatnonzero(wrong).tolist():
            if (place, float(levels[place])) not in known:
                known.add((place, float(levels[place])))
                found.append(self._cut(place, float(levels[place])))
        return found

    def _cut(self, place: int, level: float) -> Row:
        above = np.flatnonzero(self.weights[place] > level)
        heights = self.clients[place] * (self.weights[place, above] - level)
        terms = [(self.first_site + int(site), -float(height)) for site, height in zip(above, heights, strict=True)]
        return [(place, 1.0), *terms], -np.inf, float(self.clients[place] * level)


@dataclass(frozen=True)
class Best:
    """The best choice found.

    Attributes
    ----------
    values
        Of all variables.
    reach
        Clients it reaches, counted afresh.
    bound
        No choice reaches more.
    """

    values: FloatArray
    reach: float
    bound: float


def maximise(problem: Problem, yields: Yields, *, seconds: float) -> Best | None:
    """Find the choice of sites that reaches the most, and prove it.

    Parameters
    ----------
    problem
        Its first variables are the yields; no row of it speaks of them yet.
    seconds
        The solver may take this long; what it has by then is returned with its bound.

    Returns
    -------
    Best or None
        None where the rows allow no choice at all.
    """
    ends = time.monotonic() + seconds
    known: set[tuple[int, float]] = set()
    tight = _without_fractions(problem, yields, known, ends)
    best: Best | None = None
    bound = float("inf")
    while tight is not None:
        found = _solve_in_time(tight, yields, ends, needed=best is None)
        if found is None:
            break
        bound = min(bound, found.bound)
        best = _better(best, found, yields)
        cuts = yields.cuts(found.values, known)
        if not cuts or bound - best.reach < PROVED_WITHIN or time.monotonic() > ends:
            break
        tight = replace(tight, rows=(*tight.rows, *cuts))
    return None if best is None else replace(best, bound=max(bound, best.reach))


def _without_fractions(problem: Problem, yields: Yields, known: set[tuple[int, float]], ends: float) -> Problem | None:
    """Add the cuts that the problem with fractions of sites asks for: cheap, and most of what the whole one needs."""
    tight = problem
    free = np.zeros(len(problem.worth), dtype=bool)
    while time.monotonic() < ends:
        found = solve(replace(tight, whole=free), seconds=max(_left(ends), _FRACTION_SECONDS))
        if found is None:
            return None
        cuts = yields.cuts(found.values, known)
        if not cuts:
            break
        tight = replace(tight, rows=(*tight.rows, *cuts))
    return tight


def _solve_in_time(problem: Problem, yields: Yields, ends: float, *, needed: bool) -> Solution | None:
    """Solve; where the time is up it is an error only if nothing was found before."""
    try:
        return solve(problem, seconds=_left(ends), gap=_gap(yields))
    except PlannerError:
        if needed:
            raise
        return None


def _better(best: Best | None, found: Solution, yields: Yields) -> Best:
    stop = yields.first_site + yields.weights.shape[1]
    reach = yields.exact(found.values[yields.first_site : stop])
    if best is None or reach > best.reach:
        return Best(found.values, reach, found.bound)
    return best


def _tightest(weights: FloatArray, chosen: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Find the weight t of each place's tightest cut, and what that cut allows, as a share of its clients.

    It is the weight of the site at which the chosen ones, the nearest first, add up to one.
    """
    order = np.argsort(-weights, axis=1, kind="stable")
    ranked = np.take_along_axis(weights, order, axis=1)
    together = np.cumsum(chosen[order], axis=1)
    full = together >= 1 - _SLACK
    at = np.where(full.any(axis=1), full.argmax(axis=1), -1)
    levels = np.where(at >= 0, ranked[np.arange(len(ranked)), at], 0.0)
    above = np.maximum(weights - levels[:, None], 0.0) @ chosen
    return levels, levels + above


def _gap(yields: Yields) -> float:
    return _SOLVED_WITHIN / max(float(yields.clients.sum()), 1.0)


def _left(ends: float) -> float:
    return max(ends - time.monotonic(), _LEAST_SECONDS)
