"""The months of two review years that are to be compared."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.feed_months import MONTHS_A_YEAR, IntArray
from geo.evidence.periods import month_numbers, review_year, years_of

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class TwoPeriods:
    """Hold the months of two periods, as `month_numbers` counts them.

    Attributes
    ----------
    names
        The earlier and the later period, such as ("2022-23", "2023-24").
    earlier, later
        Every month of each, ascending.
    last
        The last month of the later period that is on record.
    first_month
        The month in which a review year begins, 1 to 12.
    """

    names: tuple[str, str]
    earlier: IntArray
    later: IntArray
    last: int
    first_month: int

    @property
    def unfinished(self) -> bool:
        """Whether the records end before the later period does."""
        return self.last < int(self.later[-1])

    @property
    def on_record(self) -> IntArray:
        """The months of both periods up to the last one on record."""
        both = np.concatenate([self.earlier, self.later])
        return both[both <= self.last]

    def position(self, months: npt.ArrayLike) -> IntArray:
        """Count months from the beginning of their review year, 0 to 11."""
        return (np.asarray(months, dtype=np.int64) - (self.first_month - 1)) % MONTHS_A_YEAR

    def common(self, missing: Collection[int] = ()) -> IntArray:
        """Find the positions that every year of both periods has on record, and in which no month is missing."""
        both = np.concatenate([self.earlier, self.later])
        lost = both[(both > self.last) | np.isin(both, list(missing))]
        return np.setdiff1d(np.arange(MONTHS_A_YEAR), self.position(lost))

    def sides(self, months: npt.ArrayLike) -> tuple[BoolArray, BoolArray]:
        """Mark which months are of the earlier period, and which of the later."""
        return np.isin(months, self.earlier), np.isin(months, self.later)

    def share_earlier(self) -> float:
        """Say what share of the months compared is of the earlier period."""
        return len(self.earlier) / (len(self.earlier) + len(self.later))


def find_periods(months: pd.Series, earlier: str, later: str, *, first_month: int) -> TwoPeriods:
    """Check that two periods are on record, in order and apart.

    Parameters
    ----------
    months
        The months of all records, text such as "2024-05".
    earlier, later
        Review years, or several as `years_of` reads them.
    first_month
        The month in which a review year begins, 1 to 12.

    Raises
    ------
    MissingDataError
        There is no record, or records of one review year only.
    BadInputError
        A period is not on record, or the earlier one does not come before the later.
    """
    known = sorted(review_year(months, first_month=first_month).unique())
    if not known:
        message = "There are no records yet. Add a file of approaches and referrals first."
        raise MissingDataError(message)
    if len(known) == 1:
        message = f"There are records of one review year only, {known[0]}; a comparison needs two."
        raise MissingDataError(message)
    before, after = years_of(earlier), years_of(later)
    for year in (*before, *after):
        if year not in known:
            message = f"There are no records of {year}; there are records of: {', '.join(known)}."
            raise BadInputError(message)
    if not before or not after or before[-1] >= after[0]:
        message = f"{earlier} does not come before {later}; give the earlier period first, and no year twice."
        raise BadInputError(message)
    first, second = _months(before, first_month), _months(after, first_month)
    last = min(int(second[-1]), int(month_numbers(months).max()))
    return TwoPeriods((earlier, later), first, second, last, first_month)


def _months(years: list[str], first_month: int) -> IntArray:
    begins = int(years[0][:4]) * MONTHS_A_YEAR + first_month - 1
    return np.arange(begins, begins + len(years) * MONTHS_A_YEAR, dtype=np.int64)
