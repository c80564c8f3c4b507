"""The H3 cell of every point, each resolution computed from the coordinate itself.

A cell's parent is never used in place of a computed cell: parents contain their children only approximately, and
some 6 % of postcodes would land in another cell.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from h3.api.basic_int import latlng_to_cell

from geo import crs

RESOLUTIONS: Final = (7, 8, 9)


def cells_at(
    easting: npt.NDArray[np.int32],
    northing: npt.NDArray[np.int32],
    *,
    resolution: int,
) -> npt.NDArray[np.int64]:
    """Find the H3 cell of each point.

    Parameters
    ----------
    easting, northing
        EPSG:27700 metres; 0, 0 stands for no location.
    resolution
        H3 resolution.

    Returns
    -------
    numpy.ndarray
        H3 indexes; 0 where there is no location.
    """
    cells = np.zeros(len(easting), dtype=np.int64)
    known = np.flatnonzero((easting != 0) | (northing != 0))
    lon, lat = crs.to_wgs84(easting[known], northing[known])
    found = (latlng_to_cell(y, x, resolution) for y, x in zip(lat.tolist(), lon.tolist(), strict=True))
    cells[known] = np.fromiter(found, dtype=np.int64, count=len(known))
    return cells
