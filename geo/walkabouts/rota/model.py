"""Write the choice of a day and a band for every walk as an integer programme.

A variable x(walk, day, band) says that a walk is then. Others count: how many walks each band, day of the week and
pair of them has, as steps of a rising price (1, 3, 5, ... for the square); how often two neighbours are alike; how many
walks of a summer are missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.scenario.days_said import WEEKDAYS
from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.ask import RotaAsk, Walked
from geo.walkabouts.rota.days import RotaDays
from geo.walkabouts.rota.needs import Need
from geo.walkabouts.rota.places import Place
from geo.walkabouts.rota.rows import Row

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
_B: Final = len(BANDS)
_W: Final = len(WEEKDAYS)
UNEVEN: Final = (2_500, 50, 1)  # bands, days of the week, pairs of them


@dataclass(frozen=True)
class RotaModel:
    """Hold the variables: first those of the choice, then the steps of the counts, then what is broken.

    Attributes
    ----------
    ask, days, places, needs
        What is to be solved.
    """

    ask: RotaAsk
    days: RotaDays
    places: tuple[Place, ...]
    needs: tuple[Need, ...]

    @cached_property
    def walk(self) -> IntArray:
        """(x,) which walk a variable of the choice is of."""
        return np.repeat(np.arange(len(self.places)), [_B * (place.high - place.low + 1) for place in self.places])

    @cached_property
    def day(self) -> IntArray:
        """(x,) the position of its day."""
        return np.concatenate([np.repeat(np.arange(place.low, place.high + 1), _B) for place in self.places])

    @cached_property
    def band(self) -> IntArray:
        """(x,) the position of its band."""
        return np.tile(np.arange(_B), len(self.walk) // _B)

    @cached_property
    def weekday(self) -> IntArray:
        """(x,) the position of its day of the week."""
        return np.array([day.weekday() for day in self.days.days], dtype=np.int64)[self.day]

    @cached_property
    def strata(self) -> tuple[IntArray, ...]:
        """Each variable's band, its day of the week, and the pair: what is to be used evenly, in this order."""
        return self.band, self.weekday, self.band * _W + self.weekday

    @property
    def steps_from(self) -> tuple[int, ...]:
        """Where the steps of each kind of count begin, and where they end."""
        sizes = [kinds * len(self.places) for kinds in (_B, _W, _B * _W)]
        return tuple(len(self.walk) + sum(sizes[:number]) for number in range(len(sizes) + 1))

    @property
    def alike_from(self) -> int:
        """Where the variables of neighbours alike begin: a band and a day of the week for each pair of neighbours."""
        return self.steps_from[-1]

    @property
    def short_from(self) -> int:
        """Where the variables of missing walks of summer begin."""
        return self.alike_from + 2 * (len(self.places) + 1)

    @property
    def width(self) -> int:
        """How many variables there are."""
        return self.short_from + len(self.needs)

    @property
    def whole(self) -> npt.NDArray[np.bool_]:
        """Whether each must be a whole number: the choice; the others follow it."""
        return np.arange(self.width) < len(self.walk)

    def most(self, *, strict: bool) -> FloatArray:
        """Give the most of each variable; strictly, nothing may be broken."""
        found = np.ones(self.width)
        found[self.short_from :] = len(self.places)
        if strict:
            found[: len(self.walk)] = self.days.lacks[self.day, self.band] == 0
            found[self.alike_from :] = 0
        return found

    def rows(self) -> list[Row]:
        """Write every rule."""
        one_each = [_sum(np.flatnonzero(self.walk == number), 1, 1) for number in range(len(self.places))]
        return [*one_each, *self._order(), *self._alike(), *self._needs(), *self._counts()]

    def chosen(self, values: FloatArray) -> list[tuple[int, int]]:
        """Read the position of each walk's day and band."""
        taken = np.flatnonzero(values[: len(self.walk)] > 0.5)  # noqa: PLR2004 - whole numbers
        return [(int(self.day[at]), int(self.band[at])) for at in taken]

    def _order(self) -> Iterable[Row]:
        """Let each walk be on a later day than the one before."""
        for number, (first, second) in enumerate(zip(self.places, self.places[1:], strict=False)):
            for day in range(max(first.low, second.low), min(first.high, second.high) + 1):
                late = (self.walk == number) & (self.day >= day)
                early = (self.walk == number + 1) & (self.day <= day)
                yield _sum(np.flatnonzero(late | early), -np.inf, 1)

    def _alike(self) -> Iterable[Row]:
        """Let neighbours differ in band, and in day of the week; a variable says where they do not."""
        for kind, (of, kinds) in enumerate(((self.band, _B), (self.weekday, _W))):
            for pair in range(len(self.places) + 1):
                broken = self.alike_from + kind * (len(self.places) + 1) + pair
                for value in range(kinds):
                    either = ((self.walk == pair - 1) | (self.walk == pair)) & (of == value)
                    room = 1 - self._beside(pair, kind, value)
                    yield _sum(np.flatnonzero(either), -np.inf, room, but=broken)

    def _beside(self, pair: int, kind: int, value: int) -> int:
        """Count a walk before or after the rota that has this band or day of the week beside it."""
        beside = {0: self.ask.last_walked, len(self.places): self.ask.after}.get(pair)
        return int(beside is not None and strata_of(beside)[kind] == value)

    def _needs(self) -> Iterable[Row]:
        """Let each summer have its walks; a variable says how many are missing."""
        regular = np.array([not place.stepped for place in self.places])[self.walk]
        for number, need in enumerate(self.needs):
            inside = np.isin(self.day, self.days.between(need.first, need.last)) & regular
            if need.kind == "summer" and need.walks:
                yield _sum(np.append(np.flatnonzero(inside), self.short_from + number), need.walks, np.inf)

    def _counts(self) -> Iterable[Row]:
        """Let the steps of each count add up to it."""
        for of, first, kinds in zip(self.strata, self.steps_from, (_B, _W, _B * _W), strict=False):
            for value in range(kinds):
                steps = first + value * len(self.places) + np.arange(len(self.places))
                taken = np.flatnonzero(of == value)
                factors = np.concatenate([np.ones(len(taken)), -np.ones(len(steps))])
                yield Row(np.concatenate([taken, steps]), factors, 0, 0)

    def uneven(self) -> FloatArray:
        """Price the unevenness: the squares of the counts, bands far above days of the week, those above pairs."""
        cost = np.zeros(self.width)
        for weight, first, last in zip(UNEVEN, self.steps_from, self.steps_from[1:], strict=False):
            prices = weight * (2 * np.arange(len(self.places)) + 1)
            cost[first:last] = np.tile(prices, (last - first) // len(self.places))
        return cost

    def broken(self, what: str) -> FloatArray:
        """Price what is broken: walks of summer missing, what a walk lacks, or neighbours alike."""
        cost = np.zeros(self.width)
        if what == "summer":
            cost[self.short_from :] = 1
        elif what == "walkers":
            cost[: len(self.walk)] = self.days.lacks[self.day, self.band]
        else:
            cost[self.alike_from : self.short_from] = 1
        return cost


def strata_of(one: Walked) -> tuple[int, int, int]:
    """Give the positions of a walk's band, of its day of the week, and of the pair."""
    band, weekday = BANDS.index(one.band), one.day.weekday()
    return band, weekday, band * _W + weekday


def _sum(variables: Sequence[int] | IntArray, low: float, high: float, *, but: int | None = None) -> Row:
    """Bound a sum, less one more variable where one is named."""
    taken = np.asarray(variables if but is None else np.append(variables, but), dtype=np.int64)
    factors = np.ones(len(taken))
    if but is not None:
        factors[-1] = -1
    return Row(taken, factors, low, high)
