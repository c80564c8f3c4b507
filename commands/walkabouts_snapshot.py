"""`planner walkabouts snapshot` and `snapshots`: plan the night of the official count, list what was settled."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from commands.files import write_content
from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result, today
from commands.walkabouts_card import require_folder
from geo.errors import BadInputError
from geo.review.dates import parse_date
from geo.review.files import explained
from geo.review.team_only import SENTENCE
from geo.review.walks.snapshot import NightWish, PlannedNight, plan_night
from geo.review.walks.snapshot_kept import KeptNight, keep_night, read_nights
from geo.review.walks.snapshot_results import KeptResult, read_results
from geo.review.walks.times import parse_time
from geo.walkabouts.snapshot.night import Method
from geo.walkabouts.snapshot.plan import told_kinds
from geo.walkabouts.snapshot.values import SnapshotPatch, SnapshotPlace, SnapshotStop
from geo.walkabouts.squares import read_square, told_square
from layers.walks.card import clock, street_of
from layers.walks.snapshot_handout import NightPapers, night_files
from layers.walks.snapshot_words import METHODS, told_left_out, told_night, told_way

NightOption = Annotated[str, typer.Option("--night", help="The day on whose evening the night begins; confidential.")]
ShowNightOption = Annotated[
    bool, typer.Option("--show-night", help="Tell the night, which is confidential until it is over.")
]


class How(StrEnum):
    """How the figure is found."""

    COUNT = "count"
    ESTIMATE = "estimate"
    SPOTLIGHT = "spotlight"


_METHODS: Final[dict[How, Method]] = {
    How.COUNT: "count",
    How.ESTIMATE: "estimate",
    How.SPOTLIGHT: "estimate with a spotlight count",
}


def snapshot(
    *,
    night: NightOption,
    teams: Annotated[int, typer.Option(min=1, max=40, help="How many teams there are.")] = 2,
    partner: Annotated[str, typer.Option(help="The independent organisation that verifies the figure.")] = "",
    independent: Annotated[
        bool, typer.Option("--independent", help="Confirm that the council neither is the partner nor commissions it.")
    ] = False,
    method: Annotated[
        How, typer.Option(help="count, estimate, or spotlight: an estimate with chosen places counted.")
    ] = (How.COUNT),
    add: Annotated[list[str] | None, typer.Option(help="A square to look at besides; may be repeated.")] = None,
    spotlight: Annotated[
        list[str] | None, typer.Option(help="A square that a spotlight counts; may be repeated.")
    ] = None,
    starts: Annotated[str, typer.Option(help="When the teams begin, such as 00:30 (default: the workspace's).")] = "",
    out: Annotated[Path | None, typer.Option(help="A folder for the papers, the calendar and the GIS file.")] = None,
    show_night: ShowNightOption = False,
    settle: Annotated[
        bool, typer.Option("--settle", help="Keep the plan; an earlier one of the year is replaced.")
    ] = False,
    who: Annotated[str, typer.Option(help="Who settles it: initials.")] = "",
    reason: Annotated[
        str, typer.Option(help="Why this night, where something speaks against it, such as fewer than six weeks.")
    ] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan the snapshot night: patches, stops and times for each team, the checklist. For the lead officer only."""
    opened = open_workspace(workspace)
    if out is not None:
        require_folder(out)
    wish = NightWish(
        night=read_night(night),
        teams=teams,
        method=_METHODS[method],
        partner=partner,
        independent=independent,
        add=tuple(map(read_square, add or [])),
        spotlight=tuple(map(read_square, spotlight or [])),
        starts=read_starts(starts),
    )
    found = plan_night(opened, wish, now=now())
    kept = None
    if settle:
        kept = keep_night(opened, found.plan, independent=independent, who=who, today=today(), reason=reason)
    papers = NightPapers(opened, found.plan, found.tasks, now(), found.notes, show_night=show_night)
    names = write_folder(night_files(papers), out) if out is not None else []
    written = [f"Written to {out.name}: {', '.join(names)}."] if out is not None else []
    said = [_told_kept(kept, show_night=False)] if kept else ["Nothing is kept; --settle keeps it."]
    document = _document(found) | {"settled": kept.number if kept else None, "files": names}
    show_result(document, [*_lines(found), *said, *written, SENTENCE], as_json=as_json)


def snapshots(
    *, show_night: ShowNightOption = False, workspace: WorkspaceOption = None, as_json: JsonOption = False
) -> None:
    """List the settled plans and the results of snapshot nights, by year."""
    opened = open_workspace(workspace)
    plans, results = read_nights(opened), read_results(opened)
    lines = [_told_kept(one, show_night=show_night) for one in plans]
    lines += [told_result(one, show_night=show_night) for one in results]
    document = {
        "plans": [_plan_row(one, show_night=show_night) for one in plans],
        "results": [result_row(one, show_night=show_night) for one in results],
    }
    nothing = ["No plan of a snapshot night was settled yet; planner walkabouts snapshot --settle does."]
    show_result(document, lines or nothing, as_json=as_json)


def read_night(text: str) -> date:
    """Read a day.

    Raises
    ------
    BadInputError
        It is none.
    """
    found = parse_date(text, today=today())
    if found is None:
        message = f"'{text[:20]}' is no day; expected one such as 2026-11-11."
        raise BadInputError(message)
    return found


def read_starts(text: str) -> str:
    """Read a time of day; empty stays empty.

    Raises
    ------
    BadInputError
        It is none.
    """
    found = parse_time(text) if text.strip() else None
    if found is None and text.strip():
        message = f"'{text[:20]}' is no time of day; expected one such as 00:30."
        raise BadInputError(message)
    return f"{found:%H:%M}" if found else ""


