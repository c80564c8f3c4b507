"""How good each feed's rows are, file by file and quarter by quarter: placed, tied to a household, with a reason."""

import json
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.review.review_quarters import ReviewQuarter
from geo.review.vocabulary import NOT_STATED
from geo.review.workspace import Workspace
from geo.schema import FEED_FILES, FEED_QUALITY

_PLACED: Final = ("located", "outside")
_OTHER: Final = "other"


def quality_by_quarter(workspace: Workspace) -> pd.DataFrame:
    """Judge the records kept, by feed and quarter of the review year.

    Returns
    -------
    pandas.DataFrame
        FEED_QUALITY table, by feed and quarter; shares are of the rows that are no duplicates, 0 to 1.
    """
    records = workspace.records()
    rows = records[records["status"] != "duplicate"]
    first_month = workspace.scenario.review_first_month
    quarters = {month: _quarter(str(month), first_month) for month in rows["month"].unique()}
    judged = pd.DataFrame(
        {
            "feed": rows["feed"],
            "quarter": rows["month"].map(quarters).astype("str"),
            "placed": rows["status"].isin(_PLACED).astype(float),
            "household": (rows["household"] != "").astype(float),
            "no_reason": (rows["reason"] == NOT_STATED).astype(float),
            "other_reason": (rows["reason"] == _OTHER).astype(float),
        }
    )
    grouped = judged.groupby(["feed", "quarter"], sort=True)
    table = grouped.mean().assign(rows=grouped.size().astype("int64")).reset_index()
    return FEED_QUALITY.validate(table[list(FEED_QUALITY.columns)])


def quality_by_file(workspace: Workspace) -> pd.DataFrame:
    """Judge every file that was added, by what its report said at the time.

    Returns
    -------
    pandas.DataFrame
        FEED_FILES table, in the order of adding; `folded` counts the rows whose reason was no category.
    """
    with workspace.store.reading() as connection:
        found = connection.execute("SELECT feed, day, report FROM imports ORDER BY number").fetchall()
    rows = [_file(feed, day, json.loads(report)) for feed, day, report in found]
    kinds = {"feed": "str", "day": "str", "rows": "int64", "placed": "float64", "new": "int64", "folded": "int64"}
    columns = dict(zip(kinds, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(kinds, ())
    table = pd.DataFrame({name: pd.Series(values, dtype=kinds[name]) for name, values in columns.items()})
    return FEED_FILES.validate(table)


def _file(feed: str, day: str, report: dict[str, Any]) -> tuple[str, str, int, float, int, int]:
    status, rows = report.get("status", {}), int(report.get("rows", 0))
    counted = rows - int(status.get("duplicate", 0))
    placed = sum(int(status.get(name, 0)) for name in _PLACED) / counted if counted else 0.0
    return feed, day, rows, placed, int(report.get("added", 0)), int(report.get("folded", {}).get("reason", 0))


def _quarter(month: str, first_month: int) -> str:
    return ReviewQuarter.at(date.fromisoformat(f"{month}-01"), first_month=first_month).name
