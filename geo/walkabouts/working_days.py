"""Count the working days of England: neither weekends nor bank holidays."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

import holidays

from geo.walkabouts.bands import LONDON, local

_SATURDAY: Final = 5
_LAST_SECOND: Final = time(23, 59, 59)  # no clock is changed in this hour, so it is there once, each day
_YEARS_HELD: Final = 64


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day: Monday to Friday, but for the bank holidays of England.

    Examples
    --------
    >>> [is_working_day(date(2026, 4, number)) for number in (2, 3, 4, 5, 6, 7)]  # 3 to 6 April is Easter
    [True, False, False, False, False, True]
    """
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def due_by(received: datetime, working_days: int) -> datetime:
    """Say by when somebody who was reported is to be visited: the end of the n-th working day after the report.

    The day of receipt is day 0, whatever the hour, and whether or not anybody works on it: Test Valley's action 4.12,
    "visited on the street within no more than 1 working day", is read so. What came on a Friday, Saturday or Sunday is
    due by the end of Monday, where that is no bank holiday.

    Parameters
    ----------
    received
        With its zone.
    working_days
        At least 1.

    Returns
    -------
    datetime
        The last second of that day, in London.

    Raises
    ------
    BadInputError
        The moment has no zone.

    Examples
    --------
    >>> due_by(datetime(2026, 4, 2, 17, 30, tzinfo=LONDON), 1).isoformat()  # the Thursday before Easter
    '2026-04-07T23:59:59+01:00'
    """
    day = local(received).date()
    for _ in range(working_days):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return datetime.combine(day, _LAST_SECOND, tzinfo=LONDON)


@lru_cache(maxsize=_YEARS_HELD)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
