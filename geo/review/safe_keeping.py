"""Keep the list of safe places: its officers add and remove, and nobody is ever shown what is on it.

What an officer changes is noted beside the list, in numbers, and not in the audit log, which everybody may read: a line
there would tell that there is a place to look for. Who the officers are is in the log (`safe_officers.py`).
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
from geo.review.columns import propose
from geo.review.keys import Key
from geo.review.register_purge import purge_register
from geo.review.safe_list import drop_listed_sites, place_digest, point_digest, safe_list
from geo.review.safe_officers import require_officer
from geo.review.safe_twins import twin_points
from geo.review.tables import load_bytes, read_table, row_list
from geo.review.workspace import Workspace

_GRID_M: Final = (800_000, 1_300_000)  # EPSG:27700, the extent of the National Grid
AFTERWARDS: Final = (
    "Rows taken in before keep no postcode, so they stay where they are until their export is added again: ask for "
    "the newest file of every source, and add it."
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
        You are not one of its officers.
    MissingDataError
        The workspace's key is not on this machine.
    """
    key = workspace.key()
    points = [row for place in places for row in _points(workspace, key, place)]
    with workspace.store.noting() as connection:
        require_officer(connection, workspace.signer)
        before = _sizes(connection)
        listed = [(place_digest(key, place.postcode),) for place in places]
        connection.executemany("INSERT OR IGNORE INTO safe_places VALUES (?)", listed)
        connection.executemany("INSERT OR IGNORE INTO safe_points VALUES (?, ?, ?)", points)
        _note_change(connection, workspace, added=_sizes(connection)[0] - before[0], removed=0)
    purge_register(workspace)
    drop_listed_sites(workspace)
    return kept_list(workspace)


def remove_places(workspace: Workspace, places: Sequence[SafePlace]) -> KeptList:
    """Take places off the list, and their points with them; errors as `add_places`."""
    key = workspace.key()
    digests = [(place_digest(key, place.postcode),) for place in places]
    with workspace.store.noting() as connection:
        require_officer(connection, workspace.signer)
        before = _sizes(connection)
        connection.executemany("DELETE FROM safe_places WHERE place = ?", digests)
        connection.executemany("DELETE FROM safe_points WHERE place = ?", digests)
        _note_change(connection, workspace, added=0, removed=before[0] - _sizes(connection)[0])
    return kept_list(workspace)


def kept_list(workspace: Workspace) -> KeptList:
    """Count the list, for one of its officers; errors as `add_places`."""
    with workspace.store.reading() as connection:
        require_officer(connection, workspace.signer)
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
        You are not one of its officers, or the file has no column of postcodes.
    """
    with workspace.store.reading() as connection:
        require_officer(connection, workspace.signer)
    table = read_table(load_bytes(content), sheet=sheet)
    texts = table.rows[propose(table.columns)["postcode"]]
    found = resolve(texts, workspace.gazetteer(), workspace.boundary())
    return int(safe_list(workspace).holds(found["postcode"]).sum()), len(texts)


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
    """Hash where a place is: as the officer gives it, as sites joined with it have it, and as the directory has it."""
    digest = place_digest(key, place.postcode)
    found = workspace.gazetteer().lookup([place.postcode]) if workspace.has("gazetteer") else None
    known = [] if found is None else found.loc[found["easting"] > 0, ["easting", "northing"]].to_numpy().tolist()
    # A site that was joined with this place stands at the same door, whatever its own list says of where it is.
    given = [*([] if place.point is None else [place.point]), *twin_points(workspace, place.postcode, place.point)]
    told = [(point, True) for point in given] + [(point, False) for point in known]
    return [(digest, point_digest(key, float(east), float(north)), by_officer) for (east, north), by_officer in told]


def _sizes(connection: sqlite3.Connection) -> tuple[int, int]:
    places, points = "SELECT COUNT(*) FROM safe_places", "SELECT COUNT(*) FROM safe_points WHERE given"
    return int(connection.execute(places).fetchone()[0]), int(connection.execute(points).fetchone()[0])


def _note_change(connection: sqlite3.Connection, workspace: Workspace, *, added: int, removed: int) -> None:
    words = (workspace.signer.moment(), workspace.signer.who, added, removed)
    connection.execute("INSERT INTO safe_changes (at, who, added, removed) VALUES (?, ?, ?, ?)", words)
