"""`planner sites`: the site register: what is known of each place, who spoke to whom, its check, its workbook."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.dates import parse_date
from geo.review.files import write_bytes
from geo.review.register import history_of, register
from geo.review.register_book import read_book
from geo.review.register_edit import Edited, set_facts
from geo.review.register_import import ImportPlan, plan_import, take_in_register
from geo.review.register_liaison import LogEntry, add_to_log, read_log
from geo.review.register_new import NewSite, add_site
from geo.review.register_state import read_known
from geo.review.register_words import CATEGORY, LABEL, told, told_value
from geo.review.tables import load_bytes
from geo.schema import LIAISON
from layers.register_directory import directory_csv, directory_html, directory_table
from layers.register_workbook import register_workbook

sites = typer.Typer(help="Keep the register of places to go.", no_args_is_help=True, rich_markup_mode=None)
SiteArgument = Annotated[str, typer.Argument(help="The site's id, or its name where no other has it.")]


@sites.command("list")
def list_sites(
    *,
    status: Annotated[str, typer.Option("--status", help="Only sites where the matter stands so.")] = "",
    category: Annotated[str, typer.Option("--category", help="Only sites of this category.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Only sites that are due for their annual check.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the sites with how the matter stands and what is due."""
    if (status and status not in LIAISON) or (category and category not in CATEGORY):
        message = f"Expected a status of {', '.join(LIAISON)}, and a category of {', '.join(CATEGORY)}."
        raise BadInputError(message)
    table = register(open_workspace(workspace), today=today())
    chosen = table[table["status"].eq(status) | (status == "")]
    chosen = chosen[chosen["category"].eq(category) | (category == "")]
    chosen = chosen[chosen["due"]] if due else chosen
    lines = [_line(row) for row in _plain(chosen)] or ["No such site."]
    show_result({"sites": _plain(chosen)}, lines, as_json=as_json)


