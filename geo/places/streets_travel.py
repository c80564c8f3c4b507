"""Minutes from places to sites along streets, on foot or by car."""

import numpy as np
import numpy.typing as npt

from geo.places.shortest import shortest_minutes
from geo.places.streets import Snapped, Streets
from geo.places.travel import (
    FloatArray,
    Mode,
    PlacePoints,
    TravelMinutes,
    as_points,
    minutes_a_metre,
    pace_km_per_hour,
)
from geo.scenario import ReachOptions, TravelOptions


def along_streets(
    streets: Streets,
    places: PlacePoints,
    sites: npt.ArrayLike,
    options: ReachOptions,
    *,
    mode: Mode = "walk",
    travel: TravelOptions | None = None,
) -> TravelMinutes:
    """Measure every journey along the streets of a workspace.

    A place or a site is put on the nearest point of the nearest street (not on the nearest junction), and the way
    there is walked at the pace on foot, whatever the mode. A place further than `snap_m` from every street is cut off.

    The spread of a cell's homes enters as it does for straight lines: with `t` minutes from the cell's point and `s`
    minutes for the spread (with its detour), a journey counts `sqrt(t^2 + s^2)`. On a plane this is the
    root-mean-square journey of homes spread around the point; along streets it stands for it.

    Parameters
    ----------
    streets
        The streets of the district and around it.
    places
        Where people start from.
    sites
        (m, 2) eastings and northings, EPSG:27700 metres.
    options
        Pace on foot, and the detour within a cell.
    travel
        Speeds by car, the longest journey measured, and how far a street may be; the standard options by default.

    Raises
    ------
    BadInputError
        Buses have a timetable, and are measured elsewhere.
    """
    travel = travel or TravelOptions()
    spread = places.spread_m * options.detour * minutes_a_metre(pace_km_per_hour(options, travel, mode))
    network = streets.network(mode, options, travel)
    start, end = network.snap(as_points(places.points)), network.snap(as_points(sites))
    minutes = shortest_minutes(network, start, end, limit=travel.longest_minutes)
    minutes += _to_the_street(start, options)[:, None] + _to_the_street(end, options)[None, :]
    minutes = np.sqrt(minutes**2 + spread[:, None] ** 2)
    away, off = start.snap_m > travel.snap_m, end.snap_m > travel.snap_m
    minutes[away, :] = np.inf
    minutes[:, off] = np.inf
    minutes[minutes > travel.longest_minutes] = np.inf
    return TravelMinutes(
        minutes=minutes,
        mode=mode,
        label=street_label(options, travel, mode),
        along_streets=True,
        cutoff_minutes=travel.longest_minutes,
        place_snap_m=start.snap_m,
        site_snap_m=end.snap_m,
        cut_off_places=away,
        cut_off_sites=off,
    )


def street_label(options: ReachOptions, travel: TravelOptions, mode: Mode) -> str:
    """Tell how journeys along streets are measured, for every output that rests on them.

    Examples
    --------
    >>> street_label(ReachOptions(), TravelOptions(), "drive")
    'by car along streets at 75 % of the speed limit'
    """
    if mode == "walk":
        return f"on foot along streets at {options.walk_km_per_hour:g} km/h"
    return f"by car along streets at {travel.share_of_limit * 100:g} % of the speed limit"


def _to_the_street(points: Snapped, options: ReachOptions) -> FloatArray:
    return np.where(np.isfinite(points.snap_m), points.snap_m, 0.0) * minutes_a_metre(options.walk_km_per_hour)
