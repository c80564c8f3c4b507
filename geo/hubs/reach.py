"""Add up whom each site reaches."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float64]


def sum_reached(counts: FloatArray, weights: "sparse.csr_array[np.float64]") -> FloatArray:
    """Add up the people each site reaches.

    Parameters
    ----------
    counts
        (n,) or (d, n) people in each cell.
    weights
        (n, m) how much of a cell each site reaches; sparse, for a walk spans few cells of a district.

    Returns
    -------
    numpy.ndarray
        (m,) or (d, m) people.
    """
    return np.asarray(counts @ weights, dtype=np.float64)
