"""Measure how a team gets from place to place on the night: on foot, or by car where that is too far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

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
from geo.walkabouts.snapshot.by_car import NightMinutes, NightStep
from geo.walkabouts.snapshot.values import NightWay, SnapshotPlace
from geo.walkabouts.squares import middle_of, told_square

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


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
        Between them on foot and by car.
    straight
        (n, n) of which the drive, or whatever there is, was measured in a straight line.
    left_out
        Places that no team can stand at.
    told
        How the minutes were measured.
    """

    places: tuple[SnapshotPlace, ...]
    points: FloatArray
    names: tuple[str, ...]
    minutes: NightMinutes
    straight: BoolArray
    left_out: tuple[LeftOut, ...]
    told: tuple[str, ...]
    _ways: WalkingWays | None = field(default=None, repr=False)
    _rows: tuple[int, ...] = field(default=(), repr=False)

    def ways(self, places: Sequence[int], first: int) -> tuple[NightWay, ...]:
        """Describe the ways of a team from each of its places to the next.

        Parameters
        ----------
        first
            The number of its first stop.
        """
        steps = zip(self.minutes.steps(places), pairwise(places), strict=True)
        return tuple(
            self._drive(step, places[step.car], there, first + step.car)
            if step.drives
            else self._walk(step, here, there)
            for step, (here, there) in steps
        )

    def _walk(self, step: NightStep, here: int, there: int) -> NightWay:
        if self._ways is None:
            return NightWay("foot", step.minutes, self._line(here, there), (), along_streets=False)
        i, j = self._rows[here], self._rows[there]
        names = tuple(name for name, _ in groupby(one.name for one in self._ways.stretches(i, j) if one.name))
        return NightWay("foot", step.minutes, self._ways.line(i, j), names, along_streets=True)

    def _drive(self, step: NightStep, car: int, there: int, number: int) -> NightWay:
        along = not self.straight[car, there]
        line = shapely.LineString() if along else self._line(car, there)
        back = (step.back_minutes, number) if step.back_minutes else (0.0, 0)
        return NightWay("car", step.minutes, line, (), along, *back)

    def _line(self, here: int, there: int) -> shapely.LineString:
        spots = self.points[[here, there]]
        return shapely.LineString(spots) if (spots[0] != spots[1]).any() else shapely.LineString()


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
    drive = _driven(streets, points, foot, rules)
    straight = ~np.isfinite(foot) & ~np.isfinite(drive)
    drive[straight] = _straight(points, rules)[1][straight]
    return NightGround(
        places=tuple(places[row] for row in rows),
        points=points,
        names=tuple(places[row].street or str(ways.street_names[row]) for row in rows),
        minutes=NightMinutes(foot, drive, rules.walk.night_foot_minutes),
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
    minutes = NightMinutes(foot, drive, rules.walk.night_foot_minutes)
    measured = (
        f"Straight lines times {rules.reach.detour:g}, for no streets are loaded: on foot at "
        f"{rules.reach.walk_km_per_hour:g} km/h, or by car at {rules.travel.straight_drive_km_per_hour:g} km/h. The "
        "real ways are not known."
    )
    names = tuple(one.street for one in places)
    straight = np.ones(foot.shape, dtype=np.bool_)
    return NightGround(tuple(places), points, names, minutes, straight, (), (measured, _told_drives(rules)))


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
        f"with {rules.walk.night_park_minutes:g} minutes to park. A drive leaves from where the car stands, and its "
        "minutes hold the walk back; a short way is driven too where that spares one."
    )
