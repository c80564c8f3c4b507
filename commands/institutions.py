"""`planner add institutions`: list the postcodes that make hotspots which are none."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.review.institutions import INSTITUTION_KINDS, institution_counts, new_among, read_institutions


def add_institutions(
    file: Annotated[
        Path,
        typer.Argument(
            help=f"CSV or XLSX with the columns postcode and kind ({', '.join(INSTITUTION_KINDS)}).",
            show_default=False,
        ),
    ],
    replace: Annotated[bool, typer.Option("--replace", help="Forget the list kept so far.")] = False,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; else the first.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add institutions: rows at their postcodes are flagged from the next import on."""
    opened = open_workspace(workspace)
    places = read_institutions(file, key=opened.key(), sheet=sheet)
    new = new_among(opened, places)
    opened.save_institutions(places, replace=replace)
    counts = institution_counts(opened)
    listed = ", ".join(f"{kind.replace('_', ' ')} {rows:,}" for kind, rows in counts.items())
    lines = [
        f"{len(places):,} institution postcodes read, {new:,} of them new. Listed now: {listed}.",
        "Records already kept do not carry a postcode: add their exports again to flag them.",
    ]
    show_result({"read": len(places), "new": new, "institutions": counts}, lines, as_json=as_json)
