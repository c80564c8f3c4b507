"""Say how far luck alone could have moved a small count."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv, ndtri

FloatArray = npt.NDArray[np.float64]

BYAR_FROM: Final = 10  # events; below it Byar's approximation drifts and the exact limits are used


def count_interval(counts: npt.ArrayLike, *, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Give the interval of the mean behind each count, the way public health reports it.

    Parameters
    ----------
    counts
        Whole numbers, 0 or more, of any shape.
    level
        Coverage, 0 to 1.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper limit, of the shape of `counts`: exact (`poisson_interval`) below 10, Byar's from 10.

    Notes
    -----
    Byar's limits: Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research II, IARC, p. 69. The
    rule of 10: PHE (now OHID), Technical Guide: Confidence Intervals, 2018.

    Examples
    --------
    >>> low, high = count_interval([0, 9, 10, 100])
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 4.12, 4.79, 81.36], [3.69, 17.08, 18.39, 121.63])
    """
    n = np.asarray(counts, dtype=np.float64)
    low, high = poisson_interval(n, level=level)
    z = float(ndtri((1 + level) / 2))
    many, more = np.maximum(n, BYAR_FROM), np.maximum(n, BYAR_FROM) + 1
    byar_low = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    byar_high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    byar = n >= BYAR_FROM
    return np.where(byar, byar_low, low), np.where(byar, byar_high, high)


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
