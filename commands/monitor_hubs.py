"""`planner monitor record`, `import`, `list` and `withdraw`: the hubs that were held."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.dates import parse_date
from geo.review.files import write_bytes
from geo.review.hub_checks import HeldHub
from geo.review.hub_import import HubPlan, plan_hubs, take_in_hubs
from geo.review.hub_reasons import NO_ABUSE, REASONS, told_reasons
from geo.review.hub_sessions import HubSession, hubs_held, hubs_of_year, read_sessions, record_hub, withdraw_hub
from geo.review.tables import load_bytes
from layers.hubs_held import hubs_csv, hubs_template, hubs_xlsx

_REASONS = ", ".join(f"{name} ({label})" for name, label in REASONS.items())


def record(
    *,
    day: Annotated[str, typer.Option("--day", help="When it was held, such as 14/05/2024.")],
    site: Annotated[str, typer.Option("--site", help="The site's name or id in the register.")],
    people: Annotated[int, typer.Option("--people", help="How many people were seen.")],
    who: Annotated[str, typer.Option("--who", help="Who records it: a name or initials.")],
    reason: Annotated[
        list[str] | None, typer.Option("--reason", help=f"People by reason, as private=3; repeatable. {_REASONS}.")
    ] = None,
    agency: Annotated[list[str] | None, typer.Option("--agency", help="An agency that was there; repeatable.")] = None,
    supersedes: Annotated[int, typer.Option("--supersedes", help="The number of the record that this corrects.")] = 0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record a hub that was held, or correct a record. No names of people; domestic abuse counts under 'other'."""
    when = parse_date(day, today=today())
    if when is None:
        message = "--day is no day; expected one such as 14/05/2024."
        raise BadInputError(message)
    hub = HeldHub(when, site, people, _reasons(reason or []), tuple(agency or []), who)
    made = record_hub(open_workspace(workspace), hub, today=today(), supersedes=supersedes)
    show_result(hub_document(made), [f"Recorded as number {made.number}: {_line(made)}"], as_json=as_json)


def take_in(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX, one row a hub.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record the hubs of a file: the whole file or nothing; hubs that are on record are passed over."""
    opened, content = open_workspace(workspace), load_bytes(file)
    plan = (plan_hubs if dry_run else take_in_hubs)(opened, content, today=today())
    said = "would be recorded" if dry_run else "recorded"
    lines = [f"Hubs {said}: {len(plan.new):,}.", *plan.sentences()]
    show_result({**_plan_document(plan), "dry_run": dry_run}, lines, as_json=as_json)


def list_hubs(
    *,
    year: Annotated[str, typer.Option("--year", help="Only hubs of this review year.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Also those corrected or withdrawn.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Write the empty template to --out.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write them to this .csv or .xlsx file.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the hubs that were held. For the housing team only."""
    opened = open_workspace(workspace)
    found = read_sessions(opened) if every else hubs_of_year(opened, year) if year else hubs_held(opened)
    written = []
    if out is not None:
        write_bytes(out, _file(found, out, template=template, first_month=opened.scenario.review_first_month))
        written = [f"Written to {out.name}."]
    lines = [f"{one.number}. {_line(one)}" for one in found] or ["No hub has been recorded yet."]
    show_result({"hubs": [hub_document(one) for one in found]}, [*lines, *written], as_json=as_json)


def withdraw(
    number: Annotated[int, typer.Argument(help="The number of the record, as planner monitor list tells it.")],
    who: Annotated[str, typer.Option("--who", help="Who withdraws it: a name or initials.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a recorded hub does not count; the record stays, marked."""
    made = withdraw_hub(open_workspace(workspace), number, who=who)
    show_result(hub_document(made), [f"Withdrawn: number {number}."], as_json=as_json)


def hub_document(one: HubSession) -> dict[str, Any]:
    """Give a hub as plain values."""
    return {
        "number": one.number,
        "day": one.day.isoformat(),
        "site_id": one.site,
        "place": one.place,
        "people": one.people,
        "reasons": dict(one.reasons),
        "agencies": list(one.agencies),
        "who": one.who,
        "supersedes": one.supersedes,
        "superseded_by": one.superseded_by,
        "withdrawn": one.withdrawn,
    }


def _line(one: HubSession) -> str:
    reasons = f" ({told_reasons(one.reasons)})" if one.people else ""
    agencies = f" With {', '.join(one.agencies)}." if one.agencies else ""
    later = f" Put right by number {one.superseded_by}." if one.superseded_by else ""
    gone = " Withdrawn." if one.withdrawn else ""
    return f"{one.day.isoformat()} {one.place}: people seen {one.people}{reasons}.{agencies}{later}{gone}"


def _plan_document(plan: HubPlan) -> dict[str, Any]:
    return {
        "new": len(plan.new),
        "on_record": plan.on_record,
        "differing": list(plan.differing),
        "faults": list(plan.faults),
    }


def _reasons(given: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in given:
        name, _, count = (part.strip() for part in text.partition("="))
        if name.casefold() not in REASONS or not (count.isascii() and count.isdecimal()):
            message = (
                f"--reason {text[:40]} cannot be read; expected such as private=3. Reasons: {_REASONS}. {NO_ABUSE}"
            )
            raise BadInputError(message)
        found[name.casefold()] = found.get(name.casefold(), 0) + int(count)
    return found


def _file(found: Sequence[HubSession], out: Path, *, template: bool, first_month: int) -> bytes:
    kind = out.suffix.lower()
    if kind not in {".csv", ".xlsx"} or not out.parent.is_dir() or (template and kind != ".xlsx"):
        expected = "expected a .csv or .xlsx file in a folder that exists (a template is .xlsx)"
        message = f"{out.name} cannot be written: {expected}."
        raise BadInputError(message)
    if template:
        return hubs_template()
    standing = [one for one in found if one.stands]
    return (hubs_csv if kind == ".csv" else hubs_xlsx)(standing, first_month=first_month)
