"""Which partner agencies can come to a session."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from geo.errors import BadInputError
from geo.hubs.programme.year import Slot
from geo.scenario.days_said import read_away, read_weekdays, words_of
from geo.scenario.programme import Weekday, read_span

LONGEST: Final = 80
EVERY: Final = "every"
_WEEKS: Final = ("first", "second", "third", "fourth", "last")
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Partner:
    """An agency, and when its people can come.

    Attributes
    ----------
    name
        The agency's name; no person's.
    weekdays
        Days of the week.
    weeks
        "every", or which of these weekdays in a month: first, second, third, fourth, last.
    begin, end
        The times of day between which they can come, such as "09:30" and "13:00".
    away
        Days or spans on which they cannot, such as "2026-08-01..2026-08-31".
    """

    name: str
    weekdays: tuple[Weekday, ...]
    weeks: tuple[str, ...] = (EVERY,)
    begin: str = "09:00"
    end: str = "17:00"
    away: tuple[str, ...] = ()

    def can_come(self, slot: Slot) -> bool:
        """Say whether they can come for the whole of a session.

        Examples
        --------
        >>> from datetime import datetime
        >>> partner = Partner("Citizens Advice", ("Tue",), ("first", "third"), "09:30", "13:00")
        >>> first, second = (Slot(datetime(2026, 5, d, 10), datetime(2026, 5, d, 12), 1) for d in (5, 12))
        >>> partner.can_come(first), partner.can_come(second)
        (True, False)
        """
        in_time = self.begin <= f"{slot.begin:%H:%M}" and f"{slot.end:%H:%M}" <= self.end
        here = not any(first <= slot.day <= last for first, last in map(read_span, self.away))
        return slot.weekday in self.weekdays and in_time and here and self._in_week(slot)

    def _in_week(self, slot: Slot) -> bool:
        ordinal = _WEEKS[min((slot.day.day - 1) // 7, len(_WEEKS) - 1)]
        last = (slot.day + _A_WEEK).month != slot.day.month
        return EVERY in self.weeks or ordinal in self.weeks or (last and "last" in self.weeks)

    @property
    def told(self) -> str:
        """Say when they can come."""
        weeks = "" if EVERY in self.weeks else f" ({', '.join(self.weeks)} in the month)"
        away = f", not {', '.join(one.replace('..', ' to ') for one in self.away)}" if self.away else ""
        return f"{', '.join(self.weekdays)}{weeks}, {self.begin} to {self.end}{away}"


def make_partner(
    name: str, *, weekdays: str, weeks: str = EVERY, begin: str = "09:00", end: str = "17:00", away: str = ""
) -> Partner:
    """Read a partner's availability as an officer writes it.

    Parameters
    ----------
    weekdays
        Such as "Mon, Wed, Fri" or "Tuesday and Thursday".
    weeks
        "every", or such as "first, third" or "1st and 3rd" of the month.
    begin, end
        Times of day.
    away
        Days or spans, with commas between.

    Raises
    ------
    BadInputError
        A part cannot be read.
    """
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST:
        message = f"A partner needs a name of at most {LONGEST} characters; nothing was kept."
        raise BadInputError(message)
    times = _time(begin, tidy), _time(end, tidy)
    if times[0] >= times[1]:
        message = f"{tidy}: the time from ({times[0]}) must come before the time until ({times[1]})."
        raise BadInputError(message)
    days, off = read_weekdays(weekdays, whose=tidy), read_away(away, whose=tidy)
    return Partner(tidy, days, _weeks(weeks, tidy), *times, off)


def who_can_come(partners: Sequence[Partner], slot: Slot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the partners who can come to a session, and those who cannot."""
    able = {partner.name: partner.can_come(slot) for partner in partners}
    return tuple(name for name in able if able[name]), tuple(name for name in able if not able[name])


def _weeks(text: str, name: str) -> tuple[str, ...]:
    numbered = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "last"}
    given = {numbered.get(word[0], word) for word in words_of(text)} or {EVERY}
    if given & {EVERY, "all", "any"}:
        return (EVERY,)
    if not given <= set(_WEEKS):
        message = f"{name}: the weeks cannot be read; expected every, or some of {', '.join(_WEEKS)}."
        raise BadInputError(message)
    return tuple(week for week in _WEEKS if week in given)


def _time(text: str, name: str) -> str:
    found = _TIME.fullmatch(text.strip())
    if not found:
        message = f"{name}: a time of day cannot be read; expected one such as 09:30."
        raise BadInputError(message)
    return f"{int(found[1]):02d}:{found[2]}"
