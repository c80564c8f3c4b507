"""Read and count the rows kept."""

from collections.abc import Collection
from typing import Final

import pandas as pd

from geo.disclosure.district_only import is_district_only, keep_to_district
from geo.review.store import Store
from geo.review.store_tables import RECORD_COLUMNS
from geo.schema import FLAGS, RECORDS, STATUSES

_CELLS: Final = ("h3_7", "h3_8")


def read_records(store: Store, *, district_only: Collection[str] = ()) -> pd.DataFrame:
    """Read every row kept: RECORDS schema, by month, then by hash so that the order is always the same.

    Every count begins here, and no row of domestic abuse brings a cell or an area with it, however it was kept.

    Parameters
    ----------
    district_only
        Feeds or agencies whose rows are counted for the whole district only, besides those whose name says so.
    """
    query = f"SELECT {', '.join(RECORD_COLUMNS)} FROM records ORDER BY month, record"  # noqa: S608 - our own names
    with store.reading() as connection:
        rows = connection.execute(query).fetchall()
    kept = record_frame(pd.DataFrame(rows, columns=list(RECORD_COLUMNS)))
    return keep_to_district(kept, is_district_only(kept, district_only))


def record_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table of rows the types of the RECORDS schema and validate it."""
    kinds = {name: "int64" if name in _CELLS else "bool" if name in FLAGS else "str" for name in RECORD_COLUMNS}
    return RECORDS.validate(frame[list(RECORD_COLUMNS)].astype(kinds))


def count_statuses(records: pd.DataFrame) -> dict[str, int]:
    """Count the rows of every status, zeros included; they add up to the rows."""
    found = records["status"].value_counts()
    return {status: int(found.get(status, 0)) for status in STATUSES}


def count_flags(records: pd.DataFrame) -> dict[str, int]:
    """Count the rows that carry each flag, zeros included; a row may carry several."""
    return {flag: int(records[flag].sum()) for flag in FLAGS}
