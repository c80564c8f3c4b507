"""Judge a choice of days and bands: what is broken, how uneven it is, what comes after that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from geo.scenario.days_said import WEEKDAYS
from geo.walkabouts.rota.model import UNEVEN, RotaModel, strata_of
from geo.walkabouts.rota.places import weeks_away

Choice = Sequence[tuple[int, int]]  # the position of each walk's day and band
AWAY: Final = 50  # a week away, in walks held before in the same band, on the same day of the week, in both
_W: Final = len(WEEKDAYS)


@dataclass(frozen=True)
class RotaScore:
    """Judges choices of one model.

    Attributes
    ----------
    model
        What is chosen in.
    """

    model: RotaModel

    @cached_property
    def weekdays(self) -> list[int]:
        """The day of the week of each day."""
        return [day.weekday() for day in self.model.days.days]

    @cached_property
    def lacks(self) -> list[list[int]]:
        """How many rules on who walks are not met, by day and band."""
        found: list[list[int]] = self.model.days.lacks.tolist()
        return found

    @cached_property
    def _before(self) -> Counter[tuple[int, int]]:
        """How often each kind of count and its value was walked before."""
        return Counter(pair for one in self.model.ask.before for pair in enumerate(strata_of(one)))

    @cached_property
    def _summers(self) -> list[tuple[set[int], int]]:
        """The days of each summer, and how many walks it asks for."""
        model = self.model
        needs = [need for need in model.needs if need.kind == "summer" and need.walks]
        return [(set(model.days.between(need.first, need.last).tolist()), need.walks) for need in needs]

    def in_order(self, choice: Choice) -> bool:
        """Tell whether each walk is on a later day than the one before."""
        return all(first[0] < second[0] for first, second in pairwise(choice))

    def worth(self, choice: Choice) -> tuple[int, int, int, int]:
        """Say what is broken and how uneven it is, the gravest first; less is better."""
        return self._missing(choice), self._lacking(choice), self.alike(choice), self._uneven(choice)

    def alike(self, choice: Choice) -> int:
        """Count neighbours of one band, and neighbours of one day of the week."""
        ask = self.model.ask
        own = [(band, self.weekdays[day]) for day, band in choice]
        before = [strata_of(ask.last_walked)[:2]] if ask.last_walked else []
        after = [strata_of(ask.after)[:2]] if ask.after else []
        row = [*before, *own, *after]
        return sum((a[0] == b[0]) + (a[1] == b[1]) for a, b in pairwise(row))

    def later(self, choice: Choice) -> int:
        """Price the weeks that walks are away from an even spread, and below it what was walked often before."""
        model = self.model
        weeks = sum(weeks_away(model.days, place, day) for place, (day, _) in zip(model.places, choice, strict=True))
        return AWAY * weeks + sum(self._before[pair] for one in choice for pair in enumerate(self._kinds(one)))

    def _kinds(self, one: tuple[int, int]) -> tuple[int, int, int]:
        weekday = self.weekdays[one[0]]
        return one[1], weekday, one[1] * _W + weekday

    def _missing(self, choice: Choice) -> int:
        regular = [day for place, (day, _) in zip(self.model.places, choice, strict=True) if not place.stepped]
        return sum(max(walks - sum(day in days for day in regular), 0) for days, walks in self._summers)

    def _lacking(self, choice: Choice) -> int:
        return sum(self.lacks[day][band] for day, band in choice)

    def _uneven(self, choice: Choice) -> int:
        counts = Counter(pair for one in choice for pair in enumerate(self._kinds(one)))
        return sum(UNEVEN[kind] * count * count for (kind, _), count in counts.items())
