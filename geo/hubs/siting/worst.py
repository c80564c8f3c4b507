"""Worst: the shortest longest journey, by halving the span of minutes that it can still be (Minieka 1970)."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.costs import costs_of
from geo.hubs.siting.cover_all import cover_model, must_reach
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.mip import minimise
from geo.hubs.siting.search import Search, chosen_in
from geo.hubs.siting.solving import Solving

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_STEEPNESS: Final = 8  # the sum of eighth powers is ruled by the longest journeys


@dataclass
class WorstChoice(Solving):
    """Choose the set whose longest journey is shortest."""

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
        return self.begin_with(Search(costs_of(steep, self.rules.free), self.rules))

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
                self.keep(chosen_in(answer.values, len(self.rules.free)))
                high = int(np.searchsorted(self._lengths, self.cost))
            self.bound = float(self._lengths[low]) if low < len(self._lengths) else float("inf")
            self.tell(self.cost, self.bound)
        if low >= high:
            self.bound = self.cost

    def _steep(self, minutes: FloatArray) -> FloatArray:
        longest = self._lengths[-1] if len(self._lengths) else 1.0
        return np.where(np.isfinite(minutes), (minutes / max(longest, 1e-9)) ** _STEEPNESS, np.inf)

    def cost_of(self, chosen: IntArray) -> float:
        """Give the longest journey; infinite where somebody who has a way to a site has none to these."""
        nobody_left = np.isfinite(self.problem.minutes[:, chosen].min(axis=1, initial=np.inf))
        nobody_left |= np.isfinite(self.problem.standing_minutes) | (self.problem.need == 0)
        return evaluate(self.problem, chosen).worst_minutes if nobody_left.all() else float("inf")
