"""`planner walkabouts import`, `report`, `reports`, `withdraw-report` and `template`: reports of rough sleeping."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result
from geo.errors import BadInputError
from geo.review.files import write_bytes
from geo.review.tables import load_bytes
from geo.review.team_only import SENTENCE
from geo.review.walks.reading import reports_standing
from geo.review.walks.reports import record_report, withdraw_report
from geo.review.walks.reports_file import COLUMNS
from geo.review.walks.reports_import import ReportPlan, plan_reports, take_in_reports
from geo.review.walks.reports_reading import read_report
from geo.review.walks.reports_sources import Sources
from geo.review.walks.response import standing
from geo.review.walks.square_streets import named_alike, streets_on_record
from geo.walkabouts.bands import local
from geo.walkabouts.response import OpenReport
from geo.walkabouts.sightings import Report
from geo.walkabouts.squares import told_square
from layers.walks.reports_template import reports_template_csv, reports_template_xlsx

_SHOWN = 20
_Who = Annotated[str, typer.Option("--who", help="Who records it: a name or initials. Else the name you signed on by.")]


def take_in(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX, one row a report.")],
    *,
    source: Annotated[str, typer.Option("--source", help="Who reported, for rows that name no known source.")] = "",
    who: _Who = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")] = False,
    checked: Annotated[
        bool,
        typer.Option("--checked", help="Rows that are improbably many, at one place or at places, were looked at."),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take in reports of a file, as StreetLink sends them; what is said of a person is not read.

    Good rows are recorded; each of the others is named with the reason.
    """
    opened, content = open_workspace(workspace), load_bytes(file)
    if dry_run:
        plan = plan_reports(opened, content, source=source, now=now())
    else:
        plan = take_in_reports(opened, content, source=source, who=who, now=now(), checked=checked)
    said = "would be recorded" if dry_run else "recorded"
    told = plan.sentences()
    more = [f"And {len(told) - _SHOWN:,} more; --json gives all."] * (len(told) > _SHOWN)
    lines = [f"Reports {said}: {plan.new:,} new, {plan.put_right:,} put right, of {plan.rows:,} rows.", *told[:_SHOWN]]
    show_result({**_plan_document(plan), "dry_run": dry_run}, [*lines, *more], as_json=as_json)


