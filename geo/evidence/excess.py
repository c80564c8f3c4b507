"""Find where there are more clients than the homes explain: the exact binomial test of each window."""

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def binomial_p(window_count: IntArray, shares: FloatArray, total: int) -> FloatArray:
    """Test each window's count against the share of homes in it, the district's total being given.

    If clients come in proportion to homes, independently, a window that holds a share e of the homes has
    Binomial(N, e) of the N clients (Clopper and Pearson 1934 for the exact tails).

    Parameters
    ----------
    window_count
        Clients of each window.
    shares
        Share of the tested homes in each window, 0 to 1.
    total
        Clients of all tested cells.

    Returns
    -------
    numpy.ndarray
        Two-sided p: twice the smaller tail, both tails with the observed count, at most 1.

    Examples
    --------
    >>> binomial_p(np.array([3]), np.array([0.5]), 3).tolist()  # three of three by a fair coin, 2 x 1/8
    [0.25]
    """
    lower = binom.cdf(window_count, total, shares)
    upper = binom.sf(window_count - 1, total, shares)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(lower, upper)), dtype=np.float64)


def binomial_z(window_count: IntArray, shares: FloatArray, total: int) -> FloatArray:
    """Standardise each window's count; 0 where the count has no spread."""
    spread = np.sqrt(total * shares * (1 - shares))
    return np.divide(window_count - total * shares, spread, out=np.zeros(len(shares)), where=spread > 0)
