"""The window of a cell: the cell itself and those of its first ring that are tested too."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.places.grid import HexGrid

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True)
class Windows:
    """Hold the tested cells and their windows.

    Attributes
    ----------
    shares
        Each cell's share of the homes of all tested cells, shape (n,); they sum to 1.
    indptr, indices
        Windows in CSR form: the cells of window i, itself included, are `indices[indptr[i]:indptr[i + 1]]`.
    """

    shares: FloatArray
    indptr: IntArray
    indices: IntArray

    def sums(self, values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
        """Sum a value over every window."""
        return window_sums(values, self.indptr, self.indices)

    def share_sums(self) -> FloatArray:
        """Sum the shares of homes over every window; rounding never takes one beyond 1."""
        return np.minimum(self.sums(self.shares), 1.0)


def windows_of_grid(grid: HexGrid, kept: "npt.NDArray[np.bool_] | IntArray") -> Windows:
    """Keep some cells of a grid, and in their windows only these.

    Parameters
    ----------
    grid
        n cells with their homes and rings.
    kept
        (n,) True for a kept cell, or the rows of the kept cells in the order wanted.
    """
    homes = grid.cells["homes"].to_numpy(dtype=np.float64)
    n = len(homes)
    member = csr_array((np.ones(len(grid.indices), dtype=np.int8), grid.indices, grid.indptr), shape=(n, n))
    among = member[kept][:, kept]
    among.sort_indices()
    shares = homes[kept] / (homes[kept].sum() or 1.0)
    return Windows(shares, among.indptr.astype(np.int64), among.indices.astype(np.int64))


def window_sums(values: npt.NDArray[_Number], indptr: IntArray, indices: IntArray) -> npt.NDArray[_Number]:
    """Sum a value over every window; no window is empty, for each holds its own cell.

    Examples
    --------
    >>> window_sums(np.array([5, 1, 2]), np.array([0, 2, 5, 7]), np.array([0, 1, 0, 1, 2, 1, 2])).tolist()
    [6, 8, 3]
    """
    sums: npt.NDArray[_Number] = np.add.reduceat(values[indices], indptr[:-1])
    return sums
