"""The inner loops of the bound, compiled: what each site saves at given worths of the places, and who is served."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_compiled: Final = njit(nogil=True)


def _price_sites(starts: IntArray, sites: IntArray, costs: FloatArray, worths: FloatArray, reduced: FloatArray) -> None:
    """Add to `reduced` what each site saves (0 or less) where it costs less than a place is worth."""
    for place in range(len(worths)):
        worth = worths[place]
        for entry in range(starts[place], starts[place + 1]):
            if costs[entry] >= worth:
                break
            reduced[sites[entry]] += costs[entry] - worth


def _times_served(
    starts: IntArray, sites: IntArray, costs: FloatArray, worths: FloatArray, picked: BoolArray, served: FloatArray
) -> None:
    """Count for each place the picked sites that cost less than it is worth."""
    for place in range(len(worths)):
        served[place] = 0
        for entry in range(starts[place], starts[place + 1]):
            if costs[entry] >= worths[place]:
                break
            served[place] += picked[sites[entry]]


price_sites: Any = _compiled(_price_sites)
times_served: Any = _compiled(_times_served)
