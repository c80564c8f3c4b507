"""Minutes between places: the matrix that reach, ranking, siting and the programme all rest on.

Without streets a journey is the straight line times a detour, and its label says so. Along streets it is measured in
`geo/places/streets_travel.py`.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.scenario import ReachOptions, TravelOptions

FloatArray = npt.NDArray[np.float64]
Mode = Literal["walk", "drive", "bus"]

_METRES_A_KM: Final = 1000
_MINUTES_AN_HOUR: Final = 60
# Mean squared distance between the middle of a regular hexagon and a place in it, over the hexagon's area:
# (5 / 12) s^2 / (3 sqrt(3) / 2 s^2) with side s.
_SPREAD_OF_A_HEXAGON: Final = 5 / (18 * np.sqrt(3))


@dataclass(frozen=True)
class PlacePoints:
    """Where people start from: each place one point, with how widely its homes lie around it.

    Attributes
    ----------
    points
        (n, 2) eastings and northings, EPSG:27700 metres: the mean point of a cell's homes, not the middle of the cell.
    spread_m
        (n,) root-mean-square distance of the homes from that point, metres; 0 for a single address.
    """

    points: FloatArray
    spread_m: FloatArray


@dataclass(frozen=True)
class TravelMinutes:
    """How long it takes from each place to each site, and how that was measured.

    Attributes
    ----------
    minutes
        (n, m) minutes from place i to site j; infinite beyond the cutoff it was measured to, or where there is no way.
    mode
        How people travel.
    label
        How it was measured, for every output that rests on it: "on foot along streets at 4.8 km/h" or
        "on foot at 4.8 km/h, straight line x 1.3 (no streets loaded)".
    along_streets
        False where a straight line stands in.
    cutoff_minutes
        Nothing longer was measured; infinite where everything was.
    place_snap_m, site_snap_m
        (n,) and (m,) metres from each place or site to the street it was put on; 0 for straight lines.
    cut_off_places, cut_off_sites
        (n,) and (m,) True where no street is near enough, so that nothing can be said to be reachable.
    """

    minutes: FloatArray
    mode: Mode
    label: str
    along_streets: bool
    cutoff_minutes: float
    place_snap_m: FloatArray
    site_snap_m: FloatArray
    cut_off_places: npt.NDArray[np.bool_]
    cut_off_sites: npt.NDArray[np.bool_]


def straight_line(
    places: PlacePoints,
    sites: npt.ArrayLike,
    options: ReachOptions,
    *,
    mode: Mode = "walk",
    travel: TravelOptions | None = None,
) -> TravelMinutes:
    """Estimate every journey by the straight line times a detour, where no streets are loaded.

    The mean squared distance to homes spread around a point is the squared distance to the point plus the squared
    spread (the parallel-axis theorem), so a site in the middle of a cell is not 0 minutes from everybody in it.

    Parameters
    ----------
    places
        Where people start from.
    sites
        (m, 2) eastings and northings, EPSG:27700 metres.
    options
        Pace on foot, and detour.
    travel
        The speed of cars; the standard options by default.

    Raises
    ------
    BadInputError
        Buses do not go in a straight line.

    Examples
    --------
    >>> start = PlacePoints(np.array([[0.0, 0.0]]), np.array([0.0]))
    >>> straight_line(start, [[800, 0], [0, 1600]], ReachOptions(detour=1.5)).minutes.tolist()
    [[15.0, 30.0]]
    """
    speed = pace_km_per_hour(options, travel or TravelOptions(), mode)
    start, end = as_points(places.points), as_points(sites)
    gap = start[:, None, :] - end[None, :, :]
    distance_m = np.sqrt(np.einsum("ijk,ijk->ij", gap, gap) + places.spread_m[:, None] ** 2)
    how = "on foot" if mode == "walk" else "by car"
    return TravelMinutes(
        minutes=distance_m * options.detour * minutes_a_metre(speed),
        mode=mode,
        label=f"{how} at {speed:g} km/h, straight line x {options.detour:g} (no streets loaded)",
        along_streets=False,
        cutoff_minutes=np.inf,
        place_snap_m=np.zeros(len(start)),
        site_snap_m=np.zeros(len(end)),
        cut_off_places=np.zeros(len(start), dtype=np.bool_),
        cut_off_sites=np.zeros(len(end), dtype=np.bool_),
    )


def pace_km_per_hour(options: ReachOptions, travel: TravelOptions, mode: Mode) -> float:
    """Tell the speed that a straight line is travelled at.

    Raises
    ------
    BadInputError
        Buses do not go in a straight line.
    """
    if mode == "bus":
        message = "A bus follows its timetable, not a straight line or a street; ask for journeys on foot or by car."
        raise BadInputError(message)
    return options.walk_km_per_hour if mode == "walk" else travel.straight_drive_km_per_hour


def minutes_a_metre(km_per_hour: float) -> float:
    """Turn a speed into the minutes that one metre takes.

    Examples
    --------
    >>> round(800 * minutes_a_metre(4.8), 6)
    10.0
    """
    return _MINUTES_AN_HOUR / (km_per_hour * _METRES_A_KM)


def spread_within_cell_m(area_m2: npt.ArrayLike) -> FloatArray:
    """Give the root-mean-square distance of a cell's homes from their middle, were they spread evenly.

    Parameters
    ----------
    area_m2
        Areas of hexagons, square metres.

    Returns
    -------
    numpy.ndarray
        Metres; about 340 at H3 resolution 8 and 900 at resolution 7.
    """
    area = np.asarray(area_m2, dtype=np.float64)
    return np.asarray(np.sqrt(_SPREAD_OF_A_HEXAGON * area), dtype=np.float64)


def as_points(values: npt.ArrayLike) -> FloatArray:
    """Give (k, 2) coordinates, whatever holds them; no point is a table of no rows."""
    return np.asarray(values, dtype=np.float64).reshape(-1, 2)
