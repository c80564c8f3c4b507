"""What the ways of answering hold in common: the question, the best set so far and its bound."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.mip import Patience
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import Rules
from geo.hubs.siting.search import Search
from geo.hubs.siting.sums import Tell

IntArray = npt.NDArray[np.int64]


@dataclass
class Solving:
    """A question under way, in the measure that is to be made small.

    Parameters
    ----------
    problem, rules
        The question.
    patience
        When to stop.
    tell
        Told the lowest cost and the bound as they come.
    """

    problem: SitingProblem
    rules: Rules
    patience: Patience
    tell: Tell = lambda _cost, _bound: None
    chosen: IntArray | None = None
    cost: float = float("inf")
    bound: float = 0.0

    def cost_of(self, chosen: IntArray) -> float:
        """Work out what a set costs in the question's own measure."""
        raise NotImplementedError

    def begin_with(self, search: Search) -> bool:
        """Begin with what a search finds at once; False where no set keeps the rules."""
        first = search.begin(self.patience)
        if first is None:
            return False
        self.keep(search.improve(first))
        return True

    def keep(self, chosen: IntArray) -> None:
        """Keep a set that costs less than the best so far, or is the first."""
        cost = self.cost_of(chosen)
        if self.chosen is None or cost < self.cost:
            self.chosen, self.cost = chosen, cost
        self.tell(self.cost, self.bound)
