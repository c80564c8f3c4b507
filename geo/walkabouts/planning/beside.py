"""What one more stop costs beside walks that are planned already: the minutes there, and out of the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from geo.walkabouts.finds.looks import FloatArray
from geo.walkabouts.plan import Walkabout

_START, _END = 0, 1


@dataclass(frozen=True)
class Beside:
    """Walks, and places that could be put into them.

    Attributes
    ----------
    away
        (n, m) minutes on foot from each place to each spot of the walks: start, end, the stops by number, and places
        put in since.
    spots
        For each team its spots in the order walked, start and end among them.
    legs
        For each team the minutes from each of its spots to the next.
    rooms
        For each team the minutes that may still go to places put in.
    """

    away: FloatArray
    spots: tuple[tuple[int, ...], ...]
    legs: tuple[tuple[float, ...], ...]
    rooms: tuple[float, ...]

    def detours(self) -> FloatArray:
        """Give the minutes out of the way to each place for each team, put in where it costs least; (n, teams)."""
        return np.column_stack([self._ways(team).min(axis=1) for team in range(len(self.spots))])

    def fits(self, *, stop_minutes: float, most_minutes: float) -> FloatArray:
        """Give the detours of which there is room for, stop and all, and no more than `most_minutes`; else infinite."""
        ways = self.detours()
        allowed = np.minimum(np.array(self.rooms) - stop_minutes, most_minutes)
        return np.where(ways <= allowed[None, :], ways, np.inf)

    def with_place(self, place: int, team: int, *, away: FloatArray, stop_minutes: float) -> "Beside":
        """Put a place into a team's walk.

        Parameters
        ----------
        place
            Its row.
        away
            (n,) minutes on foot from each place to it.
        """
        ways = self._ways(team)[place]
        at, new = int(ways.argmin()), self.away.shape[1]
        spots, legs, rooms = list(self.spots), list(self.legs), list(self.rooms)
        here, there = spots[team][at], spots[team][at + 1]
        two = (float(self.away[place, here]), float(self.away[place, there]))
        spots[team] = (*spots[team][: at + 1], new, *spots[team][at + 1 :])
        legs[team] = (*legs[team][:at], *two, *legs[team][at + 1 :])
        rooms[team] -= float(ways[at]) + stop_minutes
        grown = np.column_stack([self.away, away])
        return replace(self, away=grown, spots=tuple(spots), legs=tuple(legs), rooms=tuple(rooms))

    def _ways(self, team: int) -> FloatArray:
        """Give (n, legs) minutes out of the way, for each leg that a place could be put into."""
        pairs = np.array(list(pairwise(self.spots[team])), dtype=np.int64)
        there = self.away[:, pairs[:, 0]] + self.away[:, pairs[:, 1]]
        ways: FloatArray = np.maximum(there - np.array(self.legs[team])[None, :], 0.0)
        return ways


def beside(walkabout: Walkabout, away: FloatArray, rooms: Sequence[float]) -> Beside:
    """Lay places beside a planned walk.

    Parameters
    ----------
    walkabout
        The plan.
    away
        (n, m) minutes on foot from each place to `spots_of(walkabout)`.
    rooms
        Minutes that each team has left.
    """
    numbers = {stop.number: row for row, stop in enumerate(walkabout.stops, start=2)}
    spots = tuple((_START, *(numbers[stop.number] for stop in team.stops), _END) for team in walkabout.teams)
    # A team without stops has no legs: it stays at the start, and whatever it is sent to is out of its way.
    legs = tuple(tuple(leg.minutes for leg in team.legs) or (0.0,) for team in walkabout.teams)
    return Beside(away, spots, legs, tuple(rooms))


def spots_of(walkabout: Walkabout) -> FloatArray:
    """Give start, end and the stops by number, (m, 2), EPSG:27700."""
    points = [walkabout.start.point, walkabout.end.point, *(stop.point for stop in walkabout.stops)]
    return np.array(points, dtype=np.float64)


def least_detours(walkabout: Walkabout, points: FloatArray, *, minutes_a_metre: float) -> FloatArray:
    """Give the minutes out of the way to each point, (n,), for the team nearest to it, there and back straight.

    Parameters
    ----------
    points
        (n, 2), EPSG:27700.
    minutes_a_metre
        The pace, as the crow flies.
    """
    gap = points[:, None, :] - spots_of(walkabout)[None, :, :]
    away = np.hypot(gap[..., 0], gap[..., 1]) * minutes_a_metre
    laid = beside(walkabout, away, [np.inf] * len(walkabout.teams))
    found: FloatArray = laid.detours().min(axis=1, initial=np.inf)
    return found
