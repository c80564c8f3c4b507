"""Enter the fictional council's settled programme, hubs held and figures, by the very functions that officers use."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from geo.hubs.programme import sheet_from
from geo.review.hub_checks import HeldHub
from geo.review.hub_sessions import record_hub
from geo.review.programmes_kept import keep_programme
from geo.review.quarter_figures import set_figures
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace
from layers.sample_register import SIGNER


def enter_monitor(folder: Path, file: Path, *, today: date) -> None:
    """Enter what the sample's council wrote down of its year.

    Parameters
    ----------
    folder
        The workspace.
    file
        The sample's `monitor.json`.
    today
        The day of the sample's review.
    """
    workspace = Workspace.open(folder, signer=SIGNER)
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    settled, who = said["programme"], said["who"]
    day = date.fromisoformat(settled["day"])
    keep_programme(workspace, sheet_from(settled["content"]), who=settled["who"], why="", today=day)
    for one in said["hubs"]:
        record_hub(workspace, _hub(one, who), today=today)
    for one in said["corrections"]:
        record_hub(workspace, _hub(one, who), today=today, supersedes=one["number"])
    first_month = workspace.scenario.review_first_month
    for name, figures in said["figures"].items():
        quarter = ReviewQuarter.parse(name, first_month=first_month)
        set_figures(workspace, quarter, figures, who=who, today=today)


def _hub(one: dict[str, Any], who: str) -> HeldHub:
    return HeldHub(
        date.fromisoformat(one["day"]), one["site"], one["people"], one["reasons"], tuple(one["agencies"]), who
    )
