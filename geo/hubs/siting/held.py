"""How firmly each chosen site is chosen, given that counts this small could have come out otherwise."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.choose import Choice
from geo.hubs.siting.costs import costs_of
from geo.hubs.siting.rules import rules_of
from geo.hubs.siting.search import Search

FloatArray = npt.NDArray[np.float64]

DRAWS: Final = 50


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
        again = Search(costs.reweighted(drawn), rules).improve(choice.chosen)
        held += np.isin(choice.chosen, again)
    return held / draws
