"""`planner walkabouts record`, `visit`, `withdraw-walk` and `withdraw-visit`: what was found, put in and taken back."""

from typing import Annotated, Any, cast

import typer

from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result, today
from commands.walkabouts_texts import PLACE_HELP, STOP_HELP, read_begin, read_day, read_end, read_place, read_stop
from geo.review.walks.made import HeldWalk
from geo.review.walks.reading import read_visits
from geo.review.walks.visit_table import told_find, told_offers, told_place, told_walk, visits_by_walk
from geo.review.walks.visits import ready_walk, record_visit, record_walk, withdraw_visit, withdraw_walk
from geo.walkabouts.sightings import PURPOSES, Purpose, Visit, WalkHeld

WhoOption = Annotated[str, typer.Option("--who", help="Who records it: a name or initials.")]


def record(
    *,
    begins: Annotated[str, typer.Option("--begins", help="When the walk began, such as '09/01/2026 20:30'.")],
    ends: Annotated[str, typer.Option("--ends", help="When it ended, such as 22:05.")],
    people: Annotated[int, typer.Option("--people", help="How many walked.")],
    who: WhoOption,
    agency: Annotated[list[str] | None, typer.Option("--agency", help="Who walked along; repeatable.")] = None,
    card: Annotated[int, typer.Option("--card", help="The number of the walk card it followed.")] = 0,
    stop: Annotated[list[str] | None, typer.Option("--stop", help=STOP_HELP)] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help=PLACE_HELP)] = None,
    supersedes: Annotated[int, typer.Option("--supersedes", help="The number of the walk that this corrects.")] = 0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record a walkabout with every place it visited, also where nobody was found. No names, no words about anybody."""
    opened, began = open_workspace(workspace), read_begin(begins, today=today())
    ended = read_end(ends, began, today=today())
    stops = [read_stop(text, began) for text in stop or []]
    places = [read_place(text, began.date(), begins=began) for text in place or []]
    held = HeldWalk(began, ended, tuple(agency or []), people, card, who, (*stops, *places))
    notes = ready_walk(opened, held, now=now()).notes
    made = record_walk(opened, held, now=now(), supersedes=supersedes)
    visits = visits_by_walk([one for one in read_visits(opened) if one.stands]).get(made.number, [])
    lines = [f"Recorded as number {made.number}. {made.begins:%Y-%m-%d} {told_walk(made, visits)}.", *notes]
    show_result({**walk_document(made, visits), "notes": list(notes)}, lines, as_json=as_json)


def visit(
    text: Annotated[str, typer.Argument(help=PLACE_HELP.replace("; repeatable", ""))],
    *,
    day: Annotated[str, typer.Option("--day", help="When, such as 14/05/2026.")],
    who: WhoOption,
    purpose: Annotated[str, typer.Option("--purpose", help=f"Why: one of {', '.join(PURPOSES)}.")] = "report",
    supersedes: Annotated[int, typer.Option("--supersedes", help="The number of the visit that this corrects.")] = 0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record a visit outside any walkabout, such as the answer to a report."""
    given = read_place(text, read_day(day, today=today()), purpose=cast("Purpose", purpose))
    made = record_visit(open_workspace(workspace), given, who=who, now=now(), supersedes=supersedes)
    show_result(visit_document(made), [f"Recorded as visit {made.number}: {visit_line(made)}."], as_json=as_json)


def withdraw_one_walk(
    number: Annotated[int, typer.Argument(help="The number of the walk, as planner walkabouts visits tells it.")],
    who: WhoOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a recorded walkabout does not count, nor any of its visits; all of it stays, marked."""
    made = withdraw_walk(open_workspace(workspace), number, who=who)
    show_result(walk_document(made, []), [f"Withdrawn: walk {number}, with its visits."], as_json=as_json)


def withdraw_one_visit(
    number: Annotated[int, typer.Argument(help="The number of a visit outside any walk.")],
    who: WhoOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a recorded visit outside any walkabout does not count; it stays, marked."""
    made = withdraw_visit(open_workspace(workspace), number, who=who)
    show_result(visit_document(made), [f"Withdrawn: visit {number}."], as_json=as_json)


def walk_document(one: WalkHeld, visits: list[Visit]) -> dict[str, Any]:
    """Give a walk with its visits as plain values."""
    return {
        "number": one.number,
        "begins": one.begins.isoformat(),
        "ends": one.ends.isoformat(),
        "agencies": list(one.agencies),
        "people": one.people,
        "card": one.card,
        "who": one.who,
        "supersedes": one.supersedes,
        "superseded_by": one.superseded_by,
        "withdrawn": one.withdrawn,
        "visits": list(map(visit_document, visits)),
    }


def visit_document(one: Visit) -> dict[str, Any]:
    """Give a visit as plain values."""
    return {
        "number": one.number,
        "walk": one.walk,
        "square": one.square,
        "street": one.street,
        "arrived": one.arrived.isoformat(),
        "left": one.left.isoformat(),
        "outcome": one.outcome,
        "bedded_down": one.bedded_down,
        "about_to": one.about_to,
        "offered": one.offered,
        "accepted": one.accepted,
        "refused": one.refused,
        "purpose": one.purpose,
        "who": one.who,
        "supersedes": one.supersedes,
        "superseded_by": one.superseded_by,
        "withdrawn": one.withdrawn,
    }


def visit_line(one: Visit) -> str:
    """Tell a visit in a line."""
    offers = f"; offers {told_offers(one)}" if one.offered else ""
    return f"{one.arrived:%Y-%m-%d %H:%M} to {one.left:%H:%M} {told_place(one)}: {told_find(one)}{offers}"
