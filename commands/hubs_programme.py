"""`planner hubs programme`: the year's multi-agency hubs, planned, moved by hand, kept and written to files."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import typer
from pydantic import ValidationError

from commands.files import write_table
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today
from geo.crs import NATIONAL_GRID
from geo.errors import BadInputError
from geo.hubs.programme import Programme, Sheet, content_of, move_hub, sheet_of, year_at
from geo.review.files import write_bytes
from geo.review.programme import programme_of
from geo.review.programmes_kept import (
    KeptProgramme,
    calendar_id,
    hubs_dropped,
    keep_programme,
    programme_kept,
    told_state,
    version_of,
)
from geo.review.workspace import Workspace
from geo.scenario import ProgrammeOptions
from layers.programme import programme_html, told_day
from layers.programme_ics import Issue, programme_ics
from layers.programme_xlsx import programme_xlsx
from layers.sample import told_sources

_TABLES = (".csv", ".geojson")


class Audience(StrEnum):
    """Whom a printed programme is for."""

    TEAM = "team"
    PARTNERS = "partners"


def programme(
    *,
    year: Annotated[str, typer.Option(help="The review year, such as 2026-27 (default: the one under way).")] = "",
    hubs: Annotated[int | None, typer.Option(help="Hubs in each quarter.")] = None,
    weekday: Annotated[list[str] | None, typer.Option(help="A day wanted, such as Tue; may be repeated.")] = None,
    start: Annotated[list[str] | None, typer.Option(help="A session may begin at 10:00; may be repeated.")] = None,
    minutes: Annotated[int | None, typer.Option(help="How long a session is.")] = None,
    weeks_apart: Annotated[int | None, typer.Option(help="Least weeks between two hubs.")] = None,
    site_at_most: Annotated[int | None, typer.Option(help="One site is used at most so many times.")] = None,
    least_partners: Annotated[int | None, typer.Option(help="At least so many partners can come.")] = None,
    closed: Annotated[list[str] | None, typer.Option(help="No hub on 2026-12-24 or 2026-12-21..2027-01-03.")] = None,
    move: Annotated[list[str] | None, typer.Option(help="Move hub 2: 2=2026-09-03, 2=13:30 or 2=SITE.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it as settled (with --who).")] = False,
    who: Annotated[str, typer.Option(help="Who settles it: a name or initials.")] = "",
    why: Annotated[str, typer.Option(help="Why; needed where it supersedes an earlier one.")] = "",
    kept: Annotated[bool, typer.Option("--kept", help="Show the one that was kept; plan nothing.")] = False,
    audience: Annotated[Audience, typer.Option("--for", help="Whom an .html is for.")] = Audience.TEAM,
    out: Annotated[
        list[Path] | None, typer.Option(help="Write .html, .ics, .xlsx, .csv or .geojson; repeatable.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan the year's hubs so that they reach the most different clients. For the housing team only."""
    opened = open_workspace(workspace)
    _require_endings(out or [])
    chosen = year or year_at(today(), first_month=opened.scenario.review_first_month)
    given = {
        "hubs_a_quarter": hubs,
        "weekdays": weekday,
        "starts": start,
        "session_minutes": minutes,
        "weeks_apart": weeks_apart,
        "site_at_most": site_at_most,
        "least_agencies": least_partners,
        "closed": closed,
    }
    settled = _kept(opened, chosen) if kept else None
    sheet = settled.sheet if settled else _planned(opened, chosen, _options(opened, given), move or [])
    if keep and not kept:
        settled = keep_programme(opened, sheet, who=who, why=why, today=today())
    for path in out or []:
        _write(opened, sheet, path, settled=settled, audience=audience)
    written = [f"Written to {path.name}." for path in out or []]
    document = {"state": told_state(settled), "digest": settled.digest if settled else "", **content_of(sheet)}
    show_result(document, [*_lines(sheet), told_state(settled), _TEAM, *written], as_json=as_json)


_TEAM = "For the housing team only: these counts are not suppressed (the calendar file .ics holds none)."


def _options(opened: Workspace, given: dict[str, Any]) -> ProgrammeOptions:
    changed = {name: value for name, value in given.items() if value is not None and value != []}
    try:
        return ProgrammeOptions.model_validate({**opened.scenario.programme.model_dump(), **changed})
    except ValidationError as error:
        first = error.errors()[0]
        message = f"The rule '{first['loc'][0] if first['loc'] else 'session'}' cannot be used: {first['msg']}."
        raise BadInputError(message) from error


