"""Record one report of rough sleeping, put one right, or withdraw one."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.walks.reading import reports_in
from geo.review.walks.reports_import import remarks_of, signed_by
from geo.review.walks.reports_kept import kept_places
from geo.review.walks.reports_made import MadeReport, fact_faults, tidy_source
from geo.review.walks.reports_places import FoundPlace, find_places
from geo.review.walks.reports_rows import Marks, ReportRow, heads, marks_of, write_reports, write_withdrawal
from geo.review.walks.reports_words import remark_sentences
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import Report
from geo.walkabouts.working_days import due_by

_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class Recorded:
    """A report that was recorded. It says nothing of what was kept of its place (geo/review/walks/reports_kept.py).

    Attributes
    ----------
    number
        By which it is put right or withdrawn.
    due
        By when somebody is to be there; None for intelligence.
    notes
        Sentences on what was made of it.
    """

    number: int
    due: datetime | None
    notes: tuple[str, ...]


def record_report(
    workspace: Workspace, made: MadeReport, *, who: str = "", now: datetime, supersedes: int = 0
) -> Recorded:
    """Record a report, or put an earlier one right.

    Parameters
    ----------
    who
        Who records it, a name or initials; else whoever works on the workspace.
    now
        With its zone; later moments are in the future.
    supersedes
        The number of the report that this one puts right; 0 for a new one.

    Raises
    ------
    BadInputError
        Something in it cannot be right, its place is not known, or it is on record already.
    MissingDataError
        The workspace's key is not on this machine.
    """
    name, given = signed_by(workspace, who), replace(made.known_by(now), source=tidy_source(made.source))
    place = find_places(workspace, [given.place])[0]
    wrong = [*fact_faults(given, now=now), *filter(None, [place.fault])]
    if wrong:
        message = f"{'. '.join(f'{one[0].upper()}{one[1:]}' for one in wrong)}. {_NOTHING}"
        raise BadInputError(message)
    kept = kept_places(workspace, [place], [given.place])[0]
    with workspace.store.noting() as connection:
        marks = _marks(connection, workspace, given, place, supersedes)
        write_reports(connection, workspace, [ReportRow(given, kept, marks, name, supersedes)])
        number = int(connection.execute("SELECT MAX(number) FROM walk_reports").fetchone()[0])
        detail = f"recorded: number {number}" + (f", in place of {supersedes}" if supersedes else "")
        append_line(connection, "walk report", detail, signer=workspace.signer)
    due = due_by(given.received, workspace.scenario.walkabouts.working_days) if given.kind == "reported" else None
    return Recorded(number, due, remark_sentences(remarks_of(place)))


def withdraw_report(workspace: Workspace, number: int, *, who: str = "") -> None:
    """Say that a report does not count: it was entered twice, or was none. It stays, marked.

    Raises
    ------
    BadInputError
        There is no such report, it was put right or withdrawn before, or nobody is named.
    """
    with workspace.store.reading() as connection:  # the number first: nothing is asked of a name before
        _require_standing(reports_in(connection), number)
    name = signed_by(workspace, who)
    with workspace.store.noting() as connection:
        _require_standing(reports_in(connection), number)
        write_withdrawal(connection, workspace, number, who=name)
        append_line(connection, "walk report", f"withdrawn: number {number}", signer=workspace.signer)


def _marks(
    connection: sqlite3.Connection, workspace: Workspace, made: MadeReport, place: FoundPlace, supersedes: int
) -> Marks:
    """Give a report its hashes; what puts one right keeps those of what was sent, so that a file cannot undo it."""
    if supersedes:
        _require_standing(reports_in(connection), supersedes)
        row = connection.execute("SELECT ref, given FROM walk_reports WHERE number = ?", (supersedes,)).fetchone()
        return Marks(str(row[0]), str(row[1]))
    marks = marks_of(workspace.key(), made, place)
    head = heads(connection).get(marks.ref)
    if head is not None and not head.withdrawn:
        what = "that reference" if made.reference else "the same place, minute and source"
        message = f"A report with {what} is on record as number {head.number}; correct that one. {_NOTHING}"
        raise BadInputError(message)
    return marks


def _require_standing(reports: tuple[Report, ...], number: int) -> None:
    found = next((one for one in reports if one.number == number), None)
    if found is None:
        message = f"There is no report {number} on record; planner walkabouts reports lists them. {_NOTHING}"
        raise BadInputError(message)
    if not found.stands:
        after = next((one for one in reports if one.number == found.superseded_by), found)
        what = f"it was {'withdrawn' if after.withdrawn else 'put right'} by number {after.number}"
        later = "it is itself a withdrawal" if after is found else what
        message = f"Report {number} does not stand any more: {later}. {_NOTHING}"
        raise BadInputError(message)
