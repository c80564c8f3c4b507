"""The liaison log: who of the council spoke to whom about a site, about what, and how the matter stands since.

An entry is written once and never changed; a mistake is put right by a further entry. How a site stands is what the
entry of the latest day says. Whom somebody spoke to is a role, never a name.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.register_fields import LONGEST, read_role
from geo.review.register_screen import screen_of
from geo.review.register_state import enter_sites, read_known
from geo.review.same_answers import by_site, places_of, read_answers, standing_answers
from geo.review.workspace import Workspace
from geo.schema import LIAISON, LIAISON_LOG

_COLUMNS: Final = "site, day, who, with_whom, about, status, signed, at"


@dataclass(frozen=True)
class LogEntry:
    """One entry as an officer writes it.

    Attributes
    ----------
    site_id
        The site's id, or its name where no other has it.
    day
        When they spoke.
    who
        Role or initials of the officer.
    with_whom
        The role of whoever they spoke to, such as "practice manager".
    about
        What it was about.
    status
        One of `LIAISON`: how the matter stands since.
    """

    site_id: str
    day: date
    who: str
    with_whom: str
    about: str
    status: str


def add_to_log(workspace: Workspace, entry: LogEntry, *, today: date) -> LogEntry:
    """Write an entry at the end of a site's log; it gives the entry as it was kept.

    Raises
    ------
    BadInputError
        There is no such site, the status is none, the day is to come, something is missing, or `with_whom` is no role.
    """
    screen = screen_of(workspace)
    tidy = read_entry(entry, today=today)
    with workspace.store.noting() as connection:
        known = read_known(workspace, connection)
        site = known.require(tidy.site_id)
        screen.require_fit(texts_of(tidy) | {"name": known.facts[site]["name"]})
        enter_sites(connection, known, {site})
        kept = LogEntry(site, tidy.day, tidy.who, tidy.with_whom, tidy.about, tidy.status)
        write_entry(connection, workspace, kept)
    return kept


def write_entry(connection: sqlite3.Connection, workspace: Workspace, entry: LogEntry) -> None:
    """Write a checked entry into the transaction that is open, with its line of the audit log."""
    said = (entry.day.isoformat(), entry.who, entry.with_whom, entry.about, entry.status)
    number = int(connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM site_log").fetchone()[0])
    row = (number, entry.site_id, *said, workspace.signer.who, workspace.signer.moment())
    connection.execute("INSERT INTO site_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    append_line(connection, "liaison", f"1 entry: {entry.status}", signer=workspace.signer)


def read_entry(entry: LogEntry, *, today: date) -> LogEntry:
    """Check an entry and tidy its texts.

    Raises
    ------
    BadInputError
        As `add_to_log`.
    """
    who, about = " ".join(entry.who.split()), " ".join(entry.about.split())
    with_whom = read_role(entry.with_whom)
    status = " ".join(entry.status.split()).casefold()
    for what, text in (("who spoke", who), ("the role of whoever they spoke to", with_whom), ("what about", about)):
        if not text or len(text) > LONGEST:
            message = f"An entry of the liaison log says {what}, in 1 to {LONGEST} letters. Nothing was kept of it."
            raise BadInputError(message)
    if status not in LIAISON:
        message = f"An entry says how the matter stands; expected one of: {', '.join(LIAISON)}. Nothing was kept of it."
        raise BadInputError(message)
    if entry.day > today:
        message = "An entry of the liaison log cannot be of a day to come. Nothing was kept of it."
        raise BadInputError(message)
    return LogEntry(entry.site_id, entry.day, who, with_whom, about, status)


def texts_of(entry: LogEntry) -> dict[str, str]:
    """Give the texts of an entry, for the screen."""
    return {"who": entry.who, "with_whom": entry.with_whom, "about": entry.about}


def read_log(workspace: Workspace) -> pd.DataFrame:
    """Read the whole log, in the order of writing: LIAISON_LOG table."""
    query = f"SELECT {_COLUMNS} FROM site_log ORDER BY number"  # noqa: S608 - our own column names
    with workspace.store.reading() as connection:
        rows = connection.execute(query).fetchall()
    columns = [name for name in LIAISON_LOG.columns if name != "number"]
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    table.insert(1, "number", table.groupby("site_id").cumcount().astype("int64") + 1)
    return LIAISON_LOG.validate(table)


def liaison_of(workspace: Workspace) -> dict[str, str]:
    """Say how the matter stands with every site that has an entry: site id to one of `LIAISON`.

    Sites that are one place stand alike, as the latest entry of any of them says. An entry makes no cache stale (the
    counts stay what they are), so ask anew at every run of a screen.
    """
    with workspace.store.reading() as connection:
        places = by_site(places_of(standing_answers(read_answers(connection))))
    log = read_log(workspace)
    first = {site: min(place) for site, place in places.items()}
    stands = standing_of(log.assign(site_id=log["site_id"].replace(first)))
    return {
        member: status for site, (status, _) in stands.items() for member in sorted(places.get(site, frozenset({site})))
    }


def standing_of(log: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Find status and day of each site's latest entry; of two of one day, the one written later."""
    ordered = log.sort_values(["day", "number"], kind="stable")
    return {
        str(site): (str(status), str(day))
        for site, status, day in zip(ordered["site_id"], ordered["status"], ordered["day"], strict=True)
    }
