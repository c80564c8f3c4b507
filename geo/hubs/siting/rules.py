"""The rules of a choice as arrays: who may come, who must stay, what may not stand together."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.hubs.siting.problem import SitingProblem

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rules:
    """Rules over m sites.

    Attributes
    ----------
    hubs
        How many are chosen, exactly.
    free, fixed
        (m,) may be chosen; must be chosen. A fixed site is free too.
    towns
        (m,) number of the town that allows one hub only; -1 where there is no such limit.
    prices, budget
        (m,) pounds, and how many there are.
    points, spacing_m
        (m, 2) metres, and how far apart hubs stand at least.
    apart
        (m, m) pairs that may not stand together: same town, or too near.
    """

    hubs: int
    free: BoolArray
    fixed: BoolArray
    towns: IntArray
    prices: FloatArray
    budget: float
    points: FloatArray
    spacing_m: float
    apart: BoolArray

    def kept_by(self, chosen: IntArray) -> bool:
        """Say whether a set keeps every rule."""
        return bool(
            len(set(chosen.tolist())) == len(chosen) == self.hubs
            and self.free[chosen].all()
            and self.fixed.sum() == self.fixed[chosen].sum()
            and self.prices[chosen].sum() <= self.budget * (1 + 1e-12)
            and not self.apart[np.ix_(chosen, chosen)].any()
        )

    def forcing(self, site: int) -> "Rules | None":
        """Give the same rules with one site more that must be chosen; None where that cannot be."""
        fixed = self.fixed.copy()
        fixed[site] = True
        return replace(self, fixed=fixed).settled()

    def without(self, site: int) -> "Rules | None":
        """Give the same rules with one site fewer that may be chosen; None where too few are left."""
        free = self.free.copy()
        free[site] = False
        return replace(self, free=free).settled()

    def settled(self) -> "Rules | None":
        """Strike out what the fixed sites shut out; None where no set can keep the rules any more."""
        fixed, left = self.fixed, self.budget * (1 + 1e-12) - float(self.prices[self.fixed].sum())
        shut = self.apart[fixed].any(axis=0) | (~fixed & (self.prices > left))
        free = self.free & ~shut
        full = fixed.sum() == self.hubs
        free = fixed.copy() if full else free
        if (fixed & ~free).any() or left < 0 or fixed.sum() > self.hubs or free.sum() < self.hubs:
            return None
        if free.sum() > self.hubs:
            return replace(self, free=free)
        return replace(self, free=free, fixed=free.copy()) if self.kept_by(np.flatnonzero(free)) else None

    def cheapest(self, reduced: FloatArray) -> BoolArray:
        """Pick the fixed sites and then the cheapest, one a town; budget and spacing are left aside.

        Returns
        -------
        numpy.ndarray
            (m,) picked. Of all sets that keep these rules none has a lower sum: such sets are the bases of a matroid.
        """
        order = np.argsort(np.where(self.free, reduced, np.inf), kind="stable")
        order = np.concatenate([order[self.fixed[order]], order[~self.fixed[order]]])
        if (self.towns >= 0).any():
            towns = np.where(self.towns >= 0, self.towns, -1 - np.arange(len(self.towns)))[order]
            order = order[np.sort(np.unique(towns, return_index=True)[1])]
        picked = np.zeros(len(reduced), dtype=np.bool_)
        picked[order[: self.hubs]] = True
        return picked


def rules_of(problem: SitingProblem, *, hubs: int | None = None) -> Rules:
    """Turn the rules of a question into arrays.

    Parameters
    ----------
    problem
        The question.
    hubs
        Another number of hubs than the rules name.

    Raises
    ------
    BadInputError
        A rule names a site that is not among the candidates.
    """
    rules, sites = problem.rules, problem.sites
    number = {name: index for index, name in enumerate(sites.ids)}
    unknown = [name for name in (*rules.must_keep, *rules.never) if name not in number]
    if unknown:
        message = (
            f"There is no site '{unknown[0]}' among the {len(sites)} that compete; `planner hubs rank` lists them."
        )
        raise BadInputError(message)
    fixed, free = np.zeros(len(sites), dtype=np.bool_), np.ones(len(sites), dtype=np.bool_)
    fixed[[number[name] for name in rules.must_keep]] = True
    free[[number[name] for name in rules.never]] = False
    names = {town: index for index, town in enumerate(sorted(set(sites.towns) - {""}))}
    towns = np.array([names.get(town, -1) if rules.one_per_town else -1 for town in sites.towns], dtype=np.int64)
    return Rules(
        hubs=rules.hubs if hubs is None else hubs,
        free=free,
        fixed=fixed,
        towns=towns,
        prices=sites.prices,
        budget=rules.budget,
        points=sites.points,
        spacing_m=rules.spacing_m,
        apart=_apart(towns, sites.points, rules.spacing_m),
    )


def _apart(towns: IntArray, points: FloatArray, spacing_m: float) -> BoolArray:
    same: BoolArray = (towns[:, None] == towns[None, :]) & (towns >= 0)[:, None]
    if spacing_m > 0:
        gap = points[:, None, :] - points[None, :, :]
        same |= np.einsum("ijk,ijk->ij", gap, gap) < spacing_m**2
    np.fill_diagonal(same, val=False)
    return same
