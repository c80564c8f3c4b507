"""`planner agreement`: record under which agreement a source's data is held, and until when."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.errors import BadInputError
from geo.review.agreements import Agreement, read_agreements, save_agreement


def agreement(
    source: Annotated[str, typer.Option("--source", help="The source; without it the agreements are listed.")] = "",
    controller: Annotated[str, typer.Option("--controller", help="Who decides over the data.")] = "",
    paper: Annotated[str, typer.Option("--agreement", help="Name or number of the agreement.")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="What the data may be used for.")] = "",
    until: Annotated[str, typer.Option("--until", help="Last day, such as 2027-03-31; else without an end.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record the agreement of a source, or list all; a source whose agreement has ended is no longer taken in."""
    opened = open_workspace(workspace)
    if source:
        save_agreement(opened, Agreement(source, controller, paper, purpose, _day(until)))
    kept = list(read_agreements(opened).values())
    listed = [{**asdict(one), "until": one.until.isoformat() if one.until else ""} for one in kept]
    show_result({"agreements": listed}, [*map(_line, kept)] or ["No agreement is recorded yet."], as_json=as_json)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        message = f"--until {text} is no day; expected one such as 2027-03-31."
        raise BadInputError(message) from None


def _line(one: Agreement) -> str:
    ends = f"until {one.until.day} {one.until:%B %Y}" if one.until else "without an end"
    purpose = f" {one.purpose}." if one.purpose else ""
    return f"{one.feed}: {one.agreement}, {ends}; controller {one.controller}.{purpose}"
