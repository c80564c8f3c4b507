"""Cover and average: a good set at once, then better ones, then the proof that none is better still."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.bound import Climb, Dual
from geo.hubs.siting.branch import Branching, shrink
from geo.hubs.siting.costs import Costs
from geo.hubs.siting.fixing import fix
from geo.hubs.siting.levels import residual_model
from geo.hubs.siting.mip import Patience, minimise
from geo.hubs.siting.rules import Rules
from geo.hubs.siting.search import Search, chosen_in

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Tell = Callable[[float, float], None]  # best cost, bound

_STEPS_A_ROUND: Final = 50
_ROUNDS: Final = 60
_SHAKES: Final = 60  # in a row without finding a better set
_SHAKES_A_ROUND: Final = 2
# Where a gap is left, HiGHS's cuts close that of a cover sooner than branching does, and that of an average only where
# little is left to decide: then it gets half of the time, and branching goes on after it.
_BRANCHES_FIRST: Final = 150
_SMALL: Final = 60_000  # entries of the programme
_NO_END: Final = 10**9


@dataclass
class SumChoice:
    """Choose the set with the lowest sum of costs.

    Parameters
    ----------
    costs, rules
        The question.
    patience
        When to stop.
    seed
        The random stream of the shakes.
    tell
        Told the lowest cost and the bound as they come.
    """

    costs: Costs
    rules: Rules
    patience: Patience
    seed: int = 1
    tell: Tell = lambda _cost, _bound: None
    chosen: IntArray = field(init=False)
    cost: float = field(init=False)
    bound: float = 0.0

    def __post_init__(self) -> None:
        """Prepare the search; nothing is chosen yet."""
        self._search = Search(self.costs, self.rules)
        self._rng = np.random.default_rng(self.seed)

    @property
    def proven(self) -> bool:
        """Tell whether the bound leaves no room for a better set."""
        return self.bound > self.costs.limit_below(self.cost) or self.cost <= 0

    def begin(self) -> bool:
        """Find a good set in hundredths of a second; False where no set keeps the rules."""
        first = self._search.begin(self.patience)
        if first is None:
            return False
        self.chosen = self._search.improve(first)
        self.cost = self._search.cost(self.chosen)
        self.tell(self.cost, self.bound)
        return True

    def prove(self) -> Dual:
        """Find better sets and a bound until they meet or the patience is over; give the dual at the root."""
        climb = Climb(self.costs, self.rules, self._search.two_lowest(self.chosen)[1])
        self._climb(climb)
        if not self.proven:
            self._shake(_SHAKES)
        if not self.proven and not self.patience.over:
            self._branch(climb.best)
        if self.proven:
            self.bound = self.cost
        self.tell(self.cost, self.bound)
        return climb.best

    def _climb(self, climb: Climb) -> None:
        for _ in range(_ROUNDS):
            climb.steps(_STEPS_A_ROUND, self.cost)
            self.bound = max(self.bound, climb.best.bound)
            self._try(np.flatnonzero(climb.best.picked))
            for _ in range(_SHAKES_A_ROUND):
                self._keep(self._search.shake(self.chosen, self._rng))
            self.tell(self.cost, self.bound)
            if self.proven or climb.spent or self.patience.over:
                return

    def _try(self, chosen: IntArray) -> None:
        if self.rules.kept_by(chosen):
            self._keep(self._search.improve(chosen))

    def _keep(self, chosen: IntArray) -> bool:
        cost = self._search.cost(chosen)
        better = cost < self.cost
        if better:
            self.chosen, self.cost = chosen, cost
        return better

    def _shake(self, patience: int) -> None:
        waited = 0
        while waited < patience and not self.patience.over:
            waited = 0 if self._keep(self._search.shake(self.chosen, self._rng)) else waited + 1

    def _branch(self, dual: Dual) -> None:
        left = fix(dual, self.rules, self.costs.limit_below(self.cost))
        if left is None:
            self.bound = self.cost
            return
        small, rules, ids = shrink(self.costs, left.rules, left.highest)
        work = Branching(small, rules, np.minimum(dual.worths, small.outside), dual.bound, None, self.cost)
        if self._run(work, ids, _BRANCHES_FIRST) or self.patience.over:
            return
        self._solve_rest(dual)
        work.cost = self.cost
        if not self.proven:
            self._run(work, ids, _NO_END)

    def _run(self, work: Branching, ids: IntArray, most: int) -> bool:
        done = work.run(self.patience, most=most, tell=self.tell)
        if work.chosen is not None:
            self._keep(ids[work.chosen])
        self.bound = max(self.bound, self.cost if done else work.bound)
        return done

    def _solve_rest(self, dual: Dual) -> None:
        """Leave what the branches did not settle to HiGHS."""
        limit = self.costs.limit_below(self.cost)
        left = fix(dual, self.rules, limit)
        model = None if left is None else residual_model(self.costs, left)
        if model is None:
            self.bound = self.cost
            return
        patience = self.patience
        if self.costs.units.any():
            if model.rows.nnz > _SMALL:
                return
            patience = patience.at_most(patience.left / 2)
        before = self.bound
        answer = minimise(
            model, patience, news=lambda best, low: self.tell(min(best, self.cost), max(before, min(low, limit)))
        )
        if answer.values is not None:
            self._try(chosen_in(answer.values, self.costs.site_count))
        self.bound = self.cost if answer.ending != "unfinished" else max(before, min(answer.bound, limit))
