"""The days on which a walk may be held, and who can walk on each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import holidays
import numpy as np
import numpy.typing as npt

from geo.scenario.days_said import WEEKDAYS
from geo.scenario.programme import read_span
from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.agencies import Walkers, who_can_walk
from geo.walkabouts.rota.ask import RotaAsk

IntArray = npt.NDArray[np.int64]
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class RotaDays:
    """Hold every day on which a walk may be held, in order.

    Attributes
    ----------
    days
        Not closed, of a wanted weekday, after today.
    walkers
        For each day, who can walk in each band.
    """

    days: tuple[date, ...]
    walkers: tuple[tuple[Walkers, ...], ...]

    @property
    def lacks(self) -> IntArray:
        """(d, 3) how many rules on who walks are not met, by day and band."""
        return np.array([[one.lacks for one in row] for row in self.walkers], dtype=np.int64).reshape(-1, len(BANDS))

    def between(self, first: date, last: date) -> IntArray:
        """Give the positions of the days of a span."""
        return np.array([at for at, day in enumerate(self.days) if first <= day <= last], dtype=np.int64)


def rota_days(ask: RotaAsk) -> RotaDays:
    """List the days on which a walk may be held, with who can walk."""
    closed = [read_span(text) for text in ask.options.closed]
    every = [ask.start + number * _DAY for number in range((ask.last - ask.start).days + 1)]
    days = tuple(
        day
        for day in every
        if WEEKDAYS[day.weekday()] in ask.options.weekdays and not any(first <= day <= last for first, last in closed)
    )
    walkers = tuple(tuple(who_can_walk(ask.agencies, day, band, ask.options) for band in BANDS) for day in days)
    return RotaDays(days, walkers)


def bank_holiday(day: date) -> str:
    """Name the bank holiday of England that a day is; empty for any other day.

    Examples
    --------
    >>> bank_holiday(date(2026, 12, 25)), bank_holiday(date(2026, 12, 29))
    ('Christmas Day', '')
    """
    return str(holidays.country_holidays("GB", subdiv="ENG", years=day.year).get(day, ""))
