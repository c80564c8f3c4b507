"""Read and count the rows kept."""

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.disclosure.district_only import is_district_only, keep_to_district
from geo.errors import WorkspaceError
from geo.review.finest import COLUMN, keeps_finest, settle_finest
from geo.review.store_tables import RECORD_COLUMNS
from geo.schema import FINE_RECORDS, FLAGS, RECORDS, STATUSES

if TYPE_CHECKING:
    from geo.review.workspace import Workspace

_CELLS: Final = ("h3_7", "h3_8", COLUMN)


def read_records(workspace: "Workspace") -> pd.DataFrame:
    """Read every row kept: RECORDS schema, by month, then by hash so that the order is always the same.

    Every count begins here, and no row of domestic abuse brings a cell or an area with it, however it was kept. Where
    the workspace keeps cells of resolution 9, the rows carry them too (FINE_RECORDS schema); where it no longer may,
    they are erased.
    """
    with suppress(WorkspaceError):  # a folder that cannot be written now is settled the next time, and shows none
        settle_finest(workspace)
    query = f"SELECT {', '.join(RECORD_COLUMNS)} FROM records ORDER BY month, record"  # noqa: S608 - our own names
    with workspace.store.reading() as connection:
        rows = connection.execute(query).fetchall()
    kept = record_frame(pd.DataFrame(rows, columns=list(RECORD_COLUMNS)))
    kept = kept if keeps_finest(workspace) else RECORDS.validate(kept.drop(columns=COLUMN))
    return keep_to_district(kept, is_district_only(kept, workspace.scenario.district_only_feeds))


def record_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table of rows the types of the FINE_RECORDS schema, as the database keeps them, and validate it."""
    kinds = {name: "int64" if name in _CELLS else "bool" if name in FLAGS else "str" for name in RECORD_COLUMNS}
    return FINE_RECORDS.validate(frame[list(RECORD_COLUMNS)].astype(kinds))


def count_statuses(records: pd.DataFrame) -> dict[str, int]:
    """Count the rows of every status, zeros included; they add up to the rows."""
    found = records["status"].value_counts()
    return {status: int(found.get(status, 0)) for status in STATUSES}


def count_flags(records: pd.DataFrame) -> dict[str, int]:
    """Count the rows that carry each flag, zeros included; a row may carry several."""
    return {flag: int(records[flag].sum()) for flag in FLAGS}
