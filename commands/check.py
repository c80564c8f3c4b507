"""`planner check`: say what became of every row."""

from dataclasses import asdict
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.review.feeds import Feed
from geo.review.summary import Summary, summarise


def check(
    period: Annotated[str, typer.Option("--period", help="One review year, such as 2024-25; else all.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what became of every row of every import: totals in equal totals out."""
    summary = summarise(open_workspace(workspace), period=period)
    show_result(asdict(summary), _lines(summary), as_json=as_json)


def _lines(summary: Summary) -> list[str]:
    years = "" if summary.period == "all" else f", {summary.period}"
    without = f"{summary.rows_without_household:,} rows without a household reference"
    return [
        f"{summary.name}{years}: {summary.rows:,} rows, {summary.households:,} households ({without}).",
        *_table("What became of them", summary.status, keep_zeros=True),
        *_table("Flags", summary.flags, keep_zeros=True),
        *_table("Review years", {year: sum(rows.values()) for year, rows in summary.periods.items()}),
        *_table("Kind of address", summary.address_kinds),
        *_table("Kind of date", summary.date_kinds),
        *_table("Institutions listed", summary.institutions),
        *[line for feed in summary.feeds for line in _feed(feed)],
        *[f"{one['dataset']}: {one['title']} {one['edition']}".rstrip() for one in summary.editions],
    ]


def _table(title: str, counts: dict[str, int], *, keep_zeros: bool = False) -> list[str]:
    rows = [f"  {name.replace('_', ' '):<26}{count:>8,}" for name, count in counts.items() if count or keep_zeros]
    return [f"{title}:", *rows] if rows else []


def _feed(feed: Feed) -> list[str]:
    used = ", ".join(f"{field} = '{column}'" for field, column in feed.columns.items() if column)
    kinds = f"address {feed.address_kind}, date {feed.date_kind}".replace("_", " ")
    return [f"Feed {feed.name}: {feed.rows:,} rows, last added {feed.last_import} ({kinds}).", f"  {used}"]
