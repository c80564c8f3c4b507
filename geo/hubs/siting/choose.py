"""Choose a set of hubs: an answer at once, better ones and a bound as time goes on, and the truth about the gap."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError, PlannerError
from geo.hubs.siting.asked import require_asked
from geo.hubs.siting.bound import Dual
from geo.hubs.siting.costs import costs_of
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.fewest import FewestChoice
from geo.hubs.siting.limited_choice import LimitedChoice
from geo.hubs.siting.mip import Patience
from geo.hubs.siting.possible import guilty_rules, require_possible
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import Rules, rules_of
from geo.hubs.siting.sums import SumChoice, Tell
from geo.hubs.siting.swaps import settle_ties
from geo.hubs.siting.worst import WorstChoice

IntArray = npt.NDArray[np.int64]
Stage = Literal["first answer", "searching", "done"]

SAME: Final = 1e-6  # relative: the solver's value and the recomputed one may differ by rounding alone
_SECONDS_FOR_WORDS: Final = 10.0


@dataclass(frozen=True)
class Progress:
    """How far the work is.

    Attributes
    ----------
    stage
        "first answer" comes at once; "searching" until the gap is closed; then "done".
    value, bound
        The best value so far and what no set can beat, in the question's own measure.
    gap
        Their distance as a share of the value.
    seconds
        Since the beginning.
    """

    stage: Stage
    value: float
    bound: float
    gap: float
    seconds: float


@dataclass(frozen=True)
class Choice:
    """A set of hubs and what is known of it.

    Attributes
    ----------
    problem
        The question.
    chosen
        Positions of the sites, ascending.
    value
        The question's measure, worked out anew from the minutes (see `evaluate`).
    bound
        No set that keeps the rules is better than this.
    gap
        Distance of bound and value, as a share of the value; 0 where proven.
    proven
        Whether the bound meets the value.
    first_value, first_seconds
        The answer that was there at once, and when.
    seconds
        How long it took in all.
    root
        The dual that the proof began with, for cover and average; the near-best sets are listed with it.
    """

    problem: SitingProblem
    chosen: IntArray
    value: float
    bound: float
    gap: float
    proven: bool
    first_value: float
    first_seconds: float
    seconds: float
    root: Dual | None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the chosen sites."""
        return tuple(self.problem.sites.names[site] for site in self.chosen)


def choose(
    problem: SitingProblem,
    *,
    limit_seconds: float = 60,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    seed: int = 1,
    clock: Callable[[], float] = time.monotonic,
) -> Choice:
    """Choose the best set of hubs that keeps the rules.

    Parameters
    ----------
    problem
        The question.
    limit_seconds
        The proof is given up then; the answer so far is returned with its gap.
    progress
        Told about every step.
    stop
        Asked now and then; True ends the work as the limit does.
    seed
        The random stream of the search.
    clock
        Seconds, from any beginning.

    Raises
    ------
    BadInputError
        There is no need, no site, or no set that keeps the rules: the rule is named.
    PlannerError
        Nothing was found within the limit.
    """
    began = clock()
    require_asked(problem)
    rules = rules_of(problem)
    require_possible(problem, rules)
    patience = Patience(began + limit_seconds, stop or (lambda: False), clock)
    teller = _Teller(problem, progress, clock, began)
    solver = _solver(problem, rules, patience, seed, teller.tell)
    if not solver.begin():
        raise _nothing(problem, rules, limit_seconds, patience)
    first, first_seconds = _value(problem, solver.cost), clock() - began
    root = solver.prove()
    if solver.chosen is None or not np.isfinite(solver.cost):
        raise _nothing(problem, rules, limit_seconds, patience)
    chosen = np.sort(solver.chosen)
    if problem.question == "cover" and isinstance(solver, SumChoice):
        chosen = settle_ties(problem, solver.costs, rules, chosen)
    value = evaluate(problem, chosen).value
    claimed = _value(problem, solver.cost)
    agrees = abs(value - claimed) <= SAME * max(1.0, abs(value))
    proven = solver.proven and agrees
    bound = value if proven else _value(problem, solver.bound)
    teller.done(value, bound)
    return Choice(
        problem=problem,
        chosen=chosen,
        value=value,
        bound=bound,
        gap=gap_of(value, bound),
        proven=proven,
        first_value=first,
        first_seconds=first_seconds,
        seconds=clock() - began,
        root=root,
    )


def gap_of(value: float, bound: float) -> float:
    """Give the distance of bound and value as a share of the value.

    Examples
    --------
    >>> gap_of(200.0, 201.0), gap_of(0.0, 0.0), gap_of(0.0, 5.0)
    (0.005, 0.0, 1.0)
    """
    distance = abs(value - bound)
    return 0.0 if not distance else min(1.0, distance / abs(value)) if value else 1.0


@dataclass(frozen=True)
class _Teller:
    problem: SitingProblem
    progress: Callable[[Progress], None] | None
    clock: Callable[[], float]
    began: float

    def tell(self, cost: float, bound: float) -> None:
        """Pass on a solver's costs in the question's own measure."""
        self._say("searching", _value(self.problem, cost), _value(self.problem, bound))

    def done(self, value: float, bound: float) -> None:
        self._say("done", value, bound)

    def _say(self, stage: Stage, value: float, bound: float) -> None:
        if self.progress is not None:
            self.progress(Progress(stage, value, bound, gap_of(value, bound), self.clock() - self.began))


Solver = SumChoice | LimitedChoice | WorstChoice | FewestChoice


def _solver(problem: SitingProblem, rules: Rules, patience: Patience, seed: int, tell: Tell) -> Solver:
    if problem.question == "fewest":
        return FewestChoice(problem, rules, patience, tell)
    if problem.question == "worst":
        return WorstChoice(problem, rules, patience, tell)
    if problem.limited:
        return LimitedChoice(problem, rules, patience, tell)
    return SumChoice(costs_of(problem, rules.free), rules, patience, seed, tell)


def _value(problem: SitingProblem, cost: float) -> float:
    """Turn a cost into the question's measure: what cover loses is what it does not reach."""
    return problem.clients - cost if problem.question == "cover" else cost


def _nothing(problem: SitingProblem, rules: Rules, limit_seconds: float, patience: Patience) -> PlannerError:
    """Say why there is no set at all."""
    if patience.over:
        return PlannerError(f"No set of hubs was found in {limit_seconds:g} seconds; allow more time.")
    short = patience.at_most(_SECONDS_FOR_WORDS)
    if problem.question == "fewest":
        guilty = guilty_rules(rules, lambda other: _fewest(problem, other, short) is not None)
        return BadInputError(
            f"No set of sites reaches everybody who can be reached within {problem.within_minutes:g} minutes: what "
            f"stands in the way is {guilty}. Loosen that rule, or ask what a number of hubs can cover."
        )
    longest = float(problem.minutes[np.isfinite(problem.minutes)].max(initial=0.0))
    found = _fewest(replace(problem, question="fewest", within_minutes=longest), rules, short)
    ask = "loosen a rule" if found is None else f"ask for {len(found)}"
    return BadInputError(
        f"With {rules.hubs} chosen, somebody is always left without a way to any hub, so there is no longest journey "
        f"to shorten; {ask}, or ask to cover as many as can be."
    )


def _fewest(problem: SitingProblem, rules: Rules, patience: Patience) -> IntArray | None:
    found = FewestChoice(problem, rules, patience)
    found.begin()
    found.prove()
    return found.chosen
