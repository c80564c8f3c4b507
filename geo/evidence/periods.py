"""Put months into review years."""

import pandas as pd

from geo.errors import BadInputError

_MONTHS_A_YEAR = 12


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
    start = month_numbers(months) - (first_month - 1)
    year = start // _MONTHS_A_YEAR
    return year.astype(str).str.zfill(4) + "-" + ((year + 1) % 100).astype(str).str.zfill(2)


def month_numbers(months: pd.Series) -> pd.Series:
    """Count months since the year 0, so that two of them can be subtracted.

    Raises
    ------
    BadInputError
        A month is not written YYYY-MM; the message gives its row, never the row's content.
    """
    parts = months.astype(str).str.extract(r"^(\d{4})-(0[1-9]|1[0-2])$")
    wrong = parts[0].isna()
    if wrong.any():
        message = (
            f"Row {int(wrong.to_numpy().argmax()) + 1} has no month written like '2024-05'; import the file again."
        )
        raise BadInputError(message)
    return parts[0].astype("int64") * _MONTHS_A_YEAR + parts[1].astype("int64") - 1


def periods_of(episodes: pd.DataFrame) -> list[str]:
    """List the review years that have an episode, oldest first.

    Parameters
    ----------
    episodes
        A table with a column `period`, as `find_episodes` gives it.
    """
    return sorted(str(period) for period in episodes["period"].unique())
