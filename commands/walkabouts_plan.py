"""`planner walkabouts plan`: where each team walks in its minutes, and which places had to be left out."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.files import write_content
from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result, today
from commands.walkabouts_card import give_card
from geo.errors import BadInputError
from geo.review.team_only import SENTENCE
from geo.review.walks.ends import find_end
from geo.review.walks.next import walk_seed
from geo.review.walks.planning import plan_from
from geo.review.walks.times import read_moment
from geo.review.walks.wish import Planned, Search, WalkWish, Weighed
from geo.review.workspace import Workspace
from geo.walkabouts.plan import LeftOut, PlannedStop, TeamWalk
from geo.walkabouts.squares import read_square, told_square
from layers.standalone import standalone_html
from layers.walks.card_ground import ground_of
from layers.walks.walk_files import walk_geojson, walk_gpkg
from layers.walks.walk_map import walk_map
from layers.walks.walk_words import PURPOSES, stop_table, told_ends, told_time, told_title, told_walk

_ENDINGS = (".gpkg", ".geojson", ".html")
_SHOWN = 12
_END_HELP = "a postcode, a site's name, a grid reference, or longitude,latitude (default: the council office)."


class Reports(StrEnum):
    """Which open reports a plan must hold."""

    ALL = "all"
    OVERDUE = "overdue"
    NONE = "none"


def plan(
    *,
    begins: Annotated[str, typer.Option(help="When the teams set out, such as '2026-01-09 20:30'.")],
    minutes: Annotated[float | None, typer.Option(help="What each team has (default: the workspace's).")] = None,
    start: Annotated[str, typer.Option(help=f"Where the walk begins: {_END_HELP}")] = "",
    end: Annotated[str, typer.Option(help="Where it ends, in the same ways (default: where it begins).")] = "",
    teams: Annotated[int, typer.Option(help="How many teams walk at the same time.")] = 1,
    people: Annotated[int | None, typer.Option(help="People in all (default: the fewest the teams need).")] = None,
    reports: Annotated[Reports, typer.Option(help="Which open reports must be visited.")] = Reports.ALL,
    must: Annotated[list[str] | None, typer.Option(help="A square that must be visited; may be repeated.")] = None,
    avoid: Annotated[list[str] | None, typer.Option(help="A square where nobody stops; may be repeated.")] = None,
    drop_late: Annotated[
        bool, typer.Option("--drop-late", help="Leave out the least overdue where not all that must fits.")
    ] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Of draw and search (default: the walk's own).")] = None,
    seconds: Annotated[float, typer.Option(min=0.5, help="About how long the search may take.")] = 10.0,
    recipient: Annotated[str, typer.Option(help="Hand out the card: to which agency or role.")] = "",
    purpose: Annotated[str, typer.Option(help="What the card is for, in a few words.")] = "",
    who: Annotated[str, typer.Option(help="Who hands it out: initials.")] = "",
    card: Annotated[Path | None, typer.Option(help="The folder to write the card's files to.")] = None,
    out: Annotated[list[Path] | None, typer.Option(help="Write .gpkg, .geojson or .html; may be repeated.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan a walk: who stops where at what time. For the team only; --card hands out what others may see."""
    opened = open_workspace(workspace)
    _require_endings(out or [])
    first = find_end(opened, start)
    options = opened.scenario.walkabouts
    wish = WalkWish(
        begins=_moment(begins),
        start=first,
        end=find_end(opened, end) if end.strip() else first,
        minutes=options.walk_minutes if minutes is None else minutes,
        teams=teams,
        people=options.least_people * teams if people is None else people,
        reports=reports.value,
        must=tuple(map(read_square, must or [])),
        avoid=tuple(map(read_square, avoid or [])),
        drop_late=drop_late,
    )
    search = Search(walk_seed(opened, wish.begins) if seed is None else seed, seconds)
    found = plan_from(opened, wish, now=now(), search=search)
    written = [_write(opened, found, path) for path in out or []]
    if card is not None:
        given, names = give_card(opened, found.walkabout, recipient=recipient, purpose=purpose, who=who, out=card)
        written.append(f"Walk card {given.number}, written to {card.name}: {', '.join(names)}.")
    show_result(_document(found), [*_lines(found), SENTENCE, *written], as_json=as_json)


def _moment(text: str) -> datetime:
    found = read_moment(text, "", today=today())
    if isinstance(found, str):
        message = f"'{text[:40]}' cannot be read as a day and a time ({found}); expected such as 2026-01-09 20:30."
        raise BadInputError(message)
    return found


