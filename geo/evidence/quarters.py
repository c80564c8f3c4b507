"""Number and name the quarters of review years."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.evidence.feed_months import MONTHS_A_YEAR, IntArray

_MONTHS: Final = 3
_A_YEAR: Final = 4


@dataclass(frozen=True)
class Quarters:
    """Hold whole quarters in a row.

    Attributes
    ----------
    first, last
        Numbered since the year 0 and counted from the review year's first month; none where `last` is before `first`.
    first_month
        The month in which a review year begins, 1 to 12.

    Examples
    --------
    >>> two = Quarters.within(2023 * 12 + 3, 2023 * 12 + 9, first_month=4)  # April to October 2023
    >>> two.names(), two.begins()
    (['2023-24 Q1', '2023-24 Q2'], ['2023-04', '2023-07'])
    """

    first: int
    last: int
    first_month: int

    @classmethod
    def within(cls, first: int, last: int, *, first_month: int) -> "Quarters":
        """Find the whole quarters between two months, as `month_numbers` counts them."""
        opens, closes = first - (first_month - 1), last - (first_month - 1)
        return cls(-(-opens // _MONTHS), (closes + 1) // _MONTHS - 1, first_month)

    def __len__(self) -> int:
        """Count them."""
        return max(self.last - self.first + 1, 0)

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month of all."""
        return self.first * _MONTHS + self.first_month - 1, (self.last + 1) * _MONTHS + self.first_month - 2

    def number(self, months: pd.Series) -> pd.Series:
        """Find which quarter each month is of, from 0; below 0 it is before all of them, from their count on after."""
        return (months - (self.first_month - 1)) // _MONTHS - self.first

    def names(self) -> list[str]:
        """Name each by its review year."""
        numbered = [divmod(self.first + at, _A_YEAR) for at in range(len(self))]
        return [f"{year:04d}-{(year + 1) % 100:02d} Q{quarter + 1}" for year, quarter in numbered]

    def begins(self) -> list[str]:
        """Give the first month of each, such as "2023-04"."""
        months: IntArray = self.months[0] + _MONTHS * np.arange(len(self), dtype=np.int64)
        return [f"{month // MONTHS_A_YEAR:04d}-{month % MONTHS_A_YEAR + 1:02d}" for month in months.tolist()]
