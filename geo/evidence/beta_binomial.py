"""Tails of the beta-binomial law, the law of a window's count when the risk of places varies.

If clients are Poisson about a gamma risk and the total is given, a window's count is beta-binomial (Johnson, Kemp
and Kotz 2005, section 6.2.2; Kleinman 1973): Binomial(N, R) with R ~ Beta of mean e and some variance v.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betaincc, betaln, gammaln
from scipy.stats import binom

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Above this total the terms are too many to add; the count is then so large that the law is smooth.
_LARGEST_TOTAL: Final = 100_000
_STEPS: Final = 64
_NEGLIGIBLE: Final = 1e-17
# Extra variance below this share of the binomial one is left out: its beta law would be too narrow for float64.
_NO_EXTRA: Final = 1e-4


def beta_binomial_tails(
    counts: IntArray, total: int, shares: FloatArray, variances: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Compute both tails of each window's count, each with the observed count in it.

    Parameters
    ----------
    counts
        Observed counts, shape (n,), 0 to `total`.
    total
        Clients in all, N.
    shares
        Mean e of the window's random share R, 0 to 1.
    variances
        Variance v of R; below e (1 - e). The count's variance is N e (1 - e) + N (N - 1) v.

    Returns
    -------
    tuple of numpy.ndarray
        P(X <= count) and P(X >= count).

    Notes
    -----
    The tail away from the mean is added term by term, each from the last by its ratio, so small probabilities keep
    their relative accuracy; the other tail follows from it. For totals above 100,000 a beta law with the count's
    whole variance and a continuity correction stands in.

    Examples
    --------
    >>> low, high = beta_binomial_tails(np.array([2]), 2, np.array([0.5]), np.array([1 / 12]))
    >>> high.round(4).tolist()  # R uniform: 0, 1 and 2 are equally likely
    [0.3333]
    """
    room = shares * (1 - shares)
    lower = np.asarray(binom.cdf(counts, total, shares), dtype=np.float64)
    upper = np.asarray(binom.sf(counts - 1, total, shares), dtype=np.float64)
    extra = variances * max(total - 1, 0) > _NO_EXTRA * room
    if extra.any():
        tails = _smooth if total > _LARGEST_TOTAL else _summed
        lower[extra], upper[extra] = tails(counts[extra], total, shares[extra], variances[extra])
    return lower, upper


def _summed(counts: IntArray, total: int, shares: FloatArray, variances: FloatArray) -> tuple[FloatArray, FloatArray]:
    alpha, beta = _shapes(shares, variances)
    above = counts > total * shares
    # A lower tail is the upper tail of the clients elsewhere, so one direction is enough.
    x = np.where(above, counts, total - counts).astype(np.float64)
    a, b = np.where(above, alpha, beta), np.where(above, beta, alpha)
    first = np.exp(_log_pmf(x, float(total), a, b))
    tail = np.minimum(first * _sum_ratios(x, float(total), a, b), 1.0)
    other = np.clip(1 - tail + first, 0.0, 1.0)
    return np.where(above, other, tail), np.where(above, tail, other)


def _sum_ratios(x: FloatArray, total: float, a: FloatArray, b: FloatArray) -> FloatArray:
    """Add P(x) + P(x + 1) + ... over P(x), until what is left is negligible."""
    sums, last, start = np.ones_like(x), np.ones_like(x), 0
    open_rows = np.arange(len(x))
    while start <= total and open_rows.size:
        at = x[open_rows, None] + np.arange(start, start + _STEPS)
        left = np.maximum(total - at, 0.0)
        beyond = b[open_rows, None]
        ratios = left * (a[open_rows, None] + at) / ((at + 1) * np.maximum(beyond + left - 1, beyond))
        terms = last[open_rows, None] * np.cumprod(ratios, axis=1)
        sums[open_rows] += terms.sum(axis=1)
        last[open_rows] = terms[:, -1]
        open_rows = open_rows[terms[:, -1] > _NEGLIGIBLE * sums[open_rows]]
        start += _STEPS
    return sums


def _log_pmf(x: FloatArray, total: float, a: FloatArray, b: FloatArray) -> FloatArray:
    ways = gammaln(total + 1) - gammaln(x + 1) - gammaln(total - x + 1)
    return np.asarray(ways + betaln(x + a, total - x + b) - betaln(a, b), dtype=np.float64)


def _smooth(counts: IntArray, total: int, shares: FloatArray, variances: FloatArray) -> tuple[FloatArray, FloatArray]:
    whole = variances * (1 - 1 / total) + shares * (1 - shares) / total
    alpha, beta = _shapes(shares, whole)
    at_least = betaincc(alpha, beta, np.clip((counts - 0.5) / total, 0, 1))
    above = betaincc(alpha, beta, np.clip((counts + 0.5) / total, 0, 1))
    return np.asarray(1 - above, dtype=np.float64), np.asarray(at_least, dtype=np.float64)


def _shapes(shares: FloatArray, variances: FloatArray) -> tuple[FloatArray, FloatArray]:
    concentration = shares * (1 - shares) / variances - 1
    return shares * concentration, (1 - shares) * concentration
