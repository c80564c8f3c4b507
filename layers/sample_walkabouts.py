"""Enter what the fictional council knows of people sleeping rough, by the very functions that officers use."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final, cast

from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.agencies import save_agencies
from geo.review.walks.alone import record_visits_alone
from geo.review.walks.history import take_in_history
from geo.review.walks.made import MadeVisit
from geo.review.walks.quarter import fill_figures
from geo.review.walks.reports_import import take_in_reports
from geo.review.walks.reports_made import GivenPlace
from geo.review.walks.rota import ask_of, coming_quarter, quarter_span
from geo.review.walks.rota_kept import keep_rota
from geo.review.workspace import Workspace
from geo.walkabouts.bands import LONDON
from geo.walkabouts.rota.agencies import WalkAgency, make_agency
from geo.walkabouts.rota.plan import plan_rota
from geo.walkabouts.sightings import Outcome, Purpose

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
    take_in_reports(workspace, (folder / "walk_reports.csv").read_bytes(), who=_WHO, now=now)
    take_in_history(workspace, (folder / "walk_visits.csv").read_bytes(), who=_WHO, now=now)
    record_visits_alone(workspace, list(map(_answer, _rows(folder / "walk_answers.csv"))), who=_WHO, now=now)
    _settle_rota(workspace, today)
    quarter = ReviewQuarter.at(today, first_month=workspace.scenario.review_first_month)
    for _ in range(_QUARTERS):
        quarter = quarter.before
        fill_figures(workspace, quarter, who=_WHO, now=now)


def _settle_rota(workspace: Workspace, today: date) -> None:
    span = quarter_span(coming_quarter(workspace, today=today))
    ask = replace(ask_of(workspace, span, today=today), seed=_SEED)
    keep_rota(workspace, plan_rota(ask), who=_LEAD, why="", today=today)


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


def _answer(row: Mapping[str, str]) -> MadeVisit:
    return MadeVisit(
        _moment(row["date"], row["arrived"]),
        _moment(row["date"], row["left"]),
        cast("Outcome", row["outcome"]),
        place=GivenPlace(grid_reference=row["grid_reference"]),
        bedded_down=int(row["bedded_down"] or 0),
        about_to=int(row["about_to"] or 0),
        offered=int(row["offered"] or 0),
        accepted=int(row["accepted"] or 0),
        refused=int(row["refused"] or 0),
        purpose=cast("Purpose", row["purpose"]),
    )


def _moment(day: str, at: str) -> datetime:
    return datetime.strptime(f"{day} {at}", "%d/%m/%Y %H:%M").replace(tzinfo=LONDON)
