"""Sets that differ from a chosen one by one site: the nearest alternatives, and ties."""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.costs import Costs
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import Rules
from geo.hubs.siting.search import Search

IntArray = npt.NDArray[np.int64]

_ROUNDING: Final = 1e-9
_TIES_TRIED: Final = 200
_ROUNDS: Final = 10


def best_swaps(
    costs: Costs, rules: Rules, chosen: IntArray, *, highest: float, most: int
) -> list[tuple[float, IntArray]]:
    """Try every set that differs by one site and keeps the rules.

    Parameters
    ----------
    costs, rules
        The question.
    chosen
        The set to begin with.
    highest, most
        Sets that cost more are left out, and of the others all but so many.

    Returns
    -------
    list of (cost, set)
        Cheapest first.
    """
    from geo.hubs.siting.swap_kernel import worth  # noqa: PLC0415 - compiles when imported

    place_in = np.full(costs.site_count, -1, dtype=np.int64)
    place_in[chosen] = np.arange(len(chosen))
    saved = worth(costs.starts, costs.sites, costs.entries, costs.outside, place_in, len(chosen))
    cost = Search(costs, rules).cost(chosen) - saved
    cost[~rules.free] = np.inf
    cost[chosen] = np.inf
    cost[:, rules.fixed[chosen]] = np.inf
    found: list[tuple[float, IntArray]] = []
    for flat in np.argsort(cost, axis=None, kind="stable"):
        come, go = divmod(int(flat), len(chosen))
        if cost[come, go] > highest or len(found) == most:
            break
        other = np.sort(np.append(np.delete(chosen, go), come)).astype(np.int64)
        if rules.kept_by(other):
            found.append((float(cost[come, go]), other))
    return found


def settle_ties(problem: SitingProblem, costs: Costs, rules: Rules, chosen: IntArray) -> IntArray:
    """Among sets that cover as many, take the one with the shortest journeys, as far as single swaps lead.

    Where many sites reach the same clients, the choice between them is otherwise chance.
    """
    cost = Search(costs, rules).cost(chosen)
    as_average = replace(problem, question="average")
    for _ in range(_ROUNDS):
        highest = cost + _ROUNDING * max(1.0, cost)
        ties = [other for _, other in best_swaps(costs, rules, chosen, highest=highest, most=_TIES_TRIED)]
        journeys = [evaluate(as_average, other).value for other in [chosen, *ties]]
        best = int(np.argmin(journeys))
        if best == 0:
            break
        chosen = ties[best - 1]
    return chosen
