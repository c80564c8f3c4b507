"""The days of a review year on which a hub could be held: quarters, wanted weekdays, closed days, times of day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, get_args

import holidays

from geo.errors import BadInputError
from geo.evidence.periods import years_of
from geo.scenario import ProgrammeOptions
from geo.scenario.programme import Weekday, read_span

WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
QUARTERS: Final = 4
_MONTHS: Final = 12
_PAST, _BANK, _CLOSED = "past", "on bank holidays", "closed by the council"


@dataclass(frozen=True, order=True)
class Slot:
    """A session that could be held.

    Attributes
    ----------
    begin, end
        Local time of the council.
    quarter
        1 to 4, of the review year.
    """

    begin: datetime
    end: datetime
    quarter: int

    @property
    def day(self) -> date:
        """The day."""
        return self.begin.date()

    @property
    def weekday(self) -> Weekday:
        """The day of the week."""
        return WEEKDAYS[self.begin.weekday()]


@dataclass(frozen=True)
class YearDays:
    """Hold the quarters of a review year and every session that could be held in it.

    Attributes
    ----------
    year
        Such as "2026-27".
    starts
        The first day of each quarter, and the first day after the year.
    quarters
        Those that are planned: not over yet.
    slots
        In order of time; empty where no day is left.
    skipped
        Wanted weekdays on which nothing is held, and why.
    """

    year: str
    starts: tuple[date, ...]
    quarters: tuple[int, ...]
    slots: tuple[Slot, ...]
    skipped: dict[date, str]

    @cached_property
    def by_quarter(self) -> dict[int, tuple[int, ...]]:
        """The positions of each planned quarter's slots."""
        return {
            quarter: tuple(at for at, slot in enumerate(self.slots) if slot.quarter == quarter)
            for quarter in self.quarters
        }

    def name(self, quarter: int) -> str:
        """Name a quarter by its months.

        Examples
        --------
        >>> year_days("2026-27", ProgrammeOptions(), first_month=4, today=date(2026, 4, 1)).name(4)
        'January to March 2027'
        """
        first, last = self.starts[quarter - 1], self.starts[quarter] - timedelta(days=1)
        if first.year != last.year:
            return f"{first:%B %Y} to {last:%B %Y}"
        return f"{first:%B} to {last:%B %Y}"

    def quarter_of(self, day: date) -> int:
        """Say in which quarter a day lies; 0 outside the year."""
        inside = self.starts[0] <= day < self.starts[-1]
        return sum(day >= start for start in self.starts) if inside else 0

    @property
    def told_skipped(self) -> str:
        """Say how many wanted days fall away and why."""
        why = Counter(self.skipped.values())
        return ", ".join(f"{count} {reason}" for reason, count in sorted(why.items()))


def year_days(year: str, options: ProgrammeOptions, *, first_month: int, today: date) -> YearDays:
    """List the sessions of a review year: after today, on a wanted weekday, on no closed day.

    Parameters
    ----------
    year
        A review year, such as "2026-27".
    first_month
        The month in which it begins, 1 to 12.
    today
        Days up to this one are past and are not planned; a quarter that is over is left out.

    Raises
    ------
    BadInputError
        It is not a single review year.
    """
    if len(years_of(year)) != 1:
        message = f"A programme is made for one review year; '{year}' names several. Choose one such as 2026-27."
        raise BadInputError(message)
    starts = _quarter_starts(int(year[:4]), first_month)
    closed = _closed_days(options, starts)
    quarters = tuple(number for number in range(1, QUARTERS + 1) if starts[number] - timedelta(days=1) > today)
    slots, skipped = [], {}
    for day in _days(starts[0], starts[-1]):
        if WEEKDAYS[day.weekday()] not in options.weekdays:
            continue
        if day <= today:
            skipped[day] = _PAST
        elif day in closed:
            skipped[day] = closed[day]
        else:
            quarter = sum(day >= start for start in starts)
            slots += [_slot(day, start, options.session_minutes, quarter) for start in options.starts]
    return YearDays(year, starts, quarters, tuple(sorted(slots)), skipped)


def year_at(day: date, *, first_month: int) -> str:
    """Name the review year that a day lies in.

    Examples
    --------
    >>> year_at(date(2026, 3, 31), first_month=4), year_at(date(2026, 4, 1), first_month=4)
    ('2025-26', '2026-27')
    """
    start = day.year - (day.month < first_month)
    return f"{start:04d}-{(start + 1) % 100:02d}"


def bank_holidays(first: date, last: date) -> dict[date, str]:
    """List the bank holidays of England between two days, with what each is called."""
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1))
    return {day: str(name) for day, name in sorted(known.items()) if first <= day <= last}


def session(begin: datetime, minutes: int, days: YearDays) -> Slot:
    """Make a session at any moment, as when a hub is moved by hand."""
    return Slot(begin, begin + timedelta(minutes=minutes), days.quarter_of(begin.date()))


def _quarter_starts(year: int, first_month: int) -> tuple[date, ...]:
    months = [first_month - 1 + 3 * quarter for quarter in range(QUARTERS + 1)]
    return tuple(date(year + month // _MONTHS, month % _MONTHS + 1, 1) for month in months)


def _closed_days(options: ProgrammeOptions, starts: tuple[date, ...]) -> dict[date, str]:
    closed: dict[date, str] = {}
    if options.bank_holidays == "skip":
        closed |= dict.fromkeys(bank_holidays(starts[0], starts[-1]), _BANK)
    for text in options.closed:
        first, last = read_span(text)
        for day in _days(max(first, starts[0]), min(last, starts[-1]) + timedelta(days=1)):
            closed.setdefault(day, _CLOSED)
    return closed


def _days(first: date, after: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((after - first).days)]


def _slot(day: date, start: str, minutes: int, quarter: int) -> Slot:
    begin = datetime.combine(day, datetime.min.time()).replace(hour=int(start[:2]), minute=int(start[3:]))
    return Slot(begin, begin + timedelta(minutes=minutes), quarter)
