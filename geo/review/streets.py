"""The streets of a workspace: which ground they must cover, how they are kept, and whether they cover it."""

from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.editions import Edition
from geo.places.geocode import SHARED_POINT_MIN
from geo.places.inside import boundary_shape
from geo.places.streets import Streets
from geo.places.streets_raw import Box
from geo.places.streets_tags import LIT_NOT_KNOWN
from geo.review.files import read_geometry, write_table
from geo.review.workspace import Workspace
from geo.schema import STREETS

_METRES_A_KM: Final = 1000
_MINUTES_AN_HOUR: Final = 60
_UNSAID: Final = {"name": "", "lit": LIT_NOT_KNOWN}  # an earlier planner kept neither


def street_area(workspace: Workspace) -> shapely.Geometry:
    """Give the ground whose streets matter: the district, as far beyond it as sites are kept, and a walk further.

    Returns
    -------
    shapely.Geometry
        A prepared polygon, EPSG:27700.
    """
    scenario = workspace.scenario
    walk_km = scenario.reach.walk_km_per_hour * scenario.reach.cutoff_minutes / _MINUTES_AN_HOUR
    return boundary_shape(workspace.boundary(), margin_m=(scenario.nearby_km + walk_km) * _METRES_A_KM)


def box_of(area: shapely.Geometry) -> Box:
    """Give west, south, east and north of some ground, in degrees.

    Examples
    --------
    >>> [round(side, 2) for side in box_of(shapely.box(436_000, 145_000, 437_000, 146_000))]
    [-1.49, 51.2, -1.47, 51.21]
    """
    west, south, east, north = frame_to_wgs84(gpd.GeoDataFrame(geometry=[area], crs=NATIONAL_GRID)).total_bounds
    return float(west), float(south), float(east), float(north)


def save_streets(workspace: Workspace, table: gpd.GeoDataFrame, edition: Edition) -> None:
    """Replace the streets: STREETS table, EPSG:27700. The audit log says so."""
    streets = Streets(STREETS.validate(table))
    write_table(workspace.root / "layers" / "streets.parquet", streets.table, edition)
    workspace.note("dataset added", f"streets: {edition.title}, rows {len(table):,}")


def streets_of(workspace: Workspace) -> Streets | None:
    """Return the streets, or None where none have been added."""
    if not workspace.has("streets"):
        return None
    table = read_geometry(workspace.root / "layers" / "streets.parquet")
    unsaid = {key: value for key, value in _UNSAID.items() if key not in table}
    return Streets(table.assign(**unsaid)[list(STREETS.columns)] if unsaid else table)


def far_share(workspace: Workspace, streets: Streets) -> float:
    """Say which share of the district's live postcodes is further from every street than a place may be.

    Returns
    -------
    float
        0 to 1; 0 where there are no postcodes to tell by.
    """
    if not workspace.has("gazetteer"):
        return 0.0
    found = workspace.gazetteer().within(workspace.boundary())
    live = found[(found["terminated"] == 0) & (found["shared_point"] < SHARED_POINT_MIN)]
    if live.empty:
        return 0.0
    scenario = workspace.scenario
    network = streets.network("walk", scenario.reach, scenario.travel)
    snapped = network.snap(live[["easting", "northing"]].to_numpy(dtype=np.float64))
    return float(np.mean(snapped.snap_m > scenario.travel.snap_m))
