"""`planner monitor report`: whether a year's hubs worked."""

from pathlib import Path
from typing import Annotated

import typer

from commands.looking import note_look
from commands.rows import json_rows, write_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.evidence.counts import Selection
from geo.review.checklist import last_full_year
from geo.review.monitor import monitor_report


def report(
    *,
    year: Annotated[str, typer.Option("--year", help="The review year (default: the last whole one).")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the figures with their ranges to a .csv file.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whether a year's hubs worked, with ranges, and what is missing to tell. For the housing team only."""
    opened = open_workspace(workspace)
    usual, _ = last_full_year(today(), first_month=opened.scenario.review_first_month)
    found = monitor_report(opened, year or usual, today=today())
    if found.answers:
        resolution = opened.scenario.resolution
        note_look(opened, f"whether the hubs of {found.year} worked", Selection(found.year), resolution=resolution)
    if out is not None:
        write_rows(found.figures, out)
    document = {
        "year": found.year,
        "answers": [
            {"question": question, "answer": answer}
            for question, answer in zip(found.asked, found.answers, strict=True)
        ],
        "missing": list(found.missing),
        "figures": json_rows(found.figures),
        "tables": {name: json_rows(table) for name, table in found.tables.items()},
        "notes": list(found.notes),
    }
    written = [f"Written to {out.name}."] if out else []
    show_result(document, [*found.answers, *found.missing, *found.notes, *written], as_json=as_json)
