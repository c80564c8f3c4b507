"""The ground of a scan: the cells that have homes, their clients, their neighbours and the circles about them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import CellCounts
from geo.evidence.scan_circles import Circles, draw_circles
from geo.evidence.windows import Windows, windows_of_grid
from geo.places.grid import HexGrid

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """Hold what is scanned, the cells in the order of their numbers.

    Attributes
    ----------
    cells
        GRID rows of the cells that have homes.
    counts
        Their clients.
    windows
        Their shares of the homes, and which of them are neighbours.
    circles
        Every circle about them.
    without_homes
        Cells of the grid that are left out, for no homes are known there.
    """

    cells: pd.DataFrame
    counts: IntArray
    windows: Windows
    circles: Circles
    without_homes: int

    @property
    def total(self) -> int:
        """Clients in these cells."""
        return int(self.counts.sum())


def survey(counts: CellCounts, grid: HexGrid, *, population_share: float) -> Ground:
    """Gather what is scanned.

    Raises
    ------
    BadInputError
        Counts and grid are of different resolutions.
    MissingDataError
        There is no inhabited cell, or no cell has homes.
    """
    if counts.resolution != grid.resolution:
        message = f"The counts are by cells of resolution {counts.resolution}, the grid of {grid.resolution}."
        raise BadInputError(message)
    rows = _rows_with_homes(grid)
    cells = grid.cells.iloc[rows].reset_index(drop=True)
    homes, easting, northing = (cells[name].to_numpy(dtype=np.float64) for name in ("homes", "easting", "northing"))
    by_cell = counts.cells.set_index("cell")["count"].reindex(cells["cell"], fill_value=0)
    return Ground(
        cells=cells,
        counts=by_cell.to_numpy(dtype=np.int64),
        windows=windows_of_grid(grid, rows),
        circles=draw_circles(easting, northing, homes, population_share=population_share),
        without_homes=len(grid.cells) - len(rows),
    )


def _rows_with_homes(grid: HexGrid) -> IntArray:
    """Find the rows of cells that have homes, in the order of the cells' numbers."""
    if len(grid.cells) == 0:
        message = "The district has no inhabited cell; check that its boundary and the postcode gazetteer overlap."
        raise MissingDataError(message)
    rows = np.flatnonzero(grid.cells["homes"].to_numpy() > 0)
    if len(rows) == 0:
        message = "No cell of the district has homes, so clusters have nothing to compare with; add households."
        raise MissingDataError(message)
    return rows[np.argsort(grid.cells["cell"].to_numpy(dtype=np.int64)[rows])]
