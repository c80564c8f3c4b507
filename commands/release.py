"""`planner release`: check what could be given out, give it out, and hold it against what others have published."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import pandas as pd
import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.disclosure.gate import show
from geo.disclosure.rules import Audience
from geo.disclosure.topics import Filters, Level
from geo.errors import BadInputError
from geo.review.external_rows import ExternalRow, known_codes, make_tables, read_external_rows
from geo.review.external_tables import Entered, add_external, read_external, withdraw_external
from geo.review.files import write_bytes
from geo.review.release_drafts import Draft, draft_release, losses_of
from geo.review.release_drafts import make_release as freeze
from geo.review.release_tables import Ask, Material, material_of, years_over
from geo.review.release_words import (
    AREAS,
    FOR_WHOM,
    ONE_WAY,
    best_sentence,
    draft_sentences,
    loss_table,
    told_topic,
)
from geo.review.releases import Release, read_releases, release_numbered
from geo.review.workspace import Workspace
from layers.backdrop import Backdrop, draw_backdrop
from layers.base import PlannerMap
from layers.release_files import all_notes, gated_table, release_csv, release_geojson, release_table
from layers.releases import release_html
from layers.sample import told_editions

release = typer.Typer(
    help="Give counts to partners and the public, through the gate.", no_args_is_help=True, rich_markup_mode=None
)

AudienceOption = Annotated[str, typer.Option("--audience", help="public, partner, or agreement.")]
ByOption = Annotated[str, typer.Option("--by", help="ward, lsoa, area, h3_7, merged, or district.")]
PeriodOption = Annotated[
    str, typer.Option("--period", help="Whole review years: 2024-25, or several as 2022-23..2024-25.")
]
RouteOption = Annotated[str, typer.Option("--route", help="Only clients who came by this route.")]
SourceOption = Annotated[str, typer.Option("--source", help="Only clients whom this agency sent; district only.")]
FeedOption = Annotated[str, typer.Option("--feed", help="Only clients of this source of files; district only.")]
WhoOption = Annotated[str, typer.Option("--who", help="Your name or initials.")]


@release.command("check")
def check(
    *,
    audience: AudienceOption = "public",
    by: ByOption = "",
    period: PeriodOption = "",
    route: RouteOption = "",
    source: SourceOption = "",
    feed: FeedOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how much each kind of area would give out; with --by, check that table. Nothing is given out."""
    opened = open_workspace(workspace)
    material = material_of(opened)
    filters = _filters(route, source, feed)
    if by:
        asked = Ask(_audience(audience), _level(by), period or _last(material), filters)
        draft = draft_release(opened, asked, today=today(), material=material)
        show_result(_draft_document(draft), _draft_lines(draft), as_json=as_json)
        return
    asked = Ask(_audience(audience), "ward", period or _last(material), filters)
    losses = losses_of(opened, material, asked, years=years_over(material, today=today()), today=today())
    table = loss_table(losses)
    lines = [f"  {_loss_line(row)}" for row in table.to_dict("records")]
    best = best_sentence(losses)
    document = {"best": best, "choices": table.to_dict("records"), "notes": list(ONE_WAY)}
    told = [f"For {FOR_WHOM[asked.audience]}:", *lines, best, *ONE_WAY, "For the housing team only: exact counts."]
    show_result(document, told, as_json=as_json)


