"""Compare two shares exactly, without leaning on a bell curve that small counts do not have.

Two shares x/m and y/n are compared by z, their difference over its pooled standard error (Suissa and Shuster 1985). A
difference D of the true shares is left out of the interval from below if

    sup over q in C of P(z of two samples >= the z that was seen | shares q + D and q) + 0.001 <= (1 - level) / 2

where C is the 99.9 % Clopper-Pearson interval (1934) of the second share, and from above likewise with the samples
swapped. Looking for the worst q in C only, and adding the chance that C is wrong, keeps the test exact (Berger and Boos
1994); without C, shares that nobody believes would decide where one sample is much the larger. No total is held fixed
(the exact *unconditional* test) and the whole chance of what was seen counts, so the interval holds the truth at least
as often as it says, and agrees with the test: it leaves out 0 exactly if the test finds a difference. z rises with x
and falls with y, so each x has one largest y that counts, and P is one sum of binomial chances. A share q + D below 0
is impossible, and one above 1 stands for 1 (a smaller difference, which is not to be left out either), so that the
chance rises with D everywhere, and each limit is one number.

Where a table would be too large, each share has its own Clopper-Pearson interval at the square root of the level: both
hold at once with that level, so their difference does; this is exact too, and wider.

Sources: Suissa, S. and Shuster, J. J. (1985), "Exact unconditional sample sizes for the 2 x 2 binomial trial", JRSS A
148: 317-327. Berger, R. L. and Boos, D. D. (1994), "P values maximized over a confidence set for the nuisance
parameter", JASA 89: 1012-1016. Clopper, C. J. and Pearson, E. S. (1934), Biometrika 26: 404-413.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import bdtr, gammaln, xlog1py, xlogy

from geo.evidence.shares import share_interval

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MOST_TABLES: Final = 2_000_000  # (m + 1) (n + 1); beyond it, the simpler interval
_SHARES_TRIED: Final = 201
_TRIED_AGAIN: Final = 21  # around the worst
_DOUBT: Final = 0.001  # chance that the second share is not where it is believed to be
_TIE: Final = 1e-9
_CLOSE: Final = 1e-7


@dataclass(frozen=True)
class TwoSamples:
    """Compare the shares of two samples of given sizes.

    Attributes
    ----------
    first, second
        How many each sample holds, at least 1.
    """

    first: int
    second: int

    @property
    def small_enough(self) -> bool:
        """Whether the exact unconditional method is within reach."""
        return (self.first + 1) * (self.second + 1) <= MOST_TABLES

    @cached_property
    def z(self) -> FloatArray:
        """The statistic of every pair of counts, shape (first + 1, second + 1)."""
        x, y = np.arange(self.first + 1)[:, None], np.arange(self.second + 1)
        pooled = (x + y) / (self.first + self.second)
        error = np.sqrt(pooled * (1 - pooled) * (1 / self.first + 1 / self.second))
        gap = x / self.first - y / self.second
        return np.asarray(np.divide(gap, error, out=np.zeros_like(gap), where=error > 0))

    def reaching(self, z: float) -> IntArray:
        """Count, for each x, the y (0, 1, ...) whose statistic is at least `z`."""
        return np.asarray((self.z >= z - _TIE).sum(axis=1), dtype=np.int64)

    def chance(self, reaching: IntArray, p: FloatArray, q: FloatArray) -> FloatArray:
        """Give the chance of those pairs where the true shares are `p` and `q`, one value a pair of shares."""
        x = np.arange(self.first + 1)
        ways = gammaln(self.first + 1) - gammaln(x + 1) - gammaln(self.first - x + 1)
        of_x = np.exp(ways + xlogy(x, p[:, None]) + xlog1py(self.first - x, -p[:, None]))
        of_y = np.where(reaching > 0, bdtr(np.maximum(reaching - 1, 0), self.second, q[:, None]), 0.0)
        return np.asarray((of_x * of_y).sum(axis=1))

    def worst_chance(self, reaching: IntArray, difference: float, believed: tuple[float, float]) -> float:
        """Give the largest chance of those pairs over second shares that are believed, plus that of all others."""
        low, high = max(believed[0], -difference), believed[1]
        if low > high:  # the first share would have to be below 0
            return _DOUBT
        # Even steps of the arcsine: close together near 0 and 1, where a chance changes fast.
        tried = low + (high - low) * np.sin(np.linspace(0, np.pi / 2, _SHARES_TRIED)) ** 2
        chances = self._chances_at(reaching, tried, difference)
        worst = int(chances.argmax())
        ends = tried[max(worst - 1, 0)], tried[min(worst + 1, len(tried) - 1)]
        again = self._chances_at(reaching, np.linspace(*ends, _TRIED_AGAIN), difference)
        return min(1.0, float(max(chances.max(), again.max())) + _DOUBT)

    def _chances_at(self, reaching: IntArray, q: FloatArray, difference: float) -> FloatArray:
        return self.chance(reaching, np.clip(q + difference, 0.0, 1.0), q)

    def believed(self, count: int) -> tuple[float, float]:
        """Give the range in which the second share is believed to be."""
        low, high = share_interval(count, self.second, level=1 - _DOUBT)
        return float(low), float(high)

    def swapped(self) -> "TwoSamples":
        """Take the second sample first."""
        return TwoSamples(self.second, self.first)


def difference_interval(parts: tuple[int, int], samples: TwoSamples, *, level: float) -> tuple[float, float]:
    """Give the exact, conservative interval of the first share less the second.

    Parameters
    ----------
    parts
        How many of each sample.
    samples
        How many each sample holds.
    level
        Coverage, at least; 0 to 1.

    Examples
    --------
    >>> [round(limit, 3) for limit in difference_interval((7, 1), TwoSamples(10, 10), level=0.95)]
    [0.157, 0.884]
    """
    if not samples.small_enough:
        low, high = share_interval(parts, (samples.first, samples.second), level=level**0.5)
        return float(low[0] - high[1]), float(high[0] - low[1])
    lower = _lower_limit(parts, samples, level)
    return lower, -_lower_limit((parts[1], parts[0]), samples.swapped(), level)


def difference_p(parts: tuple[int, int], samples: TwoSamples) -> float:
    """Give the two-sided p of two shares that are the same: twice the smaller exact unconditional tail."""
    return min(1.0, 2 * min(_tail(parts, samples), _tail((parts[1], parts[0]), samples.swapped())))


def smallest_rise(samples: TwoSamples, share: float, *, level: float, power: float) -> float:
    """Find by how much the first share would have had to exceed the second to be told from it.

    Parameters
    ----------
    samples
        How many each sample holds.
    share
        The second share, taken as known: the largest chance is looked for near it.
    level, power
        At which level a difference is told, and with what chance it is to be.

    Returns
    -------
    float
        A difference of shares; NaN where none would have been told.

    Examples
    --------
    >>> round(smallest_rise(TwoSamples(50, 200), 0.4, level=0.95, power=0.8), 2)
    0.22
    """
    believed = samples.believed(round(share * samples.second))
    critical = samples.reaching(_critical_z(samples, believed, (1 - level) / 2))

    def short(first: float) -> float:
        return float(samples.chance(critical, np.array([first]), np.array([share]))[0]) - power

    if short(1.0) < 0:
        return float("nan")
    return float(brentq(short, share, 1.0, xtol=_CLOSE)) - share if short(share) < 0 else 0.0


def _critical_z(samples: TwoSamples, believed: tuple[float, float], tail: float) -> float:
    """Find the smallest statistic that is told; infinite where none is."""
    values = np.unique(samples.z[samples.z > 0])
    low, high = -1, len(values)  # values[high] is told, values[low] is not
    while high - low > 1:
        middle = (low + high) // 2
        told = samples.worst_chance(samples.reaching(float(values[middle])), 0.0, believed) <= tail
        low, high = (low, middle) if told else (middle, high)
    return float(values[high]) if high < len(values) else float("inf")


def _tail(parts: tuple[int, int], samples: TwoSamples, difference: float = 0.0) -> float:
    """Give the largest chance of a statistic as high as was seen, if the first share exceeds the second by so much."""
    reaching = samples.reaching(float(samples.z[parts]))
    return samples.worst_chance(reaching, difference, samples.believed(parts[1]))


def _lower_limit(parts: tuple[int, int], samples: TwoSamples, level: float) -> float:
    tail = (1 - level) / 2
    if _tail(parts, samples, -1.0) >= tail:
        return -1.0
    return float(brentq(lambda difference: _tail(parts, samples, difference) - tail, -1.0, 1.0, xtol=_CLOSE))
