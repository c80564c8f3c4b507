"""Which agencies walk along, with which power, and when their people can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, get_args

from geo.errors import BadInputError
from geo.scenario.days_said import WEEKDAYS, read_away, read_weekdays, told_span, words_of
from geo.scenario.programme import Weekday, read_span
from geo.scenario.walkabouts import Power, WalkaboutOptions
from geo.walkabouts.bands import BANDS, Band

LONGEST: Final = 80
MOST_PEOPLE: Final = 20
POWERS: Final[tuple[Power, ...]] = get_args(Power)
_BEGINS: Final[dict[str, Power]] = {"supp": "support", "enfo": "enforcement"}


@dataclass(frozen=True)
class WalkAgency:
    """An agency, what it brings, and when its people can walk.

    Attributes
    ----------
    name
        The agency's name; no person's.
    powers
        "support", "enforcement" or both.
    people
        How many it sends.
    weekdays
        Days of the week.
    bands
        Bands of the day.
    away
        Days or spans on which they cannot, such as "2026-08-01..2026-08-31".
    """

    name: str
    powers: tuple[Power, ...]
    people: int = 1
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    bands: tuple[Band, ...] = BANDS
    away: tuple[str, ...] = ()

    def can_walk(self, day: date, band: Band) -> bool:
        """Say whether they can walk in a band of a day.

        Examples
        --------
        >>> police = WalkAgency("Police", ("enforcement",), weekdays=("Tue",), bands=("evening",), away=("2026-05-12",))
        >>> [police.can_walk(date(2026, 5, number), "evening") for number in (5, 6, 12)]
        [True, False, False]
        """
        here = not any(first <= day <= last for first, last in self._spans)
        return here and band in self.bands and WEEKDAYS[day.weekday()] in self.weekdays

    @cached_property
    def _spans(self) -> tuple[tuple[date, date], ...]:
        return tuple(map(read_span, self.away))

    @property
    def told(self) -> str:
        """Say what they bring, and when they can."""
        people = f"{self.people} {'person' if self.people == 1 else 'people'}"
        days = "any day" if self.weekdays == WEEKDAYS else ", ".join(self.weekdays)
        bands = "any band" if self.bands == BANDS else ", ".join(self.bands)
        away = f"; not {', '.join(map(told_span, self.away))}" if self.away else ""
        return f"{' and '.join(self.powers)}, {people}; {days}; {bands}{away}"


@dataclass(frozen=True)
class Walkers:
    """Who could walk at one time, and what would be missing.

    Attributes
    ----------
    names
        The agencies that can.
    people
        How many people they send together.
    powers
        Those that are needed and met.
    missing
        Powers that are needed and not met.
    short
        Whether the people are too few.
    """

    names: tuple[str, ...]
    people: int
    powers: tuple[Power, ...]
    missing: tuple[Power, ...]
    short: bool

    @property
    def lacks(self) -> int:
        """Count the rules that are not met."""
        return len(self.missing) + int(self.short)


def who_can_walk(agencies: Sequence[WalkAgency], day: date, band: Band, options: WalkaboutOptions) -> Walkers:
    """Name the agencies that can walk in a band of a day, and say what is missing of what a walk needs."""
    able = [one for one in agencies if one.can_walk(day, band)]
    met = {power for one in able for power in one.powers}
    people = sum(one.people for one in able)
    needed = tuple(power for power in POWERS if power in options.powers)
    return Walkers(
        names=tuple(one.name for one in able),
        people=people,
        powers=tuple(power for power in needed if power in met),
        missing=tuple(power for power in needed if power not in met),
        short=people < options.least_people,
    )


def make_agency(
    name: str, *, powers: str, people: int = 1, weekdays: str = "", bands: str = "", away: str = ""
) -> WalkAgency:
    """Read an agency as an officer writes it.

    Parameters
    ----------
    powers
        "support", "enforcement", or both with a comma between.
    people
        How many it sends, from 1.
    weekdays
        Such as "Mon, Wed and Friday"; blank for every day.
    bands
        Some of early morning, day, evening, with commas between; blank for all.
    away
        Days or spans, with commas between.

    Raises
    ------
    BadInputError
        A part cannot be read.

    Examples
    --------
    >>> make_agency("Police", powers="enforcing", people=2, weekdays="Fri, Sat", bands="evenings, early").bands
    ('early morning', 'evening')
    """
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST:
        message = f"An agency needs a name of 1 to {LONGEST} characters; nothing was kept."
        raise BadInputError(message)
    if not 1 <= people <= MOST_PEOPLE:
        message = f"{tidy}: {people} people cannot be; expected 1 to {MOST_PEOPLE}."
        raise BadInputError(message)
    return WalkAgency(
        tidy,
        _powers(powers, tidy),
        people,
        weekdays=read_weekdays(weekdays, whose=tidy) if weekdays.strip() else WEEKDAYS,
        bands=_bands(bands, tidy),
        away=read_away(away, whose=tidy),
    )


def _powers(text: str, name: str) -> tuple[Power, ...]:
    given = [_BEGINS.get(word[:4]) for word in words_of(text)]
    if not given or None in given:
        message = f"{name}: the powers cannot be read; expected support, enforcement, or both with a comma between."
        raise BadInputError(message)
    return tuple(power for power in POWERS if power in given)


def _bands(text: str, name: str) -> tuple[Band, ...]:
    """Read bands of the day: each is known by its first word."""
    words = [word.removesuffix("s") for word in words_of(text) if word not in {"morning", "mornings"}]
    if not words:
        return BANDS
    known = {band.split()[0]: band for band in BANDS}
    if not set(words) <= set(known):
        message = f"{name}: the bands cannot be read; expected some of {', '.join(BANDS)}, with commas between."
        raise BadInputError(message)
    return tuple(band for band in BANDS if band.split()[0] in words)
