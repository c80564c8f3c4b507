"""The two coordinate systems, and the only place that moves between them.

Distances are measured on the British National Grid (EPSG:27700, metres). Maps are drawn and H3 cells are found
in longitude and latitude (EPSG:4326, degrees).

Without the OSTN15 grid file PROJ picks a transformation of 2 m accuracy, with it one of 1 m, so the same postcode
could fall into different cells on two machines. One operation is therefore pinned: "OSGB36 to WGS 84 (6)",
EPSG:1314, a seven-parameter Helmert transformation that needs no grid file; its stated accuracy is 2 m.
"""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyproj
import pyproj.network
import shapely

from geo.errors import BadInputError

if TYPE_CHECKING:
    import geopandas as gpd

NATIONAL_GRID: Final = "EPSG:27700"
WGS84: Final = "EPSG:4326"
OPERATION: Final = "EPSG:1314 OSGB36 to WGS 84 (6), Helmert, 2 m"

_PIPELINE: Final = (
    "+proj=pipeline"
    " +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
    " +step +proj=push +v_3"
    " +step +proj=cart +ellps=airy"
    " +step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489"
    " +convention=position_vector"
    " +step +inv +proj=cart +ellps=WGS84"
    " +step +proj=pop +v_3"
    " +step +proj=unitconvert +xy_in=rad +xy_out=deg"
)

pyproj.network.set_network_enabled(active=False)  # type: ignore[attr-defined]  # compiled, exports nothing by name
_TO_WGS84: Final = pyproj.Transformer.from_pipeline(_PIPELINE)

FloatArray = npt.NDArray[np.float64]


def to_wgs84(easting: npt.ArrayLike, northing: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Turn National Grid metres into degrees.

    Parameters
    ----------
    easting, northing
        EPSG:27700 coordinates in metres, same shape.

    Returns
    -------
    tuple of numpy.ndarray
        Longitude and latitude in EPSG:4326 degrees, in this order.

    Examples
    --------
    >>> lon, lat = to_wgs84([436500.0], [145500.0])  # Andover
    >>> round(float(lon[0]), 4), round(float(lat[0]), 4)
    (-1.4789, 51.2075)
    """
    lon, lat = _TO_WGS84.transform(_floats(easting), _floats(northing))
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def to_national_grid(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Turn degrees into National Grid metres, by the inverse of the pinned operation.

    Parameters
    ----------
    lon, lat
        EPSG:4326 coordinates in degrees, same shape.

    Returns
    -------
    tuple of numpy.ndarray
        Easting and northing in EPSG:27700 metres.
    """
    easting, northing = _TO_WGS84.transform(_floats(lon), _floats(lat), direction="INVERSE")
    return np.asarray(easting, dtype=np.float64), np.asarray(northing, dtype=np.float64)


def frame_to_wgs84(frame: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """Return a copy of a geometry table in EPSG:4326.

    Raises
    ------
    BadInputError
        The table carries no CRS.
    """
    return _reproject(frame, WGS84)


def frame_to_national_grid(frame: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """Return a copy of a geometry table in EPSG:27700.

    Raises
    ------
    BadInputError
        The table carries no CRS.
    """
    return _reproject(frame, NATIONAL_GRID)


def require_crs(frame: "gpd.GeoDataFrame", crs: str) -> None:
    """Refuse a geometry table whose CRS is missing or another one.

    Raises
    ------
    BadInputError
        Says which CRS was found and which was expected.
    """
    if frame.crs is None or not frame.crs.equals(pyproj.CRS.from_user_input(crs), ignore_axis_order=True):
        found = "no coordinate system" if frame.crs is None else frame.crs.to_string()
        message = f"The geometry table has {found}; expected {crs}."
        raise BadInputError(message)


def _reproject(frame: "gpd.GeoDataFrame", crs: str) -> "gpd.GeoDataFrame":
    if frame.crs is None:
        message = "The map file says no coordinate system; save it again with one (EPSG:27700 or EPSG:4326)."
        raise BadInputError(message)
    source = pyproj.CRS.from_user_input(frame.crs)
    if source.equals(pyproj.CRS.from_user_input(crs), ignore_axis_order=True):
        return frame.copy()
    pinned = _pinned(source, crs)
    if pinned is None:
        return frame.to_crs(crs)
    moved = shapely.transform(frame.geometry.to_numpy(), pinned, interleaved=False)
    return frame.set_geometry(list(moved), crs=crs)


def _pinned(source: pyproj.CRS, target: str) -> Any | None:  # noqa: ANN401 - a coordinate function for shapely
    """Choose the pinned operation where both ends are ours, else None for PROJ's own choice."""
    if target == WGS84 and source.to_epsg() == 27700:  # noqa: PLR2004 - the EPSG code
        return to_wgs84
    if target == NATIONAL_GRID and source.equals(pyproj.CRS.from_user_input(WGS84), ignore_axis_order=True):
        return to_national_grid
    if target == NATIONAL_GRID and source.to_authority() == ("OGC", "CRS84"):
        return to_national_grid
    return None


def _floats(values: npt.ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)
