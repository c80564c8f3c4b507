"""Worst: the shortest longest journey, by halving the span of minutes that it can still be (Minieka 1970)."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.costs import costs_of
from geo.hubs.siting.cover_all import cover_model, must_reach
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.mip import Patience, minimise
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import Rules
from geo.hubs.siting.search import Search, chosen_in
from geo.hubs.siting.sums import Tell

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_STEEPNESS: Final = 8  # the sum of eighth powers is ruled by the longest journeys


@dataclass
class WorstChoice:
    """Choose the set whose longest journey is shortest.

    Parameters
    ----------
    problem, rules
        The question.
    patience
        When to stop.
    tell
        Told the shortest longest journey and its bound as they come.
    """

    problem: SitingProblem
    rules: Rules
    patience: Patience
    tell: Tell = lambda _cost, _bound: None
    chosen: IntArray | None = None
    cost: float = float("inf")
    bound: float = field(init=False)

    def __post_init__(self) -> None:
        """Leave out the places that nobody can reach, and list the minutes that the answer can be."""
        problem, free = self.problem, self.rules.free
        best = np.minimum(problem.minutes[:, free].min(axis=1, initial=np.inf), problem.standing_minutes)
        there = (problem.need > 0) & np.isfinite(best)
        self.problem = replace(problem, need=np.where(there, problem.need, 0.0), question="worst")
        self.bound = float(best[there].max(initial=0.0))
        lengths = np.concatenate([problem.minutes[there][:, free].ravel(), problem.standing_minutes[there]])
        self._lengths = np.unique(lengths[np.isfinite(lengths) & (lengths >= self.bound)])

    @property
    def proven(self) -> bool:
        """Tell whether no shorter journey is possible."""
        return self.bound >= self.cost

    def begin(self) -> bool:
        """Find a good set at once; False where no set keeps the rules."""
        steep = replace(self.problem, question="average", minutes=self._steep(self.problem.minutes))
        steep = replace(steep, standing_minutes=self._steep(self.problem.standing_minutes), beyond_minutes=2.0**8)
        steep = replace(steep, need=(self.problem.need > 0).astype(np.float64))
        search = Search(costs_of(steep, self.rules.free), self.rules)
        first = search.begin(self.patience)
        if first is None:
            return False
        self._keep(search.improve(first))
        return True

    def prove(self) -> None:
        """Halve the span until it is closed, or the patience is over."""
        low, high = 0, int(np.searchsorted(self._lengths, self.cost))  # the answer is one of lengths[low..high]
        while low < high and not self.patience.over:
            middle = (low + high) // 2
            must = must_reach(self.problem, self.rules, float(self._lengths[middle]))
            answer = minimise(cover_model(must, self.rules, least_hubs=None), self.patience)
            if must.hopeless.any() or answer.ending == "impossible":
                low = middle + 1
            elif answer.values is None:
                break
            else:
                self._keep(chosen_in(answer.values, len(self.rules.free)))
                high = int(np.searchsorted(self._lengths, self.cost))
            self.bound = float(self._lengths[low]) if low < len(self._lengths) else float("inf")
            self.tell(self.cost, self.bound)
        if low >= high:
            self.bound = self.cost

    def _steep(self, minutes: FloatArray) -> FloatArray:
        longest = self._lengths[-1] if len(self._lengths) else 1.0
        return np.where(np.isfinite(minutes), (minutes / max(longest, 1e-9)) ** _STEEPNESS, np.inf)

    def _keep(self, chosen: IntArray) -> None:
        nobody_left = np.isfinite(self.problem.minutes[:, chosen].min(axis=1, initial=np.inf))
        nobody_left |= np.isfinite(self.problem.standing_minutes) | (self.problem.need == 0)
        worst = evaluate(self.problem, chosen).worst_minutes if nobody_left.all() else float("inf")
        if self.chosen is None or worst < self.cost:
            self.chosen, self.cost = chosen, worst
        self.tell(self.cost, self.bound)
