"""Put months into review years."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError

_MONTHS_A_YEAR: Final = 12
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


def _parse(months: pd.Index) -> npt.NDArray[np.int64]:
    """Read a few distinct months, for many rows share them."""
    parts = [_MONTH.fullmatch(str(month)) for month in months]
    if not all(parts):
        message = "A record has no month written like '2024-05'; import its file again."
        raise BadInputError(message)
    return np.array([int(part[1]) * _MONTHS_A_YEAR + int(part[2]) - 1 for part in parts if part], dtype=np.int64)
