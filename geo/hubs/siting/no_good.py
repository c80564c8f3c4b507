"""Other sets by programme: ask HiGHS for a set that is near the best and not yet on the list, until there is none."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from geo.hubs.siting.choose import Choice
from geo.hubs.siting.costs import costs_of
from geo.hubs.siting.cover_all import cover_model, must_reach
from geo.hubs.siting.limited import limited_model
from geo.hubs.siting.mip import Model, Patience, minimise
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import Rules
from geo.hubs.siting.search import chosen_in

IntArray = npt.NDArray[np.int64]


def others_by_programme(
    choice: Choice, rules: Rules, *, within: float, most: int, patience: Patience
) -> tuple[list[IntArray], bool]:
    """List sets within so much of the best; also say whether the list is complete.

    Parameters
    ----------
    choice
        The best set.
    rules
        Its rules, with as many hubs as it has.
    within
        How much worse another set may be, as a share.
    most
        How many to list at most.
    patience
        When to stop.
    """
    model = _near(choice, rules, within)
    found: list[IntArray] = []
    known = [choice.chosen]
    while len(found) < most:
        answer = minimise(_without(model, known), patience)
        if answer.ending == "impossible":
            return found, True
        if answer.values is None:
            return found, False
        found.append(chosen_in(answer.values, len(rules.free)))
        known.append(found[-1])
    return found, False


def _near(choice: Choice, rules: Rules, within: float) -> Model:
    """Write "no worse than so much" in rows."""
    problem = choice.problem
    if problem.question == "worst":
        there = _reachable(problem, rules)
        return cover_model(must_reach(there, rules, choice.value * (1 + within) + 1e-9), rules, least_hubs=None)
    if problem.question == "fewest":
        return cover_model(must_reach(problem, rules, problem.within_minutes), rules, least_hubs=None)
    model = limited_model(costs_of(problem, rules.free), rules, problem.sites.capacity)
    cover = problem.question == "cover"
    highest = problem.clients - choice.value * (1 - within) if cover else choice.value * (1 + within)
    return replace(
        model,
        rows=sparse.vstack([model.rows, sparse.csr_array(model.costs[None, :])], format="csr"),
        row_low=np.append(model.row_low, -np.inf),
        row_high=np.append(model.row_high, highest + 1e-7),
    )


def _reachable(problem: SitingProblem, rules: Rules) -> SitingProblem:
    best = np.minimum(problem.minutes[:, rules.free].min(axis=1, initial=np.inf), problem.standing_minutes)
    return replace(problem, need=np.where(np.isfinite(best), problem.need, 0.0))


def _without(model: Model, known: list[IntArray]) -> Model:
    """Shut out the sets that are known: of each, one site at least is missing."""
    columns = model.rows.shape[1]
    rows = np.zeros((len(known), columns))
    for row, chosen in zip(rows, known, strict=True):
        row[chosen] = 1.0
    return replace(
        model,
        rows=sparse.vstack([model.rows, sparse.csr_array(rows)], format="csr"),
        row_low=np.append(model.row_low, np.full(len(known), -np.inf)),
        row_high=np.append(model.row_high, [len(chosen) - 1.0 for chosen in known]),
    )
