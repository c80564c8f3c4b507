"""How long the records cover a period: what a rate must be divided by so that a year not over yet is not called low."""

import pandas as pd

from geo.evidence.counts import Selection
from geo.evidence.periods import ALL_PERIODS, period_months, review_year, years_of


def covered_months(records: pd.DataFrame, selection: Selection, *, first_month: int) -> int:
    """Count the months of a period that the records cover, the first and the last on record as whole ones.

    Parameters
    ----------
    records
        RECORDS table, at least one row.
    selection
        A source covers as long as the exports that name it; without one, all exports count.
    first_month
        The month in which a review year begins, 1 to 12.

    Returns
    -------
    int
        0 where the records cover none of it.
    """
    first, last = period_months(selection.period, _of_feeds(records, selection)["month"], first_month=first_month)
    return max(last - first + 1, 0)


def later_feeds(records: pd.DataFrame, selection: Selection, *, first_month: int) -> dict[str, str]:
    """Name the exports whose records begin in a later review year than the period does, each with that year."""
    chosen = _of_feeds(records, selection)
    begins = review_year(chosen["month"], first_month=first_month).groupby(chosen["feed"]).min()
    period = [] if selection.period == ALL_PERIODS else years_of(selection.period)[:1]
    first = max([*period, str(begins.min())])  # before the first of them nothing is covered
    return {str(feed): str(year) for feed, year in begins[begins > first].items()}


def _of_feeds(records: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    if not selection.source:
        return records
    named = (records["source"] == selection.source) | (records["feed"] == selection.source)
    return records[records["feed"].isin(records.loc[named, "feed"])]
