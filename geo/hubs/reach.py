"""How long people walk to a site, and how much of them it reaches.

No streets are loaded yet, so a walk is the straight line times a detour, and every result says so.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from geo.scenario import ReachOptions

FloatArray = npt.NDArray[np.float64]

# Mean squared distance between the middle of a regular hexagon and a place in it, over the hexagon's area:
# (5 / 12) s^2 / (3 sqrt(3) / 2 s^2) with side s.
_SPREAD_OF_A_HEXAGON = 5 / (18 * np.sqrt(3))
_METRES_A_KM = 1000
_MINUTES_AN_HOUR = 60


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


def straight_line_minutes(
    from_points: npt.ArrayLike, to_points: npt.ArrayLike, options: ReachOptions, *, spread_m: npt.ArrayLike = 0.0
) -> FloatArray:
    """Estimate the walk from each place to each site.

    Parameters
    ----------
    from_points
        (n, 2) eastings and northings of the places people start from, EPSG:27700 metres.
    to_points
        (m, 2) eastings and northings of the sites, likewise.
    options
        Pace and detour.
    spread_m
        (n,) how widely people live around each starting point, metres. The mean squared distance to people spread
        around a point is the squared distance to the point plus the squared spread (the parallel-axis theorem), so
        a site in the middle of a cell is not 0 minutes from everybody in it.

    Returns
    -------
    numpy.ndarray
        (n, m) minutes.

    Examples
    --------
    >>> straight_line_minutes([[0, 0]], [[800, 0], [0, 1600]], ReachOptions(detour=1.5)).tolist()
    [[15.0, 30.0]]
    """
    start, end = _points(from_points), _points(to_points)
    gap = start[:, None, :] - end[None, :, :]
    spread = np.broadcast_to(np.asarray(spread_m, dtype=np.float64), (len(start),))
    distance_m = np.sqrt(np.einsum("ijk,ijk->ij", gap, gap) + spread[:, None] ** 2)
    metres_a_minute = options.walk_km_per_hour * _METRES_A_KM / _MINUTES_AN_HOUR
    return np.asarray(distance_m * options.detour / metres_a_minute, dtype=np.float64)


def reach_weights(minutes: FloatArray, options: ReachOptions) -> FloatArray:
    """Say how much of the people so many minutes away count as reached.

    Returns
    -------
    numpy.ndarray
        1 up to `full_minutes`, then falling in a line to 0 at `cutoff_minutes`; of the shape of `minutes`.

    Examples
    --------
    >>> reach_weights(np.array([0.0, 10, 20, 30, 40]), ReachOptions()).tolist()
    [1.0, 1.0, 0.5, 0.0, 0.0]
    """
    if options.full_minutes >= options.cutoff_minutes:
        return (minutes <= options.cutoff_minutes).astype(np.float64)
    falling = (options.cutoff_minutes - minutes) / (options.cutoff_minutes - options.full_minutes)
    return np.clip(falling, 0, 1)


def sum_reached(counts: FloatArray, weights: "sparse.csr_array[np.float64]") -> FloatArray:
    """Add up the people each site reaches.

    Parameters
    ----------
    counts
        (n,) or (d, n) people in each cell.
    weights
        (n, m) how much of a cell each site reaches; sparse, for a walk spans few cells of a district.

    Returns
    -------
    numpy.ndarray
        (m,) or (d, m) people.
    """
    return np.asarray(counts @ weights, dtype=np.float64)


def travel_label(options: ReachOptions) -> str:
    """Tell how walks were measured, for every output that rests on them."""
    return f"on foot at {options.walk_km_per_hour:g} km/h, straight line x {options.detour:g} (no streets loaded)"


def _points(values: npt.ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64).reshape(-1, 2)