def report(
    *,
    seen: Annotated[str, typer.Option("--seen", help="When somebody was seen, such as '14/05/2026 20:30'.")],
    source: Annotated[str, typer.Option("--source", help="Who reported: StreetLink or an agency; no person.")],
    received: Annotated[
        str, typer.Option("--received", help="When it was received; else the end of the day somebody was seen.")
    ] = "",
    people: Annotated[int, typer.Option("--people", help="How many people were seen.")] = 1,
    kind: Annotated[str, typer.Option("--kind", help="reported, or intelligence of a partner.")] = "reported",
    grid_reference: Annotated[str, typer.Option("--grid-reference", help="Such as 'SU 364 455'.")] = "",
    easting: Annotated[str, typer.Option("--easting", help="In metres of the National Grid.")] = "",
    northing: Annotated[str, typer.Option("--northing", help="In metres of the National Grid.")] = "",
    latitude: Annotated[str, typer.Option("--latitude", help="In degrees.")] = "",
    longitude: Annotated[str, typer.Option("--longitude", help="In degrees; west of Greenwich it is negative.")] = "",
    postcode: Annotated[str, typer.Option("--postcode", help="Looked up, and not kept.")] = "",
    street: Annotated[str, typer.Option("--street", help="Looked up on the map, and not kept as typed.")] = "",
    town: Annotated[str, typer.Option("--town", help="Of that street; alone, the district and no place in it.")] = "",
    reference: Annotated[str, typer.Option("--reference", help="The sender's own; kept as a keyed hash.")] = "",
    supersedes: Annotated[int, typer.Option("--supersedes", help="The number of the report that this corrects.")] = 0,
    who: _Who = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record one report, or correct one. Never describe a person."""
    moment = now()
    given = {"seen_date": seen, "received_date": received, "source": source, "people": str(people), "kind": kind}
    given |= {"grid_reference": grid_reference, "easting": easting, "northing": northing, "latitude": latitude}
    given |= {"longitude": longitude, "postcode": postcode, "street": street, "town": town, "reference": reference}
    row = dict.fromkeys(COLUMNS, "") | given
    read = read_report(row, sources=Sources(source, {}), today=local(moment).date())
    if read.made is None:
        message = f"{read.fault[:1].upper()}{read.fault[1:]}. Nothing was kept."
        raise BadInputError(message)
    made = record_report(open_workspace(workspace), read.made, who=who, now=moment, supersedes=supersedes)
    due = f" Somebody is to be there by the end of {made.due:%A %d/%m/%Y}." if made.due else ""
    document = {"number": made.number, "due": made.due.isoformat() if made.due else None, "notes": list(made.notes)}
    show_result(document, [f"Recorded as number {made.number}.{due}", *made.notes], as_json=as_json)


def list_reports(
    *,
    open_only: Annotated[
        bool, typer.Option("--open", help="Only those that nobody has answered, overdue first.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the reports, or those still open. For the team only."""
    opened = open_workspace(workspace)
    told = standing(opened, now=now())
    waiting = {one.report.number: one for one in told.open}
    placed = [one for one in reports_standing(opened) if one.square]
    shown = named_alike([one.report for one in told.open] if open_only else placed, streets_on_record(opened))
    lines = [*told.sentences(), *(_line(one, waiting.get(one.number)) for one in shown)]
    document = {
        "audience": SENTENCE,
        "open": len(told.open),
        "overdue": len(told.overdue),
        "district_only": len(told.not_followed),
        "reports": [_document(one, waiting.get(one.number)) for one in shown],
    }
    show_result(document, lines, as_json=as_json)


def withdraw(
    number: Annotated[int, typer.Argument(help="The number of the report, as planner walkabouts reports tells it.")],
    who: _Who = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a report does not count: it was entered twice, or was none; it stays, marked."""
    withdraw_report(open_workspace(workspace), number, who=who)
    show_result({"withdrawn": number}, [f"Withdrawn: number {number}."], as_json=as_json)


def template(
    out: Annotated[Path, typer.Argument(help="The .csv or .xlsx file to write.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the empty file that reports are filled into."""
    del workspace  # taken for the sake of scripts that give it to every command
    kind = out.suffix.lower()
    if kind not in {".csv", ".xlsx"} or not out.parent.is_dir():
        message = f"{out.name} cannot be written: expected a .csv or .xlsx file in a folder that exists."
        raise BadInputError(message)
    write_bytes(out, reports_template_csv() if kind == ".csv" else reports_template_xlsx())
    show_result({"written": out.name}, [f"Written to {out.name}."], as_json=as_json)


def _plan_document(plan: ReportPlan) -> dict[str, Any]:
    return {
        "rows": plan.rows,
        "new": plan.new,
        "put_right": plan.put_right,
        "people": plan.people,
        "on_record": plan.on_record,
        "refused": list(plan.refused),
        "to_check": list(plan.heaps),
        "notes": list(plan.notes),
        "columns_not_read": list(plan.dropped),
    }


def _line(one: Report, waiting: OpenReport | None) -> str:
    place = f"{told_square(one.square)}{f', {one.street}' if one.street else ''}"
    people = "1 person" if one.people == 1 else f"{one.people} people"
    by = "reported by" if one.kind == "reported" else "intelligence of"
    told = f"{one.number}. {one.seen:%d/%m/%Y %H:%M} {place}: {people}, {by} {one.source}."
    if waiting is None:
        return told
    late = "Overdue since" if waiting.overdue else "Due by"
    return f"{told} {late} the end of {waiting.due:%A %d/%m/%Y}."


def _document(one: Report, waiting: OpenReport | None) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "source": one.source,
        "seen": one.seen.isoformat(),
        "received": one.received.isoformat(),
        "square": one.square,
        "street": one.street,
        "located": one.located,
        "people": one.people,
        "open": waiting is not None,
        "due": waiting.due.isoformat() if waiting else None,
        "overdue": waiting.overdue if waiting else False,
        "hours_left": round(waiting.hours_left, 1) if waiting else None,
    }
