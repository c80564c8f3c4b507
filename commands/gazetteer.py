"""`planner add gazetteer`: add published postcode files to the workspace."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today
from commands.trusting import AnywayOption
from commands.watching import progress
from geo.review.edition_checks import Trust


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
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add postcodes; editions added earlier are kept: the newest says where a postcode is, older ones where it was."""
    from geo.review.gazetteer_renewal import renew_gazetteer  # noqa: PLC0415 - slow: other commands need not wait

    opened, trust = open_workspace(workspace), Trust(anyway=anyway)
    renewed = renew_gazetteer(opened, paths, today=today(), edition=edition, trust=trust, progress=progress())
    built = renewed.gazetteer
    if not as_json:
        for remark in renewed.remarks:
            tell(remark)
    counts = built.counts()
    editions = [item.model_dump(mode="json") for item in built.editions()]
    total = (
        f"{counts['postcodes']:,} postcodes: {counts['live']:,} live, {counts['terminated']:,} terminated, "
        f"{counts['no_location']:,} without a location."
    )
    lines = [total, *(_line(item) for item in editions)]
    show_result({**counts, "editions": editions, "remarks": list(renewed.remarks)}, lines, as_json=as_json)


def _line(edition: dict[str, str | int]) -> str:
    named = f"{edition['title']} {edition['edition'] or 'undated'}"
    return f"{named}: {edition['rows']:,} rows from {edition['file_name']}. {edition['note']}".rstrip()
