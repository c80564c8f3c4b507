"""The inner loop of the scan, compiled: the largest likelihood ratio of many simulated districts at once.

numba compiles it when this module is first imported, which takes a second or two, so import it where it is used.
Nothing is written to disk. The compiled loop lets go of the interpreter's lock, so that threads can share the work.
numba's own parallel loops are left alone: on a machine where its plain threading layer is the only one, two sessions
in such a loop at once end the program.
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Scan = Callable[[FloatArray, IntArray, IntArray, BoolArray, FloatArray, FloatArray, float], FloatArray]

_compiled: Final = njit(nogil=True)


def _ratio(count: float, expected: float, total: float) -> float:
    inside = count * math.log(count / expected)
    if count >= total:
        return inside
    return inside + (total - count) * math.log((total - count) / (total - expected))


def _promising(inside: FloatArray, floors: FloatArray, base: float, step: float, most: float) -> int:
    """Count the districts in which a circle holds more than the best so far allows."""
    found = 0
    for lane in range(len(inside)):
        found += inside[lane] > min(base + step * floors[lane], most)
    return found


def _raise(  # noqa: PLR0913, PLR0917 - compiled: a tuple or an object would be taken apart again in the loop
    inside: FloatArray, best: FloatArray, floors: FloatArray, expected: float, step: float, total: float, spread: float
) -> None:
    for lane in range(len(inside)):
        if inside[lane] > min(expected + step * floors[lane], total - expected):
            ratio = ratio_of(inside[lane], expected, total) / spread
            if ratio > best[lane]:
                best[lane] = ratio
                floors[lane] = math.sqrt(2 * ratio)


def _largest(  # noqa: PLR0913, PLR0917 - compiled: a tuple or an object would be taken apart again in the loop
    counts: FloatArray,
    starts: IntArray,
    members: IntArray,
    ends: BoolArray,
    shares: FloatArray,
    spreads: FloatArray,
    total: float,
) -> FloatArray:
    lanes = counts.shape[1]
    best, floors, inside = np.zeros(lanes), np.zeros(lanes), np.empty(lanes)
    for centre in range(len(starts) - 1):
        inside[:] = 0
        for place in range(starts[centre], starts[centre + 1]):
            inside += counts[members[place]]
            if not ends[place]:
                continue
            expected = total * shares[place]
            step = math.sqrt(expected * (1 - shares[place]) * spreads[place])
            if promising(inside, floors, expected, step, total - expected):
                raise_best(inside, best, floors, expected, step, total, spreads[place])
    return best


ratio_of = _compiled(_ratio)
promising = _compiled(_promising)
raise_best = _compiled(_raise)
largest_ratios: Scan = _compiled(_largest)
