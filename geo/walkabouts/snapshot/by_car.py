"""Count a team's minutes from place to place on the night, where each drive leaves from where the car stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_ROOM: Final = 1e-6
Spent = tuple[float, tuple["NightStep", ...]]


@dataclass(frozen=True)
class NightStep:
    """How a team gets from one place to the next.

    Attributes
    ----------
    drives
        Whether by car.
    minutes
        In all: the walk back to the car, the drive, the parking; or the walk.
    car
        Where the car stands before, by position among the team's places; 0 is the first.
    back_minutes
        Of them, on foot back to the car; 0 on foot, or where the car stands right here.
    """

    drives: bool
    minutes: float
    car: int = 0
    back_minutes: float = 0.0


@dataclass(frozen=True)
class NightMinutes:
    """The minutes between places on foot and by car.

    Attributes
    ----------
    foot
        (n, n) on foot; infinite where there is no way.
    drive
        (n, n) by car with the parking; infinite where nobody drives.
    most_on_foot
        A way that takes longer on foot is driven, if that is quicker.

    Notes
    -----
    The car stands at a team's first place. A short way may be driven too where that is quicker than the walk, so that
    nobody need walk back for the car later: it is planned to take as long as on foot, so that driving it gains nothing
    by itself.
    """

    foot: FloatArray
    drive: FloatArray
    most_on_foot: float

    @property
    def walked(self) -> BoolArray:
        """(n, n) the ways that a team may walk."""
        near = (self.foot <= self.most_on_foot + _ROOM) | (self.foot <= self.drive)
        return near & np.isfinite(self.foot)

    @property
    def quicker(self) -> FloatArray:
        """(n, n) minutes, were the car always at hand: what no team does in less."""
        return np.where(self.walked, self.foot, self.drive)

    def pieces(self, way: Sequence[int]) -> FloatArray:
        """Give the least minutes underway of each piece of a way over places.

        Returns
        -------
        numpy.ndarray
            (n + 1, n + 1): of the piece from one position until before another; infinite where there is none.

        Notes
        -----
        `spent[start, car]` is the least for the piece begun at `start` with the car left at `car`, up to here.
        """
        count, best = len(way), np.full((len(way) + 1, len(way) + 1), np.inf)
        spent = np.full((count, count), np.inf)
        for here, place in enumerate(way):
            if here:
                before = spent
                spent = np.full((count, count), np.inf)
                if self.walked[way[here - 1], place]:
                    spent = before + self.foot[way[here - 1], place]
                legs = self._drives(list(way[:here]), way[here - 1], place)
                spent[:, here] = (before[:, :here] + legs[None, :]).min(axis=1)
            spent[here, here] = 0.0
            best[:count, here + 1] = spent.min(axis=1)
        return best

    def steps(self, places: Sequence[int]) -> tuple[NightStep, ...]:
        """Say how a team gets from each of its places to the next in the least minutes, walking where it may."""
        spent: dict[int, Spent] = {0: (0.0, ())}
        for before, (here, there) in enumerate(pairwise(places)):
            cars = list(places[: before + 1])
            backs, legs = self._backs(cars, here), self._drives(cars, here, there)
            driven = [
                _on(one, NightStep(drives=True, minutes=float(legs[car]), car=car, back_minutes=float(backs[car])))
                for car, one in spent.items()
            ]
            walk = NightStep(drives=False, minutes=float(self.foot[here, there]))
            spent = {car: _on(one, walk) for car, one in spent.items()} if self.walked[here, there] else {}
            spent[before + 1] = min(driven, key=lambda one: one[0])
        return min(spent.values(), key=lambda one: one[0])[1]

    def _drives(self, cars: list[int], here: int, there: int) -> FloatArray:
        """Give the minutes by car from one place to another for each place that the car may stand at."""
        minutes, foot = self._backs(cars, here) + self.drive[cars, there], float(self.foot[here, there])
        if not self.walked[here, there]:
            return minutes
        return np.maximum(minutes, foot) if self.drive[here, there] < foot else np.full(len(cars), np.inf)

    def _backs(self, cars: list[int], here: int) -> FloatArray:
        """Give the minutes on foot from a place to each place that the car may stand at."""
        return np.where(np.array(cars) == here, 0.0, self.foot[here, cars])


def _on(spent: Spent, step: NightStep) -> Spent:
    return spent[0] + step.minutes, (*spent[1], step)