@release.command("make")
def make(
    *,
    audience: AudienceOption,
    by: ByOption,
    period: PeriodOption,
    who: WhoOption,
    route: RouteOption = "",
    source: SourceOption = "",
    feed: FeedOption = "",
    yes: Annotated[bool, typer.Option("--yes", help="Give it out; it cannot be taken back.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a table, give it out and freeze it."""
    opened = open_workspace(workspace)
    asked = Ask(_audience(audience), _level(by), period, _filters(route, source, feed))
    draft = draft_release(opened, asked, today=today(), material=material_of(opened))
    if not yes:
        message = (
            f"{' '.join(draft_sentences(draft))} Nothing was given out: say --yes to give it out, which cannot be taken"
            " back, or use planner release check to look."
        )
        raise BadInputError(message)
    made = freeze(opened, draft, who=who, today=today(), editions=told_editions(opened))
    told = f"Given out as release {made.number}: {told_topic(made.published.topic)}, for {FOR_WHOM[made.audience]}."
    write = f"Write it with: planner release show {made.number} --out release-{made.number}.html"
    show_result(_facts(made), [told, *draft_sentences(draft)[:-1], write], as_json=as_json)


@release.command("list")
def list_releases(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List what has been given out."""
    found = read_releases(open_workspace(workspace))
    lines = [*map(_line, found)] or ["Nothing has been given out yet."]
    show_result({"releases": [*map(_facts, found)]}, lines, as_json=as_json)


@release.command("show")
def show_release(
    number: Annotated[int, typer.Argument(help="Its number in the list.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this .csv, .geojson or .html file.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a release as it was given out, or write it as a file that may be passed on to its audience."""
    opened = open_workspace(workspace)
    found = release_numbered(opened, number)
    if out is not None:
        _write(opened, found, out)
    lines = [told_topic(found.published.topic), *_rows(release_table(found)), *all_notes(found)]
    document = {**_facts(found), "rows": release_table(found).to_dict("records"), "notes": all_notes(found)}
    show_result(document, lines + ([f"Written to {out.name}."] if out else []), as_json=as_json)


@release.command("external")
def external(
    *,
    file: Annotated[
        Path | None, typer.Option("--file", help="CSV or XLSX: name, from, to, code, value, rounded_to.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="What one number was published as, such as 'FOI 1234'.")] = "",
    first: Annotated[str, typer.Option("--from", help="Its first month, such as 2024-04.")] = "",
    last: Annotated[str, typer.Option("--to", help="Its last month, such as 2024-06.")] = "",
    code: Annotated[str, typer.Option("--code", help="Code of its area; without it, the whole district.")] = "",
    value: Annotated[str, typer.Option("--value", help="The number.")] = "",
    rounded_to: Annotated[str, typer.Option("--rounded-to", help="What it is rounded to; 1 is exact.")] = "1",
    withdraw: Annotated[int, typer.Option("--withdraw", help="Take back the entry of this number.")] = 0,
    who: WhoOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter numbers of the same clients that others have published, or list them."""
    opened = open_workspace(workspace)
    if withdraw:
        withdraw_external(opened, withdraw)
    if file is not None or name:
        rows = read_external_rows(file) if file else [ExternalRow(name, first, last, code, value, rounded_to)]
        _enter(opened, rows, who, today())
    entered = read_external(opened)
    document = {"external": [_entered_facts(one) for one in entered]}
    show_result(document, [*map(_entered_line, entered)] or ["None has been entered."], as_json=as_json)


def _enter(workspace: Workspace, rows: list[ExternalRow], who: str, day: date) -> None:
    material = material_of(workspace)
    found = make_tables(rows, known_codes(material.postcodes, material.atoms))
    add_external(workspace, found, who=who, today=day)


def _audience(text: str) -> Audience:
    allowed: dict[str, Audience] = {"public": "public", "partner": "partner", "agreement": "agreement"}
    if text not in allowed:
        message = f"--audience {text} is nobody that something is given out to; choose one of: {', '.join(allowed)}."
        raise BadInputError(message)
    return allowed[text]


def _level(text: str) -> Level:
    for level in get_args(Level):
        if level == text:
            found: Level = level
            return found
    message = f"--by {text} is no kind of area; choose one of: {', '.join(get_args(Level))}."
    raise BadInputError(message)


def _filters(route: str, source: str, feed: str) -> Filters:
    given = {"route": route, "source": source, "feed": feed}
    said = tuple((field, value) for field, value in given.items() if value)
    if len(said) > 1:
        message = "Say one of --route, --source and --feed: two at once would single people out."
        raise BadInputError(message)
    return said


def _last(material: Material) -> str:
    years = years_over(material, today=today())
    if not years:
        message = "No review year on record is over yet; only whole years are given out."
        raise BadInputError(message)
    return years[-1]


def _write(workspace: Workspace, found: Release, out: Path) -> None:
    kind = out.suffix.lower()
    if kind not in {".csv", ".geojson", ".html"}:
        message = f"{out.name} is no .csv, .geojson or .html; end the file's name in one of these."
        raise BadInputError(message)
    if not out.parent.is_dir():
        message = f"There is no folder for {out.name} at the place named; make it first, or name another place."
        raise BadInputError(message)
    if kind == ".html":
        write_bytes(out, _html(workspace, found))
    else:
        write_bytes(out, release_csv(found) if kind == ".csv" else release_geojson(found))


def _html(workspace: Workspace, found: Release) -> bytes:
    def beneath(target: PlannerMap) -> None:
        draw_backdrop(target, Backdrop(*(workspace.areas(name) for name in ("land", "water", "roads"))))

    return release_html(found, boundary=workspace.boundary(), beneath=beneath)


def _loss_line(row: dict[Any, Any]) -> str:
    told = f"{row['By']}, {row['Years']}: {row['Given out']} of {row['Clients']:,} clients"
    return f"{told}; {row['Why not']}" if row["Why not"] else f"{told}, {row['Counts shown']} counts shown"


def _draft_document(draft: Draft) -> dict[str, Any]:
    gated = show(draft.published)
    return {
        "what": told_topic(draft.published.topic),
        "hidden_besides": list(draft.hidden_besides),
        "rows": gated_table(gated).to_dict("records"),
        "notes": [*gated.legend, draft.counted],
    }


def _draft_lines(draft: Draft) -> list[str]:
    gated = show(draft.published)
    table = _rows(gated_table(gated))
    return [told_topic(draft.published.topic), *table, *gated.legend, draft.counted, *draft_sentences(draft)]


def _rows(table: pd.DataFrame) -> list[str]:
    return [f"  {row['Clients']:>7}  {row['Area']}" for row in table.to_dict("records")]


def _facts(found: Release) -> dict[str, Any]:
    return {
        "number": found.number,
        "day": found.day.isoformat(),
        "who": found.who,
        "audience": found.audience,
        "what": told_topic(found.published.topic),
        "digest": found.digest,
        "rows_erased_since": found.erased_since,
    }


def _line(found: Release) -> str:
    erased = f"; {found.erased_since:,} source rows erased since" if found.erased_since else ""
    told = f"{told_topic(found.published.topic)}, for {FOR_WHOM[found.audience]}"
    return f"{found.number}. {told}: {found.day.isoformat()} by {found.who}, digest {found.digest[:12]}{erased}"


def _entered_facts(one: Entered) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.table.name,
        "months": one.table.topic.period.name,
        "by": one.table.topic.geography.level,
        "figures": [
            {"code": figure.code, "value": figure.value, "rounded_to": figure.rounded_to}
            for figure in one.table.figures
        ],
    }


def _entered_line(one: Entered) -> str:
    many = len(one.table.figures)
    numbers = "1 number" if many == 1 else f"{many:,} numbers"
    topic = one.table.topic
    return f"{one.number}. {one.table.name}, {topic.period.name}, by {AREAS[topic.geography.level]}: {numbers}"