@sites.command("show")
def show_site(site: SiteArgument, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Show what is known of one site, its liaison log and its history."""
    opened = open_workspace(workspace)
    known = read_known(opened)
    found = known.require(site)
    log = read_log(opened)
    log = log[log["site_id"].isin(known.members(found))]
    history = history_of(opened, [found])
    facts = {field: text for field, text in known.facts[found].items() if text and field not in {"easting", "northing"}}
    lines = [f"{told(field)}: {told_value(field, text)}" for field, text in facts.items()]
    lines += [
        f"{row['day']} {row['who']} with {row['with_whom']}: {row['about']} ({row['status']})" for row in _plain(log)
    ]
    lines += [_change_line(row) for row in _plain(history)]
    document = {"site_id": found, "facts": facts, "log": _plain(log), "history": _plain(history)}
    show_result(document, [found, *lines, *filter(None, [known.gone.get(found, "")])], as_json=as_json)


@sites.command("set")
def set_site(
    site: Annotated[str, typer.Argument(help="The site's id or name; with --new the name of a site of your own.")],
    facts: Annotated[
        list[str], typer.Argument(help=f"What is known, as fact=text; a fact is one of {', '.join(LABEL)}.")
    ],
    new: Annotated[
        bool, typer.Option("--new", help="Enter a site of your own: category= and postcode= are needed.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what is known of a site, over what its file says; an empty text takes it back."""
    opened = open_workspace(workspace)
    given = dict(_fact(text) for text in facts)
    if new:
        category, postcode = given.pop("category", ""), given.pop("postcode", "")
        made = add_site(opened, NewSite(site, category, postcode, given), today=today())
        show_result({"site_id": made}, [f"Entered as {made}."], as_json=as_json)
        return
    done = set_facts(opened, site, given, today=today())
    show_result(_edited(done), [f"Facts changed: {len(done.changes)}."], as_json=as_json)


@sites.command("log")
def log_site(
    site: SiteArgument,
    *,
    with_whom: Annotated[str, typer.Option("--with", help="The role of whoever was spoken to, never a name.")],
    about: Annotated[str, typer.Option("--about", help="What it was about.")],
    status: Annotated[str, typer.Option("--status", help=f"How the matter stands: {', '.join(LIAISON)}.")],
    who: Annotated[str, typer.Option("--who", help="Role or initials of the officer.")],
    day: Annotated[str, typer.Option("--day", help="When; today unless said.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an entry of a site's liaison log; it is never changed."""
    when = parse_date(day, today=today()) if day else today()
    if when is None:
        message = "--day is no day; expected one such as 28/04/2025."
        raise BadInputError(message)
    kept = add_to_log(open_workspace(workspace), LogEntry(site, when, who, with_whom, about, status), today=today())
    document = {**asdict(kept), "day": kept.day.isoformat()}
    show_result(document, [f"Kept: {kept.day.isoformat()}, {kept.status}."], as_json=as_json)


@sites.command("check")
def check_site(
    site: SiteArgument,
    day: Annotated[str, typer.Option("--day", help="When it was checked; today unless said.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note that a site had its annual check."""
    when = day or today().isoformat()
    done = set_facts(open_workspace(workspace), site, {"checked": when}, today=today())
    show_result(_edited(done), ["Noted." if done.changes else "That was noted already."], as_json=as_json)


@sites.command("export")
def export_register(
    out: Annotated[Path, typer.Option("--out", help="Write the workbook to this .xlsx file.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the register as a workbook that can be changed in Excel and brought back."""
    _require_ending(out, ".xlsx")
    write_bytes(out, register_workbook(open_workspace(workspace), today=today()))
    show_result({"file": out.name}, [f"Written to {out.name}."], as_json=as_json)


@sites.command("import")
def import_register(
    file: Annotated[Path, typer.Argument(help="The register's workbook, as planner sites export wrote it.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the workbook back: changed cells, new sites, new entries of the log, comments and added columns."""
    opened, content = open_workspace(workspace), load_bytes(file)
    plan = (plan_import if dry_run else take_in_register)(opened, content, today=today())
    base = read_book(content).base
    aged = (
        [] if base is not None else ["The workbook does not say what it was exported from: every cell counts as meant."]
    )
    lines = [*_plan_lines(plan), *plan.sentences(), *aged, *(["Nothing was changed."] if dry_run or plan.empty else [])]
    show_result({**_plan_document(plan), "dry_run": dry_run}, lines, as_json=as_json)


@sites.command("directory")
def directory(
    out: Annotated[Path, typer.Option("--out", help="Write it to this .html (A4) or .csv file.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the directory that partners may print: where help stands or is agreed, by town."""
    _require_ending(out, ".html", ".csv")
    opened, day = open_workspace(workspace), today()
    table = directory_table(register(opened, today=day))
    csv = out.suffix.lower() == ".csv"
    write_bytes(out, directory_csv(table) if csv else directory_html(opened, table, today=day))
    show_result(
        {"file": out.name, "places": len(table)}, [f"Places: {len(table)}. Written to {out.name}."], as_json=as_json
    )


def _fact(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        message = f"A fact is written as fact=text, such as capacity=40; a fact is one of: {', '.join(LABEL)}."
        raise BadInputError(message)
    return name.strip(), value


def _line(row: dict[str, Any]) -> str:
    told_of = [CATEGORY[row["category"]], row["town"], row["status"] or "nothing noted", row["gone"]]
    return f"{row['name']}  [{row['site_id']}]  {', '.join(filter(None, told_of))}" + (
        "; due for its check" if row["due"] else ""
    )


def _change_line(row: dict[str, Any]) -> str:
    was, became = (told_value(row["field"], row[end]) or "nothing" for end in ("was", "became"))
    return f"{row['at'] or 'not dated'} {row['who'] or 'not signed'}: {told(row['field'])} from {was} to {became}"


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows that JSON can hold: what is not known is null."""
    rows = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _edited(done: Edited) -> dict[str, Any]:
    return {
        "changes": [
            {"site_id": one.thing, "fact": one.field, "was": one.was, "became": one.became} for one in done.changes
        ]
    }


def _plan_document(plan: ImportPlan) -> dict[str, Any]:
    new = [{"site_id": one.site_id, **one.facts} for one in plan.new.placed]
    log = [{**asdict(entry), "day": entry.day.isoformat()} for entry in plan.log]
    return {**_edited(plan.edited), "new_sites": new, "log": log, "not_taken_in": plan.sentences()}


def _plan_lines(plan: ImportPlan) -> list[str]:
    lines = [
        f"{one.thing}: {told(one.field)} from {told_value(one.field, one.was) or 'nothing'}"
        f" to {told_value(one.field, one.became) or 'nothing'}"
        for one in plan.edited.changes
        if one.field not in {"easting", "northing"}
    ]
    lines += [f"New site: {one.facts['name']} [{one.site_id}]" for one in plan.new.placed]
    return lines + [f"Log of {entry.site_id}: {entry.day.isoformat()}, {entry.status}" for entry in plan.log]


def _require_ending(out: Path, *endings: str) -> None:
    if out.suffix.lower() not in endings:
        message = f"{out.name} does not end in {' or '.join(endings)}; end the file's name so."
        raise BadInputError(message)
    if not out.parent.is_dir():
        message = f"There is no folder for {out.name} at the place named; make it first, or name another place."
        raise BadInputError(message)
