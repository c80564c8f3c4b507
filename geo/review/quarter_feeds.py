"""What came in a quarter, feed by feed, and against the same quarter a year before, where there are enough to tell."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.errors import MissingDataError
from geo.evidence.rate_ratio import compare_two_counts
from geo.evidence.run_charts import RunChart, RunCharts
from geo.evidence.trend_sentences import tell_chart, tell_left_out, tell_range
from geo.review.review_quarters import ReviewQuarter
from geo.review.trends import run_charts_of
from geo.review.workspace import Workspace

FEED_COLUMNS: Final = ("feed", "rows", "households", "rows_before", "households_before")
_CLIENT: Final = "A client is a household where rows name one, else a row."
_LEAST: Final = 5  # clients in both quarters together, below which no sentence says more or fewer


@dataclass(frozen=True)
class QuarterFeeds:
    """What came in.

    Attributes
    ----------
    table
        A row a feed: rows and different households of the quarter, and of the same quarter a year before. The last row
        is the whole district, in which a household of two feeds counts once.
    change
        The like-for-like comparison of both quarters, in a sentence.
    chart
        The district's run chart; None where there is none.
    notes
        What a client is, and what was left out so that quarters can be compared.
    unnamed
        Rows of the quarter that name no household.
    """

    table: pd.DataFrame
    change: str
    chart: RunChart | None
    notes: tuple[str, ...]
    unnamed: int = 0


def quarter_feeds(workspace: Workspace, records: pd.DataFrame, quarter: ReviewQuarter) -> QuarterFeeds:
    """Count what came in.

    Parameters
    ----------
    records
        RECORDS table of the workspace.
    quarter
        Which one.
    """
    table, unnamed = _counted(records, quarter), _unnamed(records, quarter)
    client = f"{_CLIENT} {unnamed:,} rows of this quarter name none." if unnamed else _CLIENT
    try:
        charts = run_charts_of(workspace, {}, resolution=workspace.scenario.resolution)
    except MissingDataError as error:
        return QuarterFeeds(table, str(error), None, (client,), unnamed)
    chart = charts.charts[0]
    notes = (client, *map(tell_left_out, charts.set_aside), *charts.notes)
    told = (tell_chart(chart),) if len(chart.table) else ()
    return QuarterFeeds(table, _change(charts, quarter), chart, (*told, *notes), unnamed)


def in_quarter(months: pd.Series, quarter: ReviewQuarter) -> pd.Series:
    """Mark the months, texts such as "2024-05", that lie in a quarter."""
    return months.between(f"{quarter.first_day:%Y-%m}", f"{quarter.last_day:%Y-%m}")


def _counted(records: pd.DataFrame, quarter: ReviewQuarter) -> pd.DataFrame:
    kept = records[records["status"] != "duplicate"]
    now, before = (kept[in_quarter(kept["month"], one)] for one in (quarter, quarter.a_year_before))
    feeds = sorted(set(now["feed"]) | set(before["feed"]))
    rows = [(feed, *_amounts(now[now["feed"] == feed]), *_amounts(before[before["feed"] == feed])) for feed in feeds]
    rows.append(("All together", *_amounts(now), *_amounts(before)))
    return pd.DataFrame(rows, columns=list(FEED_COLUMNS))


def _unnamed(records: pd.DataFrame, quarter: ReviewQuarter) -> int:
    kept = records[records["status"] != "duplicate"]
    return int((kept.loc[in_quarter(kept["month"], quarter), "household"] == "").sum())


def _amounts(rows: pd.DataFrame) -> tuple[int, int]:
    """Count rows, and households among them; a row without a household reference stands for one."""
    known = rows["household"][rows["household"] != ""]
    return len(rows), int(known.nunique()) + len(rows) - len(known)


def _change(charts: RunCharts, quarter: ReviewQuarter) -> str:
    """Say whether the quarter brought more than the same one a year before, by the sources that cover both."""
    counts = dict(zip(charts.charts[0].table["quarter"], charts.charts[0].table["count"], strict=True))
    lacking = [one.name for one in (quarter.a_year_before, quarter) if one.name not in counts]
    if lacking:
        return f"No like-for-like comparison: {' and '.join(lacking)} is not wholly on record for the sources compared."
    before, now = int(counts[quarter.a_year_before.name]), int(counts[quarter.name])
    found = compare_two_counts([before], [now], 0.5)
    row = pd.Series({"earlier": before, "later": now, "low": found.low[0], "high": found.high[0]})
    said = f"By the sources that cover both: {before:,} clients in {quarter.a_year_before.name}, {now:,} now"
    if before + now < _LEAST or found.low[0] <= 1 <= found.high[0] or not before:
        return f"{said}. Too few to tell a change from chance ({tell_range(row)} times as many)."
    way = "more" if now > before else "fewer"
    return f"{said}: {way} than chance explains ({tell_range(row)} times as many)."
