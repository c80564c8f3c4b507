"""Show what no map can show: the share of rows without a place, from where and of whom, and rows to look at twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.evidence.periods import review_year
from geo.evidence.shares import rows_alike, told_shares
from geo.schema import FLAGS, MISSING, NO_FIXED_ABODE, NO_PLACE, OUTSIDE, STATUSES

DISTRICT: Final = "the district"
NOT_KNOWN: Final = "district not known"
NOT_STATED: Final = "not stated"
PLACED: Final = ("located", "outside")  # every other status has no place on a map
_COUNTED: Final = tuple(status for status in STATUSES if status != "duplicate")
_THEMES: Final = ("route", "reason", "age_band")


@dataclass(frozen=True)
class Missing:
    """Hold what is missing from the records; every number is rows, not households.

    Attributes
    ----------
    rows
        Rows that are no duplicates; the rows of the statuses add up to it, in the district and in each group.
    duplicates
        Rows set apart because they are there already.
    shares
        MISSING table: every status, all statuses without a place together, and every flag, for the district and by
        feed, source, route and review year. No two of these are ever crossed with each other or with a place.
    outside
        OUTSIDE table: rows from beyond the boundary by district, most first.
    no_fixed_abode
        NO_FIXED_ABODE table: for the whole district by route, reason and age band, one at a time, most first.

    Notes
    -----
    The ranges of shares take a household's rows for one piece of evidence (`geo.evidence.shares.rows_alike`).
    """

    rows: int
    duplicates: int
    shares: pd.DataFrame
    outside: pd.DataFrame
    no_fixed_abode: pd.DataFrame

    def district(self) -> dict[str, int]:
        """Count the district's rows by status, flag and `NO_PLACE`."""
        whole = self.shares[self.shares["by"] == "district"]
        return {str(what): int(rows) for what, rows in zip(whole["what"], whole["rows"], strict=True)}


def find_missing(records: pd.DataFrame, *, first_month: int, names: Mapping[str, str] | None = None) -> Missing:
    """Work out which rows have no place, and from where, by which route and of whom they are.

    Parameters
    ----------
    records
        RECORDS table.
    first_month
        The month in which a review year begins, 1 to 12.
    names
        Names of districts by their GSS code; a district without one keeps its code.
    """
    kept = records[records["status"] != "duplicate"]
    years = review_year(kept["month"], first_month=first_month)
    kept = kept.assign(period=years, everybody=DISTRICT, **{name: _stated(kept[name]) for name in _THEMES})
    groupings = {"district": "everybody", "feed": "feed", "source": "source", "route": "route", "period": "period"}
    shares = pd.concat([_shares(kept, by, column) for by, column in groupings.items()], ignore_index=True)
    return Missing(
        rows=len(kept),
        duplicates=len(records) - len(kept),
        shares=MISSING.validate(shares),
        outside=OUTSIDE.validate(_outside(kept, names or {})),
        no_fixed_abode=NO_FIXED_ABODE.validate(_themes(kept)),
    )


def _stated(values: pd.Series) -> pd.Series:
    return values.replace("", NOT_STATED)


def _shares(kept: pd.DataFrame, by: str, column: str) -> pd.DataFrame:
    """Count every status and flag in every group of one column."""
    marks = pd.DataFrame(
        {status: kept["status"] == status for status in _COUNTED} | {flag: kept[flag] for flag in FLAGS}
    )
    marks.insert(0, NO_PLACE, ~kept["status"].isin(PLACED))
    counts = marks.astype("int64").groupby(kept[column], sort=True).sum()
    long = counts.rename_axis("group").reset_index().melt("group", var_name="what", value_name="rows")
    long = long.sort_values("group", kind="stable", ignore_index=True)  # what stays in the order of the marks
    return _told(long, kept[column], kept["household"]).assign(by=by)[list(MISSING.columns)]


def _told(table: pd.DataFrame, groups: pd.Series, households: pd.Series) -> pd.DataFrame:
    """Add to every row its group's size, and the share with its range."""
    grouped = households.groupby(groups)
    sizes, alike = grouped.size(), grouped.agg(rows_alike)
    table = table.assign(of=table["group"].map(sizes).astype("int64"))
    told = told_shares(table, part="rows", whole="of", alike=table["group"].map(alike).to_numpy(dtype=np.float64))
    return pd.concat([table, told], axis=1)


def _outside(kept: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Count the rows from outside by the district they lie in; what is not known stands last."""
    outside = kept[kept["status"] == "outside"]
    rows = outside["district"].value_counts().sort_index().rename_axis("district").rename("rows").reset_index()
    rows = rows.assign(known=rows["district"] != "", of=len(outside))
    rows = rows.sort_values(["known", "rows"], ascending=False, kind="stable", ignore_index=True)
    rows["name"] = [names.get(code, code) or NOT_KNOWN for code in rows["district"]]
    told = told_shares(rows, part="rows", whole="of", alike=rows_alike(outside["household"]))
    table = pd.concat([rows, told], axis=1)[list(OUTSIDE.columns)]
    return table.astype({"district": "str", "name": "str", "rows": "int64"})


def _themes(kept: pd.DataFrame) -> pd.DataFrame:
    """Count those of no fixed abode by one field after the other."""
    parts = []
    for field in _THEMES:
        counts = (kept["status"] == "no_fixed_abode").astype("int64").groupby(kept[field], sort=True).sum()
        table = counts.rename_axis("group").rename("rows").reset_index()
        table = _told(table, kept[field], kept["household"]).assign(field=field)
        parts.append(table.sort_values("rows", ascending=False, kind="stable")[list(NO_FIXED_ABODE.columns)])
    return pd.concat(parts, ignore_index=True)
