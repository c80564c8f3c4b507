"""Compare two counts exactly, to tell whether chance alone could have made the difference."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv
from scipy.stats import binom, hypergeom

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RateRatio:
    """Hold what two counts say of the ratio of the rates behind them, one value a pair; NaN where there is none.

    Attributes
    ----------
    ratio
        Later rate over earlier; none where the earlier count is 0.
    low, high
        Exact interval; no upper limit where the earlier count is 0, neither where both are.
    p
        Two-sided; 1 where both counts are 0.
    """

    ratio: FloatArray
    low: FloatArray
    high: FloatArray
    p: FloatArray


def compare_two_counts(
    earlier: npt.ArrayLike, later: npt.ArrayLike, share_later: npt.ArrayLike, *, level: float = 0.95
) -> RateRatio:
    """Test whether two Poisson counts have one rate, given their sum.

    Given n = earlier + later, the later count is Binomial(n, s) if the rates are equal, where s is the later share of
    the exposures.

    Parameters
    ----------
    earlier, later
        Whole numbers, 0 or more, of one length.
    share_later
        Exposure of the later count over both, above 0 and below 1; one number, or one a pair.
    level
        Coverage of the interval, at least.

    Notes
    -----
    Przyborowski, J. and Wilenski, H. (1940), "Homogeneity of results in testing samples from Poisson series",
    Biometrika 31: 313-323. The two-sided p is twice the smaller tail, at most 1. The interval is that of Clopper, C.
    and Pearson, E. (1934), Biometrika 26: 404-413, for the binomial share, turned into a ratio.

    Examples
    --------
    >>> found = compare_two_counts([5, 0], [15, 6], 0.5)
    >>> found.p.round(4).tolist(), found.ratio.tolist()
    ([0.0414, 0.0312], [3.0, nan])
    >>> found.low.round(2).tolist(), found.high.round(2).tolist()
    ([1.04, 1.18], [10.55, nan])
    """
    x1, x2 = np.asarray(earlier, dtype=np.int64), np.asarray(later, dtype=np.int64)
    share = np.broadcast_to(np.asarray(share_later, dtype=np.float64), x1.shape)
    n = x1 + x2
    p = _two_sided(binom.cdf(x2, n, share), binom.sf(x2 - 1, n, share))
    tail = (1 - level) / 2
    low = np.where(x2 > 0, betaincinv(np.maximum(x2, 1), x1 + 1, tail), 0.0)
    high = betaincinv(x2 + 1, np.maximum(x1, 1), 1 - tail)
    odds = (1 - share) / share
    some = np.where(x1 > 0, 1.0, np.nan)  # nobody before: the ratio has no value and no upper limit
    anybody = np.where(n > 0, 1.0, np.nan)
    return RateRatio(
        ratio=x2 / np.maximum(x1, 1) * odds * some,
        low=low / (1 - low) * odds * anybody,
        high=high / (1 - high) * odds * some,
        p=p,
    )


def compare_with_rest(earlier: npt.ArrayLike, later: npt.ArrayLike, totals: tuple[int, int]) -> RateRatio:
    """Test whether each unit changed as the rest of its district did: Fisher's exact test, given all four sums.

    Parameters
    ----------
    earlier, later
        Whole numbers, 0 or more, one a unit.
    totals
        Of the whole district, the units among them: earlier, later.

    Returns
    -------
    RateRatio
        `ratio` is the unit's own change over that of the rest, none where either began at 0 or the rest ended at 0;
        `low` and `high` are not given.

    Examples
    --------
    >>> found = compare_with_rest([10, 90], [20, 180], (100, 200))  # everywhere twice as many
    >>> found.ratio.tolist(), found.p.tolist()
    ([1.0, 1.0], [1.0, 1.0])
    """
    x1, x2 = np.asarray(earlier, dtype=np.int64), np.asarray(later, dtype=np.int64)
    before, after = totals
    rest_before, rest_after = before - x1, after - x2
    known = (x1 > 0) & (rest_before > 0) & (rest_after > 0)
    ratio = (x2 / np.maximum(x1, 1)) / (np.maximum(rest_after, 1) / np.maximum(rest_before, 1))
    drawn = (x2, before + after, after, x1 + x2)
    lower, upper = hypergeom.cdf(*drawn), hypergeom.sf(x2 - 1, *drawn[1:])
    p = _two_sided(lower, upper) if before + after else np.ones(x1.shape)
    nothing = np.full(x1.shape, np.nan)
    return RateRatio(np.where(known, ratio, np.nan), nothing, nothing, p)


def _two_sided(lower: npt.ArrayLike, upper: npt.ArrayLike) -> FloatArray:
    smaller = np.minimum(np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64))
    return np.asarray(np.clip(2 * smaller, 0.0, 1.0), dtype=np.float64)
