"""`planner safe-places`: keep the list of refuges and other safe accommodation, which nobody is ever shown."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.review import safe_keeping, safe_officers
from geo.review.safe_keeping import AFTERWARDS, KeptList, read_places

safe_places = typer.Typer(
    help="Keep the list of safe places, which nobody is ever shown.", no_args_is_help=True, rich_markup_mode=None
)
PlacesArgument = Annotated[
    str,
    typer.Argument(
        help="A postcode; - reads one a line from standard input, past the shell's history, perhaps with an easting "
        "and a northing after it (SP10 1DP, 436500, 145500)."
    ),
]


@safe_places.command("add")
def add_places(places: PlacesArgument = "-", workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Put places on the list; only its officers can."""
    kept = safe_keeping.add_places(open_workspace(workspace), read_places(_text(places)))
    _show(kept, as_json=as_json, more=[AFTERWARDS])


@safe_places.command("remove")
def remove_places(places: PlacesArgument = "-", workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Take places off the list; only its officers can."""
    kept = safe_keeping.remove_places(open_workspace(workspace), read_places(_text(places)))
    _show(kept, as_json=as_json, more=[AFTERWARDS])


@safe_places.command("list")
def count_places(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Say how many places are on the list, and who changed it when; only its officers may know."""
    _show(safe_keeping.kept_list(open_workspace(workspace)), as_json=as_json, more=[])


@safe_places.command("count")
def count_rows(
    file: Annotated[Path, typer.Argument(help="An export: CSV or XLSX.", show_default=False)],
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; else the first.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the rows of an export that lie at safe places, and keep nothing; only the list's officers may know."""
    found, rows = safe_keeping.rows_at_safe_places(open_workspace(workspace), file, sheet=sheet)
    show_result({"at_safe_places": found, "rows": rows}, [f"{found:,} of {rows:,} rows."], as_json=as_json)


@safe_places.command("officers")
def name_officers(
    named: Annotated[
        list[str] | None, typer.Option("--name", help="Who keeps the list from now on; one or two, repeat the option.")
    ] = None,
    recover: Annotated[
        bool,
        typer.Option(
            "--recover",
            help="Name them although the two before can be asked no more: for whoever is at the machine that holds "
            "the workspace's key. The audit log says so.",
        ),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Name the two officers who keep the list, or say who they are."""
    opened = open_workspace(workspace)
    if recover:
        officers = safe_officers.recover_officers(opened, named or [])
    else:
        officers = safe_officers.name_officers(opened, named) if named else safe_officers.officers(opened)
    lines = [f"The list of safe places is kept by {' and '.join(officers)}." if officers else "Nobody is named yet."]
    show_result({"officers": list(officers), "you": opened.signer.who}, lines, as_json=as_json)


def _text(given: str) -> str:
    return sys.stdin.read() if given == "-" else given


def _show(kept: KeptList, *, as_json: bool, more: list[str]) -> None:
    data = {"places": kept.places, "points": kept.points, "changes": list(kept.changes)}
    last = kept.changes[-1] if kept.changes else None
    lines = [f"On the list: {kept.places:,}, with a point of their own: {kept.points:,}."]
    lines += [f"Last changed by {last['who']}, {last['at'] or 'at a time not said'}."] if last else []
    show_result(data, [*lines, *more], as_json=as_json)
