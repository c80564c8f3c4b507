"""Cover and average where hubs can see only so many clients: a good set at once, then HiGHS."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.costs import costs_of
from geo.hubs.siting.limited import limited_model, serve_within_limits
from geo.hubs.siting.mip import minimise
from geo.hubs.siting.search import Search, chosen_in
from geo.hubs.siting.solving import Solving

IntArray = npt.NDArray[np.int64]


@dataclass
class LimitedChoice(Solving):
    """Choose sites, and who goes where, at the lowest sum of costs."""

    @property
    def proven(self) -> bool:
        """Tell whether no set costs less, but for rounding."""
        return self.bound >= self.cost * (1 - 1e-6) - 1e-6

    def begin(self) -> bool:
        """Begin with the best set were there no limits; False where no set keeps the rules."""
        sites = self.problem.sites
        unlimited = replace(self.problem, sites=replace(sites, capacity=np.full(len(sites), np.inf)))
        return self.begin_with(Search(costs_of(unlimited, self.rules.free), self.rules))

    def prove(self) -> None:
        """Let HiGHS search and prove, from the set that there is."""
        costs = costs_of(self.problem, self.rules.free)
        model = limited_model(costs, self.rules, self.problem.sites.capacity)
        start = None if self.chosen is None else np.isin(np.arange(costs.site_count), self.chosen).astype(np.float64)
        answer = minimise(
            model, self.patience, start=start, news=lambda best, low: self.tell(min(best, self.cost), max(low, 0.0))
        )
        if answer.values is not None:
            self.keep(chosen_in(answer.values, costs.site_count))
        self.bound = max(self.bound, min(answer.bound, self.cost))
        self.tell(self.cost, self.bound)

    def cost_of(self, chosen: IntArray) -> float:
        """Add up the costs of whoever goes where there is room."""
        return float(serve_within_limits(self.problem, chosen).cost)
