"""`planner walkabouts visits` and `import-visits`: the log of walks, out and in as a file."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result
from commands.walkabouts_record import WhoOption, visit_document, visit_line, walk_document
from geo.errors import BadInputError
from geo.review.files import write_bytes
from geo.review.tables import load_bytes
from geo.review.walks.history import plan_history, take_in_history
from geo.review.walks.reading import read_visits, read_walks, visits_standing, walks_standing
from geo.review.walks.square_streets import named_alike, streets_on_record
from geo.review.walks.visit_table import told_walk, visits_by_walk
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import WalkHeld
from layers.walks.visit_files import visits_csv, visits_template

_SHOWN = 20


def list_visits(
    *,
    every: Annotated[bool, typer.Option("--all", help="Also those corrected or withdrawn.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Write the empty .xlsx to --out.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the visits to this .csv file.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the walks on record with every visit, also those that found nobody. For the housing team only."""
    opened = open_workspace(workspace)
    walks = read_walks(opened) if every else walks_standing(opened)
    shown = named_alike(read_visits(opened) if every else visits_standing(opened), streets_on_record(opened))
    visits = visits_by_walk(shown)
    written = []
    if out is not None:
        write_bytes(out, _file(opened, out, template=template))
        written = [f"Written to {out.name}."]
    lines = []
    for one in walks:
        own = visits.get(one.number, [])
        head = f"{one.number}. {one.begins:%Y-%m-%d} {told_walk(one, own)}.{_became(one)}"
        lines += [head, *(f"   {visit_line(each)}" for each in own)]
    alone = visits.get(0, [])
    lines += [f"Outside any walk, visit {one.number}: {visit_line(one)}" for one in alone]
    document = {
        "walks": [walk_document(one, visits.get(one.number, [])) for one in walks],
        "visits_outside_walks": list(map(visit_document, alone)),
    }
    show_result(document, [*(lines or ["No walk has been recorded yet."]), *written], as_json=as_json)


def import_visits(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX, one row a visit.")],
    *,
    who: WhoOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record past walks and visits outside any from a file: the whole file or nothing; each is recorded once."""
    opened, content = open_workspace(workspace), load_bytes(file)
    plan = (plan_history if dry_run else take_in_history)(opened, content, who=who, now=now())
    said = "Would be recorded" if dry_run else "Recorded"
    head = f"{said}: {plan.what}; visits that found nobody {plan.nobody:,}."
    told = plan.sentences()
    more = [f"And {len(told) - _SHOWN:,} more; --json gives all."] * (len(told) > _SHOWN)
    document = {
        "walks": len(plan.new),
        "visits": plan.visits,
        "visits_outside_walks": len(plan.alone.new),
        "found_nobody": plan.nobody,
        "on_record": plan.on_record,
        "visits_outside_walks_on_record": plan.alone.on_record,
        "differing": [*plan.differing, *plan.alone.differing],
        "faults": list(plan.faults),
        "columns_not_read": plan.dropped,
        "dry_run": dry_run,
    }
    show_result(document, [head, *told[:_SHOWN], *more], as_json=as_json)


def _became(one: WalkHeld) -> str:
    later = f" Put right or withdrawn by number {one.superseded_by}." if one.superseded_by else ""
    return later + (f" Withdraws number {one.supersedes}." if one.withdrawn else "")


def _file(opened: Workspace, out: Path, *, template: bool) -> bytes:
    if out.suffix.lower() != (".xlsx" if template else ".csv") or not out.parent.is_dir():
        expected = "expected a .csv file in a folder that exists (a template is .xlsx)"
        message = f"{out.name} cannot be written: {expected}."
        raise BadInputError(message)
    return visits_template() if template else visits_csv(walks_standing(opened), visits_standing(opened))
