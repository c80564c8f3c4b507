"""`planner walkabouts rota`: which walk on which day, planned, settled and written to files."""

from datetime import date
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import typer

from commands.files import write_content, write_table
from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.programmes_kept import calendar_id
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.meeting import meeting_points
from geo.review.walks.rota import coming_quarter, quarter_span, rota_of, step_up_now, year_span
from geo.review.walks.rota_kept import keep_rota, rotas_kept, walks_dropped
from geo.review.walks.rota_standing import standing_rota
from geo.review.workspace import Workspace
from geo.walkabouts.rota.result import Rota, RotaWalk
from geo.walkabouts.rota.tables import content_of, rota_table
from geo.walkabouts.rota.words import told_day
from layers.walks.rota_ics import RotaIssue, rota_ics
from layers.walks.rota_sheet import TEAM, rota_html, told
from layers.walks.rota_xlsx import rota_xlsx

_ENDINGS = (".csv", ".html", ".xlsx")
_PROPOSAL = "A proposal: not settled yet."


def rota(
    *,
    quarter: Annotated[str, typer.Option(help="A quarter, such as '2026-27 Q1' (default: tomorrow's).")] = "",
    year: Annotated[str, typer.Option(help="A review year, such as 2026-27, instead of a quarter.")] = "",
    draw: Annotated[int, typer.Option(help="Another number draws another rota among those as good.")] = 0,
    settle: Annotated[bool, typer.Option("--settle", help="Keep it as settled (with --who).")] = False,
    who: Annotated[str, typer.Option(help="Who settles it: a name or initials.")] = "",
    why: Annotated[str, typer.Option(help="Why; needed where it supersedes an earlier one.")] = "",
    kept: Annotated[bool, typer.Option("--kept", help="Show the one that was settled; plan nothing.")] = False,
    ics: Annotated[Path | None, typer.Option(help="Write the calendar for those who walk along.")] = None,
    recipient: Annotated[
        str, typer.Option("--for", help="Whom the calendar is given to (default: its agencies).")
    ] = "",
    out: Annotated[
        list[Path] | None, typer.Option(help="Write .xlsx, .html or .csv, for the team; repeatable.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan when the team walks: days and bands in turn, with every power, drawn at random. For the team only."""
    opened = open_workspace(workspace)
    _require_endings(out or [], ics)
    span = _span(opened, quarter, year)
    found, state, digest = (
        _standing(opened, span) if kept else (rota_of(opened, span, today=today(), draw=draw), "", "")
    )
    if settle and not kept:
        settled = keep_rota(opened, found, who=who, why=why, today=today())
        state, digest = settled.told, settled.digest
    state = state or _PROPOSAL
    if ics:
        write_content(rota_ics(found, _issue(opened, found, recipient), district=opened.scenario.name), ics)
    for path in out or []:
        _write(opened, found, path, state=state)
    due = step_up_now(opened, today=today())
    document = {
        "audience": TEAM,
        "state": state,
        "digest": digest,
        "step_up_due": due.told if due and due.walks else "",
        **content_of(found),
    }
    written = [f"Written to {path.name}." for path in (*(out or []), *([ics] if ics else []))]
    warned = [f"Now: {due.told}"] if due and due.walks else []
    show_result(document, [*warned, *_lines(found), state, TEAM, *written], as_json=as_json)


def _span(opened: Workspace, quarter: str, year: str) -> tuple[date, date]:
    if quarter and year:
        message = "Name a quarter or a year, not both."
        raise BadInputError(message)
    if year:
        return year_span(opened, year)
    first = opened.scenario.review_first_month
    named = ReviewQuarter.parse(quarter, first_month=first) if quarter else coming_quarter(opened, today=today())
    return quarter_span(named)


def _standing(opened: Workspace, span: tuple[date, date]) -> tuple[Rota, str, str]:
    """Give the rota that stands, by whom it was settled, and the digest of the last one."""
    found = standing_rota(opened, span, today=today())
    if found is None:
        message = "No rota of these days was settled yet; plan it and settle it with --settle --who NAME."
        raise BadInputError(message)
    return found.rota, found.told, found.kept[-1].digest


def _require_endings(paths: list[Path], ics: Path | None) -> None:
    for path in paths:
        if path.suffix.lower() not in _ENDINGS:
            message = f"{path.name} ends in none of {', '.join(_ENDINGS)}; end the file's name in one of these."
            raise BadInputError(message)
    if ics and ics.suffix.lower() != ".ics":
        message = f"{ics.name} does not end in .ics, as a calendar file does; name it so."
        raise BadInputError(message)


def _issue(opened: Workspace, found: Rota, recipient: str) -> RotaIssue:
    return RotaIssue(
        calendar_id=calendar_id(opened),
        version=rotas_kept(opened),
        made=now(),
        expires_days=opened.scenario.walkabouts.card_days,
        recipient=" ".join(recipient.split()),
        dropped=walks_dropped(opened, found),
        meeting=meeting_points(opened),
    )


def _write(opened: Workspace, found: Rota, path: Path, *, state: str) -> None:
    district, kind = opened.scenario.name, path.suffix.lower()
    if kind == ".csv":
        write_table(rota_table(found), gpd.GeoSeries([], crs=None), path)
    elif kind == ".html":
        write_content(rota_html(found, district=district, state=state).encode(), path)
    else:
        write_content(rota_xlsx(found, district=district, state=state), path)


def _lines(found: Rota) -> list[str]:
    return [found.headline, *found.unmet, *(line for walk in found.walks for line in _walk(walk)), *told(found)]


def _walk(walk: RotaWalk) -> list[str]:
    notes = "; ".join((*walk.unmet, *walk.notes))
    return [
        f"{walk.number:3}. {told_day(walk.day)}, {walk.begins:%H:%M} to {walk.ends:%H:%M}, {walk.band} ({walk.reason})",
        f"     Can walk: {', '.join(walk.agencies) or 'nobody'}.{f' {notes[0].upper()}{notes[1:]}.' if notes else ''}",
    ]
