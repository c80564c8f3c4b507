"""The review years and quarters that partners' counts go by: whole ones that are over."""

from datetime import date
from typing import Final, Literal

import pandas as pd

from geo.disclosure.topics import Period
from geo.errors import BadInputError
from geo.evidence.periods import review_year, years_of
from geo.review.release_years import whole_period
from geo.review.review_quarters import ReviewQuarter

Per = Literal["year", "quarter"]
PER: Final[tuple[Per, ...]] = ("year", "quarter")


def named_period(name: str, *, first_month: int) -> Period:
    """Find the months of a review year or of a quarter of one, by its name.

    Raises
    ------
    BadInputError
        It is neither.

    Examples
    --------
    >>> named_period("2024-25 Q4", first_month=4)
    Period(name='2024-25 Q4', first='2025-01', last='2025-03')
    """
    if "Q" in name.upper():
        quarter = ReviewQuarter.parse(name, first_month=first_month)
        return Period(quarter.name, _month(quarter.first_day), _month(quarter.last_day))
    if len(years_of(name)) != 1:
        message = f"'{name}' names several review years; expected one, such as 2024-25, or a quarter: 2024-25 Q1."
        raise BadInputError(message)
    return whole_period(name, first_month=first_month, today=date.max)


def periods_over(months: pd.Series, *, per: Per, first_month: int, today: date) -> list[Period]:
    """List the periods that have a record and are over, oldest first.

    Parameters
    ----------
    months
        Text such as "2024-05".
    per
        By review year or by quarter.
    today
        A period is over when its last month is.
    """
    distinct = pd.Series(sorted(set(months)), dtype="str")
    if per == "year":
        names = review_year(distinct, first_month=first_month).tolist()
    else:
        days = [date.fromisoformat(f"{month}-01") for month in distinct]
        names = [ReviewQuarter.at(day, first_month=first_month).name for day in days]
    found = [named_period(name, first_month=first_month) for name in dict.fromkeys(names)]
    return [period for period in found if is_past(period, today)]


def is_past(period: Period, today: date) -> bool:
    """Tell whether a period's last month is over."""
    return period.last < _month(today)


def overlap(one: Period, other: Period) -> bool:
    """Tell whether two periods share a month."""
    return one.first <= other.last and other.first <= one.last


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
