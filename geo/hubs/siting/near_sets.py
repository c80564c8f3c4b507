"""Every set of sites whose reduced costs add up to no more than a limit: no other set can cost less than the limit."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.bound import Dual
from geo.hubs.siting.rules import Rules

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_MOST_WORK: Final = 400_000_000  # sets x hubs x places: about two seconds
_MOST_SETS: Final = 400_000


def sets_within(dual: Dual, rules: Rules, limit: float, *, work: int) -> IntArray | None:
    """List the sets that the dual does not rule out.

    Parameters
    ----------
    dual
        A bound: a set costs at least its worths' sum and the reduced costs of its sites.
    rules
        The rules.
    limit
        Sets that must cost more are left out.
    work
        How much work each set will be; where there are too many, none is listed.

    Returns
    -------
    numpy.ndarray or None
        (k, hubs) positions of the sites; None where there would be too many.
    """
    constant = dual.bound - float(dual.reduced[dual.picked].sum())
    room = limit - constant + 1e-9 * max(1.0, abs(limit))
    fixed = np.flatnonzero(rules.fixed)
    loose = np.flatnonzero(rules.free & ~rules.fixed & ~rules.apart[fixed].any(axis=0))
    loose = loose[np.argsort(dual.reduced[loose], kind="stable")]
    reduced = dual.reduced[loose]
    sets = np.repeat(fixed[None, :], 1, axis=0)
    spent = np.array([float(dual.reduced[fixed].sum())])
    last = np.array([-1])
    most = min(_MOST_SETS, _MOST_WORK // max(1, work * rules.hubs))
    for still in range(rules.hubs - len(fixed), 0, -1):
        ends = _ends(reduced, still, room - spent)
        counts = np.maximum(ends - last - 1, 0)
        if counts.sum() > most:
            return None
        owner = np.repeat(np.arange(len(sets)), counts)
        position = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + last[owner] + 1
        site = loose[position]
        keep = ~rules.apart[sets[owner], site[:, None]].any(axis=1)
        keep &= rules.prices[sets[owner]].sum(axis=1) + rules.prices[site] <= rules.budget * (1 + 1e-12)
        owner, position, site = owner[keep], position[keep], site[keep]
        sets = np.column_stack([sets[owner], site])
        spent, last = spent[owner] + reduced[position], position
    return sets.astype(np.int64)


def _ends(reduced: FloatArray, still: int, room: FloatArray) -> IntArray:
    """Say up to which position (exclusive) the next site may stand, so that the cheapest rest still fits."""
    if len(reduced) < still:
        return np.zeros(len(room), dtype=np.int64)
    running = np.concatenate([[0.0], np.cumsum(reduced)])
    windows = running[still:] - running[:-still]  # the sum of `still` sites from each position on, which only grows
    windows = np.maximum.accumulate(windows)
    return np.searchsorted(windows, room, side="right")
