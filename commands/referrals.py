"""`planner add referrals`: check an export of approaches and referrals, and keep it."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.review.columns import read_pairs, read_preset
from geo.review.intake import IntakeOptions, keep, preview_file, take_in
from geo.review.presets.shipped import find_preset
from geo.review.presets.using import columns_for
from geo.review.report import Report
from geo.schema import ADDRESS_KINDS, DATE_KINDS


def add_referrals(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX, at most 50 MB.", show_default=False)],
    *,
    source: Annotated[str, typer.Option("--source", help="Who the file is from; its next export has the same name.")],
    columns: Annotated[
        Path | None, typer.Option("--columns", help="TOML file that says which column is which field.")
    ] = None,
    preset: Annotated[
        str,
        typer.Option("--preset", help="A preset's name (planner presets list) or file; also says what values mean."),
    ] = "",
    column: Annotated[
        list[str] | None, typer.Option("--column", help='One column, such as postcode="Home PC"; may be repeated.')
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; else the first.")] = "",
    address_kind: Annotated[
        str, typer.Option("--address-kind", help=f"What the postcode is: {', '.join(ADDRESS_KINDS)}.")
    ] = "",
    date_kind: Annotated[str, typer.Option("--date-kind", help=f"What the date is: {', '.join(DATE_KINDS)}.")] = "",
    dry_run: Annotated[bool, typer.Option("--check-only", help="Report, but keep nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a file of approaches and referrals, and keep what the review needs of it.

    Adding a newer export of the same source updates its rows. Nothing is kept of a file with a date that cannot be.
    """
    opened = open_workspace(workspace)
    chosen = find_preset(preset) if preset else None
    known = columns_for(chosen, preview_file(file, file_name=file.name, sheet=sheet).columns) if chosen else {}
    named = {**known, **(read_preset(columns) if columns else {}), **read_pairs(column or [])}
    options = IntakeOptions(
        columns=named,
        sheet=sheet,
        address_kind=address_kind,
        date_kind=date_kind,
        meanings=chosen.meanings if chosen else None,
    )
    intake = take_in(opened, file, file_name=file.name, feed=source, options=options, today=today())
    report = intake.report if dry_run else keep(opened, intake)
    show_result({**report.as_dict(), "kept": not dry_run}, _lines(report, kept=not dry_run), as_json=as_json)


def _lines(report: Report, *, kept: bool) -> list[str]:
    shown = [f"  {status.replace('_', ' '):<18}{rows:>8,}" for status, rows in report.status.items() if rows]
    flags = [f"{rows:,} {flag.replace('_', ' ')}" for flag, rows in report.flags.items() if rows]
    changes = [f"{field.replace('_', ' ')} {rows:,}" for field, rows in (report.changes or {}).items()]
    verb = "Kept" if kept else "Checked only; would keep"
    return [
        f"{report.feed}: {report.rows:,} rows ({report.layout}).",
        *shown,
        f"  {'in all':<18}{sum(report.status.values()):>8,}",
        *([f"Of these: {', '.join(flags)}."] if flags else []),
        f"{verb}: {report.added:,} new, {report.updated:,} updated, {report.unchanged:,} unchanged.",
        *([f"Changed: {', '.join(changes)}."] if changes else []),
        *([f"{report.kept_from_before:,} rows of earlier exports stay."] if report.kept_from_before else []),
        "Columns used: " + ", ".join(f"{field} = '{column}'" for field, column in report.columns.items()) + ".",
        *([f"Columns dropped: {', '.join(report.dropped)}."] if report.dropped else []),
        *report.notes,
    ]
