"""How good a set of hubs could be at most: the Lagrangean dual of the p-median, climbed by subgradients.

Relaxing "each place is served once" leaves, at given worths of the places, the sites that save most (Cornuejols,
Fisher and Nemhauser 1977, Management Science 23; Beasley 1993, European Journal of Operational Research 65). Every
value of the dual is a bound, however far the climb got. One hub a town and a budget stay inside the relaxed question.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.costs import Costs
from geo.hubs.siting.rules import Rules

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_PATIENCE: Final = 20  # steps without a gain before the step is halved
_MEMORY: Final = 0.6  # how much of the last direction is kept (Camerini, Fratta and Maffioli 1975)
_SMALLEST_STEP: Final = 1e-4
_COUNTS_AS_GAIN: Final = 1e-5  # of the gap to the best set known


@dataclass
class Dual:
    """Where the climb stands.

    Attributes
    ----------
    bound
        The highest value so far: no set costs less.
    worths
        (n,) the places' worths there.
    money_worth
        What a pound of the budget is worth there.
    reduced
        (m,) what each site adds to that value.
    picked
        (m,) the sites that the relaxed question picks there.
    """

    bound: float
    worths: FloatArray
    money_worth: float
    reduced: FloatArray
    picked: BoolArray


@dataclass
class Climb:
    """Climb the dual, some steps at a time.

    Parameters
    ----------
    costs, rules
        The question.
    worths
        (n,) where to begin; the second-cheapest cost of each place in a good set serves well.
    """

    costs: Costs
    rules: Rules
    worths: FloatArray
    best: Dual = field(init=False)
    _money: float = 0.0
    _factor: float = 1.0
    _waited: int = 0

    def __post_init__(self) -> None:
        """Price the sites once, so that there is a bound from the start."""
        self.worths = np.minimum(self.worths, self.costs.outside)
        self._way = np.zeros(len(self.worths))
        self.best = self._look()

    @property
    def spent(self) -> bool:
        """Tell whether further steps would gain nothing."""
        return self._factor < _SMALLEST_STEP

    def steps(self, count: int, target: float) -> None:
        """Take so many steps towards the cost of the best set known, fewer where they gain nothing any more."""
        for _ in range(count):
            if self.spent or self.best.bound >= target:
                return
            self.step(target)

    def step(self, target: float) -> BoolArray:
        """Take one step; give the sites that the relaxed question picks before it."""
        here = self._look()
        self._step(here, target)
        return here.picked

    def _look(self) -> Dual:
        """Price the sites at the present worths, and pick the cheapest that keep the rules."""
        from geo.hubs.siting.bound_kernel import price_sites  # noqa: PLC0415 - compiles when imported

        costs, rules = self.costs, self.rules
        reduced = self._money * rules.prices
        price_sites(costs.starts, costs.sites, costs.entries, self.worths, reduced)
        picked = rules.cheapest(reduced)
        relaxed = self._money * rules.budget if self._money else 0.0
        value = float(self.worths.sum() + reduced[picked].sum() - relaxed)
        return Dual(value, self.worths, self._money, reduced, picked)

    def _step(self, here: Dual, target: float) -> None:
        self._remember(here, target)
        from geo.hubs.siting.bound_kernel import times_served  # noqa: PLC0415 - compiles when imported

        costs, served = self.costs, np.empty(len(self.worths))
        times_served(costs.starts, costs.sites, costs.entries, here.worths, here.picked, served)
        slope = np.where((served < 1) & (here.worths >= costs.outside), 0.0, 1.0 - served)
        self._way = slope + _MEMORY * self._way
        length = float(self._way @ self._way)
        step = self._factor * max(target - here.bound, 0.0) / length if length else 0.0
        self.worths = np.clip(here.worths + step * self._way, 0.0, costs.outside)
        self._step_money(here, target)
        if not length:
            self._factor = 0.0

    def _step_money(self, here: Dual, target: float) -> None:
        if np.isfinite(self.rules.budget):
            over = float(self.rules.prices[here.picked].sum() - self.rules.budget)
            if over:
                self._money = max(0.0, self._money + self._factor * max(target - here.bound, 0.0) / over / 2)

    def _remember(self, here: Dual, target: float) -> None:
        self._waited += 1
        if here.bound > self.best.bound:
            if here.bound > self.best.bound + _COUNTS_AS_GAIN * (target - self.best.bound):
                self._waited = 0
            self.best = here
        if self._waited >= _PATIENCE:
            self._factor, self._waited = self._factor / 2, 0
            self.worths, self._money = self.best.worths, self.best.money_worth
