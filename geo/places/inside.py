"""Which points lie inside a boundary."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo import crs
from geo.errors import BadInputError


def boundary_shape(boundary: gpd.GeoDataFrame, *, margin_m: float = 0) -> shapely.Geometry:
    """Turn a boundary table into one prepared shape on the National Grid.

    Parameters
    ----------
    boundary
        Polygons in any stated CRS; several rows count as their union.
    margin_m
        Metres to add around it.

    Raises
    ------
    BadInputError
        The boundary has no CRS or no area.
    """
    shape = shapely.union_all(crs.frame_to_national_grid(boundary).geometry.to_numpy())
    if margin_m:
        shape = shapely.buffer(shape, margin_m)
    if shapely.area(shape) == 0:
        message = "The boundary has no area; expected the district's polygon."
        raise BadInputError(message)
    shapely.prepare(shape)
    return shape


def inside_shape(
    easting: npt.NDArray[np.int32] | npt.NDArray[np.float64],
    northing: npt.NDArray[np.int32] | npt.NDArray[np.float64],
    shape: shapely.Geometry,
) -> npt.NDArray[np.bool_]:
    """Say which points lie inside a prepared shape, looking only at those in its bounding box.

    Parameters
    ----------
    easting, northing
        EPSG:27700 metres, same length.
    shape
        As `boundary_shape` returns it.
    """
    west, south, east, north = shapely.bounds(shape)
    found = (easting >= west) & (easting <= east) & (northing >= south) & (northing <= north)
    near = np.flatnonzero(found)
    found[near] = shapely.contains_xy(shape, easting[near], northing[near])
    return np.asarray(found, dtype=np.bool_)
