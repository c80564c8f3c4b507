"""Find what a workspace keeps of rough sleeping that is to be forgotten: one report, one source, a span, an age.

The district's figures of each quarter (geo/review/quarter_figures.py) are sums and stay. Rotas go by their age alone:
they tell when and with whom, not where anybody sleeps.
"""

import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from geo.review.keys import Key

WALK_TABLES: Final[Mapping[str, str]] = {
    "walk_reports": "received",
    "walks": "ends",
    "walk_visits": "left_at",
    "walk_cards": "day",
    "snapshots": "night",
    "rotas": "last",
}
"""Each table that tells of walks and where people sleep, with the column by which its rows grow old."""

WalkRows = dict[str, tuple[int, ...]]
_A_DAY: Final = timedelta(days=1)


def report_digest(key: Key, source: str, reference: str) -> str:
    """Hash the reference that a sender gives a report: the same number of two senders is two reports."""
    return key.digest("walk report", source.casefold(), reference.strip().casefold())


def oldest_walk_day(keep_months: int, today: date) -> str:
    """Name the oldest day that is still kept; empty where there is no limit.

    Parameters
    ----------
    keep_months
        Months that reports, visits and cards are kept; 0 sets no limit.

    Examples
    --------
    >>> oldest_walk_day(24, date(2026, 5, 31)), oldest_walk_day(3, date(2026, 5, 31)), oldest_walk_day(0, date.max)
    ('2024-05-31', '2026-02-28', '')
    """
    if not keep_months:
        return ""
    months = today.year * 12 + today.month - 1 - keep_months
    year, month = divmod(months, 12)
    last = date(year + month // 11, (month + 1) % 12 + 1, 1) - _A_DAY  # the last day of that month
    return min(date(year, month + 1, 1) + timedelta(days=today.day - 1), last).isoformat()


def walks_before(connection: sqlite3.Connection, day: str) -> WalkRows:
    """Find every row that is older than a day; none where the day is empty."""
    return _found({table: _numbers(connection, table, f"{column} < ?", day) for table, column in WALK_TABLES.items()})


def walks_between(connection: sqlite3.Connection, first: date, last: date) -> WalkRows:
    """Find every row of a span, its last day included."""
    span = (first.isoformat(), (last + _A_DAY).isoformat())
    where = "{0} >= ? AND {0} < ?"
    return _found(
        {table: _numbers(connection, table, where.format(name), *span) for table, name in WALK_TABLES.items()}
    )


def reports_from(connection: sqlite3.Connection, source: str) -> WalkRows:
    """Find the reports of a source, such as "StreetLink", however its name is spaced and cased."""
    wanted = " ".join(source.split()).casefold()
    named = [name for name in report_sources(connection) if name.casefold() == wanted]
    return _found({"walk_reports": [one for name in named for one in _reports(connection, "source = ?", name)]})


def reports_referred_to(connection: sqlite3.Connection, key: Key, reference: str) -> WalkRows:
    """Find the reports that a sender's reference names, with what put them right."""
    if not reference.strip():
        return {}
    digests = [report_digest(key, source, reference) for source in report_sources(connection)]
    found = {number for digest in digests for number in _reports(connection, "ref = ?", digest)}
    while True:  # what puts a report right, and what it puts right, are of the same sender's report
        marks = ", ".join(str(int(number)) for number in sorted(found))
        linked = set(_reports(connection, f"supersedes IN ({marks})"))
        linked |= {
            int(number)
            for (number,) in connection.execute(
                f"SELECT supersedes FROM walk_reports WHERE supersedes > 0 AND number IN ({marks})"  # noqa: S608 - whole numbers of ours
            )
        }
        if linked <= found:
            return _found({"walk_reports": sorted(found)})
        found |= linked


def report_sources(connection: sqlite3.Connection) -> list[str]:
    """Name the sources that reports came from."""
    rows = connection.execute("SELECT DISTINCT source FROM walk_reports ORDER BY source")
    return [str(source) for (source,) in rows]


def erase_walk_rows(connection: sqlite3.Connection, rows: WalkRows) -> int:
    """Erase rows within a transaction that is open; gives how many."""
    for table, numbers in rows.items():
        connection.executemany(f"DELETE FROM {table} WHERE number = ?", [(number,) for number in numbers])  # noqa: S608 - names of our own tables
    return count_walk_rows(rows)


def count_walk_rows(rows: WalkRows) -> int:
    """Count rows."""
    return sum(len(numbers) for numbers in rows.values())


def _reports(connection: sqlite3.Connection, where: str, *values: str) -> list[int]:
    return _numbers(connection, "walk_reports", where, *values)


def _numbers(connection: sqlite3.Connection, table: str, where: str, *values: str) -> list[int]:
    query = f"SELECT number FROM {table} WHERE {where} ORDER BY number"  # noqa: S608 - names and conditions of ours
    return [int(number) for (number,) in connection.execute(query, values)] if all(values) else []


def _found(rows: Mapping[str, list[int]]) -> WalkRows:
    return {table: tuple(numbers) for table, numbers in rows.items() if numbers}
