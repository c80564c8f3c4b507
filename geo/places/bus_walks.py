"""Walks that belong to a journey by bus: to the first stop, from one stop to another, and from the last stop."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from geo.errors import BadInputError
from geo.places.bus_timetable import Timetable
from geo.places.travel import PlacePoints, TravelMinutes, as_points, minutes_a_metre, straight_line
from geo.scenario import BusOptions, ReachOptions

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_MINUTE_S: Final = 60


@dataclass(frozen=True)
class Walks:
    """From each start, the ends within a walk of it.

    Attributes
    ----------
    starts
        (n + 1,) where the ends of each start begin in the two other arrays.
    ends
        (k,) numbers of the ends.
    seconds
        (k,) how long each walk takes.
    """

    starts: IntArray
    ends: IntArray
    seconds: FloatArray

    def plus(self, minutes: float) -> "Walks":
        """Add the same minutes to every walk."""
        return Walks(self.starts, self.ends, self.seconds + minutes * _MINUTE_S)

    def turned(self) -> "Walks":
        """Walk them the other way round, from as many starts as there were: stops to stops only."""
        count = len(self.starts) - 1
        begin = np.repeat(np.arange(count), np.diff(self.starts))
        order = np.lexsort((begin, self.ends))
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.ends, minlength=count))])
        return Walks(starts.astype(np.int64), begin[order].astype(np.int64), self.seconds[order])


@dataclass(frozen=True)
class BusWalks:
    """Every walk of a journey by bus.

    Attributes
    ----------
    from_places, from_sites
        The stops within a walk of each place, and of each site.
    changes
        As `changes_between` gives them.
    all_the_way
        Walking from every place to every site without a bus.
    """

    from_places: Walks
    from_sites: Walks
    changes: Walks
    all_the_way: TravelMinutes


def straight_walks(
    timetable: Timetable, places: PlacePoints, sites: npt.ArrayLike, options: BusOptions, reach: ReachOptions
) -> BusWalks:
    """Estimate every walk by the straight line times a detour.

    A stop is near enough if it is so from the middle of a place; the walk then counts the spread of its homes too, as
    walks to sites do, so that a large cell with a stop in it has a bus, but not at everybody's door.

    Parameters
    ----------
    places
        Where people start from.
    sites
        (m, 2) eastings and northings, EPSG:27700 metres.
    """
    stops, ends = timetable.stop_points(), as_points(sites)
    far = options.walk_to_stop_minutes
    no_spread = np.zeros(len(ends))
    return BusWalks(
        from_places=_near(as_points(places.points), places.spread_m, stops, reach, far),
        from_sites=_near(ends, no_spread, stops, reach, far),
        changes=changes_between(timetable, options, reach),
        all_the_way=straight_line(places, ends, reach),
    )


def measured_walks(
    to_stops: TravelMinutes, to_sites: TravelMinutes, all_the_way: TravelMinutes, *, changes: Walks
) -> BusWalks:
    """Take walks that were measured along streets; each was measured up to the longest walk wanted.

    Parameters
    ----------
    to_stops
        (n, s) minutes from every place to every stop of the timetable, in the order of its numbers.
    to_sites
        (s, m) minutes from every stop to every site; the way back to the stop takes as long.
    all_the_way
        (n, m) minutes from every place to every site.
    changes
        As `changes_between` gives them.

    Raises
    ------
    BadInputError
        The three are not of the same places, stops and sites.
    """
    (places, stops), (same_stops, sites) = to_stops.minutes.shape, to_sites.minutes.shape
    if stops != same_stops or all_the_way.minutes.shape != (places, sites):
        message = "The walks to stops, from stops and all the way are not of the same places, stops and sites."
        raise BadInputError(message)
    return BusWalks(walks_in(to_stops.minutes), walks_in(to_sites.minutes.T), changes, all_the_way)


def changes_between(timetable: Timetable, options: BusOptions, reach: ReachOptions) -> Walks:
    """Say how long before a bus leaves a stop one must have got off at this stop, or at one near by.

    That is the change time and the straight-line walk, or the least time that the timetable itself states where that
    is longer; a change that it forbids is left out.

    Returns
    -------
    Walks
        From the stop where the next bus leaves to the stops where one may have got off.
    """
    points = timetable.stop_points()
    walks = _near(points, np.zeros(len(points)), points, reach, options.change_walk_minutes)
    usual = walks.plus(options.change_minutes)
    stated = _stated(timetable)
    if not stated:
        return usual
    begin = np.repeat(np.arange(len(points)), np.diff(usual.starts))
    table = {
        (int(leave), int(off)): float(seconds)
        for leave, off, seconds in zip(begin, usual.ends, usual.seconds, strict=True)
    }
    for (off, leave), seconds in stated.items():
        table[leave, off] = np.inf if seconds < 0 else max(table.get((leave, off), 0.0), seconds)
    pairs = sorted((pair, seconds) for pair, seconds in table.items() if np.isfinite(seconds))
    return _rows(pairs, len(points))


def _stated(timetable: Timetable) -> dict[tuple[int, int], int]:
    """Read the changes that the timetable speaks of: (got off, leaves) to seconds, -1 where it forbids one."""
    changes = timetable.stops()["changes"]
    return {
        (off, int(entry.split(":")[0])): int(entry.split(":")[1])
        for off, text in enumerate(changes)  # stops are numbered from 0 without a gap
        for entry in text.split()
    }


def _rows(pairs: list[tuple[tuple[int, int], float]], count: int) -> Walks:
    rows = np.array([leave for (leave, _), _ in pairs], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))]).astype(np.int64)
    ends = np.array([off for (_, off), _ in pairs], dtype=np.int64)
    return Walks(starts, ends, np.array([seconds for _, seconds in pairs], dtype=np.float64))


def _near(points: FloatArray, spread_m: FloatArray, stops: FloatArray, reach: ReachOptions, minutes: float) -> Walks:
    """Find the stops so many minutes' straight walk from each point."""
    minutes_per_m = minutes_a_metre(reach.walk_km_per_hour) * reach.detour
    if not len(points):
        return Walks(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    found = cKDTree(points).sparse_distance_matrix(cKDTree(stops), minutes / minutes_per_m, output_type="ndarray")
    order = np.lexsort((found["j"], found["i"]))
    begin, end, gap = found["i"][order], found["j"][order], found["v"][order]
    starts = np.concatenate([[0], np.cumsum(np.bincount(begin, minlength=len(points)))]).astype(np.int64)
    metres = np.hypot(gap, spread_m[begin])
    return Walks(starts, end.astype(np.int64), metres * minutes_per_m * _MINUTE_S)


def walks_in(minutes: FloatArray) -> Walks:
    """Keep the walks that a table of minutes has, (n, s); an infinite one is none.

    Examples
    --------
    >>> walks_in(np.array([[2.0, np.inf], [np.inf, np.inf], [1.0, 3.0]])).starts.tolist()
    [0, 1, 1, 3]
    """
    begin, end = np.nonzero(np.isfinite(minutes))
    starts = np.concatenate([[0], np.cumsum(np.bincount(begin, minlength=len(minutes)))]).astype(np.int64)
    return Walks(starts, end.astype(np.int64), minutes[begin, end] * _MINUTE_S)
