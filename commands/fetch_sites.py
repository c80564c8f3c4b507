"""`planner fetch sites`: halls, centres, places of worship and libraries of OpenStreetMap."""

import time
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today
from commands.trusting import AnywayOption
from commands.watching import progress
from geo.review.edition_checks import Trust
from layers.overpass import PUBLIC_SERVER, Asking


def fetch_sites(
    server: Annotated[str, typer.Option("--server", help="Address of an Overpass API.")] = PUBLIC_SERVER,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask OpenStreetMap's Overpass server for community sites; a run that broke off goes on where it stopped."""
    from layers.fetched_osm_sites import fetch_osm_sites  # noqa: PLC0415 - other commands ask no server

    opened = open_workspace(workspace)
    asking = Asking(server=server, wait_for_slot=server == PUBLIC_SERVER)
    if not as_json:
        tell(f"Asking {server} for sites. It is sent the corners of rectangles around the district, nothing else.")
    edition = fetch_osm_sites(
        opened,
        asking=asking,
        today=today(),
        sleep=time.sleep,
        progress=progress(),
        trust=Trust(anyway=anyway),
    ).edition
    lines = [f"{edition.rows:,} community sites kept. {edition.note}".strip(), edition.attribution]
    show_result(edition.model_dump(mode="json"), lines, as_json=as_json)
