"""What tests of the scan share: make-believe districts with points on the ground, in metres, and clients on them."""

from dataclasses import replace

import numpy as np
from h3.api.basic_int import cell_to_latlng

from geo.scenario import ScanOptions
from tests.geo.evidence.districts import grid_from, rural_district

QUICK = ScanOptions(replicates=999)
EVERYTHING = ScanOptions(replicates=999, keep_p=1.0)
HALF = EVERYTHING.model_copy(update={"population_share": 0.5})
FOUR = ([0.0, 700, 1_600, 5_000], [0.0, 0, 300, 0], [10.0, 15, 40, 35])  # easting, northing and homes of four places
METRES_PER_DEGREE = np.array([111_300.0, 63_000.0])  # of latitude, and of longitude at 55.5 degrees north
ORIGIN = np.array([55.5, 3.0])


def placed(grid, *, astray_m=150.0, seed=0):
    """Put every cell's homes near its centre, some metres astray as homes are."""
    centres = np.array([cell_to_latlng(int(cell)) for cell in grid.cells["cell"]])
    points = (centres - ORIGIN) * METRES_PER_DEGREE
    points += np.random.default_rng(seed).normal(0, astray_m, points.shape)
    return replace(grid, cells=grid.cells.assign(northing=points[:, 0], easting=points[:, 1]))


def large_district(cells=1_300):
    """Draw a district as large as a real one at resolution 9."""
    whole = rural_district(1, rings=21).cells
    return placed(grid_from(whole["cell"].to_numpy()[:cells], whole["homes"].to_numpy()[:cells]))


def at_points(easting, northing, homes):
    """Put homes at given points; the cells are some neighbours or other."""
    numbers = rural_district(0, rings=6).cells["cell"].to_numpy()[: len(homes)]
    grid = grid_from(numbers, homes)
    return replace(grid, cells=grid.cells.assign(easting=easting, northing=northing))


def spread(grid, clients, seed=0):
    """Let clients fall on homes by luck alone."""
    homes = grid.cells.homes.to_numpy()
    return np.random.default_rng(seed).multinomial(clients, homes / homes.sum())


def cells_of(found):
    """List the cells of each cluster."""
    return [set(cells) for _, cells in found.cells.groupby("cluster")["cell"]]
