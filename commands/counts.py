"""`planner add counts`: take in the counts that a partner made of its own records."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.review.counts_kept import CheckedCounts, check_counts, keep_counts
from geo.review.partner_counts import APART
from geo.review.tables import load_bytes


def add_counts(
    file: Annotated[Path, typer.Argument(help="The .json that planner aggregate wrote.", show_default=False)],
    *,
    source: Annotated[str, typer.Option("--source", help="Who sent it, by the name of its feed.")],
    who: Annotated[str, typer.Option("--who", help="Your name or initials.")] = "",
    dry_run: Annotated[bool, typer.Option("--check-only", help="Report, but keep nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take in a partner's counts: a source of its own, never added to the council's households.

    A newer file of the same sender takes the place of what it sent for the same months.
    """
    opened = open_workspace(workspace)
    checked = check_counts(opened, load_bytes(file), source=source, today=today())
    if not dry_run:
        keep_counts(opened, checked, who=who)
    data = {
        "feed": checked.feed,
        "exact": checked.file.exact,
        "periods": list(checked.file.periods),
        "tables": len(checked.file.tables),
        "areas_beyond": len(checked.beyond),
        "replaces": list(checked.replaces),
        "digest": checked.file.digest,
        "kept": not dry_run,
    }
    show_result(data, counts_lines(checked, kept=not dry_run), as_json=as_json)


def counts_lines(checked: CheckedCounts, *, kept: bool) -> list[str]:
    """Say what a file of counts holds, and what became of it."""
    file = checked.file
    kind = f"exact, under {file.agreement}" if file.exact else "suppressed by the sender"
    verb = "Kept" if kept else "Checked only"
    return [
        f"{checked.feed}: counts of {', '.join(file.periods)}, {kind}; {file.unit}.",
        *([f"{len(checked.beyond):,} of its areas are none of this district: outside."] if checked.beyond else []),
        *([f"In place of what was sent before for {', '.join(checked.replaces)}."] if checked.replaces else []),
        f"{verb}: {len(file.tables):,} tables. {APART}",
    ]
