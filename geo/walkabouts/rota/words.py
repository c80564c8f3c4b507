"""Say which rules a rota could not meet, and when."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from geo.scenario.days_said import WEEKDAYS
from geo.walkabouts.bands import BANDS, Band
from geo.walkabouts.rota.agencies import POWERS, Walkers
from geo.walkabouts.rota.ask import RotaAsk, Walked
from geo.walkabouts.rota.days import RotaDays
from geo.walkabouts.rota.needs import Need
from geo.walkabouts.rota.result import RotaWalk

_IN: Final[dict[Band, str]] = {
    "early morning": "in any early morning",
    "day": "in the day",
    "evening": "in any evening",
}


def walk_lacks(walkers: Walkers, least_people: int) -> tuple[str, ...]:
    """Say what a walk lacks of those who walk.

    Examples
    --------
    >>> walk_lacks(Walkers(("Outreach",), 1, ("support",), ("enforcement",), short=True), 2)
    ('no agency with enforcement can walk', '1 person can walk, 2 are needed')
    """
    powers = [f"no agency with {power} can walk" for power in walkers.missing]
    people = f"{walkers.people} {'person' if walkers.people == 1 else 'people'} can walk, {least_people} are needed"
    return (*powers, *([people] if walkers.short else []))


def never(ask: RotaAsk, days: RotaDays) -> tuple[str, ...]:
    """Say which band never has what a walk needs, and why."""
    if not ask.agencies:
        return ("No agency is recorded yet, so nobody is known to walk: add the agencies with their powers.",)
    if not days.days:
        return ()
    return tuple(_never(ask, days, at, band) for at, band in enumerate(BANDS) if (days.lacks[:, at] > 0).all())


def missing_walks(missing: Sequence[tuple[Need | None, int]], days: RotaDays) -> tuple[str, ...]:
    """Say for which walks no day is left."""
    left = f"{len(days.days)} in all" if days.days else "none"
    said = []
    for need, count in missing:
        whose = f"{need.months}" if need else "The walks to be stepped up"
        walks = f"{count} {'walk has' if count == 1 else 'walks have'}"
        said.append(f"{whose}: {walks} no day; days on which one may be held: {left}.")
    return tuple(said)


def missing_in_summer(needs: Sequence[Need], walks: Sequence[RotaWalk]) -> tuple[str, ...]:
    """Say where a summer has too few walks."""
    said = []
    for need in needs:
        found = sum(need.first <= walk.day <= need.last and walk.reason != "stepped up" for walk in walks)
        if need.kind == "summer" and found < need.walks:
            said.append(f"{need.months} (the summer) asks for {need.walks} walks here; only {found} could be planned.")
    return tuple(said)


def alike(walks: Sequence[RotaWalk], *, before: Walked | None = None, after: Walked | None = None) -> tuple[str, ...]:
    """Say which neighbours are alike in band or in day of the week, the walks before and after among them."""
    if not walks:
        return ()
    own = [(f"walk {walk.number}", Walked(walk.day, walk.band)) for walk in walks]
    first = [("the walk before the rota", before)] if before else []
    last = [("the walk after the rota", after)] if after else []
    row = [*first, *own, *last]
    bands = [f"{names} are {_in(row[at][1].band)}, one after another." for at, names in _runs(row, _band)]
    days = [f"{names} are on a {row[at][1].day:%A}, one after another." for at, names in _runs(row, _weekday)]
    return (*bands, *days)


def lacking(walks: Sequence[RotaWalk]) -> tuple[str, ...]:
    """Say which walk lacks whom; where nobody can walk on any of them, it need not be said of each."""
    lacks = [walk for walk in walks if walk.unmet]
    if lacks and not any(walk.agencies for walk in walks):
        return (f"Walks without anybody to walk: {len(lacks)}.",)
    return tuple(f"Walk {one.number}, {told_day(one.day)}, {one.band}: {'; '.join(one.unmet)}." for one in lacks)


def told_day(day: date) -> str:
    """Write a day as people say it.

    Examples
    --------
    >>> told_day(date(2026, 5, 5))
    'Tuesday 5 May 2026'
    """
    return f"{day:%A} {day.day} {day:%B %Y}"


def _never(ask: RotaAsk, days: RotaDays, at: int, band: Band) -> str:
    column = [row[at] for row in days.walkers]
    for power in POWERS:
        if all(power in one.missing for one in column):
            return f"No agency with {power} can walk {_IN[band]}."
    if all(one.short for one in column):
        return f"There are never {ask.options.least_people} people who can walk {_IN[band]}."
    free = sorted({day.weekday() for day in days.days})
    named = ", ".join(WEEKDAYS[number] for number in free)
    return f"The powers and people that a walk needs never come together {_IN[band]} ({named})."


def _in(band: Band) -> str:
    return "in the day" if band == "day" else f"in the {band}"


def _band(one: Walked) -> object:
    return one.band


def _weekday(one: Walked) -> object:
    return one.day.weekday()


def _runs(row: Sequence[tuple[str, Walked]], key: Callable[[Walked], object]) -> list[tuple[int, str]]:
    """Name the neighbours that are alike: where each run of them begins, and all of it."""
    found, at = [], 0
    for _, run in groupby(row, lambda one: key(one[1])):
        names = [name for name, _ in run]
        found += [(at, _listed(names))] if len(names) > 1 else []
        at += len(names)
    return found


def _listed(names: Sequence[str]) -> str:
    text = f"{', '.join(names[:-1])} and {names[-1]}"
    return text[0].upper() + text[1:]
