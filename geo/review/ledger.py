"""Compare an import with the rows kept, and write it: all of it or nothing."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.review.finest import note_finest
from geo.review.records import record_frame
from geo.review.store_tables import RECORD_COLUMNS

_COMPARED: Final = tuple(name for name in RECORD_COLUMNS if name not in {"record", "feed"})
_CALLED: Final = {"h3_7": "cell", "h3_8": "cell", "h3_9": "cell"}


@dataclass(frozen=True)
class Difference:
    """What an import changes.

    Attributes
    ----------
    rows
        The rows to write: new ones and those that differ.
    changes
        Field to how many known rows differ in it.
    """

    rows: pd.DataFrame
    added: int
    updated: int
    unchanged: int
    changes: dict[str, int]
    kept_from_before: int


def kept_of_feed(connection: sqlite3.Connection, feed: str) -> pd.DataFrame:
    """Read the rows of one feed: RECORDS schema."""
    query = f"SELECT {', '.join(RECORD_COLUMNS)} FROM records WHERE feed = ?"  # noqa: S608 - our own column names
    rows = connection.execute(query, (feed,)).fetchall()
    return record_frame(pd.DataFrame(rows, columns=list(RECORD_COLUMNS)))


def compare(kept: pd.DataFrame, new: pd.DataFrame) -> Difference:
    """Find which rows of an import are new, which differ, and in what.

    Parameters
    ----------
    kept, new
        RECORDS tables of one feed.
    """
    before, after = kept.set_index("record"), new.set_index("record")
    known = after.index[after.index.isin(before.index)]
    differs = pd.DataFrame({name: before.loc[known, name] != after.loc[known, name] for name in _COMPARED}, index=known)
    changed = differs.any(axis=1)
    named = differs.T.groupby([_CALLED.get(name, name) for name in _COMPARED], sort=False).any().T
    counts = {str(name): int(count) for name, count in named.sum().items() if count}
    fresh = ~after.index.isin(before.index)
    write = new[fresh | new["record"].isin(changed.index[changed]).to_numpy()]
    return Difference(
        rows=write,
        added=int(fresh.sum()),
        updated=int(changed.sum()),
        unchanged=int((~changed).sum()),
        changes=counts,
        kept_from_before=len(before) - len(known),
    )


def write_rows(connection: sqlite3.Connection, rows: pd.DataFrame) -> None:
    """Write rows into the transaction that is open, replacing those of the same identity."""
    note_finest(connection, rows)
    marks = ", ".join("?" for _ in RECORD_COLUMNS)
    plain = [rows[name].tolist() for name in RECORD_COLUMNS]  # plain Python values, which SQLite takes
    into = f"INSERT OR REPLACE INTO records ({', '.join(RECORD_COLUMNS)}) VALUES ({marks})"  # noqa: S608 - our own column names
    connection.executemany(into, zip(*plain, strict=True))


def write_feed(
    connection: sqlite3.Connection, feed: str, *, kinds: tuple[str, str], columns: Mapping[str, str], day: date
) -> None:
    """Remember how a feed was read, for its next export."""
    connection.execute(
        "INSERT INTO feeds VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (feed) DO UPDATE SET "
        "address_kind = excluded.address_kind, date_kind = excluded.date_kind, columns = excluded.columns, "
        "last_import = excluded.last_import, imports = imports + 1",
        (feed, *kinds, json.dumps(dict(columns)), day.isoformat()),
    )


def write_import(connection: sqlite3.Connection, feed: str, *, day: date, report: dict[str, Any]) -> None:
    """Add a line to the history of imports: numbers and names of columns, never a value of a row."""
    connection.execute(
        "INSERT INTO imports (feed, day, report) VALUES (?, ?, ?)", (feed, day.isoformat(), json.dumps(report))
    )
