"""`planner partners list`, `set` and `remove`: when the partner agencies can come to a hub."""

from dataclasses import asdict
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.hubs.programme import Partner, make_partner
from geo.review.partners import read_partners, remove_partner, set_partner
from geo.review.workspace import Workspace

partners = typer.Typer(help="When the partner agencies can come to a hub.", no_args_is_help=True, rich_markup_mode=None)


@partners.command("list")
def list_partners(*, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List the partners, and when each can come."""
    _show(open_workspace(workspace), as_json=as_json)


@partners.command("set")
def set_one(
    name: Annotated[str, typer.Argument(help="The agency's name; no person's.")],
    *,
    weekdays: Annotated[str, typer.Option(help="Days on which its people can come, such as 'Tue, Thu'.")],
    weeks: Annotated[str, typer.Option(help="every, or such as 'first, third' of the month.")] = "every",
    begin: Annotated[str, typer.Option("--from", help="From this time of day.")] = "09:00",
    end: Annotated[str, typer.Option("--until", help="Until this time of day.")] = "17:00",
    away: Annotated[str, typer.Option(help="Not on these days, such as '2026-08-01..2026-08-31'.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say when a partner can come, in place of what was said before."""
    opened = open_workspace(workspace)
    set_partner(opened, make_partner(name, weekdays=weekdays, weeks=weeks, begin=begin, end=end, away=away))
    _show(opened, as_json=as_json)


@partners.command("remove")
def remove_one(
    name: Annotated[str, typer.Argument(help="The agency's name.")],
    *,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a partner off the list."""
    opened = open_workspace(workspace)
    remove_partner(opened, name)
    _show(opened, as_json=as_json)


def _show(opened: Workspace, *, as_json: bool) -> None:
    kept = read_partners(opened)
    lines = [_line(one) for one in kept] or ["No partner is recorded yet (planner partners set)."]
    show_result({"partners": [asdict(one) for one in kept]}, lines, as_json=as_json)


def _line(one: Partner) -> str:
    return f"{one.name}: {one.told}."
