"""Hubs that can see only so many clients: the choice then also says who goes where.

Clients of one place may go to different hubs, so that the split is a flow and not a whole number.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from geo.hubs.siting.costs import Costs, costs_of
from geo.hubs.siting.mip import Model
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rule_rows import rule_rows
from geo.hubs.siting.rules import Rules

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Loads:
    """Who is seen where.

    Attributes
    ----------
    cost
        Client-minutes for the average; clients that are lost, otherwise.
    clients
        (m,) clients at each site.
    """

    cost: float
    clients: FloatArray


def serve_within_limits(problem: SitingProblem, chosen: IntArray) -> Loads:
    """Send the clients to the chosen sites as well as their limits allow."""
    free = np.zeros(len(problem.sites), dtype=np.bool_)
    free[chosen] = True
    costs = costs_of(problem, free)
    entries, places = len(costs.sites), len(costs.weights)
    balance = _by_place(costs, entries)
    capacity = np.where(free, problem.sites.capacity, 0.0)
    held = np.isfinite(capacity) & (np.bincount(costs.sites, minlength=len(free)) > 0)
    by_site = _by_site(costs, entries)[np.flatnonzero(held)] if held.any() else None
    answer = linprog(  # type: ignore[call-overload]  # the stubs of scipy know no sparse rows
        np.concatenate([costs.units, costs.outside_unit]),
        A_eq=balance,
        b_eq=costs.weights,
        A_ub=None if by_site is None else sparse.hstack([by_site, sparse.csr_array((by_site.shape[0], places))]),
        b_ub=None if by_site is None else capacity[held],
        method="highs",
    )
    seen = np.bincount(costs.sites, weights=answer.x[:entries], minlength=len(free))
    return Loads(float(answer.fun), np.asarray(seen, dtype=np.float64))


def limited_model(costs: Costs, rules: Rules, capacity: FloatArray) -> Model:
    """Write the choice and the flow in one programme; its first m columns are the sites.

    Rows: the rules; each place's clients go somewhere; no site sees more than it can; and a place's clients go to
    chosen sites only (which the row before implies, but the bound is far better with it).
    """
    entries, places, count = len(costs.sites), len(costs.weights), costs.site_count
    rules_part, low, high = rule_rows(rules)
    most = np.minimum(capacity, costs.weights.sum())
    room = sparse.hstack([-sparse.diags_array(most), _by_site(costs, entries)])
    weight = costs.weights[costs.places]
    link = sparse.hstack(
        [
            sparse.csr_array((-weight, (np.arange(entries), costs.sites)), shape=(entries, count)),
            sparse.eye_array(entries),
        ]
    )
    rows = sparse.vstack(
        [
            sparse.hstack([rules_part, sparse.csr_array((len(low), entries + places))]),
            sparse.hstack([sparse.csr_array((places, count)), _by_place(costs, entries)]),
            sparse.hstack([room, sparse.csr_array((count, places))]),
            sparse.hstack([link, sparse.csr_array((entries, places))]),
        ],
        format="csr",
    )
    flows = entries + places
    return Model(
        costs=np.concatenate([np.zeros(count), costs.units, costs.outside_unit]),
        low=np.concatenate([rules.fixed.astype(np.float64), np.zeros(flows)]),
        high=np.concatenate([rules.free.astype(np.float64), weight, costs.weights]),
        whole=np.concatenate([np.ones(count, dtype=np.bool_), np.zeros(flows, dtype=np.bool_)]),
        rows=rows,
        row_low=np.concatenate([low, costs.weights, np.full(count + entries, -np.inf)]),
        row_high=np.concatenate([high, costs.weights, np.zeros(count + entries)]),
    )


def _by_place(costs: Costs, entries: int) -> "sparse.csr_array[np.float64]":
    """Sum the flows of each place, what it loses included."""
    places = len(costs.weights)
    to_sites = sparse.csr_array((np.ones(entries), (costs.places, np.arange(entries))), shape=(places, entries))
    return sparse.hstack([to_sites, sparse.eye_array(places)], format="csr")


def _by_site(costs: Costs, entries: int) -> "sparse.csr_array[np.float64]":
    return sparse.csr_array((np.ones(entries), (costs.sites, np.arange(entries))), shape=(costs.site_count, entries))
