"""A good set at once: take the best site each time, then swap until no swap helps; and shake it to find better ones."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.costs import Costs
from geo.hubs.siting.mip import Model, Patience, minimise
from geo.hubs.siting.rule_rows import rule_rows
from geo.hubs.siting.rules import Rules

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_LARGEST_SHAKE: Final = 6  # swaps at once


@dataclass(frozen=True)
class Search:
    """Search among the sets that keep the rules.

    The swap is that of Teitz and Bart (1968, Operations Research 16), evaluated as Resende and Werneck do (2007,
    European Journal of Operational Research 179).
    """

    costs: Costs
    rules: Rules

    @cached_property
    def _ground(self) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
        return self.costs.starts, self.costs.sites, self.costs.entries, self.costs.outside

    def cost(self, chosen: IntArray) -> float:
        """Add up what a set costs."""
        return float(self.two_lowest(chosen)[0].sum())

    def two_lowest(self, chosen: IntArray) -> tuple[FloatArray, FloatArray]:
        """Give each place's cost with a set, and the cost it would fall back to if its own site went."""
        from geo.hubs.siting.swap_kernel import nearest_two  # noqa: PLC0415 - compiles when imported

        place_in = np.full(self.costs.site_count, -1, dtype=np.int64)
        place_in[chosen] = np.arange(len(chosen))
        first, second = nearest_two(*self._ground, place_in, np.empty(len(self.costs.weights), dtype=np.int64))
        return first, second

    def improve(self, chosen: IntArray) -> IntArray:
        """Make the best swap that keeps the rules until none helps."""
        from geo.hubs.siting.swap_kernel import improve  # noqa: PLC0415 - compiles when imported

        rules = self.rules
        limits = np.array([rules.budget - rules.prices[chosen].sum(), rules.spacing_m])
        ordered = np.sort(chosen).astype(np.int64)
        better = improve(
            *self._ground, ordered, rules.free, rules.fixed, rules.towns, rules.prices, rules.points, limits
        )
        return np.sort(better)

    def begin(self, patience: Patience) -> IntArray | None:
        """Find a set to begin with; None where no set keeps the rules."""
        greedy = self._greedy()
        return (
            greedy
            if self.rules.kept_by(greedy)
            else feasible_set(self.rules, patience, self._gains(self.costs.outside))
        )

    def shake(self, chosen: IntArray, rng: np.random.Generator) -> IntArray:
        """Swap a few sites at random, within the rules, and improve again."""
        shaken = chosen.copy()
        loose = np.flatnonzero(~self.rules.fixed[chosen])
        most = min(len(loose), max(2, min(_LARGEST_SHAKE, len(loose) // 4)))
        if not most:
            return chosen
        for position in rng.permutation(loose)[: rng.integers(1, most + 1)]:
            others = np.delete(shaken, position)
            left = self.rules.budget - self.rules.prices[others].sum()
            may = self.rules.free & ~self.rules.apart[others].any(axis=0) & (self.rules.prices <= left)
            may[shaken] = False
            if may.any():
                shaken[position] = rng.choice(np.flatnonzero(may))
        return self.improve(shaken)

    def _gains(self, now: FloatArray) -> FloatArray:
        """Give (m,) minus what each site would save on the costs of now."""
        from geo.hubs.siting.bound_kernel import price_sites  # noqa: PLC0415 - compiles when imported

        reduced = np.zeros(self.costs.site_count)
        price_sites(self.costs.starts, self.costs.sites, self.costs.entries, now, reduced)
        return reduced

    def _greedy(self) -> IntArray:
        """Take the site that saves most, time and again; may end short of the number where the rules forbid more."""
        rules = self.rules
        chosen = np.flatnonzero(rules.fixed)
        for _ in range(rules.hubs - len(chosen)):
            left = rules.budget - rules.prices[chosen].sum()
            may = rules.free & ~rules.apart[chosen].any(axis=0) & (rules.prices <= left)
            may[chosen] = False
            if not may.any():
                break
            saves = self._gains(self.two_lowest(chosen)[0])
            chosen = np.append(chosen, int(np.argmin(np.where(may, saves, np.inf))))
        return np.sort(chosen).astype(np.int64)


def feasible_set(rules: Rules, patience: Patience, prefer: FloatArray | None = None) -> IntArray | None:
    """Find a set that keeps every rule, the one with the lowest sum of `prefer`; None where there is none."""
    rows, low, high = rule_rows(rules)
    count = len(rules.free)
    model = Model(
        costs=np.zeros(count) if prefer is None else prefer,
        low=rules.fixed.astype(np.float64),
        high=rules.free.astype(np.float64),
        whole=np.ones(count, dtype=np.bool_),
        rows=rows,
        row_low=low,
        row_high=high,
    )
    values = minimise(model, patience).values
    return None if values is None else chosen_in(values, count)


def chosen_in(values: FloatArray, count: int) -> IntArray:
    """Read the chosen sites from the first columns of a programme."""
    return np.flatnonzero(values[:count] > 0.5).astype(np.int64)  # noqa: PLR2004 - a whole number, give or take rounding
