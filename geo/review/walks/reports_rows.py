"""Write reports of rough sleeping into the workspace's table, and find those that came before.

Rows are only added. One that was wrong is put right by a later one that supersedes it, or withdrawn; both stay.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.review.keys import Key
from geo.review.walks.forgetting import report_digest
from geo.review.walks.reading import kept_moment
from geo.review.walks.reports_kept import KeptPlace
from geo.review.walks.reports_made import MadeReport
from geo.review.walks.reports_places import FoundPlace
from geo.review.workspace import Workspace
from geo.walkabouts.bands import local

_COLUMNS: Final = (
    "kind, source, ref, seen, received, square, street, located, people, supersedes, withdrawn, who, signed, at, given"
)


@dataclass(frozen=True)
class Marks:
    """Keyed hashes by which a report is known again.

    Attributes
    ----------
    ref
        Of the sender's reference; without one, of the place, the minute and the source.
    given
        Of all that the sender said of place, time and people: whether a report that comes again says the same. Empty
        without a reference, for what has the same place, minute and source is taken for the same.
    """

    ref: str
    given: str


@dataclass(frozen=True)
class Head:
    """The last that was said of a report.

    Attributes
    ----------
    number
        Of the row.
    given
        As in `Marks`.
    withdrawn
        Whether it says only that the report does not count.
    """

    number: int
    given: str
    withdrawn: bool


@dataclass(frozen=True)
class ReportRow:
    """A report with what is kept of its place, ready to be written."""

    made: MadeReport
    kept: KeptPlace
    marks: Marks
    who: str
    supersedes: int = 0


def marks_of(key: Key, made: MadeReport, found: FoundPlace) -> Marks:
    """Hash what a report is known again by; of its place the square of 100 m, whether or not that is kept."""
    seen = kept_moment(made.seen)
    received = kept_moment(made.received) if made.timed else local(made.received).date().isoformat()
    place = found.square or "district"
    if not made.reference:
        return Marks(key.digest("walk report without reference", made.source.casefold(), seen, place), "")
    given = key.digest("walk report says", made.kind, seen, received, place, str(made.people))
    return Marks(report_digest(key, made.source, made.reference), given)


def heads(connection: sqlite3.Connection) -> dict[str, Head]:
    """Read the last row of every report, by its reference's hash."""
    rows = connection.execute("SELECT ref, number, given, withdrawn FROM walk_reports ORDER BY number")
    return {str(ref): Head(int(number), str(given), bool(gone)) for ref, number, given, gone in rows}


def write_reports(connection: sqlite3.Connection, workspace: Workspace, rows: Sequence[ReportRow]) -> None:
    """Write rows into the transaction that is open, in their order."""
    signed, at = workspace.signer.who, workspace.signer.moment()
    marks = ", ".join("?" * len(_COLUMNS.split(",")))
    connection.executemany(
        f"INSERT INTO walk_reports ({_COLUMNS}) VALUES ({marks})",  # noqa: S608 - our own column names
        [_values(row, signed, at) for row in rows],
    )


def write_withdrawal(connection: sqlite3.Connection, workspace: Workspace, number: int, *, who: str) -> None:
    """Write a row that says only that an earlier one does not count; it repeats what that one kept."""
    copied = "kind, source, ref, seen, received, square, street, located, people"
    connection.execute(
        f"INSERT INTO walk_reports ({copied}, supersedes, withdrawn, who, signed, at, given)"  # noqa: S608 - our own column names
        f" SELECT {copied}, number, 1, ?, ?, ?, given FROM walk_reports WHERE number = ?",
        (who, workspace.signer.who, workspace.signer.moment(), number),
    )


def _values(row: ReportRow, signed: str, at: str) -> tuple[str | int, ...]:
    made, kept = row.made, row.kept
    return (
        made.kind,
        made.source,
        row.marks.ref,
        kept_moment(made.seen),
        kept_moment(made.received),
        kept.square,
        kept.street,
        kept.located,
        made.people,
        row.supersedes,
        0,
        row.who,
        signed,
        at,
        row.marks.given,
    )
