"""`planner walkabouts response`: whether reports were answered by a visit in time."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result
from geo.review.review_quarters import ReviewQuarter
from geo.review.team_only import SENTENCE
from geo.review.walks.response import QuarterResponse, quarter_response, response_sentences, standing
from geo.walkabouts.bands import local

_COUNTS = ("in_time", "late", "waiting", "overdue", "not_followed", "found", "nobody")


def response(
    *,
    quarter: Annotated[str, typer.Option("--quarter", help="Such as '2026-27 Q1'; else every quarter.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say of each quarter how many reports were visited in time, later or not yet. For the team only."""
    opened, moment = open_workspace(workspace), now()
    first_month = opened.scenario.review_first_month
    told = standing(opened, now=moment)
    quarters: tuple[QuarterResponse, ...]
    if quarter:
        asked = ReviewQuarter.parse(quarter, first_month=first_month)
        quarters = (quarter_response(opened, asked, now=moment),)
    else:
        this = ReviewQuarter.at(local(moment).date(), first_month=first_month)
        quarters = told.quarters or (quarter_response(opened, this, now=moment),)
    lines = [*told.sentences(), *(line for one in quarters for line in response_sentences(one))]
    document = {"audience": SENTENCE, "quarters": [_document(one) for one in quarters]}
    show_result(document, lines, as_json=as_json)


def _document(told: QuarterResponse) -> dict[str, Any]:
    counts = {name: {"reports": getattr(told.response, name).reports} for name in _COUNTS}
    return {
        "quarter": told.quarter.name,
        "reported": asdict(told.response.reported),
        **counts,
        "intelligence": asdict(told.intelligence),
    }
