"""Sets of stops that a fractional route visits without entering them enough."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_MISSING: Final = 0.02  # share of a visit: smaller ones are left alone
_GRAIN: Final = 1_000_000  # flows are whole numbers there


@dataclass(frozen=True)
class Cut:
    """A set that is entered at least as often as one of its stops is visited.

    Attributes
    ----------
    inside
        (m + 2,) which places are in it; never the start or the end.
    stop
        The stop.
    """

    inside: BoolArray
    stop: int


def crossing(cut: Cut, tails: IntArray, heads: IntArray) -> FloatArray:
    """Give, for each way, what it adds to entering the set less visiting the stop."""
    entered = cut.inside[heads] & ~cut.inside[tails]
    return np.asarray(entered.astype(np.float64) - (heads == cut.stop))


def violated(shares: FloatArray, over: Callable[[], bool]) -> list[Cut]:
    """Find sets entered less than one of their stops is visited, by pairs and by least cuts.

    Parameters
    ----------
    shares
        (m + 2, m + 2) how much of each way is walked; the last two places are start and end.
    over
        Asked before each least cut; True ends the search with what was found.
    """
    stops = len(shares) - 2
    visits = shares[:, :stops].sum(axis=0)
    cuts = _pairs(shares, visits)
    covered = np.zeros(stops, dtype=bool)
    for cut in cuts:
        covered |= cut.inside[:stops]
    graph = sparse.csr_array(np.rint(shares * _GRAIN).astype(np.int32))
    for stop in np.argsort(-visits, kind="stable").tolist():
        if visits[stop] < _MISSING or over():
            break
        if not covered[stop]:
            found = _least(graph, shares, visits, stop)
            if found is not None:
                cuts.append(found)
                covered |= found.inside[:stops]
    return cuts


def _pairs(shares: FloatArray, visits: FloatArray) -> list[Cut]:
    """Find pairs walked to and fro more than either is visited."""
    stops = len(visits)
    both = shares[:stops, :stops] + shares[:stops, :stops].T
    missing = np.triu(both - np.minimum(visits[:, None], visits[None, :]), 1)
    cuts = []
    for one, other in np.argwhere(missing > _MISSING).tolist():
        inside = np.zeros(stops + 2, dtype=bool)
        inside[[one, other]] = True
        cuts.append(Cut(inside, one if visits[one] >= visits[other] else other))
    return cuts


def _least(graph: "sparse.csr_array[np.int32]", shares: FloatArray, visits: FloatArray, stop: int) -> Cut | None:
    """Find the set around a stop that least comes into from the start."""
    stops = len(visits)
    flow = csgraph.maximum_flow(graph, stops, stop)
    if flow.flow_value >= (visits[stop] - _MISSING) * _GRAIN:
        return None
    residual = sparse.csr_array(graph - flow.flow)
    residual.data[residual.data < 0] = 0
    residual.eliminate_zeros()
    reached = csgraph.breadth_first_order(residual, stops, return_predecessors=False)
    inside = np.ones(stops + 2, dtype=bool)
    inside[reached] = False
    inside[stops:] = False
    best = int(np.flatnonzero(inside)[np.argmax(visits[inside[:stops]])])
    entered = shares[np.ix_(~inside, inside)].sum()
    return Cut(inside, best) if entered < visits[best] - _MISSING else None
