"""Learn how uneven ordinary places are, without learning it from the hot ones.

Counts of ordinary places are taken as gamma-Poisson: Poisson about level x expected x G, with G gamma of mean 1 and
some coefficient of variation (Clayton and Kaldor 1987). Hot places would swell a plain estimate and then hide behind
it, so each place counts only up to a cap, the 98 % quantile of its own fitted law, and enters with its likelihood
*given* that it is not above the cap. For a fixed cap this conditional likelihood is consistent whatever the places
above it are like (Cohen 1954, truncated samples; Efron 2004 fits an empirical null in the same way). The caps start
from no unevenness at all and are widened until fit and caps agree, so the hot cells stay outside all the way.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, gammaln
from scipy.stats import nbinom

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Coefficients of variation tried; the first stands for none.
CVS: Final = np.array([0.02, *np.arange(0.06, 0.8, 0.04), *np.geomspace(0.8, 3.0, 10)])
CAP_QUANTILE: Final = 0.98
# One-sided 80 % limit by the likelihood ratio: 0.8416^2 / 2.
_LIMIT_DROP: Final = 0.3542
_LOWEST_LEVEL: Final = 0.02
_MOST_ROUNDS: Final = 12
_COARSE: Final = 3  # every third value first, then all, for speed
_LEVEL_STEPS: Final = 3
_LEVEL_SETTLED: Final = 0.002


@dataclass(frozen=True)
class OrdinaryFit:
    """Describe the ordinary places.

    Attributes
    ----------
    cv
        Estimated coefficient of variation of their risk.
    cv_upper
        Its one-sided 80 % upper limit.
    level
        Their mean count over the expected count; under 1 where hot places hold much of the total.
    set_aside
        Which places are above their cap, shape (n,).
    """

    cv: float
    cv_upper: float
    level: float
    set_aside: BoolArray


def fit_ordinary(counts: IntArray, expected: FloatArray, weights: FloatArray) -> OrdinaryFit:
    """Fit the gamma-Poisson law of the places that are not hot.

    Parameters
    ----------
    counts
        Clients of n places.
    expected
        Clients each would have in proportion to homes, above 0.
    weights
        How much each place counts in the likelihood: 1, or less where places overlap (Varin, Reid and Firth 2011).
    """
    level, cv = 1.0, float(CVS[0])
    for tried in (CVS[::_COARSE], CVS):
        level, cv = _settle(_Places(counts, expected, weights), tried, level, cv)
    kept = _Places(counts, expected, weights).up_to_caps(level, cv)
    return OrdinaryFit(cv, _upper_limit(_log_likelihood(kept, CVS, level)), level, counts > _caps(level * expected, cv))


def _settle(places: "_Places", tried: FloatArray, level: float, cv: float) -> tuple[float, float]:
    """Refit level and coefficient of variation below the caps, and the caps to them, until they agree."""
    for _ in range(_MOST_ROUNDS):
        kept = places.up_to_caps(level, cv)
        before = (level, cv)
        level = _fit_level(kept, level, cv)
        cv = float(tried[_log_likelihood(kept, tried, level).argmax()])
        if cv == before[1] and abs(level - before[0]) < _LEVEL_SETTLED:
            break
    return level, cv


@dataclass(frozen=True)
class _Places:
    counts: IntArray
    expected: FloatArray
    weights: FloatArray

    def up_to_caps(self, level: float, cv: float) -> "_Kept":
        caps = _caps(level * self.expected, cv)
        kept = self.counts <= caps
        return _Kept(self.counts[kept], self.expected[kept], caps[kept], self.weights[kept])


@dataclass(frozen=True)
class _Kept:
    counts: IntArray
    expected: FloatArray
    caps: FloatArray
    weights: FloatArray


def _caps(mean: FloatArray, cv: float) -> FloatArray:
    size = 1 / cv**2
    return np.asarray(nbinom.ppf(CAP_QUANTILE, size, size / (size + mean)), dtype=np.float64)


def _fit_level(kept: _Kept, level: float, cv: float) -> float:
    """Find the level at which the kept counts sum to what their truncated means sum to."""
    size = 1 / cv**2
    seen = float(kept.weights @ kept.counts)
    for _ in range(_LEVEL_STEPS):
        mean = level * kept.expected
        # Mean of a negative binomial given X <= c: m F(c - 1; size + 1) / F(c; size), both with one success chance.
        short = np.where(kept.caps > 0, betainc(size + 1, np.maximum(kept.caps, 1), size / (size + mean)), 0.0)
        truncated_mean = mean * short / betainc(size, kept.caps + 1, size / (size + mean))
        foreseen = float(kept.weights @ truncated_mean)
        if foreseen == 0:  # so few clients that every place is capped at none: there is nothing to learn from
            return level
        level = max(_LOWEST_LEVEL, level * seen / foreseen)
    return level


def _log_likelihood(kept: _Kept, cvs: FloatArray, level: float) -> FloatArray:
    """Compute the truncated log-likelihood at every given coefficient of variation, but for a constant."""
    size = 1 / cvs[:, None] ** 2
    mean = level * kept.expected
    seen, where = np.unique(kept.counts, return_inverse=True)
    arranged = (gammaln(seen + size) - gammaln(size))[:, where]
    log_pmf = arranged + kept.counts * np.log(mean) + size * np.log(size) - (size + kept.counts) * np.log(size + mean)
    return np.asarray((log_pmf - np.log(betainc(size, kept.caps + 1, size / (size + mean)))) @ kept.weights)


def _upper_limit(heights: FloatArray) -> float:
    """Interpolate where the log-likelihood has fallen by the limit's drop, above its peak."""
    floor = heights.max() - _LIMIT_DROP
    last = int(np.flatnonzero(heights >= floor).max())
    if last + 1 == len(CVS):
        return float(CVS[-1])
    part = (heights[last] - floor) / (heights[last] - heights[last + 1])
    return float(CVS[last] + part * (CVS[last + 1] - CVS[last]))
