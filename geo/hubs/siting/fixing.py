"""Which sites a better set can and must have, once there is a bound: reduced-cost fixing."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.bound import Dual
from geo.hubs.siting.rules import Rules

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Remaining:
    """What a set that costs no more than a limit may look like.

    Attributes
    ----------
    rules
        The rules, with sites struck out and others kept.
    highest
        (n,) a place cannot cost more than this in such a set.
    """

    rules: Rules
    highest: FloatArray


def fix(dual: Dual, rules: Rules, limit: float) -> Remaining | None:
    """Strike out and keep sites by their reduced costs.

    Parameters
    ----------
    dual
        A bound with its worths.
    rules
        The rules it was found under.
    limit
        Only sets that cost no more than this are of interest.

    Returns
    -------
    Remaining or None
        None where no such set exists.
    """
    slack = limit - dual.bound
    if slack < 0:
        return None
    keep, must = rules.free.copy(), rules.fixed.copy()
    loose, rest = dual.picked & ~rules.fixed, rules.free & ~dual.picked
    if (rules.towns >= 0).any():
        keep[rest] = [_rise(dual, rules.forcing(int(site))) <= slack for site in np.flatnonzero(rest)]
        must[loose] = [_rise(dual, rules.without(int(site))) > slack for site in np.flatnonzero(loose)]
    else:
        keep &= ~(rest & (dual.reduced - dual.reduced[loose].max(initial=-np.inf) > slack))
        must |= loose & (dual.reduced[rest].min(initial=np.inf) - dual.reduced > slack)
    return Remaining(replace(rules, free=keep, fixed=must), dual.worths + slack)


def _rise(dual: Dual, rules: Rules | None) -> float:
    """Say by how much the bound rises under stricter rules; infinite where no set keeps them."""
    if rules is None or rules.free.sum() < rules.hubs:
        return float("inf")
    picked = rules.cheapest(dual.reduced)
    if picked.sum() < rules.hubs:
        return float("inf")
    return float(dual.reduced[picked].sum() - dual.reduced[dual.picked].sum())