def _planned(opened: Workspace, year: str, options: ProgrammeOptions, moves: list[str]) -> Sheet:
    found = programme_of(opened, year=year, today=today(), options=options)
    for text in moves:
        found = _moved(found, text)
    return sheet_of(found)


def _moved(found: Programme, text: str) -> Programme:
    """Move a hub as asked, and tell at once what that does."""
    number, equals, target = text.partition("=")
    if not equals or not number.strip().isdecimal() or not target.strip():
        message = f"--move {text[:60]} cannot be read; expected such as 2=2026-09-03, 2=13:30 or 2=SITE."
        raise BadInputError(message)
    where = _target(found, target.strip())
    moved = move_hub(found, int(number), today=today(), **where)
    for sentence in (moved.told, *moved.broken):
        tell(f"Hub {int(number)} moved: {sentence}")
    return moved.programme


def _target(found: Programme, text: str) -> dict[str, Any]:
    """Read where a hub is moved to: a day, a time, or a site by its id or name."""
    try:
        return {"day": date.fromisoformat(text)}
    except ValueError:
        if text[:1].isdigit() and ":" in text:
            return {"begin": text}
    sites = found.setting.inputs.hosts.table
    fitting = sites[(sites["site_id"] == text) | (sites["name"].str.casefold() == text.casefold())]
    if len(fitting) != 1:
        message = f"{len(fitting)} sites are called '{text[:60]}'; give a site's id, as the list of sites has it."
        raise BadInputError(message)
    return {"site_id": str(fitting["site_id"].iloc[0])}


def _kept(opened: Workspace, year: str) -> KeptProgramme:
    found = programme_kept(opened, year)
    if found is None:
        message = f"No programme of {year} was kept yet; plan it and keep it with --keep --who NAME."
        raise BadInputError(message)
    return found


def _require_endings(paths: list[Path]) -> None:
    for path in paths:
        if path.suffix.lower() not in {".html", ".ics", ".xlsx", *_TABLES}:
            message = (
                f"{path.name} is neither .html, .ics, .xlsx, .csv nor .geojson; end the file's name in one of these."
            )
            raise BadInputError(message)
        if not path.parent.is_dir():
            message = f"There is no folder for {path.name} at the place named; make it first, or name another place."
            raise BadInputError(message)


def _write(opened: Workspace, sheet: Sheet, path: Path, *, settled: KeptProgramme | None, audience: Audience) -> None:
    kind, district = path.suffix.lower(), opened.scenario.name
    if kind in _TABLES:
        points = gpd.points_from_xy(sheet.hubs["easting"], sheet.hubs["northing"], crs=NATIONAL_GRID)
        write_table(sheet.hubs, gpd.GeoSeries(points, index=sheet.hubs.index), path, sources=told_sources(opened))
    elif kind == ".html":
        text = programme_html(sheet, district=district, audience=audience.value, state=told_state(settled))
        write_bytes(path, text.encode())
    elif kind == ".xlsx":
        write_bytes(path, programme_xlsx(sheet, district=district, state=told_state(settled)))
    else:
        write_bytes(path, programme_ics(sheet, _issue(opened, sheet, settled), district=district))


def _issue(opened: Workspace, sheet: Sheet, settled: KeptProgramme | None) -> Issue:
    version = settled.version if settled else version_of(opened, sheet)
    return Issue(calendar_id(opened), version, datetime.now(tz=UTC), hubs_dropped(opened, sheet))


def _lines(sheet: Sheet) -> list[str]:
    lines = [f"Multi-agency hubs of {sheet.year}"]
    for row in sheet.hubs.to_dict("records"):
        lines.append(f"{row['number']:3}. {told_day(row['day'])}, {row['begin']} to {row['end']}: {_where(row)}")
        areas = f" Priority area: {row['areas']}." if row["areas"] else ""
        ask = f" {row['ask'][0].upper()}{row['ask'][1:]}." if row["ask"] else ""
        reach = f" {row['within_reach']} clients live within reach, {row['new_reach']:.0f} not reached before."
        lines.append(f"     Can come: {row['agencies'] or 'nobody'}.{areas}{ask}{reach}")
    curve = "; ".join(f"{row['months']}: {row['so_far']:,.0f}" for row in sheet.quarters.to_dict("records"))
    return [*lines, f"Different clients reached by the end of each quarter: {curve}.", *sheet.sentences]


def _where(row: dict[Any, Any]) -> str:
    return ", ".join(dict.fromkeys(part for part in (row["name"], row["town"], row["postcode"]) if part))
