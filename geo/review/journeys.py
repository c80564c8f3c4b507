"""Journeys of a workspace: along its streets where it has them, else by straight lines, and labelled either way."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from h3.api.basic_int import cell_area

from geo.crs import NATIONAL_GRID, require_crs
from geo.places.isochrone import isochrone
from geo.places.streets_travel import along_streets
from geo.places.travel import (
    FloatArray,
    Mode,
    PlacePoints,
    TravelMinutes,
    as_points,
    spread_within_cell_m,
    straight_line,
)
from geo.review.bus import typical_bus_minutes
from geo.review.streets import streets_of
from geo.review.workspace import Workspace


def journeys(
    workspace: Workspace, places: PlacePoints, sites: gpd.GeoDataFrame | npt.ArrayLike, *, mode: Mode = "walk"
) -> TravelMinutes:
    """Measure the journeys from places to sites by the workspace's own streets and options.

    Parameters
    ----------
    places
        Where people start from; `cell_places` gives those of a grid.
    sites
        SITES table in EPSG:27700, or (m, 2) eastings and northings.

    Raises
    ------
    BadInputError
        The sites are in another coordinate system, or no bus runs on the day of the options.
    MissingDataError
        Journeys by bus are asked for, and no timetable has been added yet.
    """
    scenario = workspace.scenario
    points = _site_points(sites)
    if mode == "bus":
        return typical_bus_minutes(workspace, places, points)
    streets = streets_of(workspace)
    if streets is None:
        return straight_line(places, points, scenario.reach, mode=mode, travel=scenario.travel)
    return along_streets(streets, places, points, scenario.reach, mode=mode, travel=scenario.travel)


def reach_shapes(
    workspace: Workspace, point: tuple[float, float], minutes: tuple[float, ...], *, mode: Mode = "walk"
) -> gpd.GeoDataFrame:
    """Draw from where a site is reached within so many minutes, by the workspace's own streets and options.

    Raises
    ------
    BadInputError
        No street is near the site, or a number of minutes is not above 0.
    """
    scenario = workspace.scenario
    streets = streets_of(workspace)
    return isochrone(streets, point, minutes, scenario.reach, mode=mode, travel=scenario.travel)


def cell_places(cells: pd.DataFrame) -> PlacePoints:
    """Put each cell where its homes are.

    Parameters
    ----------
    cells
        GRID table: `easting` and `northing` are the mean point of the homes in the cell.
    """
    area_m2 = [cell_area(int(cell), unit="m^2") for cell in cells["cell"]]
    return PlacePoints(cells[["easting", "northing"]].to_numpy(dtype=np.float64), spread_within_cell_m(area_m2))


def _site_points(sites: gpd.GeoDataFrame | npt.ArrayLike) -> FloatArray:
    if not isinstance(sites, gpd.GeoDataFrame):
        return as_points(sites)
    require_crs(sites, NATIONAL_GRID)
    return np.column_stack([sites.geometry.x.to_numpy(), sites.geometry.y.to_numpy()]).astype(np.float64)