def _require_endings(paths: list[Path]) -> None:
    for path in paths:
        if path.suffix.lower() not in _ENDINGS:
            message = f"{path.name} is neither .gpkg, .geojson nor .html; end the file's name in one of these."
            raise BadInputError(message)
        if not path.parent.is_dir():
            message = f"There is no folder for {path.name} at the place named; make it first, or name another place."
            raise BadInputError(message)


def _write(opened: Workspace, found: Planned, path: Path) -> str:
    walkabout, ground, kind = found.walkabout, ground_of(opened), path.suffix.lower()
    if kind == ".gpkg":
        content = walk_gpkg(walkabout, day=today(), sources=ground.credits)
    elif kind == ".geojson":
        content = walk_geojson(walkabout, sources=ground.credits)
    else:
        notes = (walkabout.sentence, *found.notes)
        drawn = walk_map(walkabout, ground, title=told_title(walkabout), notes=notes)
        content = standalone_html(drawn, table=stop_table(walkabout), notes=notes).encode()
    write_content(content, path)
    return f"Written to {path.name}."


def _lines(found: Planned) -> list[str]:
    walkabout = found.walkabout
    lines = [f"{told_title(walkabout)}, {told_ends(walkabout)}."]
    for team in walkabout.teams:
        lines += _team_lines(team)
    lines += [walkabout.sentence, *found.notes]
    out = [
        f"  {', '.join(filter(None, (told_square(one.square), one.street)))}: {one.why}" for one in walkabout.left_out
    ]
    more = [f"  And {len(out) - _SHOWN} more; --json lists them."] if out[_SHOWN:] else []
    return [*lines, *(["Left out:"] if out else []), *out[:_SHOWN], *more]


def _team_lines(team: TeamWalk) -> list[str]:
    if not team.stops:
        return [f"Team {team.team} has nothing to do."]
    lines = [f"Team {team.team}, {team.total_minutes:.0f} minutes:"]
    for stop, leg in zip(team.stops, team.legs, strict=False):
        lines.append(f"{stop.number:4}. {told_time(stop.arrive)} {_where(stop)} ({told_walk(leg.minutes)})")
    return lines


def _place(one: PlannedStop | LeftOut) -> str:
    return ", ".join(filter(None, (told_square(one.square), one.street)))


def _where(stop: PlannedStop) -> str:
    must = ", must" if stop.must else ""
    return f"{_place(stop)}: {PURPOSES[stop.purpose].lower()}{must}"


def _document(found: Planned) -> dict[str, Any]:
    walkabout = found.walkabout
    return {
        "audience": SENTENCE,
        "begins": walkabout.begins.isoformat(),
        "ends": walkabout.ends.isoformat(timespec="seconds"),
        "band": walkabout.band,
        "dark": walkabout.dark,
        "limit_minutes": walkabout.limit_minutes,
        "start": walkabout.start.name,
        "end": walkabout.end.name,
        "along_streets": walkabout.along_streets,
        "light_known": round(walkabout.light_known, 3),
        "explored_share": round(walkabout.explored_share, 3),
        "seed": walkabout.seed,
        "sentence": walkabout.sentence,
        "notes": list(found.notes),
        "teams": [_team(team) for team in walkabout.teams],
        "weighed": [_weighed(one) for one in found.weighed],
    }


def _team(team: TeamWalk) -> dict[str, Any]:
    stops = [
        {
            "number": stop.number,
            "square": stop.square,
            "also": list(stop.also),
            "street": stop.street,
            "arrive": stop.arrive.isoformat(timespec="seconds"),
            "stay_minutes": stop.stay_minutes,
            "purpose": stop.purpose,
            "must": stop.must,
        }
        for stop in team.stops
    ]
    legs = [{"minutes": round(leg.minutes, 2), "streets": list(leg.streets)} for leg in team.legs]
    return {"team": team.team, "total_minutes": round(team.total_minutes, 2), "stops": stops, "legs": legs}


def _weighed(one: Weighed) -> dict[str, Any]:
    worth = {name: round(getattr(one.candidate, name), 3) for name in ("find", "report", "intelligence", "exploration")}
    place = {"square": one.candidate.square, "street": one.candidate.street, "must": one.candidate.must}
    return {**place, "worth": worth, "stop": one.stop, "team": one.team, "why": one.why}
