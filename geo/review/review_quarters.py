"""Name the quarters of review years, and find their days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.errors import BadInputError
from geo.evidence.periods import years_of

QUARTERS: Final = 4
_MONTHS: Final = 12
_NAME: Final = re.compile(r"\s*(\d{4}-\d{2})\s*[ ,]?\s*q([1-4])\s*", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class ReviewQuarter:
    """One quarter of a review year.

    Attributes
    ----------
    year
        The review year, such as "2024-25".
    number
        1 to 4.
    first_month
        The month in which a review year begins, 1 to 12.

    Examples
    --------
    >>> spring = ReviewQuarter.at(date(2025, 2, 3), first_month=4)
    >>> spring.name, spring.first_day.isoformat(), spring.last_day.isoformat(), spring.months
    ('2024-25 Q4', '2025-01-01', '2025-03-31', 'January to March 2025')
    >>> spring.next.name, spring.a_year_before.name
    ('2025-26 Q1', '2023-24 Q4')
    """

    year: str
    number: int
    first_month: int

    @classmethod
    def at(cls, day: date, *, first_month: int) -> "ReviewQuarter":
        """Find the quarter that a day lies in."""
        months = day.year * _MONTHS + day.month - first_month
        year, month = divmod(months, _MONTHS)
        return cls(_named(year), month // 3 + 1, first_month)

    @classmethod
    def parse(cls, text: str, *, first_month: int) -> "ReviewQuarter":
        """Read a quarter as people write it, such as "2024-25 Q3".

        Raises
        ------
        BadInputError
            It is no quarter.
        """
        found = _NAME.fullmatch(text)
        if not found:
            message = f"'{text[:40]}' is no quarter; expected a review year and a quarter, such as 2024-25 Q3."
            raise BadInputError(message)
        years_of(found[1])
        return cls(found[1], int(found[2]), first_month)

    @property
    def name(self) -> str:
        """Its name, such as "2024-25 Q3"."""
        return f"{self.year} Q{self.number}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        months = int(self.year[:4]) * _MONTHS + self.first_month - 1 + 3 * (self.number - 1)
        return date(months // _MONTHS, months % _MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next.first_day - timedelta(days=1)

    @property
    def months(self) -> str:
        """Its months in words."""
        first, last = self.first_day, self.last_day
        begins = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
        return f"{begins} to {last:%B %Y}"

    @property
    def next(self) -> "ReviewQuarter":
        """The quarter after it."""
        later = self.number == QUARTERS
        year = _named(int(self.year[:4]) + 1) if later else self.year
        return ReviewQuarter(year, 1 if later else self.number + 1, self.first_month)

    @property
    def before(self) -> "ReviewQuarter":
        """The quarter before it."""
        earlier = self.number == 1
        year = _named(int(self.year[:4]) - 1) if earlier else self.year
        return ReviewQuarter(year, QUARTERS if earlier else self.number - 1, self.first_month)

    @property
    def a_year_before(self) -> "ReviewQuarter":
        """The same quarter of the review year before."""
        return ReviewQuarter(_named(int(self.year[:4]) - 1), self.number, self.first_month)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first_day <= day <= self.last_day


def quarters_of(year: str, *, first_month: int) -> tuple[ReviewQuarter, ...]:
    """List the four quarters of a review year.

    Raises
    ------
    BadInputError
        It is not a single review year.
    """
    if len(years_of(year)) != 1:
        message = f"'{year}' names several review years; name one, such as 2024-25."
        raise BadInputError(message)
    return tuple(ReviewQuarter(year, number, first_month) for number in range(1, QUARTERS + 1))


def _named(year: int) -> str:
    return f"{year:04d}-{(year + 1) % 100:02d}"
