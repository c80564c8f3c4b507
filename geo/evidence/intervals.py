"""Say how far luck alone could have moved a small count."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

FloatArray = npt.NDArray[np.float64]


def poisson_interval(counts: npt.ArrayLike, *, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Give the exact interval of the mean behind each count.

    Parameters
    ----------
    counts
        Whole numbers, 0 or more, of any shape.
    level
        Coverage, at least; 0 to 1.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper limit, of the shape of `counts`; the lower limit of 0 is 0.

    Notes
    -----
    Garwood, F. (1936), "Fiducial limits for the Poisson distribution", Biometrika 28: the quantiles of
    Gamma(n) and Gamma(n + 1), which are half those of chi-squared with 2n and 2n + 2 degrees of freedom.

    Examples
    --------
    >>> low, high = poisson_interval([0, 10])
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 4.8], [3.69, 18.39])
    """
    n = np.asarray(counts, dtype=np.float64)
    tail = (1 - level) / 2
    low = np.where(n > 0, gammaincinv(np.maximum(n, 1), tail), 0.0)
    return low, np.asarray(gammaincinv(n + 1, 1 - tail), dtype=np.float64)
