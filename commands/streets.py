"""`planner add streets` and `planner fetch streets`: the streets that journeys are measured along."""

import time
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today
from commands.watching import progress
from layers.adding import Added
from layers.overpass import PUBLIC_SERVER, Asking


def add_streets(
    file: Annotated[
        Path,
        typer.Argument(help="OpenStreetMap streets: .osm, .osm.pbf, or GraphML as osmnx saves it.", show_default=False),
    ],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add streets, as far as they lie in the district or near it; journeys are then measured along them."""
    from layers.streets import add_streets as add  # noqa: PLC0415 - other commands need no network of streets

    _show(add(open_workspace(workspace), file, today=today(), progress=progress()), as_json=as_json)


def fetch_streets(
    server: Annotated[str, typer.Option("--server", help="Address of an Overpass API.")] = PUBLIC_SERVER,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask OpenStreetMap's Overpass server for the district's streets; a run that broke off goes on where it stopped."""
    from layers.fetched_streets import fetch_streets as fetch  # noqa: PLC0415 - as above

    opened = open_workspace(workspace)
    asking = Asking(server=server, wait_for_slot=server == PUBLIC_SERVER)
    if not as_json:
        tell(f"Asking {server} for streets. It is sent the corners of rectangles around the district, nothing else.")
    added = fetch(opened, asking=asking, today=today(), sleep=time.sleep, progress=progress())
    _show(added, as_json=as_json)


def _show(added: Added, *, as_json: bool) -> None:
    edition = added.edition
    if not as_json:
        for warning in added.warnings:
            tell(warning)
    lines = [f"{edition.rows:,} streets kept from {edition.file_name}. {edition.note}", edition.attribution]
    show_result(edition.model_dump(mode="json") | {"warnings": list(added.warnings)}, lines, as_json=as_json)
