"""What it costs to leave each place to each site: the one form in which cover and average are the same question."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.problem import SitingProblem

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_LARGEST_WHOLE: Final = 1e9  # above it, rounding could hide a difference of 1
_ROUNDING: Final = 1e-6
_PROOF: Final = 1e-8  # relative: two sets closer than this cost the same


@dataclass(frozen=True)
class Costs:
    """Cost of n places at m sites, for each place from the cheapest site on.

    A set of sites costs the sum over the places of the lesser of `outside` and the cheapest chosen site. For the
    average, a cost is need times minutes and `outside` is what stands already; for cover, a site within reach costs
    nothing and `outside` is the need that is lost. Sites that are no cheaper than `outside` have no entry.

    Attributes
    ----------
    starts
        (n + 1,) where the entries of each place begin.
    sites, units
        Sites of the entries, and their costs for one client.
    weights
        (n,) clients.
    outside_unit
        (n,) cost for one client where no chosen site is cheaper.
    site_count
        m.
    """

    starts: IntArray
    sites: IntArray
    units: FloatArray
    weights: FloatArray
    outside_unit: FloatArray
    site_count: int

    @cached_property
    def places(self) -> IntArray:
        """Place of each entry."""
        return np.repeat(np.arange(len(self.weights)), np.diff(self.starts))

    @cached_property
    def entries(self) -> FloatArray:
        """Cost of each entry, all clients of its place together."""
        return np.asarray(self.units * np.repeat(self.weights, np.diff(self.starts)), dtype=np.float64)

    @cached_property
    def outside(self) -> FloatArray:
        """(n,) cost of each place that no chosen site serves."""
        return self.weights * self.outside_unit

    @cached_property
    def whole(self) -> bool:
        """Tell whether every set costs a whole number, so that a better one costs 1 less at least."""
        values = np.concatenate([self.entries, self.outside])
        return bool(self.outside.sum() < _LARGEST_WHOLE and (values == np.rint(values)).all())

    def limit_below(self, cost: float) -> float:
        """Give the cost that any better set stays at or under: a bound above it is a proof."""
        return cost - 1 + _ROUNDING if self.whole else cost - _PROOF * abs(cost)

    def restricted(self, kept: BoolArray, ceiling: FloatArray) -> "Costs":
        """Keep some of the sites, and for each place only costs up to a ceiling.

        Parameters
        ----------
        kept
            (m,) sites that stay; they are numbered anew.
        ceiling
            (n,) costs above it are left out.
        """
        mine = kept[self.sites] & (self.entries <= ceiling[self.places])
        number = np.cumsum(kept) - 1
        counts = np.bincount(self.places[mine], minlength=len(self.weights))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        sites = number[self.sites[mine]].astype(np.int64)
        return Costs(starts, sites, self.units[mine], self.weights, self.outside_unit, int(kept.sum()))

    def reweighted(self, weights: FloatArray) -> "Costs":
        """Give the same ground with other counts of clients."""
        return Costs(self.starts, self.sites, self.units, weights, self.outside_unit, self.site_count)


def costs_of(problem: SitingProblem, free: BoolArray) -> Costs:
    """Turn a question of cover or of the average into costs.

    Parameters
    ----------
    problem
        The question.
    free
        (m,) sites that may be chosen at all.
    """
    minutes = np.where(free[None, :], problem.minutes, np.inf)
    if problem.question == "cover":
        within = minutes <= problem.within_minutes
        lost = (problem.standing_minutes > problem.within_minutes).astype(np.float64)
        return _sorted(np.where(within, 0.0, np.inf), lost, problem.need)
    return _sorted(minutes, np.minimum(problem.standing_minutes, _farthest(problem, free)), problem.need)


def _farthest(problem: SitingProblem, free: BoolArray) -> FloatArray:
    """Give the journey that nobody exceeds: to the farthest site, for one at least is chosen, or beyond all measure.

    Where sites can see only so many, somebody may find no site with room, and only the latter holds.
    """
    if problem.limited or not free.any():
        return np.full(len(problem.need), problem.beyond_minutes)
    farthest = problem.minutes[:, free].max(axis=1)
    return np.where(np.isfinite(farthest), farthest, problem.beyond_minutes)


def _sorted(units: FloatArray, outside: FloatArray, need: FloatArray) -> Costs:
    kept = (units < outside[:, None]) & (need > 0)[:, None]
    order = np.argsort(units, axis=1, kind="stable").astype(np.int32)
    ranked = np.take_along_axis(units, order, axis=1)
    mine = np.take_along_axis(kept, order, axis=1)
    starts = np.concatenate([[0], np.cumsum(mine.sum(axis=1))]).astype(np.int64)
    return Costs(starts, order[mine].astype(np.int64), ranked[mine], need, outside, units.shape[1])
