"""Draw one rota among those that are equally good, so that nobody can tell when the next walk is.

Whoever could guess when a team comes would not be there, and a walk that always comes at the same hour finds the same
few people. So days and bands are drawn: a walk through rotas that break no more and are no less even than the best,
ever more drawn to those whose weeks are even and that go where was walked least before (Kirkpatrick, Gelatt and Vecchi
1983, "Optimization by simulated annealing", Science 220, 671-680).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np

from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.model import RotaModel
from geo.walkabouts.rota.score import AWAY, RotaScore

Chosen = list[tuple[int, int]]
_LEAST_STEPS: Final = 4_000
_MOST_STEPS: Final = 12_000
_STEPS_A_WALK: Final = 300
_WARMTH: Final = 2.0 * AWAY
_ONE, _DAYS, _BANDS, _MOVES = 0, 1, 2, 4  # the fourth move changes both
_CHANCES: Final = 6  # numbers drawn for each step


@dataclass(frozen=True)
class _Drawn:
    """A rota on the way, and how good it is: less is better."""

    choice: Chosen
    worth: tuple[int, int, int, int]
    price: int


def draw_rota(model: RotaModel, start: Chosen) -> Chosen:
    """Give a rota as good as the one it starts from, or better, drawn by the seed of what was asked.

    Parameters
    ----------
    start
        The position of each walk's day and band.
    """
    score, rng = RotaScore(model), np.random.default_rng([model.ask.seed, 1])
    steps = int(np.clip(_STEPS_A_WALK * len(start), _LEAST_STEPS, _MOST_STEPS))
    mover = _Mover(model, score)
    here = best = _Drawn(start, score.worth(start), score.later(start))
    for step, chance in enumerate(rng.random((steps, _CHANCES)).tolist()):
        choice = mover.moved(here.choice, chance)
        if not score.in_order(choice):
            continue
        there = _Drawn(choice, score.worth(choice), score.later(choice))
        if _taken(here, there, _WARMTH * (1 - step / steps) ** 2, chance[-1]):
            here = there
            best = there if (there.worth, there.price) <= (best.worth, best.price) else best
    return best.choice


def _taken(here: _Drawn, there: _Drawn, warmth: float, chance: float) -> bool:
    if there.worth != here.worth:
        return there.worth < here.worth
    more = there.price - here.price
    return more <= 0 or chance < exp(-more / warmth)


class _Mover:
    """Proposes a rota beside another one."""

    def __init__(self, model: RotaModel, score: RotaScore) -> None:
        self._model, self._score = model, score
        self._days: list[dict[int, list[int]]] = []
        for place in model.places:
            days: dict[int, list[int]] = defaultdict(list)
            for day in range(place.low, place.high + 1):
                days[score.weekdays[day]].append(day)
            self._days.append(days)

    def moved(self, here: Chosen, chance: Sequence[float]) -> Chosen:
        """Move one walk, or let two of them change their days of the week, their bands, or both.

        Parameters
        ----------
        chance
            Five numbers from 0 to 1: which walks, which move, and to where.
        """
        there = list(here)
        first, second = int(chance[0] * len(here)), int(chance[1] * len(here))
        what = int(chance[2] * _MOVES)
        if what == _ONE or first == second:
            place = self._model.places[first]
            there[first] = place.low + int(chance[3] * (place.high - place.low + 1)), int(chance[4] * len(BANDS))
            return there
        (day, band), (other_day, other_band) = here[first], here[second]
        if what != _BANDS:
            day, other_day = self._on(first, other_day, day, chance[3]), self._on(second, day, other_day, chance[4])
        if what != _DAYS:
            band, other_band = other_band, band
        there[first], there[second] = (day, band), (other_day, other_band)
        return there

    def _on(self, number: int, day: int, instead: int, chance: float) -> int:
        """Give a day of a walk that is of the same day of the week as another day; where it has none, its own."""
        days = self._days[number].get(self._score.weekdays[day], [instead])
        return days[int(chance * len(days))]
