"""Say how far luck alone could have moved a count from what was expected, and how small a change would have shown.

A hub that makes clients r times as many multiplies every mean of the law by r. The interval of r holds each value that
neither tail speaks against, as Garwood (1936) and Clopper and Pearson (1934) do for the Poisson and the binomial:

    low:  P_r(Y >= y) = (1 - level) / 2        high:  P_r(Y <= y) = (1 - level) / 2

No half of the chance of the count itself is left out (no mid-p), so that the interval errs on the wide side.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.optimize import brentq

from geo.hubs.monitor.law import CountLaw

_FURTHEST: Final = 1e6  # times as many; an upper limit beyond it is none
_CLOSE: Final = 1e-9  # of the logarithm of a ratio


def ratio_interval(law: CountLaw, count: int, *, level: float) -> tuple[float, float]:
    """Give the exact, conservative interval of what a hub multiplied the clients by.

    Parameters
    ----------
    law
        Of the clients without a hub.
    count
        Who came.
    level
        Coverage, at least; 0 to 1.

    Examples
    --------
    >>> poisson = CountLaw(np.ones(1), np.array([[4.0]]), np.array([[1e9]]))
    >>> [round(limit, 2) for limit in ratio_interval(poisson, 10, level=0.95)]  # Garwood's 4.80 and 18.39, over 4
    [1.2, 4.6]
    """
    tail = (1 - level) / 2
    low = _solve(lambda ratio: chance_of_at_least(law, count, ratio) - tail) if count else 0.0
    return low, _solve(lambda ratio: tail - chance_of_at_most(law, count, ratio))


def two_sided_p(law: CountLaw, count: int) -> float:
    """Give the chance of a count as far from the expected one without a hub: twice the smaller tail, at most 1."""
    return min(1.0, 2 * smaller_tail(law, count))


def usual_range(law: CountLaw, *, level: float) -> tuple[int, int]:
    """Give the fewest and the most clients that luck explains without a hub.

    Examples
    --------
    >>> usual_range(CountLaw(np.ones(1), np.array([[4.0]]), np.array([[1e9]])), level=0.95)  # Poisson with mean 4
    (1, 8)
    """
    tail = (1 - level) / 2
    below = _all_chances(law, tail)
    # Unusual from above: P(Y >= c) <= tail, that is P(Y <= c - 1) >= 1 - tail.
    return int((below <= tail).sum()), int((below < 1 - tail).sum())


def smallest_changes(law: CountLaw, *, level: float, power: float) -> tuple[float, float]:
    """Find the smallest rise and the smallest fall that would have been told from luck.

    Parameters
    ----------
    law
        Of the clients without a hub.
    level
        At which a count is told from luck.
    power
        With what chance it is to be told.

    Returns
    -------
    tuple of float
        Ratios above and below 1. NaN where no fall, not even to nothing, would have been told.

    Examples
    --------
    >>> poisson = CountLaw(np.ones(1), np.array([[100.0]]), np.array([[1e9]]))
    >>> [round(change, 2) for change in smallest_changes(poisson, level=0.95, power=0.8)]
    [1.3, 0.73]
    """
    fewest, most = usual_range(law, level=level)
    rise = _solve(lambda ratio: chance_of_at_least(law, most + 1, ratio) - power)
    fall = _solve(lambda ratio: power - chance_of_at_most(law, fewest - 1, ratio)) if fewest else float("nan")
    return rise, fall


def smaller_tail(law: CountLaw, count: int, ratio: float = 1.0) -> float:
    """Give the smaller tail of a count, itself included, if a hub makes clients `ratio` times as many."""
    below = law.up_to(count, ratio)
    at_least = 1 - float(below[count - 1]) if count else 1.0
    return min(float(below[count]), at_least)


def chance_of_at_most(law: CountLaw, count: int, ratio: float = 1.0) -> float:
    """Give the lower tail of a count, itself included, if a hub makes clients `ratio` times as many."""
    return float(law.up_to(count, ratio)[-1])


def chance_of_at_least(law: CountLaw, count: int, ratio: float = 1.0) -> float:
    """Give the upper tail of a count, itself included."""
    return 1 - float(law.up_to(count - 1, ratio)[-1]) if count else 1.0


def _all_chances(law: CountLaw, tail: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Give the chance of each count or fewer, up to where more is as good as impossible."""
    most = 16 + 2 * int(law.mean)
    below = law.up_to(most)
    while below[-1] < 1 - tail:
        most *= 2
        below = law.up_to(most)
    return below


def _solve(rising: Callable[[float], float]) -> float:
    """Find the ratio at which a function that rises with it is nought; infinite where it never is."""
    low, high = 1.0, 1.0
    while rising(high) < 0:
        if high > _FURTHEST:
            return float("inf")
        low, high = high, 2 * high
    while rising(low) > 0:
        if low < 1 / _FURTHEST:
            return 0.0
        low, high = low / 2, low
    if low == high:
        return low
    return float(np.exp(brentq(lambda log: rising(float(np.exp(log))), np.log(low), np.log(high), xtol=_CLOSE)))
