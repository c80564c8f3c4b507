"""`planner monitor figures`, `scorecard` and `quarter`: what was done in a quarter, and what is due."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from commands.monitor_hubs import hub_document
from commands.rows import json_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.quarter import QuarterReview, last_quarter, quarterly_review
from geo.review.quarter_figures import FIGURES, figures_of, set_figures
from geo.review.review_quarters import ReviewQuarter
from geo.review.scorecard import ScoreRow, scorecard_of
from geo.review.workspace import Workspace

QuarterOption = Annotated[
    str, typer.Option("--quarter", help="Such as '2024-25 Q3' (default: the last quarter that is over).")
]


def figures(
    *,
    quarter: QuarterOption = "",
    given: Annotated[
        list[str] | None,
        typer.Option("--set", help=f"A figure, as offers=4; offers= takes it back. One of {', '.join(FIGURES)}."),
    ] = None,
    who: Annotated[str, typer.Option("--who", help="Who gives them: a name or initials.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show, or write, the district's figures of a quarter: reports and those visited, offers, walkabouts."""
    opened = open_workspace(workspace)
    chosen = _quarter(opened, quarter)
    now = figures_of(opened, chosen)
    if given:
        now = set_figures(opened, chosen, dict(map(_figure, given)), who=who, today=today())
    lines = [f"{label}: {'not known' if now[name] is None else now[name]}" for name, label in FIGURES.items()]
    show_result({"quarter": chosen.name, "figures": now}, [chosen.name, *lines], as_json=as_json)


def scorecard(
    year: Annotated[str, typer.Option("--year", help="The review year (default: that of the last quarter over).")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hold a review year against the delivery plan: a hub and a walkabout a quarter, reports visited in time."""
    opened = open_workspace(workspace)
    found = scorecard_of(opened, year or last_quarter(opened, today=today()).year, today=today())
    lines = [found.sentence, *map(_score_line, found.rows)]
    show_result({"year": found.year, "targets": list(map(_score, found.rows))}, lines, as_json=as_json)


def quarter(
    quarter: QuarterOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the quarterly review: what came in, why, hubs held, rough sleeping, targets, what is due."""
    opened = open_workspace(workspace)
    found = quarterly_review(opened, _quarter(opened, quarter), today=today())
    show_result(_document(found), _lines(found), as_json=as_json)


def _quarter(opened: Workspace, text: str) -> ReviewQuarter:
    if not text:
        return last_quarter(opened, today=today())
    return ReviewQuarter.parse(text, first_month=opened.scenario.review_first_month)


def _figure(text: str) -> tuple[str, int | None]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or name not in FIGURES or (value and not (value.isascii() and value.isdecimal())):
        message = f"--set {text[:40]} cannot be read; expected such as offers=4, of {', '.join(FIGURES)}."
        raise BadInputError(message)
    return name, int(value) if value else None


def _score(row: ScoreRow) -> dict[str, Any]:
    return {"target": row.target, "quarter": row.quarter.name, "found": row.found, "verdict": row.verdict}


def _score_line(row: ScoreRow) -> str:
    return f"{row.quarter.name}. {row.target}. {row.verdict[0].upper()}{row.verdict[1:]}: {row.found}."


def _lines(found: QuarterReview) -> list[str]:
    feeds = [
        f"{row['feed']}: {row['rows']:,} rows of {row['households']:,} clients "
        f"(a year before {row['rows_before']:,} of {row['households_before']:,})"
        for row in found.feeds.table.to_dict("records")
    ]
    reasons = [
        f"{row['reason']}: {_count(row['quarter'])} (a year before {_count(row['year_before'])}, "
        f"four quarters {_count(row['four_quarters'])})"
        for row in found.reasons.table.to_dict("records")
    ]
    return [
        found.headline,
        *feeds,
        found.feeds.change,
        *found.feeds.notes,
        *reasons,
        f"By age: {found.reasons.ages}. By household: {found.reasons.households}.",
        *found.reasons.notes,
        *map(_score_line, found.score),
        *_due_lines(found),
    ]


def _due_lines(found: QuarterReview) -> Sequence[str]:
    due = found.due
    sites = [f"Due for its check: {row['name']}" for row in due.sites.to_dict("records")]
    late = [f"Late since {row['due']}: {row['what']} ({row['owner']})" for row in due.actions.to_dict("records")]
    hubs = [f"Next hub: {row['day']} {row['begin']} {row['name']}" for row in due.hubs.to_dict("records")]
    return [*sites, *late, *hubs, *filter(None, [due.no_programme])]


def _count(value: object) -> str:
    """Write a count; a blank one is of one to four."""
    return f"{value:,}" if isinstance(value, int) else "under 5"


def _document(found: QuarterReview) -> dict[str, Any]:
    return {
        "quarter": found.quarter.name,
        "over": found.over,
        "headline": found.headline,
        "feeds": json_rows(found.feeds.table),
        "change": found.feeds.change,
        "notes": [*found.feeds.notes, *found.reasons.notes],
        "reasons": json_rows(found.reasons.table),
        "ages": found.reasons.ages,
        "household_types": found.reasons.households,
        "hubs": [hub_document(one) for one in found.hubs],
        "figures": json_rows(found.figures),
        "targets": list(map(_score, found.score)),
        "sites_due": json_rows(found.due.sites),
        "actions_late": json_rows(found.due.actions),
        "hubs_planned": json_rows(found.due.hubs),
        "no_programme": found.due.no_programme,
    }
