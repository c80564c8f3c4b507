"""`planner walkabouts form` and `take-in`: the phone's form of a card, out; its file, in."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result, today
from commands.walkabouts_record import WhoOption, walk_document
from geo.errors import BadInputError
from geo.review.files import write_bytes
from geo.review.tables import load_bytes
from geo.review.walks.cards import card_numbered, require_usable
from geo.review.walks.company import offered_agencies, unknown_agencies
from geo.review.walks.form import plan_form, take_in_form
from geo.review.walks.reading import visits_standing
from geo.review.walks.visit_table import told_walk, visits_by_walk
from layers.walks.form import walk_form_html


def form(
    number: Annotated[int, typer.Argument(help="The number of the walk card.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="The .html file to write; it opens on a phone without a network.")],
    agency: Annotated[
        list[str] | None,
        typer.Option("--agency", help="Who may walk along (default: whom the rota has, else all known); repeatable."),
    ] = None,
    after_expiry: Annotated[
        bool, typer.Option("--after-expiry", help="For the records: also for a card that expired or was replaced.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the form of a walk card for a phone: streets and times in, numbers out, and no word about anybody."""
    opened = open_workspace(workspace)
    card = card_numbered(opened, number)
    if out.suffix.lower() != ".html" or not out.parent.is_dir():
        message = f"{out.name} cannot be written: expected an .html file in a folder that exists."
        raise BadInputError(message)
    if not after_expiry:
        require_usable(card, today())
    names = agency or offered_agencies(opened, card)
    _require_known(unknown_agencies(opened, names))
    content = walk_form_html(card, agencies=names, least_people=opened.scenario.walkabouts.least_people)
    write_bytes(out, content)
    said = f"Written to {out.name}: for {card.recipient}, to be used until {card.expires.isoformat()}."
    lines = [said, "Send it to the phone of whoever leads the walk; the file it saves comes back with take-in."]
    show_result({"card": number, "file": out.name, "bytes": len(content)}, lines, as_json=as_json)


def take_in_file(
    file: Annotated[Path, typer.Argument(help="The file that the phone's form saved, walk-N.json.")],
    *,
    who: WhoOption,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the walk right that an earlier file of this phone gave.")
    ] = False,
    checked: Annotated[
        bool, typer.Option("--checked", help="What is unlikely in it was looked at, and is right.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record the walk of a phone's file, once, however often it is handed in."""
    opened, content = open_workspace(workspace), load_bytes(file)
    if dry_run:
        plan = plan_form(opened, content, who=who, now=now())
        before = plan.on_record.number if plan.on_record else 0
        notes = [f"It was taken in before, as number {before}."] * bool(before)
        notes += dict.fromkeys((*plan.looks.doubts, *plan.ready.notes, *plan.looks.sentences()))
        lines = [f"Visits that would be recorded: {len(plan.ready.held.visits)}.", *notes]
        show_result(
            {
                "visits": len(plan.ready.held.visits),
                "on_record": before,
                "answers": plan.looks.answers,
                "doubts": list(plan.looks.doubts),
                "notes": notes,
            },
            lines,
            as_json=as_json,
        )
        return
    taken = take_in_form(opened, content, who=who, now=now(), replace=replace, checked=checked)
    visits = visits_by_walk(visits_standing(opened)).get(taken.walk.number, [])
    when = f"{taken.walk.begins:%Y-%m-%d}"
    head = [f"Recorded as number {taken.walk.number}. {when} {told_walk(taken.walk, visits)}."] if taken.new else []
    document = {**walk_document(taken.walk, visits), "new": taken.new, "notes": list(taken.notes)}
    show_result(document, [*head, *taken.notes], as_json=as_json)


def _require_known(unknown: tuple[str, ...]) -> None:
    """Refuse to offer an agency that a file of the form could then not name."""
    if unknown:
        message = (
            f"'{unknown[0][:60]}' is no agency on the list; add it first (planner walkabouts agency), or choose one of "
            "those that planner walkabouts agencies lists."
        )
        raise BadInputError(message)
