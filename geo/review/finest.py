"""Hexagons of resolution 9, kept by choice: only in an encrypted workspace whose options say so, for the team alone.

Such a cell is about 0.1 km2 and half of them hold a single postcode, so it is nearly an address. Where one of the two
conditions no longer holds, the column is emptied and the database's files are written anew, at the next count or import
whoever makes it.
"""

import sqlite3
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.counts import FINEST, FINEST_REFUSED
from geo.review.audit import append_line
from geo.review.encryption import is_encrypted

if TYPE_CHECKING:
    from geo.review.workspace import Workspace

COLUMN: Final = "h3_9"
COARSER: Final = (7, 8)
_FACT: Final = "finest_kept"


def keeps_finest(workspace: "Workspace") -> bool:
    """Tell whether both conditions hold now."""
    return is_encrypted(workspace.store.path) and workspace.scenario.keeping.finest == FINEST


def kept_resolutions(workspace: "Workspace") -> tuple[int, ...]:
    """List the resolutions that the team's maps and tests may have."""
    return (*COARSER, FINEST) if keeps_finest(workspace) else COARSER


def require_resolution(workspace: "Workspace", resolution: int) -> None:
    """Refuse a resolution that the workspace does not keep.

    Raises
    ------
    BadInputError
        It is 9 and a condition does not hold, or it is none of 7, 8 and 9.
    """
    if resolution in kept_resolutions(workspace):
        return
    if resolution == FINEST:
        raise BadInputError(FINEST_REFUSED)
    message = (
        f"Resolution {resolution} is not in the workspace, for so small a cell is nearly a postcode "
        "and so large a one shows nothing; choose 7 or 8."
    )
    raise BadInputError(message)


def without_finest(records: pd.DataFrame) -> pd.DataFrame:
    """Take the cells of resolution 9 from rows that are to be kept where they may not be."""
    return records.assign(**{COLUMN: 0}).astype({COLUMN: "int64"})


def note_finest(connection: sqlite3.Connection, records: pd.DataFrame) -> None:
    """Note beside rows that are being written that some bring a cell of resolution 9."""
    if (records[COLUMN] != 0).any():
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_FACT, str(FINEST)))


def settle_finest(workspace: "Workspace") -> None:
    """Erase what may not be kept any more: wholly, so that nothing of it is left in any file of the database.

    Raises
    ------
    WorkspaceError
        The database cannot be written now; it is tried again the next time.
    """
    store = workspace.store
    if not store.meta(_FACT) or keeps_finest(workspace):
        return
    with store.writing() as connection:
        rows = connection.execute(f"UPDATE records SET {COLUMN} = 0 WHERE {COLUMN} <> 0").rowcount  # noqa: S608 - our own name
        if rows:
            detail = f"keeping: hexagons of resolution 9 erased, rows {rows:,}"
            append_line(connection, "scenario change", detail, signer=workspace.signer)
    if store.rewrite():
        with store.noting() as connection:
            connection.execute("DELETE FROM meta WHERE key = ?", (_FACT,))
