"""`planner add timetable`: add the local buses of a GTFS zip to the workspace."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today


def add_timetable(
    file: Annotated[
        Path,
        typer.Argument(help="A bus timetable in GTFS, zip: of your area or of the whole country.", show_default=False),
    ],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add bus times in and near the district, for journeys by bus; coaches and trains are left out."""
    from layers.timetable import add_timetable as add  # noqa: PLC0415 - pyarrow's reader: other commands need not wait

    added = add(open_workspace(workspace), file, today=today())
    edition = added.edition
    if not as_json:
        for warning in added.warnings:
            tell(warning)
    lines = [f"{edition.rows:,} calls of buses at stops kept from {edition.file_name}. {edition.note}"]
    show_result(edition.model_dump(mode="json") | {"warnings": list(added.warnings)}, lines, as_json=as_json)
