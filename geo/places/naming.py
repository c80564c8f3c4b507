"""What people call a place: its settlement, else its ward, else its postcode sector."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo import crs

SETTLEMENT_WITHIN_M: Final = 2_000


@dataclass(frozen=True)
class PlaceNames:
    """Hold what places may be named after.

    Attributes
    ----------
    settlements
        AREAS table of points; None where none is loaded.
    wards
        AREAS table of polygons; None where none is loaded.
    """

    settlements: gpd.GeoDataFrame | None = None
    wards: gpd.GeoDataFrame | None = None


def name_places(points: pd.DataFrame, places: PlaceNames) -> pd.Series:
    """Name each point.

    Parameters
    ----------
    points
        `easting`, `northing` (EPSG:27700 metres) and `sector`, the name of last resort.
    places
        What to name it after: the nearest settlement within 2 km, else the ward it lies in.

    Returns
    -------
    pandas.Series
        Names, with the index of `points`.
    """
    names = points["sector"].astype(object).to_numpy(copy=True)
    here = np.asarray(shapely.points(points[["easting", "northing"]].to_numpy(dtype=np.float64)))
    if places.wards is not None:
        tree, ward_names = _index(places.wards)
        point, ward = tree.query(here, predicate="intersects")
        names[point] = ward_names[ward]
    if places.settlements is not None:
        tree, settlement_names = _index(places.settlements)
        point, settlement = tree.query_nearest(here, max_distance=SETTLEMENT_WITHIN_M, all_matches=False)
        names[point] = settlement_names[settlement]
    return pd.Series(names, index=points.index, dtype="str")


def _index(areas: gpd.GeoDataFrame) -> tuple[shapely.STRtree, npt.NDArray[np.object_]]:
    """Index the areas that have a name, on the National Grid, with their names in the same order."""
    named = areas[areas["name"].str.strip() != ""]
    tree = shapely.STRtree(crs.frame_to_national_grid(named).geometry.to_numpy())
    return tree, named["name"].to_numpy(dtype=object)
