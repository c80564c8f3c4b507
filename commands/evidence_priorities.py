"""`planner evidence priorities`, `freeze` and `note`: the review's own analysis, kept, and what is already known."""

from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from commands.files import write_table
from commands.looking import Teller
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.evidence.periods import told_period
from geo.evidence.priority_words import rate_words
from geo.review.area_notes import AreaNote, add_note
from geo.review.confirmed import changes_since, content_of
from geo.review.freezing import Frozen, freeze, frozen_of
from geo.review.looks import looks_by_kind
from geo.review.priorities import Priorities, priorities_of, with_notes
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from layers.areas import outlines_of
from layers.sample import told_sources

WhoOption = Annotated[str, typer.Option(help="Your name or initials.")]


def priorities(
    *,
    workspace: WorkspaceOption = None,
    out: Annotated[Path | None, typer.Option(help="Write the areas to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Name the review's priority areas and those to watch. For the housing team only: counts are not suppressed."""
    opened = open_workspace(workspace)
    found = _found(opened)
    frozen = frozen_of(opened, found.plan.review)
    if out is not None:
        write_table(
            found.table, outlines_of(found.areas).set_axis(found.table.index), out, sources=told_sources(opened)
        )
    lines = [*_lines(found), *_state(opened, found, frozen)] + ([f"Written to {out.name}."] if out else [])
    show_result(_document(opened, found, frozen), lines, as_json=as_json)


def freeze_review(
    *,
    who: WhoOption,
    reason: Annotated[str, typer.Option(help="Why an earlier frozen analysis of this review is superseded.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Freeze the rule and the numbers of this year's review: the one confirmatory analysis."""
    opened = open_workspace(workspace)
    found = _found(opened)
    frozen = freeze(
        opened,
        review=found.plan.review,
        content=content_of(opened, found),
        who=who,
        reason=reason,
        today=today(),
    )
    document = {"review": frozen.review, "number": frozen.number, "digest": frozen.digest, "looks": frozen.looks}
    show_result(document, [*_lines(found), f"Frozen: {_told(frozen)}"], as_json=as_json)


def note_area(
    area: Annotated[str, typer.Argument(help="The area's name, as planner evidence priorities gives it.")],
    *,
    reason: Annotated[str, typer.Option(help="Why it is already known; no names of clients.")],
    who: WhoOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note on an area that it is already known, and why."""
    opened = open_workspace(workspace)
    found = _found(opened)
    chosen = next((one for one in found.areas if one.name.casefold() == area.casefold()), None)
    if chosen is None:
        listed = ", ".join(f"'{one.name}'" for one in found.areas) or "none"
        message = f"No area that stands out is called '{area}'; there is: {listed}."
        raise BadInputError(message)
    add_note(opened, AreaNote(found.plan.resolution, chosen.peak, chosen.name, reason, who, today()))
    show_result({"area": chosen.name, "reason": reason.strip()}, [f"Noted on {chosen.name}."], as_json=as_json)


def _found(opened: Workspace) -> Priorities:
    plan = plan_review(opened, today=today())
    return with_notes(priorities_of(opened, plan, progress=Teller()), opened)


def _lines(found: Priorities) -> list[str]:
    table = found.table
    counted = f"counting {told_period(found.plan.selection.period)}: {found.counts.episodes:,} {found.counts.unit}"
    head = f"Review of {found.plan.review}, {counted}."
    rows = [
        f"{row['rank']}. {row['area']} [{row['verdict']}, {row['stability']}]: {row['count']} clients, "
        f"{rate_words(row)} per 1,000 homes a year. {row['sentence']}"
        for row in table.to_dict("records")
    ]
    none = [] if len(table) else ["No area stands out by either test: with so few clients only a large excess could."]
    lost = sum(found.counts.unmapped.values())
    rest = f"{found.found.untested} clients in cells not tested; {lost} have no place on the map."
    return [head, *rows, *none, rest, *found.notes, f"Rule: {found.rule}"]


def _state(opened: Workspace, found: Priorities, frozen: Frozen | None) -> list[str]:
    looked = looks_by_kind(opened, found.plan.review)
    total = f"{sum(looked.values())} different analyses of this review looked at"
    if frozen is None:
        return [f"Exploratory until it is frozen (planner evidence freeze). {total}.", _TEAM]
    return [f"Frozen: {_told(frozen)}", *changes_since(frozen, found), _TEAM]


_TEAM = "For the housing team only: these counts are not suppressed."


def _told(frozen: Frozen) -> str:
    return f"{frozen.review} on {frozen.day.isoformat()} by {frozen.who}, after {frozen.looks} looks; {frozen.digest}"


def _document(opened: Workspace, found: Priorities, frozen: Frozen | None) -> dict[str, Any]:
    table = found.table.astype(object)
    return {
        "review": found.plan.review,
        "period": found.plan.selection.period,
        "resolution": found.plan.resolution,
        "unit": found.counts.unit,
        "episodes": found.counts.episodes,
        "clients": found.found.clients,
        "untested": found.found.untested,
        "unmapped": found.counts.unmapped,
        "left_out": found.counts.left_out,
        "exposure_years": found.exposure_years,
        "district_rate_per_1000_homes": found.district_rate,
        "rule": found.rule,
        "looks": looks_by_kind(opened, found.plan.review),
        "frozen": None if frozen is None else {"day": frozen.day.isoformat(), "digest": frozen.digest},
        "notes": list(found.notes),
        "areas": table.where(pd.notna(table), None).to_dict("records"),
    }
