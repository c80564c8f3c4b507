"""Find where a site of the council's own stands: by its postcode, and not farther away than sites are kept."""

import geopandas as gpd
import shapely

from geo.crs import NATIONAL_GRID, frame_to_national_grid
from geo.errors import BadInputError
from geo.places.postcode import Postcode
from geo.review.register_screen import Screen
from geo.review.workspace import Workspace

Point = tuple[float, float]


def find_place(workspace: Workspace, screen: Screen, postcode: str) -> Point | None:
    """Find a postcode's point.

    Returns
    -------
    tuple of float, or None
        Easting and northing, EPSG:27700; None where it has no usable place or is not for publication, and nobody is
        told which.

    Raises
    ------
    BadInputError
        It lies farther from the district than sites are kept.
    MissingDataError
        No postcode directory has been added.
    """
    try:
        written = Postcode.parse(postcode)
    except BadInputError:
        return None
    found = workspace.gazetteer().lookup([written.compact])
    found = found[found["easting"] > 0]
    if found.empty:
        return None
    point = (float(found["easting"].iloc[0]), float(found["northing"].iloc[0]))
    site = gpd.GeoDataFrame({"postcode": [str(written)]}, geometry=[shapely.Point(point)], crs=NATIONAL_GRID)
    if screen.listed(site)[0]:
        return None
    _require_near(workspace, point)
    return point


def _require_near(workspace: Workspace, point: Point) -> None:
    near_km = workspace.scenario.nearby_km
    district = frame_to_national_grid(workspace.boundary()).geometry.union_all()
    if shapely.distance(shapely.Point(point), district) > near_km * 1000:
        message = f"The site lies more than {near_km:g} km from the district, where no site is kept. Nothing was kept."
        raise BadInputError(message)
