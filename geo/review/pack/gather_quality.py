"""Take what the records lack, and which source reported when, as plain values."""

from typing import Any, Final

import pandas as pd

from geo.evidence.missing import find_missing
from geo.evidence.periods import month_numbers, review_year
from geo.evidence.repeats import find_repeats
from geo.review.gaps import district_names
from geo.review.pack.gather_counts import Basis
from geo.review.pack.plain import plain_rows

_MONTHS_A_YEAR: Final = 12
_REPEATS: Final = ("rows", "approaches", "referrals", "households", "several_sources", "episodes", "repeats")


def quality_of(basis: Basis) -> dict[str, Any]:
    """Count rows by status and source for the review year, and whose month by month record has gaps.

    Returns
    -------
    dict
        `shares`, `outside` and `no_fixed_abode` of the review year (rows, not households); `years` the share without
        a place of every year; `feeds` and `gaps`; `repeats` of the review year.
    """
    first_month, names = basis.workspace.scenario.review_first_month, district_names(basis.workspace)
    ours = review_year(basis.records["month"], first_month=first_month) == basis.plan.review
    found = find_missing(basis.records[ours].reset_index(drop=True), first_month=first_month, names=names)
    shares, by_year = found.shares, find_missing(basis.records, first_month=first_month, names=names).shares
    told = shares[(shares["rows"] > 0) & shares["by"].isin(["district", "feed", "source", "route"])]
    years = by_year[(by_year["by"] == "period") & by_year["what"].isin(["no_place", "no_fixed_abode"])]
    return {
        "rows": found.rows,
        "duplicates": found.duplicates,
        "shares": plain_rows(told),
        "years": plain_rows(years),
        "outside": plain_rows(found.outside),
        "no_fixed_abode": plain_rows(found.no_fixed_abode[found.no_fixed_abode["rows"] > 0]),
        "feeds": _feeds(basis),
        "repeats": _repeats(basis),
    }


def _repeats(basis: Basis) -> dict[str, Any]:
    scenario = basis.workspace.scenario
    found = find_repeats(basis.records, months=scenario.episode_months, first_month=scenario.review_first_month)
    table = found.table
    year = table[(table["by"] == "district") & (table["period"] == basis.plan.review)]
    return plain_rows(year, _REPEATS)[0] if len(year) else {}


def _feeds(basis: Basis) -> list[dict[str, Any]]:
    """Say of each source how many rows it sent in the review year, and in which months none."""
    first_month = basis.workspace.scenario.review_first_month
    months = _months_of(basis.plan.review, first_month)
    kept = basis.records[basis.records["status"] != "duplicate"]
    years = review_year(kept["month"], first_month=first_month)
    rows = []
    for feed in basis.workspace.feeds():
        own = kept[kept["feed"] == feed.name]
        here = own[years.loc[own.index] == basis.plan.review]
        silent = [month for month in months if month not in set(here["month"])]
        rows.append(
            {
                "feed": feed.name,
                "address_kind": feed.address_kind,
                "date_kind": feed.date_kind,
                "last_import": feed.last_import,
                "first": str(own["month"].min()) if len(own) else "",
                "last": str(own["month"].max()) if len(own) else "",
                "rows": len(here),
                "rows_all": len(own),
                "months_without": silent,
            }
        )
    return rows


def _months_of(year: str, first_month: int) -> list[str]:
    begins = int(month_numbers(pd.Series([f"{year[:4]}-{first_month:02d}"])).iloc[0])
    numbers = range(begins, begins + _MONTHS_A_YEAR)
    return [f"{number // _MONTHS_A_YEAR:04d}-{number % _MONTHS_A_YEAR + 1:02d}" for number in numbers]
