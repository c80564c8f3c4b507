"""Enter what the fictional council knows of people sleeping rough, by the very functions that officers use."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.agencies import save_agencies
from geo.review.walks.history import take_in_history
from geo.review.walks.quarter import fill_figures
from geo.review.walks.reports_import import take_in_reports
from geo.review.walks.rota import ask_of, coming_quarter, quarter_span
from geo.review.walks.rota_kept import keep_rota
from geo.review.workspace import Workspace
from geo.walkabouts.rota.agencies import WalkAgency, make_agency
from geo.walkabouts.rota.plan import plan_rota

_WHO: Final = "Housing options officer"
_LEAD: Final = "Outreach lead"
_SEED: Final = 8  # a workspace draws its own; the sample's rota is the same on every machine
_QUARTERS: Final = 4
_WALKS: Final = {"walks_a_quarter": 4, "summer_walks_a_quarter": 5}  # as many as it has walked


def enter_walkabouts(workspace: Workspace, folder: Path, *, today: date) -> None:
    """Enter the rules, the agencies, the reports, the walks and the answers; settle a rota; fill the quarters' figures.

    Parameters
    ----------
    workspace
        With the sample's postcodes and streets.
    folder
        Where the sample's files are.
    today
        The day of the sample's review; its clock stands at noon.
    """
    now = datetime.combine(today, time(12), tzinfo=UTC)
    scenario = workspace.scenario
    rules = scenario.walkabouts.model_copy(update=_WALKS)
    workspace.save_scenario(scenario.model_copy(update={"walkabouts": rules}))
    save_agencies(workspace, list(map(_agency, _rows(folder / "walk_agencies.csv"))))
    for source, content in _by_source(folder / "walk_reports.csv").items():
        take_in_reports(workspace, content, source=source, who=_WHO, now=now)
    for name in ("walk_visits.csv", "walk_answers.csv"):
        take_in_history(workspace, (folder / name).read_bytes(), who=_WHO, now=now)
    _settle_rota(workspace, today)
    quarter = ReviewQuarter.at(today, first_month=workspace.scenario.review_first_month)
    for _ in range(_QUARTERS):
        quarter = quarter.before
        fill_figures(workspace, quarter, who=_WHO, now=now)


def _settle_rota(workspace: Workspace, today: date) -> None:
    span = quarter_span(coming_quarter(workspace, today=today))
    ask = replace(ask_of(workspace, span, today=today), seed=_SEED)
    keep_rota(workspace, plan_rota(ask), who=_LEAD, why="", today=today)


def _by_source(file: Path) -> Mapping[str, bytes]:
    """Share the reports out as they reach an office: a file from each source, which whoever takes it in names."""
    rows = _rows(file)
    found = {}
    for source in dict.fromkeys(row["source"] for row in rows):
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(row for row in rows if row["source"] == source)
        found[source] = out.getvalue().encode()
    return found


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def _agency(row: Mapping[str, str]) -> WalkAgency:
    return make_agency(
        row["agency"],
        powers=row["powers"],
        people=int(row["people"]),
        weekdays=row["weekdays"],
        bands=row["bands"],
        away=row["away"],
    )
