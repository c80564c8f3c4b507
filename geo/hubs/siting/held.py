"""How firmly each chosen site is chosen, given that counts this small could have come out otherwise."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.choose import Choice
from geo.hubs.siting.costs import costs_of
from geo.hubs.siting.mip import Patience
from geo.hubs.siting.rules import rules_of
from geo.hubs.siting.search import Search

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

DRAWS: Final = 50
_SAME: Final = 1e-9  # relative


def held_in_redraws(
    choice: Choice,
    *,
    seed: int,
    draws: int = DRAWS,
    shape: FloatArray | None = None,
    scale: FloatArray | None = None,
) -> FloatArray | None:
    """Find the share of redraws of the counts in which each chosen site is chosen again.

    Parameters
    ----------
    choice
        The chosen set.
    seed, draws
        The random stream, and how often the counts are drawn anew.
    shape, scale
        (n,) the need of a place is drawn from Gamma(shape) x scale; Gamma(need) by default, whose mean and variance are
        those of a Poisson count.

    Returns
    -------
    numpy.ndarray or None
        One share a chosen site; None where the answer does not hang on the counts (worst and fewest), and where hubs
        can see only so many. Each redraw is answered by the search, not by a proof.
    """
    problem = choice.problem
    if problem.question in {"worst", "fewest"} or problem.limited:
        return None
    rules = rules_of(problem)
    costs = costs_of(problem, rules.free)
    rng = np.random.default_rng(seed)
    held = np.zeros(len(choice.chosen))
    shape = problem.need if shape is None else shape
    for _ in range(draws):
        drawn = rng.standard_gamma(shape) * (1.0 if scale is None else scale)
        held += _still_chosen(Search(costs.reweighted(drawn), rules), choice.chosen)
    return held / draws


def _still_chosen(search: Search, chosen: IntArray) -> FloatArray:
    """Choose anew, once from the set and once from nothing; where both do as well, each counts half."""
    ours = search.improve(chosen)
    fresh = search.begin(Patience().at_most(1.0))
    here = np.isin(chosen, ours).astype(np.float64)
    if fresh is None:
        return here
    anew = search.improve(fresh)
    lead = search.cost(anew) - search.cost(ours)
    if abs(lead) <= _SAME * max(1.0, abs(search.cost(ours))):
        return np.asarray((here + np.isin(chosen, anew)) / 2, dtype=np.float64)
    return here if lead > 0 else np.isin(chosen, anew).astype(np.float64)
