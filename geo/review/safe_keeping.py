"""Keep the list of safe places: two named officers add and remove, and nobody is ever shown what is on it.

What an officer changes is noted beside the list, in numbers, and not in the audit log, which everybody may read: a line
there would tell that there is a place to look for. Who the officers are is in the log.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geo.errors import BadInputError, BadRowsError
from geo.places.geocode import resolve
from geo.places.postcode import PSEUDO_SHAPE, Postcode
from geo.review.audit import append_line
from geo.review.columns import propose
from geo.review.keys import Key
from geo.review.safe_list import drop_listed_sites, place_digest, point_digest, safe_list
from geo.review.tables import load_bytes, read_table, row_list
from geo.review.workspace import Workspace

MOST_OFFICERS: Final = 2
_GRID_M: Final = (800_000, 1_300_000)  # EPSG:27700, the extent of the National Grid
AFTERWARDS: Final = (
    "Rows taken in before keep no postcode, so they stay where they are until their export is added again: ask for "
    "the newest file of every source, and add it."
)
_NOT_YOURS: Final = (
    "The list of safe places is kept by two named officers, and you are not one of them; ask them. Nothing was changed."
)
_NOBODY: Final = (
    "Nobody has been named to keep the list of safe places yet; name one or two officers first, with planner "
    "safe-places officers. Nothing was changed."
)


@dataclass(frozen=True)
class SafePlace:
    """A place as an officer gives it: in memory only.

    Attributes
    ----------
    postcode
        Without the space, in capitals.
    point
        Easting and northing, EPSG:27700 metres, where it is known better than by its postcode.
    """

    postcode: str = field(repr=False)
    point: tuple[float, float] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class KeptList:
    """What an officer may know of the list: numbers, and who changed it when."""

    places: int
    points: int
    changes: tuple[dict[str, str | int], ...]


def officers(workspace: Workspace) -> tuple[str, ...]:
    """Name the officers who keep the list."""
    with workspace.store.reading() as connection:
        return _officers(connection)


def may_keep_list(workspace: Workspace, who: str) -> bool:
    """Tell whether somebody is one of the officers who keep the list.

    Parameters
    ----------
    who
        Name of the user of this machine, or as they signed in.
    """
    return _is_one(who, officers(workspace))


def name_officers(workspace: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """Name the officers who keep the list, in place of those before; the first ones anybody may name.

    Raises
    ------
    BadInputError
        None or more than two are named, or somebody else keeps the list already.
    """
    chosen = tuple(dict.fromkeys(name for name in (" ".join(text.split()) for text in names) if name))
    if not 1 <= len(chosen) <= MOST_OFFICERS:
        message = f"{len(chosen)} officers are named; expected one or two. Nothing was changed."
        raise BadInputError(message)
    with workspace.store.noting() as connection:
        before = _officers(connection)
        if before and not _is_one(workspace.signer.who, before):
            raise BadInputError(_NOT_YOURS)
        connection.execute("DELETE FROM safe_officers")
        connection.executemany("INSERT INTO safe_officers VALUES (?)", [(name,) for name in chosen])
        append_line(connection, "role change", f"safe-place officers: {', '.join(chosen)}", signer=workspace.signer)
    return chosen


def read_places(text: str) -> tuple[SafePlace, ...]:
    """Read places as an officer types them: a postcode a line, perhaps with an easting and a northing after it.

    Raises
    ------
    BadInputError
        There is none.
    BadRowsError
        A line is none; its number is told, and nothing of what it says.

    Examples
    --------
    >>> len(read_places("ZZ1 1AA, 440000, 145000"))
    1
    """
    lines = {number: line.strip() for number, line in enumerate(text.splitlines(), start=1) if line.strip()}
    read = {number: _read_line(line) for number, line in lines.items()}
    wrong = [number for number, place in read.items() if place is None]
    if wrong:
        message = (
            f"{row_list(wrong)} of what was given: no UK postcode, or not followed by an easting and a northing; "
            "expected such as SP10 1DP, or SP10 1DP, 436500, 145500. Nothing was kept."
        )
        raise BadRowsError(message)
    places = tuple(place for place in read.values() if place is not None)
    if not places:
        message = "No postcode was given; give one a line. Nothing was kept."
        raise BadInputError(message)
    return places


def add_places(workspace: Workspace, places: Sequence[SafePlace]) -> KeptList:
    """Put places on the list, and take them out of the sites kept so far.

    Raises
    ------
    BadInputError
        You are not one of the two officers.
    MissingDataError
        The workspace's key is not on this machine.
    """
    key = workspace.key()
    points = [row for place in places for row in _points(workspace, key, place)]
    with workspace.store.noting() as connection:
        _require_officer(connection, workspace)
        before = _sizes(connection)
        listed = [(place_digest(key, place.postcode),) for place in places]
        connection.executemany("INSERT OR IGNORE INTO safe_places VALUES (?)", listed)
        connection.executemany("INSERT OR IGNORE INTO safe_points VALUES (?, ?, ?)", points)
        _note_change(connection, workspace, added=_sizes(connection)[0] - before[0], removed=0)
    drop_listed_sites(workspace)
    return kept_list(workspace)


def remove_places(workspace: Workspace, places: Sequence[SafePlace]) -> KeptList:
    """Take places off the list, and their points with them; errors as `add_places`."""
    key = workspace.key()
    digests = [(place_digest(key, place.postcode),) for place in places]
    with workspace.store.noting() as connection:
        _require_officer(connection, workspace)
        before = _sizes(connection)
        connection.executemany("DELETE FROM safe_places WHERE place = ?", digests)
        connection.executemany("DELETE FROM safe_points WHERE place = ?", digests)
        _note_change(connection, workspace, added=0, removed=before[0] - _sizes(connection)[0])
    return kept_list(workspace)


def kept_list(workspace: Workspace) -> KeptList:
    """Count the list, for one of its officers; errors as `add_places`."""
    with workspace.store.reading() as connection:
        _require_officer(connection, workspace)
        rows = connection.execute("SELECT at, who, added, removed FROM safe_changes ORDER BY number").fetchall()
        changes = tuple(dict(zip(("at", "who", "added", "removed"), row, strict=True)) for row in rows)
        return KeptList(*_sizes(connection), changes)


def rows_at_safe_places(workspace: Workspace, content: bytes | Path, *, sheet: str = "") -> tuple[int, int]:
    """Count the rows of an export that lie at a listed place, for one of its officers; nothing is kept.

    No such number stands in the workspace: in a small file it would single the rows out.

    Returns
    -------
    int, int
        Rows at a listed place, and rows in all.

    Raises
    ------
    BadInputError
        You are not one of the two officers, or the file has no column of postcodes.
    """
    with workspace.store.reading() as connection:
        _require_officer(connection, workspace)
    table = read_table(load_bytes(content), sheet=sheet)
    texts = table.rows[propose(table.columns)["postcode"]]
    found = resolve(texts, workspace.gazetteer(), workspace.boundary())
    return int(safe_list(workspace).holds(found["postcode"]).sum()), len(texts)


def _officers(connection: sqlite3.Connection) -> tuple[str, ...]:
    return tuple(str(who) for (who,) in connection.execute("SELECT who FROM safe_officers ORDER BY who"))


def _is_one(who: str, named: Sequence[str]) -> bool:
    tidy = " ".join(who.split()).casefold()
    return tidy != "" and tidy in {name.casefold() for name in named}


def _require_officer(connection: sqlite3.Connection, workspace: Workspace) -> None:
    named = _officers(connection)
    if not _is_one(workspace.signer.who, named):
        raise BadInputError(_NOT_YOURS if named else _NOBODY)


def _read_line(line: str) -> SafePlace | None:
    text, *numbers = (part.strip() for part in line.replace(";", ",").split(","))
    try:
        compact = Postcode.parse(text).compact
        point = [float(number) for number in numbers if number]
    except (BadInputError, ValueError):
        return None
    on_the_grid = all(0 < metres < limit for metres, limit in zip(point, _GRID_M, strict=False))
    if re.fullmatch(PSEUDO_SHAPE, compact) or len(point) not in {0, 2} or not on_the_grid:
        return None
    return SafePlace(compact, (point[0], point[1]) if point else None)


def _points(workspace: Workspace, key: Key, place: SafePlace) -> list[tuple[str, str, bool]]:
    """Hash where a place is: as the officer gives it, and as the postcode directory has it."""
    digest = place_digest(key, place.postcode)
    found = workspace.gazetteer().lookup([place.postcode]) if workspace.has("gazetteer") else None
    known = [] if found is None else found.loc[found["easting"] > 0, ["easting", "northing"]].to_numpy().tolist()
    given = [] if place.point is None else [place.point]
    told = [(point, True) for point in given] + [(point, False) for point in known]
    return [(digest, point_digest(key, float(east), float(north)), by_officer) for (east, north), by_officer in told]


def _sizes(connection: sqlite3.Connection) -> tuple[int, int]:
    places, points = "SELECT COUNT(*) FROM safe_places", "SELECT COUNT(*) FROM safe_points WHERE given"
    return int(connection.execute(places).fetchone()[0]), int(connection.execute(points).fetchone()[0])


def _note_change(connection: sqlite3.Connection, workspace: Workspace, *, added: int, removed: int) -> None:
    words = (workspace.signer.moment(), workspace.signer.who, added, removed)
    connection.execute("INSERT INTO safe_changes (at, who, added, removed) VALUES (?, ?, ?, ?)", words)
