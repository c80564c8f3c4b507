"""Read what a workspace keeps of rough sleeping: reports, walkabouts, visits."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from geo.review.workspace import Workspace
from geo.walkabouts.bands import local, utc
from geo.walkabouts.sightings import Report, Visit, WalkHeld


def read_reports(workspace: Workspace) -> tuple[Report, ...]:
    """Read every report, in the order of taking in; those put right or withdrawn too."""
    with workspace.store.reading() as connection:
        return reports_in(connection)


def reports_standing(workspace: Workspace) -> tuple[Report, ...]:
    """Read the reports and the intelligence that count, by the moment somebody was seen."""
    return tuple(
        sorted((one for one in read_reports(workspace) if one.stands), key=lambda one: (utc(one.seen), one.number))
    )


def read_walks(workspace: Workspace) -> tuple[WalkHeld, ...]:
    """Read every walkabout recorded, in the order of recording; those put right or withdrawn too."""
    with workspace.store.reading() as connection:
        return walks_in(connection)


def walks_standing(workspace: Workspace) -> tuple[WalkHeld, ...]:
    """Read the walkabouts that count, by when they began."""
    return tuple(
        sorted((one for one in read_walks(workspace) if one.stands), key=lambda one: (utc(one.begins), one.number))
    )


def read_visits(workspace: Workspace) -> tuple[Visit, ...]:
    """Read every visit recorded, in the order of recording; those put right or withdrawn too."""
    with workspace.store.reading() as connection:
        return visits_in(connection)


def visits_standing(workspace: Workspace) -> tuple[Visit, ...]:
    """Read the visits that count, by when the team arrived."""
    found = (one for one in read_visits(workspace) if one.stands)
    return tuple(sorted(found, key=lambda one: (utc(one.arrived), one.number)))


def visits_placed(workspace: Workspace) -> tuple[Visit, ...]:
    """Read the visits that count and have a place; those that count for the district only are left out."""
    return tuple(one for one in visits_standing(workspace) if one.square)


def reports_in(connection: sqlite3.Connection) -> tuple[Report, ...]:
    """Read every report within a transaction that is open."""
    rows = connection.execute(
        "SELECT number, kind, source, seen, received, square, street, located, people, who, supersedes, withdrawn"
        " FROM walk_reports ORDER BY number"
    ).fetchall()
    later = _replaced(rows, 10)
    return tuple(
        Report(
            row[0],
            row[1],
            row[2],
            seen=_moment(row[3]),
            received=_moment(row[4]),
            square=row[5],
            street=row[6],
            located=row[7],
            people=row[8],
            who=row[9],
            supersedes=row[10],
            superseded_by=later.get(row[0], 0),
            withdrawn=bool(row[11]),
        )
        for row in rows
    )


def walks_in(connection: sqlite3.Connection) -> tuple[WalkHeld, ...]:
    """Read every walkabout within a transaction that is open."""
    rows = connection.execute(
        "SELECT number, begins, ends, agencies, people, card, who, supersedes, withdrawn FROM walks ORDER BY number"
    ).fetchall()
    later = _replaced(rows, 7)
    return tuple(
        WalkHeld(
            row[0],
            _moment(row[1]),
            _moment(row[2]),
            agencies=tuple(one for one in row[3].split("\n") if one),
            people=row[4],
            card=row[5],
            who=row[6],
            supersedes=row[7],
            superseded_by=later.get(row[0], 0),
            withdrawn=bool(row[8]),
        )
        for row in rows
    )


def visits_in(connection: sqlite3.Connection) -> tuple[Visit, ...]:
    """Read every visit within a transaction that is open."""
    rows = connection.execute(
        "SELECT number, walk, square, street, arrived, left_at, outcome, bedded_down, about_to, offered, accepted,"
        " refused, purpose, who, supersedes, withdrawn FROM walk_visits ORDER BY number"
    ).fetchall()
    later = _replaced(rows, 14)
    return tuple(
        Visit(
            row[0],
            row[1],
            row[2],
            row[3],
            arrived=_moment(row[4]),
            left=_moment(row[5]),
            outcome=row[6],
            bedded_down=row[7],
            about_to=row[8],
            offered=row[9],
            accepted=row[10],
            refused=row[11],
            purpose=row[12],
            who=row[13],
            supersedes=row[14],
            superseded_by=later.get(row[0], 0),
            withdrawn=bool(row[15]),
        )
        for row in rows
    )


def kept_moment(moment: datetime) -> str:
    """Write a moment as the tables keep it: ISO, local time in London with its offset, to the minute."""
    return local(moment).isoformat(timespec="minutes")


def kept_names(names: Sequence[str]) -> str:
    """Write names as the tables keep them: one a line."""
    return "\n".join(names)


def _replaced(rows: Sequence[tuple[Any, ...]], supersedes: int) -> dict[int, int]:
    return {row[supersedes]: row[0] for row in rows if row[supersedes]}


def _moment(text: str) -> datetime:
    return local(datetime.fromisoformat(text))
