"""Take the hubs that were held, whether they worked, and the figures of each quarter as plain values."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from geo.errors import PlannerError
from geo.review.hub_reasons import told_reasons
from geo.review.hub_sessions import hubs_of_year
from geo.review.monitor import MonitorReport, monitor_report
from geo.review.pack.origins import year_before
from geo.review.pack.plain import plain_rows
from geo.review.priorities import StandingOut
from geo.review.quarter_figures import FIGURES, figures_of
from geo.review.review_plan import ReviewPlan
from geo.review.review_quarters import quarters_of
from geo.review.scorecard import scorecard_of
from geo.review.workspace import Workspace


def hubs_held(workspace: Workspace, review: str, *, today: date) -> dict[str, Any]:
    """List the hubs of the review year that count, by day, with the delivery plan's targets by quarter."""
    rows = [
        {
            "day": one.day.isoformat(),
            "place": one.place,
            "site": one.site,
            "agencies": ", ".join(one.agencies),
            "people": one.people,
            "reasons": told_reasons(one.reasons),
        }
        for one in hubs_of_year(workspace, review)
    ]
    targets = [
        {"quarter": row.quarter.name, "target": row.target, "found": row.found, "verdict": row.verdict}
        for row in scorecard_of(workspace, review, today=today).rows
    ]
    return {"rows": rows, "targets": targets, "year_before": len(hubs_of_year(workspace, year_before(review)))}


def hubs_judged(
    workspace: Workspace, review: str, *, today: date, priorities: Callable[[ReviewPlan], StandingOut] | None = None
) -> dict[str, Any]:
    """Take what the monitor says of the year's hubs; parameters as `geo.review.monitor.monitor_report`."""
    try:
        found = monitor_report(workspace, review, today=today, priorities=priorities)
    except PlannerError as error:
        found = MonitorReport(review, missing=(str(error),))
    return {
        "answers": list(found.answers),
        "missing": list(found.missing),
        "notes": list(found.notes),
        "figures": plain_rows(found.figures),
        "tables": [_table(title, table) for title, table in found.tables.items()],
    }


def quarter_figures(workspace: Workspace, review: str) -> dict[str, Any]:
    """Take the district's figures of the review year's quarters: rough sleeping, offers, walkabouts.

    Returns
    -------
    dict
        `labels` as pairs of name and label, in their order, and `rows`, one a quarter; a figure that nobody gave is
        None.
    """
    quarters = quarters_of(review, first_month=workspace.scenario.review_first_month)
    rows = [{"quarter": one.name, "months": one.months, **figures_of(workspace, one)} for one in quarters]
    return {"labels": [list(pair) for pair in FIGURES.items()], "rows": rows}


def _table(title: str, table: pd.DataFrame) -> dict[str, Any]:
    """Write a table for reading: its headings in their order, and rows of values."""
    rows = [list(row.values()) for row in plain_rows(table)]
    return {"title": title, "headings": [str(name) for name in table.columns], "rows": rows}
