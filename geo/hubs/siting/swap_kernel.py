"""The inner loops of the search, compiled: what each swap of two sites is worth, and the best swap until none helps.

numba compiles them when this module is first imported, which takes a few seconds, so import it where it is used.
Nothing is written to disk, and the compiled loops let go of the interpreter's lock.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_compiled: Final = njit(nogil=True)
_LEAST_GAIN: Final = 1e-9  # of the present cost; below it, a swap only chases rounding


def _nearest_two(
    starts: IntArray, sites: IntArray, costs: FloatArray, outside: FloatArray, place_in: IntArray, near: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Fill `near` with each place's cheapest chosen site (its position, or -1) and return the two lowest costs."""
    first, second = outside.copy(), outside.copy()
    for place in range(len(outside)):
        near[place] = -1
        for entry in range(starts[place], starts[place + 1]):
            if place_in[sites[entry]] < 0:
                continue
            if near[place] < 0:
                near[place], first[place] = place_in[sites[entry]], costs[entry]
            else:
                second[place] = costs[entry]
                break
    return first, second


def _allowed(  # noqa: PLR0913, PLR0917 - compiled: an object would be taken apart again in the loop
    come: int, go: int, chosen: IntArray, towns: IntArray, prices: FloatArray, points: FloatArray, limits: FloatArray
) -> bool:
    """Say whether site `come` may stand for the chosen one at position `go`; `limits` is (money left, spacing)."""
    if prices[come] - prices[chosen[go]] > limits[0]:
        return False
    for other in range(len(chosen)):
        if other == go:
            continue
        if towns[come] >= 0 and towns[come] == towns[chosen[other]]:
            return False
        if limits[1] > 0:
            east, north = points[come, 0] - points[chosen[other], 0], points[come, 1] - points[chosen[other], 1]
            if east * east + north * north < limits[1] * limits[1]:
                return False
    return True


def _worth(  # noqa: C901 - one compiled loop; a call for each entry would be told apart no better
    starts: IntArray, sites: IntArray, costs: FloatArray, outside: FloatArray, place_in: IntArray, hubs: int
) -> FloatArray:
    """Give (m, hubs) what is saved when site j comes for the chosen one at position r (Resende and Werneck 2007)."""
    near = np.empty(len(outside), dtype=np.int64)
    first, second = nearest_two(starts, sites, costs, outside, place_in, near)
    saved, gain, loss = np.zeros((len(place_in), hubs)), np.zeros(len(place_in)), np.zeros(hubs)
    for place in range(len(outside)):
        mine, low, high = near[place], first[place], second[place]
        if mine >= 0:
            loss[mine] += high - low
        for entry in range(starts[place], starts[place + 1]):
            cost = costs[entry]
            if cost >= high:
                break
            site = sites[entry]
            if cost < low:
                gain[site] += low - cost
            if mine >= 0:
                saved[site, mine] += high - max(cost, low)
    for site in range(len(place_in)):
        for go in range(hubs):
            saved[site, go] += gain[site] - loss[go]
    return saved


def _improve(  # noqa: C901, PLR0913, PLR0917 - compiled, as above; one loop over pairs
    starts: IntArray,
    sites: IntArray,
    costs: FloatArray,
    outside: FloatArray,
    chosen: IntArray,
    free: BoolArray,
    fixed: BoolArray,
    towns: IntArray,
    prices: FloatArray,
    points: FloatArray,
    limits: FloatArray,
) -> IntArray:
    """Make the best allowed swap until none saves anything; `free` may come in, `fixed` (by site) must stay."""
    chosen, limits = chosen.copy(), limits.copy()
    place_in = np.full(len(free), -1, dtype=np.int64)
    for position in range(len(chosen)):
        place_in[chosen[position]] = position
    floor = _LEAST_GAIN * outside.sum()
    while True:
        saved = worth(starts, sites, costs, outside, place_in, len(chosen))
        best, come, go = floor, -1, -1
        for site in range(len(free)):
            if not free[site] or place_in[site] >= 0:
                continue
            for position in range(len(chosen)):
                if saved[site, position] <= best or fixed[chosen[position]]:
                    continue
                if allowed(site, position, chosen, towns, prices, points, limits):
                    best, come, go = saved[site, position], site, position
        if come < 0:
            return chosen
        limits[0] -= prices[come] - prices[chosen[go]]
        place_in[chosen[go]], place_in[come], chosen[go] = -1, go, come


nearest_two: Any = _compiled(_nearest_two)
allowed: Any = _compiled(_allowed)
worth: Any = _compiled(_worth)
improve: Any = _compiled(_improve)
