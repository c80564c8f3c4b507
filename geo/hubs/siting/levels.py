"""What is left to decide once the bound has spoken, as a small whole-number programme.

For each place only the costs that a better set can still leave it count. They are written by levels: z = 1 where no
chosen site costs a place so little (Cornuejols, Nemhauser and Wolsey 1980; Elloumi 2010, Journal of
Combinatorial Optimization 19). Levels of different places that the same sites reach share one z.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from geo.hubs.siting.costs import Costs
from geo.hubs.siting.fixing import Remaining
from geo.hubs.siting.mip import Model
from geo.hubs.siting.rule_rows import rule_rows

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_SEED_OF_SIGNATURES: Final = 20_250_501


def residual_model(costs: Costs, remaining: Remaining) -> Model | None:
    """Write what is left by levels of cost.

    Returns
    -------
    Model or None
        Its first m columns are the sites; None where some place has nothing left that a better set could give it.
    """
    levels = _levels(costs, remaining)
    if levels is None:
        return None
    rules, count = remaining.rules, costs.site_count
    sites_rows, low, high = rule_rows(rules)
    extra = len(levels.weights)
    rows = sparse.vstack(
        [
            sparse.hstack([sites_rows, sparse.csr_array((sites_rows.shape[0], extra))]),
            sparse.hstack([levels.reach, levels.chain]),
        ],
        format="csr",
    )
    return Model(
        costs=np.concatenate([np.zeros(count), levels.weights]),
        low=np.concatenate([rules.fixed.astype(np.float64), np.zeros(extra)]),
        high=np.concatenate([rules.free.astype(np.float64), levels.open.astype(np.float64)]),
        whole=np.concatenate([np.ones(count, dtype=np.bool_), np.zeros(extra, dtype=np.bool_)]),
        rows=rows,
        row_low=np.concatenate([low, levels.least]),
        row_high=np.concatenate([high, np.full(extra, np.inf)]),
        constant=levels.constant,
    )


@dataclass(frozen=True)
class _Levels:
    """Distinct levels: each is a set of sites, given as what it adds to the level below it."""

    weights: FloatArray
    open: BoolArray  # may the level be missed?
    reach: "sparse.csr_array[np.float64]"
    chain: "sparse.csr_array[np.float64]"
    least: FloatArray
    constant: float


def _levels(costs: Costs, remaining: Remaining) -> _Levels | None:
    """Find the levels of every place, and let those that the same sites reach share one."""
    rules, places = remaining.rules, costs.places
    nearest_fixed = costs.outside.copy()
    mine = rules.fixed[costs.sites]
    np.minimum.at(nearest_fixed, places[mine], costs.entries[mine])
    ceiling = np.minimum(nearest_fixed, remaining.highest)
    hard = nearest_fixed > remaining.highest  # something at or below the ceiling must be chosen
    kept = rules.free[costs.sites] & (costs.entries < nearest_fixed[places]) & (costs.entries <= ceiling[places])
    place, site, cost = places[kept], costs.sites[kept], costs.entries[kept]
    served = np.zeros(len(costs.weights), dtype=np.bool_)
    served[place] = True
    if (hard & ~served).any():
        return None
    constant = float(nearest_fixed[~served].sum())
    if not served.any():
        none = np.zeros(0)
        empty = sparse.csr_array((0, costs.site_count))
        return _Levels(none, none.astype(np.bool_), empty, sparse.csr_array((0, 0)), none, constant)
    return _merge(place, site, cost, nearest_fixed, hard, constant=constant, site_count=costs.site_count)


def _merge(  # noqa: PLR0913 - the five columns of one table
    place: IntArray,
    site: IntArray,
    cost: FloatArray,
    fallback: FloatArray,
    hard: BoolArray,
    *,
    constant: float,
    site_count: int,
) -> _Levels:
    new_place = np.ones(len(place), dtype=np.bool_)
    new_place[1:] = place[1:] != place[:-1]
    new_level = new_place.copy()
    new_level[1:] |= cost[1:] != cost[:-1]
    first = np.flatnonzero(new_level)
    level_place, level_cost = place[first], cost[first]
    is_last = np.append(new_place[first][1:], True)
    after = np.where(is_last, fallback[level_place], np.append(level_cost[1:], 0.0))
    must = is_last & hard[level_place]
    constant += float(level_cost[new_place[first]].sum())
    own, below = _signatures(site, new_place, first, site_count)
    names, shown, number = np.unique(own, return_index=True, return_inverse=True)
    missed = np.where(must, 0.0, after - level_cost)
    weights = np.bincount(number, weights=missed, minlength=len(names)).astype(np.float64)
    closed = np.bincount(number, weights=must, minlength=len(names)) > 0
    reach, chain, least = _rows(shown, below, names, site, first, site_count)
    return _Levels(weights, ~closed, reach, chain, least, constant)


def _signatures(site: IntArray, new_place: BoolArray, first: IntArray, site_count: int) -> tuple[IntArray, IntArray]:
    """Give each level's set of sites a number, and that of the level below it (0 where it is a place's first).

    The sum of random 64-bit numbers, one a site, tells sets apart but for a chance of about one in 10 to the 10 among
    100,000 levels.
    """
    rng = np.random.default_rng(_SEED_OF_SIGNATURES)
    marks = rng.integers(1, 2**63 - 1, size=site_count, dtype=np.int64)
    running = np.cumsum(marks[site])  # wraps around, which does no harm
    ends = np.append(first[1:], len(site)) - 1
    starts_of_place = np.flatnonzero(new_place)
    before = np.where(starts_of_place > 0, running[starts_of_place - 1], 0)
    owner = np.searchsorted(starts_of_place, first, side="right") - 1
    own = running[ends] - before[owner]
    below = np.where(np.isin(first, starts_of_place), 0, np.append(0, own[:-1]))
    return own, below


def _rows(
    shown: IntArray, below: IntArray, names: IntArray, site: IntArray, first: IntArray, site_count: int
) -> tuple["sparse.csr_array[np.float64]", "sparse.csr_array[np.float64]", FloatArray]:
    """Write z(level) + sites of the level >= z(level below), or >= 1 where there is none below."""
    count = len(names)
    ends = np.append(first[1:], len(site))
    lengths = (ends - first)[shown]
    row = np.repeat(np.arange(count), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    column = site[np.repeat(first[shown], lengths) + within]
    reach = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(count, site_count))
    has_below = below[shown] != 0
    lower = np.searchsorted(names, below[shown][has_below])
    rows = np.concatenate([np.arange(count), np.flatnonzero(has_below)])
    columns = np.concatenate([np.arange(count), lower])
    values = np.concatenate([np.ones(count), -np.ones(len(lower))])
    chain = sparse.csr_array((values, (rows, columns)), shape=(count, count))
    return reach, chain, np.where(has_below, 0.0, 1.0)
