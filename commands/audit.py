"""`planner audit`: who did what to the workspace, and whether the log is whole."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.errors import BadInputError
from geo.review.audit import AuditLine, read_audit, verify_audit
from geo.review.audit_csv import audit_csv
from geo.review.files import write_bytes


def audit(
    out: Annotated[Path | None, typer.Option("--out", help="Write the whole log to this CSV file.")] = None,
    last: Annotated[int, typer.Option("--last", help="How many lines to show, the newest.", min=1)] = 20,
    noted: Annotated[
        str, typer.Option("--noted", help="A digest written down earlier: it must still be in the log.")
    ] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who did what and when, and check that no line was changed or removed; leaves with 1 where one was."""
    opened = open_workspace(workspace)
    lines, check = read_audit(opened.store), verify_audit(opened.store, noted=noted)
    if out is not None:
        _write(out, lines)
    shown = lines[-last:]
    result = {**asdict(check), "whole": check.whole, "log": [asdict(line) for line in (lines if as_json else shown)]}
    words = [*map(_words, shown), check.verdict, f"Write this digest down somewhere else: {check.last}"]
    show_result(result, words, as_json=as_json)
    if not check.whole:
        raise typer.Exit(1)


def _words(line: AuditLine) -> str:
    at, who = line.when or "not dated", line.who or "not signed"
    return f"{line.number:>5}  {at:<25}  {who:<16}  {line.what:<15}  {line.detail}"


def _write(out: Path, lines: tuple[AuditLine, ...]) -> None:
    if out.suffix.lower() != ".csv":
        message = f"{out.name} does not end in .csv; end the file's name so."
        raise BadInputError(message)
    write_bytes(out, audit_csv(lines))
