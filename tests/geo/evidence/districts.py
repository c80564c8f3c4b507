"""Make believe districts for the tests of evidence: inhabited cells in the North Sea with very unequal homes."""

import numpy as np
import pandas as pd
from h3.api.basic_int import grid_disk, grid_distance, latlng_to_cell

from geo.evidence.counts import CellCounts, Selection
from geo.places.grid import HexGrid

CENTRE = latlng_to_cell(55.5, 3.0, 8)


def grid_from(cells, homes):
    """Build a grid from H3 cells and their homes, with the windows worked out pair by pair."""
    order = np.argsort(cells)
    cells, homes = np.asarray(cells, dtype=np.int64)[order], np.asarray(homes, dtype=float)[order]
    row = {int(cell): number for number, cell in enumerate(cells)}
    windows = [sorted(row[near] for near in grid_disk(int(cell), 1) if near in row) for cell in cells]
    table = pd.DataFrame(
        {
            "cell": cells,
            "homes": homes,
            "people": homes * 2.4,
            "newer_postcodes": np.int64(0),
            "live_postcodes": (homes // 15).astype("int64"),
            "easting": 0.0,
            "northing": 0.0,
            "place": "Somewhere",
        }
    )
    indptr = np.cumsum([0, *(len(window) for window in windows)]).astype(np.int64)
    return HexGrid(8, table, "households file", indptr, np.concatenate(windows).astype(np.int64))


def rural_district(seed=0, rings=13):
    """Draw 547 cells like a rural district's: a median of two postcodes a cell, two towns, lognormal everywhere."""
    rng = np.random.default_rng(seed)
    cells = sorted(grid_disk(CENTRE, rings))
    towns = rng.choice(cells, 2)
    from_town = np.min([[grid_distance(cell, int(town)) for cell in cells] for town in towns], axis=0)
    postcodes = np.ceil(rng.lognormal(np.log(1.6) + 2.6 * np.exp(-((from_town / 3) ** 2)), 1.0))
    return grid_from(cells, 15 * postcodes)


def counts_on(grid, counts, *, elsewhere=0):
    """Wrap counts of a grid's cells as the counts of episodes, some of them in a cell outside the grid."""
    counts = np.asarray(counts, dtype=np.int64)
    cells = pd.DataFrame({"cell": grid.cells["cell"], "count": counts})
    if elsewhere:
        cells.loc[len(cells)] = [1, elsewhere]
    cells = cells[cells["count"] > 0].assign(institution=0, shared_point=0).reset_index(drop=True)
    total = int(counts.sum()) + elsewhere
    return CellCounts(cells, 8, Selection(), "household episodes", total, total, {}, 0)


def windows_of(grid):
    """List each cell's window as row numbers."""
    return [grid.indices[start:stop] for start, stop in zip(grid.indptr[:-1], grid.indptr[1:], strict=True)]
