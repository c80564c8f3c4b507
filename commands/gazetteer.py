"""`planner add gazetteer`: add published postcode files to the workspace."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from commands.watching import progress
from geo.review.audit import gazetteer_detail


def add_gazetteer(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="OS Code-Point Open, ONSPD, NSPL or a table of postcodes: zip, folder or CSV.", show_default=False
        ),
    ],
    edition: Annotated[
        str, typer.Option(help="YYYY-MM, for a file that does not say its edition itself.", show_default=False)
    ] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add postcodes; editions added earlier are kept: the newest says where a postcode is, older ones where it was."""
    from geo.places.gazetteer import build_gazetteer  # noqa: PLC0415 - a second to import: other commands need not wait

    opened = open_workspace(workspace)
    built = build_gazetteer(
        paths,
        out=opened.gazetteer_path,
        today=today(),
        earlier=opened.gazetteer() if opened.has("gazetteer") else None,
        edition=edition,
        progress=progress(),
    )
    opened.note("dataset added", gazetteer_detail(built.editions()))
    counts = built.counts()
    editions = [item.model_dump(mode="json") for item in built.editions()]
    total = (
        f"{counts['postcodes']:,} postcodes: {counts['live']:,} live, {counts['terminated']:,} terminated, "
        f"{counts['no_location']:,} without a location."
    )
    lines = [total, *(_line(item) for item in editions)]
    show_result({**counts, "editions": editions}, lines, as_json=as_json)


def _line(edition: dict[str, str | int]) -> str:
    named = f"{edition['title']} {edition['edition'] or 'undated'}"
    return f"{named}: {edition['rows']:,} rows from {edition['file_name']}. {edition['note']}".rstrip()