def write_folder(files: dict[str, bytes], out: Path) -> list[str]:
    """Write files into a folder, made where it is missing; gives their names."""
    with explained(out.parent):
        out.mkdir(exist_ok=True)
    for name, content in files.items():
        write_content(content, out / name)
    return list(files)


def told_result(one: KeptResult, *, show_night: bool) -> str:
    """Say what a result is in a line."""
    result = one.result
    when = f"night of {told_night(result.night)}" if show_night else f"{result.night.year}"
    state = f"; put right by {one.replaced_by}" if one.replaced_by else ""
    return (
        f"Result {one.number}, {when}: {result.total} people ({result.counted} counted, {result.estimated} estimated, "
        f"{result.twice} counted twice and {result.not_fitting} not fitting taken out), verified by "
        f"{result.verified_by}, entered by {one.who}{state}."
    )


def result_row(one: KeptResult, *, show_night: bool) -> dict[str, Any]:
    """Write a result as plain values."""
    result = one.result
    return {
        "number": one.number,
        "year": result.night.year,
        **({"night": result.night.isoformat()} if show_night else {}),
        "counted": result.counted,
        "estimated": result.estimated,
        "twice": result.twice,
        "not_fitting": result.not_fitting,
        "not_accessible": result.not_accessible,
        "total": result.total,
        "shelter_open": result.shelter_open,
        "verified_by": result.verified_by,
        "who": one.who,
        "replaced_by": one.replaced_by,
        "digest": one.digest,
    }


def _told_kept(one: KeptNight, *, show_night: bool) -> str:
    plan = one.plan
    when = f"night of {told_night(plan.night)}" if show_night else f"{plan.night.year}"
    state = f"replaced by {one.replaced_by}" if one.replaced_by else "stands"
    return (
        f"Plan {one.number}, {when}: {METHODS[plan.method].lower()}, {len(plan.patches)} patches, {len(plan.squares)} "
        f"places, partner {plan.partner}; settled by {one.who}, {state}."
    )


def _plan_row(one: KeptNight, *, show_night: bool) -> dict[str, Any]:
    plan = one.plan
    return {
        "number": one.number,
        "year": plan.night.year,
        **({"night": plan.night.isoformat()} if show_night else {}),
        "method": plan.method,
        "partner": plan.partner,
        "patches": len(plan.patches),
        "places": len(plan.squares),
        "who": one.who,
        "replaced_by": one.replaced_by,
        "digest": one.digest,
    }


def _lines(found: PlannedNight) -> list[str]:
    plan = found.plan
    head = f"Snapshot night {told_night(plan.night)}: {METHODS[plan.method].lower()}."
    lines = [head, *(note.sentence for note in found.notes), *found.sentences]
    for patch in plan.patches:
        lines += _patch_lines(patch)
    if plan.estimated:
        lines.append("Estimated, not counted:")
        lines += [f"  {_where(one)}: {told_kinds(one.kinds)}" for one in plan.estimated]
    lines += [*plan.sentences, *told_left_out(plan.left_out), "To be done:"]
    return [*lines, *(f"  {'LATE ' if task.late else ''}{task.due.isoformat()} {task.what}" for task in found.tasks)]


def _patch_lines(patch: SnapshotPatch) -> list[str]:
    times = f"{clock(patch.begins)} to about {clock(patch.ends)}"
    lines = [f"Patch {patch.number}: meet at {street_of(patch.meeting)}, {times}, {patch.minutes:.0f} minutes."]
    ways = ["", *(f" ({told_way(way)})" for way in patch.ways)]
    for stop, way in zip(patch.stops, ways, strict=True):
        lines.append(f"{stop.number:4}. {clock(stop.arrive)} {_where(stop)}: {told_kinds(stop.kinds)}{way}")
    return lines


def _where(one: SnapshotStop | SnapshotPlace) -> str:
    return ", ".join(filter(None, (told_square(one.square), one.street)))


def _document(found: PlannedNight) -> dict[str, Any]:
    plan = found.plan
    return {
        "audience": SENTENCE,
        "night": plan.night.isoformat(),
        "method": plan.method,
        "partner": plan.partner,
        "notes": [{"weight": note.weight, "sentence": note.sentence} for note in found.notes],
        "missing": list(found.sentences),
        "sentences": list(plan.sentences),
        "least_teams": plan.least_teams,
        "along_streets": plan.along_streets,
        "patches": [_patch(patch) for patch in plan.patches],
        "estimated": [{"square": one.square, "street": one.street, "kinds": list(one.kinds)} for one in plan.estimated],
        "left_out": [{"square": one.square, "street": one.street, "why": one.why} for one in plan.left_out],
        "tasks": [{"due": one.due.isoformat(), "what": one.what, "late": one.late} for one in found.tasks],
    }


def _patch(patch: SnapshotPatch) -> dict[str, Any]:
    return {
        "patch": patch.number,
        "meet": patch.meeting,
        "begins": patch.begins.isoformat(timespec="seconds"),
        "ends": patch.ends.isoformat(timespec="seconds"),
        "minutes": round(patch.minutes, 1),
        "stops": [
            {
                "number": stop.number,
                "square": stop.square,
                "street": stop.street,
                "kinds": list(stop.kinds),
                "arrive": stop.arrive.isoformat(timespec="seconds"),
            }
            for stop in patch.stops
        ],
        "ways": [
            {"by": way.by, "minutes": round(way.minutes, 1), "back_minutes": round(way.back_minutes, 1)}
            for way in patch.ways
        ],
    }
