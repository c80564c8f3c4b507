"""Spread walks over the days of a span: about when each is to be, and how far it may move."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.ask import LONGEST_SPAN, RotaAsk
from geo.walkabouts.rota.days import RotaDays
from geo.walkabouts.rota.needs import Need, month_thirds
from geo.walkabouts.rota.step_up import StepUp

IntArray = npt.NDArray[np.int64]
_WIDE: Final = 2_000  # days times bands of all walks: above, a walk stays between the walks beside it
_NEAR: Final = 3  # days either way, in any case: each day of the week lies within
_PART: Final = 4
_A_WEEK: Final = 7  # days


@dataclass(frozen=True)
class Place:
    """A walk's place in the rota, before its day and band are chosen.

    Attributes
    ----------
    target
        The position of its day, were only the spread to count.
    low, high
        It may be on the days from here to there.
    stepped
        Whether it is a further one because of reports.
    free
        It may be so many days from its target at no price: a quarter of the gap to the next walk, three at the most.
    """

    target: int
    low: int
    high: int
    stepped: bool = False
    free: int = 0


@dataclass(frozen=True)
class Places:
    """Every walk's place, in order of time, and what no day is left for.

    Attributes
    ----------
    places
        Targets rise.
    missing
        Needs with how many walks have no day; None stands for the walks stepped up.
    """

    places: tuple[Place, ...]
    missing: tuple[tuple[Need | None, int], ...]


def place_walks(ask: RotaAsk, days: RotaDays, needs: Sequence[Need], step_up: StepUp | None) -> Places:
    """Spread the walks that are asked for over the days.

    Within a quarter the walks lie as evenly as what its months ask for lets, with one beginning for the whole rota
    drawn at random, as in a systematic sample: the gaps are even, and nobody can tell from them when the first is.
    Days on which no agency can are passed over while others are left. A further walk because of reports goes to the
    middle of the longest gap in its weeks.
    """
    begins = float(np.random.default_rng([ask.seed, 0]).uniform(0.25, 0.75))
    regular: list[Place] = []
    missing: list[tuple[Need | None, int]] = []
    for need in needs:
        if need.kind == "quarter" and need.walks:
            inside = days.between(need.first, need.last)
            regular += _spread(ask, days, inside, (need.walks, begins))
            missing += [(need, need.walks - len(inside))] if len(inside) < need.walks else []
    further = _further(ask, days, step_up, [place.target for place in regular])
    wanted = step_up.walks if step_up and step_up.by >= ask.start else 0
    missing += [(None, wanted - len(further))] if len(further) < wanted else []
    places = sorted([*regular, *further], key=lambda place: place.target)
    return Places(_narrowed(days, places), tuple(missing))


def _spread(ask: RotaAsk, days: RotaDays, inside: IntArray, wanted: tuple[int, float]) -> list[Place]:
    count, begins = min(wanted[0], len(inside)), wanted[1]
    if not count:
        return []
    pool = _preferred(days, inside, count)
    weights = np.cumsum([month_thirds(days.days[at].month, ask.options) for at in pool])
    aims = (np.arange(count) + begins) / count * weights[-1]
    found = np.searchsorted(weights, aims, side="right")
    order = np.arange(count)
    found = np.maximum.accumulate(found - order) + order  # each after the one before
    found = np.minimum(found, len(pool) - count + order)
    return [Place(int(at), int(inside[0]), int(inside[-1])) for at in pool[found]]


def _further(ask: RotaAsk, days: RotaDays, step_up: StepUp | None, taken: list[int]) -> list[Place]:
    if step_up is None or not step_up.walks or step_up.by < ask.start:
        return []
    inside = days.between(ask.start, step_up.by)
    pool = _preferred(days, inside, step_up.walks + len(taken))
    if not len(pool):
        return []
    ends = [ask.start.toordinal() - 1, min(step_up.by, ask.last).toordinal() + 1]
    others = [*ends, *(days.days[at].toordinal() for at in taken)]
    found: list[Place] = []
    for _ in range(step_up.walks):
        free = [int(at) for at in pool if int(at) not in {*taken, *(place.target for place in found)}]
        if not free:
            break
        best = max(free, key=lambda at: (_gap(days.days[at].toordinal(), others), -at))
        others.append(days.days[best].toordinal())
        found.append(Place(best, int(inside[0]), int(inside[-1]), stepped=True))
    return found


def _gap(day: int, others: Sequence[int]) -> int:
    return min(abs(day - other) for other in others)


def _preferred(days: RotaDays, inside: IntArray, count: int) -> IntArray:
    """Take the days on which a walk has all it needs in some band, where they are enough."""
    able = inside[(days.lacks[inside] == 0).any(axis=1)] if len(inside) else inside
    return able if len(able) >= count else inside


def _narrowed(days: RotaDays, places: Sequence[Place]) -> tuple[Place, ...]:
    """Say how far each walk may move: where they are many, between those beside it, so that the search stays short."""
    if not places:
        return ()
    wide = sum(place.high - place.low + 1 for place in places) * len(BANDS) <= _WIDE
    before = [-1, *(place.target for place in places[:-1])]
    after = [*(place.target for place in places[1:]), len(days.days)]
    return tuple(
        replace(
            place,
            low=place.low if wide else max(place.low, min(low + 1, place.target - _NEAR)),
            high=place.high if wide else min(place.high, max(high - 1, place.target + _NEAR)),
            free=min(_NEAR, min(_days_between(days, place.target, at) for at in (low, high)) // _PART),
        )
        for place, low, high in zip(places, before, after, strict=True)
    )


def _days_between(days: RotaDays, target: int, other: int) -> int:
    """Count the days between a walk and one beside it; very many where there is none."""
    inside = 0 <= other < len(days.days)
    return abs(days.days[target] - days.days[other]).days if inside else LONGEST_SPAN


def weeks_away(days: RotaDays, place: Place, at: int) -> int:
    """Count the weeks, begun ones too, that a walk's day is further from its target than is free."""
    away = abs(days.days[at] - days.days[place.target]).days - place.free
    return max(-(-away // _A_WEEK), 0)
