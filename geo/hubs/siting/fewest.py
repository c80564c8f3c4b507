"""Fewest: an answer at once, then the proof that no fewer hubs reach everybody who can be reached."""

from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.cover_all import fewest, must_reach, take_fewest
from geo.hubs.siting.search import chosen_in
from geo.hubs.siting.solving import Solving

IntArray = npt.NDArray[np.int64]


@dataclass
class FewestChoice(Solving):
    """Choose as few hubs as reach everybody who can be reached within the minutes asked for."""

    def __post_init__(self) -> None:
        """List who must be reached."""
        self._must = must_reach(self.problem, self.rules, self.problem.within_minutes)
        self.bound = float(max(int(self.rules.fixed.sum()), int(len(self._must.rows) > 0)))

    @property
    def proven(self) -> bool:
        """Tell whether fewer are impossible."""
        return self.bound >= self.cost

    def begin(self) -> bool:
        """Reach everybody greedily; where the rules end that early, the proof has to find the first set."""
        first = take_fewest(self._must, self.rules)
        if first is not None:
            self.keep(first)
        return True

    def prove(self) -> None:
        """Let HiGHS find the fewest."""
        if self.proven:
            return
        answer = fewest(
            self._must, self.rules, self.patience, lambda best, low: self.tell(min(best, self.cost), ceil(low - 1e-6))
        )
        if answer.values is not None:
            self.keep(chosen_in(answer.values, len(self.rules.free)))
        if answer.ending == "unfinished":
            self.bound = max(self.bound, float(ceil(answer.bound - 1e-6)) if np.isfinite(answer.bound) else 0.0)
        else:
            self.bound = self.cost
        self.tell(self.cost, self.bound)

    def cost_of(self, chosen: IntArray) -> float:
        """Count the hubs."""
        return float(len(chosen))
