"""Control the false discovery rate over the cells tested."""

import numpy as np
import numpy.typing as npt
from scipy.stats import false_discovery_control

FloatArray = npt.NDArray[np.float64]


def adjust_fdr(p: FloatArray) -> FloatArray:
    """Turn p-values into q-values by the step-up procedure of Benjamini and Hochberg (1995).

    Calling every cell with q <= 0.05 a hotspot keeps the expected share of false ones among those called at or
    under 5 %, and the chance of calling any where none is at or under 5 %. Windows that overlap are positively
    dependent, under which the procedure still holds (Benjamini and Yekutieli 2001).

    Parameters
    ----------
    p
        p-values in [0, 1], any length, none included.

    Returns
    -------
    numpy.ndarray
        q-values in [0, 1] in the same order; never below p, and never in another order than p.

    Examples
    --------
    >>> adjust_fdr(np.array([0.01, 0.02, 0.9])).round(3).tolist()
    [0.03, 0.03, 0.9]
    """
    if p.size == 0:
        return p.copy()
    return np.asarray(false_discovery_control(p, method="bh"), dtype=np.float64)
