"""What every command shares: the workspace option, JSON output, one-sentence errors."""

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.terminal import inert_json, inert_line
from geo.errors import MissingDataError
from geo.review.signing import Signer, user_name
from geo.review.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", help="The council's workspace folder (or set PLANNER_WORKSPACE).", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def tell(message: str) -> None:
    """Say something to the person at the terminal, on standard error, so that standard output stays data."""
    sys.stderr.write(inert_line(message) + "\n")


def today() -> date:
    """Read the clock: the user's own day, the one place where a command does."""
    return datetime.now(tz=UTC).astimezone().date()


def now() -> datetime:
    """Read the clock to the second, with its zone."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def signer() -> Signer:
    """Say who is at the terminal: what they change is signed so in the audit log."""
    return Signer(user_name(), lambda: datetime.now(tz=UTC))


def show_result(data: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    """Print a command's result: one JSON document for scripts, or lines for people."""
    document = inert_json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) if as_json else ""
    sys.stdout.write((document or "\n".join(map(inert_line, lines))) + "\n")


def workspace_path(given: Path | None) -> Path | None:
    """Find the workspace folder: the option, else `PLANNER_WORKSPACE`, else None."""
    if given is not None:
        return given
    named = os.environ.get("PLANNER_WORKSPACE", "")
    return Path(named) if named else None


def open_workspace(given: Path | None) -> Workspace:
    """Open the workspace a command was given.

    Raises
    ------
    MissingDataError
        None was named.
    """
    path = workspace_path(given)
    if path is None:
        message = "No workspace was named; give --workspace FOLDER or set PLANNER_WORKSPACE."
        raise MissingDataError(message)
    return Workspace.open(path, signer=signer())
