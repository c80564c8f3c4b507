"""`planner forget`: remove a person, a source, a period or what is too old."""

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.forgettable import Asked, ByPeriod, ByReference, BySource
from geo.review.forgetting import Forgotten, what_stays, would_forget
from geo.review.forgetting import forget as remove
from geo.review.retention import older_than_the_limits
from geo.review.workspace import Workspace


def forget(
    reference: Annotated[
        str,
        typer.Option(
            "--reference",
            help="A household's reference or a case number; - reads it from standard input, past the shell's history.",
        ),
    ] = "",
    source: Annotated[
        str,
        typer.Option("--source", help="A source of files or a referring agency; with --reference, where to look."),
    ] = "",
    period: Annotated[str, typer.Option("--period", help="Review years, such as 2019-20 or 2018-19..2019-20.")] = "",
    older: Annotated[bool, typer.Option("--older", help="What is older than the limit in scenario.toml.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many rows, and remove nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Remove them; there is no way back.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove a person, a source, a period or what is too old: from every working table, and from the files' bytes.

    What has been frozen or released stays, and says how many of its rows have been erased since.
    """
    opened = open_workspace(workspace)
    asked = _asked(opened, reference, source, period, older=older)
    found = would_forget(opened, asked)
    if not dry_run and not yes:
        message = f"{_all(found)} would be removed for good; nothing was. Say --yes to remove, or --dry-run to look."
        raise BadInputError(message)
    done = found if dry_run else remove(opened, asked, today=today())
    show_result({**asdict(done), "removed": not dry_run}, _lines(done, removed=not dry_run), as_json=as_json)


def _asked(workspace: Workspace, reference: str, source: str, period: str, *, older: bool) -> Asked:
    wanted = [bool(reference), bool(source) and not reference, bool(period), older]
    if sum(wanted) != 1:
        message = "Say one thing to forget: --reference, --source, --period or --older."
        raise BadInputError(message)
    scenario = workspace.scenario
    if reference:
        text = sys.stdin.readline() if reference == "-" else reference
        return ByReference(text, workspace.key(), source)
    if source:
        return BySource(source)
    if period:
        return ByPeriod(period, scenario.review_first_month)
    return older_than_the_limits(workspace, today=today())


def _lines(done: Forgotten, *, removed: bool) -> list[str]:
    parts = [f"  {rows:,} {words}" for words, rows in done.parts.items()]
    if not removed:
        return [f"{_all(done)} would be removed.", *parts, *done.told_cards, *_emptied(done, "would have")]
    return [f"Removed {_all(done)}.", *parts, *done.told_cards, *_emptied(done, "has"), *what_stays(done)]


def _emptied(done: Forgotten, verb: str) -> list[str]:
    listed = ", ".join(done.emptied)
    gone = [f"{listed} {verb} no rows left; its columns and its history go too."] if listed else []
    return gone + ([f"Tables of counts that were sent: {done.counts:,}."] if done.counts else [])


def _all(done: Forgotten) -> str:
    return _counted(done.rows) + (f" and {_counted(done.walks)} of walkabouts" if done.walks else "")


def _counted(rows: int) -> str:
    return f"{rows:,} row{'s' * (rows != 1)}"
