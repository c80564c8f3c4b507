"""Put months into review years."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError

ALL_PERIODS: Final = "all"
_SPAN: Final = ".."
_MONTHS_A_YEAR: Final = 12
_YEAR: Final = re.compile(r"(\d{4})-(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def review_year(months: pd.Series, *, first_month: int) -> pd.Series:
    """Name the review year of each month.

    Parameters
    ----------
    months
        Text such as "2024-05".
    first_month
        The month in which a review year begins, 1 to 12; with 1 a review year is a calendar year and is still
        written "2024-25", so that periods of one workspace always look alike.

    Returns
    -------
    pandas.Series
        Text such as "2024-25", on the same index.

    Raises
    ------
    BadInputError
        A month is not written YYYY-MM.

    Examples
    --------
    >>> review_year(pd.Series(["2024-03", "2024-04"]), first_month=4).tolist()
    ['2023-24', '2024-25']
    """
    code, named = pd.factorize(months)
    start = _parse(named) - (first_month - 1)
    years = [f"{year:04d}-{(year + 1) % 100:02d}" for year in (start // _MONTHS_A_YEAR).tolist()]
    return pd.Series(np.array([*years, ""], dtype=object)[code], index=months.index, dtype="str")


def month_numbers(months: pd.Series) -> pd.Series:
    """Count months since the year 0, so that two of them can be subtracted.

    Raises
    ------
    BadInputError
        A month is not written YYYY-MM.
    """
    code, named = pd.factorize(months)
    return pd.Series(_parse(named)[code], index=months.index)


def periods_of(episodes: pd.DataFrame) -> list[str]:
    """List the review years that have an episode, oldest first.

    Parameters
    ----------
    episodes
        A table with a column `period`, as `find_episodes` gives it.
    """
    return sorted(str(period) for period in episodes["period"].unique())


def years_of(period: str) -> list[str]:
    """List the review years that a period names, oldest first.

    Parameters
    ----------
    period
        A review year such as "2024-25", or the first and the last of several, such as "2022-23..2024-25".

    Raises
    ------
    BadInputError
        It is not written like one.

    Examples
    --------
    >>> years_of("2022-23..2024-25"), years_of("2024-25")
    (['2022-23', '2023-24', '2024-25'], ['2024-25'])
    """
    first, _, last = period.partition(_SPAN)
    starts = [_first_year(text, period) for text in (first, last or first)]
    return [f"{year:04d}-{(year + 1) % 100:02d}" for year in range(starts[0], starts[1] + 1)]


def span_of(years: list[str]) -> str:
    """Write neighbouring review years, oldest first, as one period; none at all is every period.

    Examples
    --------
    >>> span_of(["2022-23", "2023-24"]), span_of(["2024-25"]), span_of([])
    ('2022-23..2023-24', '2024-25', 'all')
    """
    if not years:
        return ALL_PERIODS
    return years[0] if len(years) == 1 else f"{years[0]}{_SPAN}{years[-1]}"


def told_period(period: str) -> str:
    """Write a period as people say it.

    Examples
    --------
    >>> told_period("2022-23..2024-25"), told_period("2024-25"), told_period("all")
    ('2022-23 to 2024-25', '2024-25', 'all years together')
    """
    return "all years together" if period == ALL_PERIODS else period.replace(_SPAN, " to ")


def in_period(years: pd.Series, period: str) -> pd.Series:
    """Mark the review years that a period holds.

    Parameters
    ----------
    years
        Review years, as `review_year` names them.
    period
        As in `years_of`, or "all".
    """
    if period == ALL_PERIODS:
        return pd.Series(data=True, index=years.index, dtype=bool)
    return years.isin(years_of(period))


def period_months(period: str, months: pd.Series, *, first_month: int) -> tuple[int, int]:
    """Find the first and the last month of a period that the records cover.

    Parameters
    ----------
    period
        As in `years_of`, or "all".
    months
        The months of all records of the workspace, text such as "2024-05"; at least one.
    first_month
        The month in which a review year begins, 1 to 12.

    Returns
    -------
    tuple of int
        As `month_numbers` counts them. A year that is not over yet ends with its last month on record.

    Examples
    --------
    >>> first, last = period_months("2024-25", pd.Series(["2023-01", "2024-09"]), first_month=4)
    >>> last - first + 1  # April to September
    6
    """
    seen = month_numbers(months)
    begins, ends = int(seen.min()), int(seen.max())
    if period == ALL_PERIODS:
        return begins, ends
    years = years_of(period)
    opens = int(years[0][:4]) * _MONTHS_A_YEAR + first_month - 1
    closes = (int(years[-1][:4]) + 1) * _MONTHS_A_YEAR + first_month - 2
    return max(begins, opens), min(ends, closes)


def _first_year(text: str, period: str) -> int:
    found = _YEAR.fullmatch(text)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        message = f"'{period}' is no period; expected a review year such as 2024-25, several as 2022-23..2024-25."
        raise BadInputError(message)
    return int(found[1])


def _parse(months: pd.Index) -> npt.NDArray[np.int64]:
    """Read a few distinct months, for many rows share them."""
    parts = [_MONTH.fullmatch(str(month)) for month in months]
    if not all(parts):
        message = "A record has no month written like '2024-05'; import its file again."
        raise BadInputError(message)
    return np.array([int(part[1]) * _MONTHS_A_YEAR + int(part[2]) - 1 for part in parts if part], dtype=np.int64)
