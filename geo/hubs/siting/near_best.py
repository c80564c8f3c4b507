"""Other sets that are nearly as good: a panel wants a choice, not one answer.

For cover and average the list is exact where it can be: a set whose reduced costs at the root add up to more than the
limit costs more than the limit, so that few sets need to be looked at. For the other questions, and where hubs can see
only so many, HiGHS is asked again and again for a set that is not on the list.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.choose import Choice
from geo.hubs.siting.costs import Costs, costs_of
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.mip import Patience
from geo.hubs.siting.near_sets import sets_within
from geo.hubs.siting.no_good import others_by_programme
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import Rules, rules_of
from geo.hubs.siting.swaps import best_swaps

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Complete = Literal["all", "best", "some"]

_ROUNDING: Final = 1e-9
_CELLS_AT_A_TIME: Final = 20_000_000


@dataclass(frozen=True)
class NearBest:
    """Sets that keep the rules and are within `within` of the best.

    Attributes
    ----------
    sets, values
        Positions of the sites and the question's measure, best first; the best set itself is not among them.
    within
        As a share of the best value.
    complete
        "all": there are no others. "best": there may be others, none better than these. "some": found by trying; there
        may be others, and better ones.
    """

    sets: tuple[IntArray, ...]
    values: tuple[float, ...]
    within: float
    complete: Complete


def near_best(choice: Choice, *, within: float = 0.02, most: int = 5, patience: Patience | None = None) -> NearBest:
    """List other sets that are nearly as good as the chosen one.

    Parameters
    ----------
    choice
        The chosen set.
    within
        How much worse another set may be, as a share of the value.
    most
        How many to list at most.
    patience
        When to stop looking.
    """
    problem, rules = choice.problem, rules_of(choice.problem, hubs=len(choice.chosen))
    patience = patience or Patience().at_most(10)
    if choice.root is None:
        found, ended = others_by_programme(choice, rules, within=within, most=most, patience=patience)
        sized = choice.proven or problem.question != "fewest"  # else a smaller set, not looked for here, may exist
        complete: Complete = "all" if ended and sized else "some"
    else:
        found, complete = _by_reduced_costs(choice, rules, within=within, most=most)
    values = [(evaluate(problem, chosen).value, chosen) for chosen in found]
    limit = _limit(choice, within)
    kept = [(value, chosen) for value, chosen in values if _no_worse(problem, value, limit)]
    sign = -1 if problem.question == "cover" else 1
    kept.sort(key=lambda pair: (sign * pair[0], pair[1].tolist()))
    return NearBest(
        sets=tuple(chosen for _, chosen in kept),
        values=tuple(value for value, _ in kept),
        within=within,
        complete=complete,
    )


def _limit(choice: Choice, within: float) -> float:
    """Give the worst value that is still near."""
    share = -within if choice.problem.question == "cover" else within
    return choice.value * (1 + share)


def _no_worse(problem: SitingProblem, value: float, limit: float) -> bool:
    slack = _ROUNDING * max(1.0, abs(limit))
    return value >= limit - slack if problem.question == "cover" else value <= limit + slack


def _by_reduced_costs(choice: Choice, rules: Rules, *, within: float, most: int) -> tuple[list[IntArray], Complete]:
    problem = choice.problem
    costs = costs_of(problem, rules.free)
    worst = _limit(choice, within)
    highest = problem.clients - worst if problem.question == "cover" else worst
    highest += _ROUNDING * max(1.0, abs(highest))
    pool = best_swaps(costs, rules, choice.chosen, highest=highest, most=most)
    limit = pool[-1][0] if len(pool) == most else highest
    dual = choice.root
    listed = None if dual is None else sets_within(dual, rules, limit, work=len(problem.need))
    if listed is None:
        return [chosen for _, chosen in pool], "some"
    scored = _score(costs, listed, limit)
    others = [(cost, chosen) for cost, chosen in scored if not np.array_equal(chosen, choice.chosen)]
    whole = len(pool) < most and len(others) <= most
    return [chosen for _, chosen in others[:most]], "all" if whole else "best"


def _score(costs: Costs, listed: IntArray, limit: float) -> list[tuple[float, IntArray]]:
    """Work out what each listed set costs; keep those within the limit, cheapest first."""
    sites, number = np.unique(listed, return_inverse=True)
    dense = np.repeat(costs.outside[None, :], len(sites), axis=0)
    row = np.full(costs.site_count, -1)
    row[sites] = np.arange(len(sites))
    mine = row[costs.sites] >= 0
    dense[row[costs.sites[mine]], costs.places[mine]] = costs.entries[mine]
    rows = number.reshape(listed.shape)
    step = max(1, _CELLS_AT_A_TIME // max(1, rows[0].size * len(costs.weights)))
    parts = [dense[rows[begin : begin + step]].min(axis=1).sum(axis=1) for begin in range(0, len(rows), step)]
    total = np.concatenate(parts) if parts else np.zeros(0)
    order = np.argsort(total, kind="stable")
    slack = _ROUNDING * max(1.0, abs(limit))
    return [(float(total[place]), np.sort(listed[place])) for place in order if total[place] <= limit + slack]
