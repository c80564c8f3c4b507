"""The ground from which a site is reached within so many minutes."""

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.ops import substring

from geo.crs import NATIONAL_GRID
from geo.errors import BadInputError
from geo.places.shortest import minutes_to
from geo.places.streets import Snapped, StreetNetwork, Streets
from geo.places.streets_tags import AGAINST, ALONG
from geo.places.streets_travel import street_label
from geo.places.travel import FloatArray, Mode, as_points, minutes_a_metre, pace_km_per_hour
from geo.scenario import ReachOptions, TravelOptions

_CORNERS: Final = 4  # of a quarter circle
_SIMPLER_M: Final = 3.0


def isochrone(
    streets: Streets | None,
    point: tuple[float, float],
    minutes: Sequence[float],
    options: ReachOptions,
    *,
    mode: Mode = "walk",
    travel: TravelOptions | None = None,
) -> gpd.GeoDataFrame:
    """Draw from where people reach a site within so many minutes.

    It tells of the site alone: no client and no home enters it.

    Parameters
    ----------
    streets
        None draws circles: straight lines with their detour.
    point
        Easting and northing of the site, EPSG:27700 metres.
    minutes
        Bands, such as (10, 20, 30). Each shape holds those of fewer minutes.
    options, travel
        As for journeys. Along streets a band takes in `street_side_m` on either side of every street reached.

    Returns
    -------
    geopandas.GeoDataFrame
        `minutes`, `mode`, `label` and the shape of each band, the fewest minutes first, EPSG:27700.

    Raises
    ------
    BadInputError
        No street is near the site, or a band is not above 0.
    """
    bands = sorted(set(minutes))
    if not bands or bands[0] <= 0 or not np.isfinite(bands[-1]):
        message = "Name one or more numbers of minutes above 0, such as 10, 20 and 30."
        raise BadInputError(message)
    travel = travel or TravelOptions()
    if streets is None:
        pace = pace_km_per_hour(options, travel, mode)
        shapes = _circles(point, bands, metres_a_minute=1 / (minutes_a_metre(pace) * options.detour))
        how = "on foot" if mode == "walk" else "by car"
        label = f"{how} at {pace:g} km/h, straight line x {options.detour:g} (no streets loaded)"
    else:
        pace_km_per_hour(options, travel, mode)
        shapes = _along(streets.network(mode, options, travel), point, bands, options=options, travel=travel)
        label = street_label(options, travel, mode)
    data = {"minutes": np.array(bands, dtype=np.float64), "mode": mode, "label": label}
    return gpd.GeoDataFrame(data, geometry=shapes, crs=NATIONAL_GRID)


def _circles(point: tuple[float, float], bands: list[float], *, metres_a_minute: float) -> list[shapely.Geometry]:
    return [shapely.buffer(shapely.Point(point), band * metres_a_minute) for band in bands]


def _along(
    network: StreetNetwork,
    point: tuple[float, float],
    bands: list[float],
    *,
    options: ReachOptions,
    travel: TravelOptions,
) -> list[shapely.Geometry]:
    site = network.snap(as_points(point))
    if site.snap_m[0] > travel.snap_m:
        message = (
            f"No street of the workspace is within {travel.snap_m:,.0f} m of the site, so no reach can be drawn; "
            "check where the site is, or add streets that cover it."
        )
        raise BadInputError(message)
    first = float(site.snap_m[0]) * minutes_a_metre(options.walk_km_per_hour)
    away = minutes_to(network, site, limit=max(bands[-1] - first, 0.0))
    walk_m = 1 / minutes_a_metre(options.walk_km_per_hour)
    shapes: list[shapely.Geometry] = []
    for band in bands:
        lines = _reached(network, site, away, band - first)
        ground = shapely.buffer(lines, travel.street_side_m, quad_segs=_CORNERS)
        door = shapely.buffer(shapely.Point(point), min(travel.street_side_m, band * walk_m))
        shapes.append(shapely.simplify(shapely.union_all([*ground, door]), _SIMPLER_M))
    return shapes


def _reached(network: StreetNetwork, site: Snapped, away: FloatArray, band: float) -> npt.NDArray[np.object_]:
    """Give the streets, and parts of streets, from which the site is reached in time."""
    metres, pace = network.metres, network.pace
    from_start = _left(network, band - away[network.start], AGAINST) / pace
    from_end = _left(network, band - away[network.end], ALONG) / pace
    whole = (from_start + from_end >= metres) & (from_start + from_end > 0)
    near_start, near_end = np.flatnonzero(~whole & (from_start > 0)), np.flatnonzero(~whole & (from_end > 0))
    parts: list[shapely.Geometry] = _own_street(network, site, band)
    parts += [substring(network.lines[row], 0, from_start[row]) for row in near_start]
    parts += [substring(network.lines[row], metres[row] - from_end[row], metres[row]) for row in near_end]
    return np.asarray([*network.lines[whole], *parts], dtype=np.object_)


def _left(network: StreetNetwork, minutes: FloatArray, way: int) -> FloatArray:
    """Keep the minutes left at an end of each street, where one may travel along the street towards that end."""
    return np.where(network.ways & way > 0, np.maximum(minutes, 0), 0.0)


def _own_street(network: StreetNetwork, site: Snapped, band: float) -> list[shapely.Geometry]:
    """Give the part of the site's own street from which no junction is passed."""
    row, at = int(site.street[0]), float(site.along_m[0])
    reach_m = band / float(network.pace[row])
    if reach_m <= 0:
        return []
    before = reach_m if network.ways[row] & ALONG else 0.0
    after = reach_m if network.ways[row] & AGAINST else 0.0
    return [substring(network.lines[row], max(at - before, 0.0), min(at + after, float(network.metres[row])))]
