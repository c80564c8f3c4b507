"""Discount luck where several hubs are looked at: the more are asked about, the sooner one stands out by chance."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def adjust_holm(p: npt.ArrayLike) -> FloatArray:
    """Raise every p so that the chance of any false finding among them stays at the level it is read at.

    Parameters
    ----------
    p
        Chances, however they depend on each other, shape (n,).

    Notes
    -----
    Holm, S. (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6.

    Examples
    --------
    >>> adjust_holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    raised = np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1))
    adjusted = np.empty(len(values))
    adjusted[order] = np.minimum(raised, 1.0)
    return adjusted
