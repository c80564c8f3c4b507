"""`planner walkabouts agency`, `agencies` and `remove-agency`: who walks along, with which power, and when."""

from dataclasses import asdict
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.review.walks.agencies import read_agencies, remove_agency, set_agency
from geo.review.workspace import Workspace
from geo.walkabouts.rota.agencies import make_agency


def agency(
    name: Annotated[str, typer.Argument(help="The agency's name; no person's.")],
    *,
    powers: Annotated[str, typer.Option(help="support, enforcement, or both with a comma between.")],
    people: Annotated[int, typer.Option(help="How many it sends.")] = 1,
    weekdays: Annotated[
        str, typer.Option(help="Days on which they can, such as 'Tue, Thu'; every day if left out.")
    ] = "",
    bands: Annotated[str, typer.Option(help="Some of 'early morning, day, evening'; all if left out.")] = "",
    away: Annotated[str, typer.Option(help="Not on these days, such as '2026-08-01..2026-08-31'.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say who walks along, in place of what was said of this agency before."""
    opened = open_workspace(workspace)
    made = make_agency(name, powers=powers, people=people, weekdays=weekdays, bands=bands, away=away)
    set_agency(opened, made)
    _show(opened, as_json=as_json)


def agencies(*, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List the agencies that walk along, and when each can."""
    _show(open_workspace(workspace), as_json=as_json)


def remove(
    name: Annotated[str, typer.Argument(help="The agency's name.")],
    *,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an agency off the list."""
    opened = open_workspace(workspace)
    remove_agency(opened, name)
    _show(opened, as_json=as_json)


def _show(opened: Workspace, *, as_json: bool) -> None:
    kept = read_agencies(opened)
    lines = [f"{one.name}: {one.told}." for one in kept] or ["No agency is recorded yet (planner walkabouts agency)."]
    show_result({"agencies": [asdict(one) for one in kept]}, lines, as_json=as_json)
