"""Measure how a team gets from place to place on the night: on foot, or by car where that is too far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import BadInputError
from geo.places.street_ways import WalkingWays, walking_ways
from geo.places.streets import Streets
from geo.places.streets_travel import along_streets, street_label
from geo.places.travel import PlacePoints, minutes_a_metre
from geo.scenario import ReachOptions, TravelOptions
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.plan import LeftOut
from geo.walkabouts.planning.ground import NO_PLACE, STOP_SNAP_M
from geo.walkabouts.snapshot.values import NightWay, SnapshotPlace
from geo.walkabouts.squares import middle_of, told_square

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_ROOM_M: Final = 1e-6


@dataclass(frozen=True)
class NightRules:
    """The options that a night's plan rests on: those of walkabouts, the pace on foot, the speed of cars."""

    walk: WalkaboutOptions = field(default_factory=WalkaboutOptions)
    reach: ReachOptions = field(default_factory=ReachOptions)
    travel: TravelOptions = field(default_factory=TravelOptions)


@dataclass(frozen=True)
class NightGround:
    """Places with the minutes between them.

    Attributes
    ----------
    places
        Those that a team can stand at.
    points
        (n, 2) where it stands, EPSG:27700.
    names
        The street of each; empty where none is known.
    minutes
        (n, n) by the quicker of foot and car, as the rules have it.
    by_car, straight
        (n, n) which of them are drives, and which were measured in a straight line.
    left_out
        Places that no team can stand at.
    told
        How the minutes were measured.
    """

    places: tuple[SnapshotPlace, ...]
    points: FloatArray
    names: tuple[str, ...]
    minutes: FloatArray
    by_car: BoolArray
    straight: BoolArray
    left_out: tuple[LeftOut, ...]
    told: tuple[str, ...]
    _ways: WalkingWays | None = field(default=None, repr=False)
    _rows: tuple[int, ...] = field(default=(), repr=False)

    def way(self, place: int, following: int) -> NightWay:
        """Describe the way from one place to another."""
        minutes, by_car = float(self.minutes[place, following]), bool(self.by_car[place, following])
        if self._ways is None or self.straight[place, following]:
            spots = self.points[[place, following]]
            line = shapely.LineString(spots) if (spots[0] != spots[1]).any() else shapely.LineString()
            return NightWay("car" if by_car else "foot", minutes, line, (), along_streets=False)
        if by_car:
            return NightWay("car", minutes, shapely.LineString(), (), along_streets=True)
        i, j = self._rows[place], self._rows[following]
        names = tuple(name for name, _ in groupby(one.name for one in self._ways.stretches(i, j) if one.name))
        return NightWay("foot", minutes, self._ways.line(i, j), names, along_streets=True)


def night_ground(places: Sequence[SnapshotPlace], streets: Streets | None, rules: NightRules) -> NightGround:
    """Put places on their streets and measure the minutes between them.

    Raises
    ------
    BadInputError
        A place that an officer added has no street near enough.
    """
    middles = np.array([middle_of(one.square) for one in places], dtype=np.float64).reshape(-1, 2)
    if streets is None or not len(places):
        return _straight_ground(places, middles, rules)
    ways = walking_ways(streets, middles, rules.reach, snap_m=STOP_SNAP_M)
    rows = tuple(row for row in range(len(places)) if not ways.off[row])
    out = tuple(_left_out(one) for row, one in enumerate(places) if ways.off[row])
    points = np.array([ways.spot(row) for row in rows], dtype=np.float64).reshape(-1, 2)
    foot = ways.minutes[np.ix_(rows, rows)]
    minutes, by_car = _quicker(foot, _driven(streets, points, foot, rules), rules)
    straight = ~np.isfinite(minutes)
    minutes[straight] = _straight(points, rules)[1][straight]
    return NightGround(
        places=tuple(places[row] for row in rows),
        points=points,
        names=tuple(str(ways.street_names[row]) or places[row].street for row in rows),
        minutes=minutes,
        by_car=by_car | straight,
        straight=straight,
        left_out=out,
        told=_told_along(rules, straight),
        _ways=ways,
        _rows=rows,
    )


def _left_out(one: SnapshotPlace) -> LeftOut:
    if "added" in one.kinds:
        message = f"{told_square(one.square)} was added and cannot be counted: {NO_PLACE[0].lower()}{NO_PLACE[1:]}"
        raise BadInputError(message)
    return LeftOut(one.square, one.street, NO_PLACE)


def _straight_ground(places: Sequence[SnapshotPlace], points: FloatArray, rules: NightRules) -> NightGround:
    foot, drive = _straight(points, rules)
    minutes, by_car = _quicker(foot, drive, rules)
    measured = (
        f"Straight lines times {rules.reach.detour:g}, for no streets are loaded: on foot at "
        f"{rules.reach.walk_km_per_hour:g} km/h, or by car at {rules.travel.straight_drive_km_per_hour:g} km/h. The "
        "real ways are not known."
    )
    names = tuple(one.street for one in places)
    straight = np.ones(minutes.shape, dtype=np.bool_)
    return NightGround(tuple(places), points, names, minutes, by_car, straight, (), (measured, _told_drives(rules)))


def _straight(points: FloatArray, rules: NightRules) -> tuple[FloatArray, FloatArray]:
    """Give the minutes on foot and by car along straight lines with their detour."""
    gap = points[:, None, :] - points[None, :, :]
    metres = np.hypot(gap[..., 0], gap[..., 1]) * rules.reach.detour
    foot = metres * minutes_a_metre(rules.reach.walk_km_per_hour)
    drive = metres * minutes_a_metre(rules.travel.straight_drive_km_per_hour) + rules.walk.night_park_minutes
    return foot, drive


def _driven(streets: Streets, points: FloatArray, foot: FloatArray, rules: NightRules) -> FloatArray:
    """Give the minutes by car with the parking; not measured where everything can be walked."""
    if not (foot > rules.walk.night_foot_minutes).any():
        return np.full(foot.shape, np.inf)
    found = along_streets(
        streets, PlacePoints(points, np.zeros(len(points))), points, rules.reach, mode="drive", travel=rules.travel
    )
    return found.minutes + rules.walk.night_park_minutes


def _quicker(foot: FloatArray, drive: FloatArray, rules: NightRules) -> tuple[FloatArray, BoolArray]:
    by_car = (foot > rules.walk.night_foot_minutes + _ROOM_M) & (drive < foot)
    return np.where(by_car, drive, foot), by_car


def _told_along(rules: NightRules, straight: BoolArray) -> tuple[str, ...]:
    told = (
        f"On foot along streets at {rules.reach.walk_km_per_hour:g} km/h, lit or not. {_told_drives(rules)} Drives are "
        f"{street_label(rules.reach, rules.travel, 'drive')}."
    )
    if not straight.any():
        return (told,)
    lost = "Some places have no way along streets between them: there the drive is a straight line with its detour."
    return told, lost


def _told_drives(rules: NightRules) -> str:
    return (
        f"Where a walk takes more than {rules.walk.night_foot_minutes:g} minutes the team drives if that is quicker, "
        f"with {rules.walk.night_park_minutes:g} minutes to park."
    )
