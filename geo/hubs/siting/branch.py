"""Proof by branching: split on a site, with and without it, and drop every branch whose bound shows no better set.

Each branch climbs the dual again from the worths of the branch above it, which takes few steps; a residual programme
in HiGHS takes minutes where the p-median's bound leaves a gap of a per cent, and this takes a second.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.bound import Climb
from geo.hubs.siting.costs import Costs
from geo.hubs.siting.fixing import fix
from geo.hubs.siting.mip import Patience
from geo.hubs.siting.rules import Rules
from geo.hubs.siting.search import Search

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_STEPS: Final = 100  # of the climb in each branch


@dataclass(frozen=True, order=True)
class _Branch:
    bound: float
    number: int  # ties are broken by age
    rules: Rules = field(compare=False)
    worths: "npt.NDArray[np.float32]" = field(compare=False)


@dataclass
class Branching:
    """Search all sets that could be better, best bound first.

    Parameters
    ----------
    costs, rules
        What is left of the question after fixing; its sites are numbered anew.
    worths, bound
        Where the dual stands.
    chosen, cost
        The best set known, or none of this numbering, and what it costs.
    """

    costs: Costs
    rules: Rules
    worths: FloatArray
    bound: float
    chosen: IntArray | None
    cost: float
    branches: int = 0
    _open: list[_Branch] = field(default_factory=list)
    _born: int = 0

    def __post_init__(self) -> None:
        """Begin with everything in one branch."""
        self._push(self.bound, self.rules, self.worths)

    def run(self, patience: Patience, *, most: int, tell: Callable[[float, float], None]) -> bool:
        """Work through the branches; True where all are done, and the best set is proven.

        Parameters
        ----------
        patience
            When to stop.
        most
            Stop after so many branches.
        tell
            Told the best cost and the bound after each branch.
        """
        while self._open:
            if self._open[0].bound > self._limit:
                self._open.clear()
                break
            self.bound = self._open[0].bound
            if patience.over or self.branches >= most:
                return False
            self._split(heapq.heappop(self._open))
            tell(self.cost, self.bound)
        self.bound = self.cost
        return True

    @property
    def _limit(self) -> float:
        return self.costs.limit_below(self.cost)

    def _push(self, bound: float, rules: Rules, worths: FloatArray) -> None:
        self._born += 1
        heapq.heappush(self._open, _Branch(bound, self._born, rules, worths.astype(np.float32)))

    def _split(self, branch: _Branch) -> None:
        self.branches += 1
        climb = Climb(self.costs, branch.rules, branch.worths.astype(np.float64))
        often = np.zeros(self.costs.site_count)
        for _ in range(_STEPS):
            if climb.best.bound > self._limit or climb.spent:
                break
            often += climb.step(self.cost)
        self._take(climb.best.picked)
        left = fix(climb.best, branch.rules, self._limit)
        rules = None if left is None else left.rules.settled()
        if rules is None:
            return
        undecided = np.flatnonzero(rules.free & ~rules.fixed)
        if rules.fixed.sum() == rules.hubs:
            self._take(rules.fixed)
            return
        share = often[undecided] / max(often.max(), 1.0)
        site = int(undecided[np.argmin(np.abs(share - 0.5))])
        for child in (rules.without(site), rules.forcing(site)):
            if child is not None:
                self._push(max(climb.best.bound, branch.bound), child, climb.best.worths)

    def _take(self, picked: BoolArray) -> None:
        """Keep the picked set, improved, where it is better than the best known."""
        chosen = np.flatnonzero(picked)
        if not self.rules.kept_by(chosen):
            return
        search = Search(self.costs, self.rules)
        if search.cost(chosen) < self.cost:
            better = search.improve(chosen)
            self.chosen, self.cost = better, search.cost(better)


def shrink(costs: Costs, rules: Rules, highest: FloatArray) -> tuple[Costs, Rules, IntArray]:
    """Leave out the sites that fell, and costs that no better set can leave to a place.

    Returns
    -------
    tuple
        Costs and rules of the sites left, and their old positions.
    """
    nearest = costs.outside.copy()
    mine = rules.fixed[costs.sites]
    np.minimum.at(nearest, costs.places[mine], costs.entries[mine])
    small = costs.restricted(rules.free, np.minimum(nearest, highest))
    ids = np.flatnonzero(rules.free)
    kept = replace(
        rules,
        free=rules.free[ids],
        fixed=rules.fixed[ids],
        towns=rules.towns[ids],
        prices=rules.prices[ids],
        points=rules.points[ids],
        apart=rules.apart[np.ix_(ids, ids)],
    )
    return small, kept, ids
