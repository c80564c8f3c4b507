"""Fewest: as few hubs as reach everybody who can be reached, as a set-covering programme."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from geo.hubs.siting.mip import Answer, Model, News, Patience, minimise
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rule_rows import rule_rows
from geo.hubs.siting.rules import Rules

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_MOST_ROWS_COMPARED = 4_000  # above it, comparing every two rows costs more than it saves


@dataclass(frozen=True)
class MustReach:
    """Who has to be reached by whom.

    Attributes
    ----------
    rows
        (r, m) each distinct set of sites of which one must be chosen; sets that hold another set are left out.
    hopeless
        (n,) places with clients that no allowed site and nothing standing reaches.
    """

    rows: BoolArray
    hopeless: BoolArray


def must_reach(problem: SitingProblem, rules: Rules, minutes: float) -> MustReach:
    """Find the places that need a hub within so many minutes, and merge those alike."""
    waiting = (problem.need > 0) & (problem.standing_minutes > minutes)
    within = (problem.minutes[waiting] <= minutes) & rules.free[None, :]
    some = within.any(axis=1)
    hopeless = waiting.copy()
    hopeless[waiting] = ~some
    rows = np.unique(within[some], axis=0)
    if len(rows) <= _MOST_ROWS_COMPARED:
        rows = _smallest(rows)
    return MustReach(rows, hopeless)


def _smallest(rows: BoolArray) -> BoolArray:
    """Leave out every set that holds another: reaching the smaller one reaches it too."""
    sparse_rows = sparse.csr_array(rows.astype(np.float64))
    shared = (sparse_rows @ sparse_rows.T).tocoo()
    sizes = rows.sum(axis=1)
    small, large = shared.coords
    holds = (shared.data == sizes[small]) & (small != large)
    return rows[~np.isin(np.arange(len(rows)), large[holds])]


def cover_model(must: MustReach, rules: Rules, *, least_hubs: float | None) -> Model:
    """Write "one of these at least", for every set, and the rules; the fewest hubs where `least_hubs` is given."""
    count = len(rules.free)
    rule_part, low, high = rule_rows(rules, least_hubs=least_hubs)
    rows = sparse.vstack([rule_part, sparse.csr_array(must.rows.astype(np.float64))], format="csr")
    return Model(
        costs=np.zeros(count) if least_hubs is None else np.ones(count),
        low=rules.fixed.astype(np.float64),
        high=rules.free.astype(np.float64),
        whole=np.ones(count, dtype=np.bool_),
        rows=rows,
        row_low=np.concatenate([low, np.ones(len(must.rows))]),
        row_high=np.concatenate([high, np.full(len(must.rows), np.inf)]),
    )


def fewest(must: MustReach, rules: Rules, patience: Patience, news: News | None = None) -> Answer:
    """Find as few sites as reach everybody, within the rules but for their number."""
    any_number = replace(rules, hubs=int(rules.free.sum()))
    return minimise(cover_model(must, any_number, least_hubs=0.0), patience, news=news)


def take_fewest(must: MustReach, rules: Rules) -> IntArray | None:
    """Reach everybody greedily, at once; None where the rules end it early."""
    chosen = np.flatnonzero(rules.fixed)
    waiting = ~must.rows[:, chosen].any(axis=1)
    while waiting.any():
        left = rules.budget - rules.prices[chosen].sum()
        may = rules.free & ~rules.apart[chosen].any(axis=0) & (rules.prices <= left)
        gains = np.where(may, must.rows[waiting].sum(axis=0), 0)
        if not gains.any():
            return None
        chosen = np.append(chosen, int(np.argmax(gains)))
        waiting &= ~must.rows[:, chosen[-1]]
    return np.sort(chosen).astype(np.int64)
