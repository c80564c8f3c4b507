"""Hubs that were held: when, where, with whom, how many people came for what broad reason; never a person's name.

Rows are only added. A row that was wrong is corrected by a later one that supersedes it, or withdrawn; both stay.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.hub_checks import HeldHub, faults, sites_named, tidy_hub
from geo.review.register_screen import screen_of
from geo.review.register_state import Known, enter_sites, read_known
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace

_COLUMNS: Final = "number, day, site, place, agencies, people, reasons, supersedes, withdrawn, who, signed, at"
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class HubSession:
    """One hub as it was recorded.

    Attributes
    ----------
    number
        From 1, in the order of recording.
    day
        When it was held.
    site, place
        The site's id, and its name as it was then.
    people
        How many people were seen.
    reasons
        How many by broad reason; adds up to `people`.
    agencies
        Who was there beside the council.
    who
        Who recorded it.
    supersedes
        The number of the row that this one puts right; 0 for none.
    superseded_by
        The number of the row that puts this one right; 0 while it stands.
    withdrawn
        Whether the row says only that what it supersedes does not count.
    """

    number: int
    day: date
    site: str
    place: str
    people: int
    reasons: Mapping[str, int]
    agencies: tuple[str, ...]
    who: str
    supersedes: int = 0
    superseded_by: int = 0
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Tell whether it counts: neither put right nor withdrawn."""
        return not self.superseded_by and not self.withdrawn


def record_hub(workspace: Workspace, hub: HeldHub, *, today: date, supersedes: int = 0) -> HubSession:
    """Record a hub that was held, or put an earlier record right.

    Parameters
    ----------
    supersedes
        The number of the record that this one puts right; 0 for a new one.

    Raises
    ------
    BadInputError
        Something in it cannot be right, or a hub on that day at that site is recorded already.
    MissingDataError
        The workspace's key is not on this machine.
    """
    screen, given = screen_of(workspace), tidy_hub(hub)
    with workspace.store.noting() as connection:
        known = read_known(workspace, connection)
        wrong = faults(given, known, screen, today=today)
        if wrong:
            message = f"{' '.join(wrong)} {_NOTHING}"
            raise BadInputError(message)
        earlier = read_rows(connection)
        _require_standing(earlier, supersedes)
        placed = replace(given, site=site_id(given.site, known))
        _require_new(earlier, placed, supersedes)
        number = write_session(connection, workspace, known, placed, supersedes=supersedes)
        detail = f"recorded: number {number}" + (f", in place of {supersedes}" if supersedes else "")
        append_line(connection, "hub held", detail, signer=workspace.signer)
    return read_sessions(workspace)[number - 1]


def withdraw_hub(workspace: Workspace, number: int, *, who: str) -> HubSession:
    """Say that a record does not count: the hub was not held, or was entered twice. It stays, marked.

    Raises
    ------
    BadInputError
        There is no such record, it was put right or withdrawn before, or nobody is named.
    """
    name = " ".join(who.split())
    screen_of(workspace).require_fit({"who": name})
    if not name:
        message = "Say who withdraws it (a name or initials). Nothing was changed."
        raise BadInputError(message)
    with workspace.store.noting() as connection:
        earlier = read_rows(connection)
        _require_standing(earlier, number, needed=True)
        was = earlier[number - 1]
        hub = HeldHub(was.day, was.site, was.people, was.reasons, was.agencies, name)
        known = read_known(workspace, connection)
        made = write_session(connection, workspace, known, hub, supersedes=number, withdrawn=True)
        append_line(connection, "hub held", f"withdrawn: number {number}", signer=workspace.signer)
    return read_sessions(workspace)[made - 1]


def read_sessions(workspace: Workspace) -> tuple[HubSession, ...]:
    """Read every row, in the order of recording; those put right or withdrawn too."""
    with workspace.store.reading() as connection:
        return read_rows(connection)


def hubs_held(workspace: Workspace) -> tuple[HubSession, ...]:
    """Read the hubs that count, by day."""
    found = [one for one in read_sessions(workspace) if one.stands]
    return tuple(sorted(found, key=lambda one: (one.day, one.place, one.number)))


def hubs_of_year(workspace: Workspace, year: str) -> tuple[HubSession, ...]:
    """Read the hubs of a review year that count, by day."""
    first_month = workspace.scenario.review_first_month
    return tuple(one for one in hubs_held(workspace) if ReviewQuarter.at(one.day, first_month=first_month).year == year)


def read_rows(connection: sqlite3.Connection) -> tuple[HubSession, ...]:
    """Read every row within a transaction that is open."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM hub_sessions ORDER BY number").fetchall()  # noqa: S608 - our own column names
    replaced = {row[7]: row[0] for row in rows if row[7]}
    return tuple(_session(row, replaced.get(row[0], 0)) for row in rows)


def same_hub(sessions: Sequence[HubSession], day: date, site: str) -> HubSession | None:
    """Find the record that stands of a day and a site."""
    return next((one for one in sessions if one.stands and (one.day, one.site) == (day, site)), None)


def site_id(site: str, known: Known) -> str:
    """Give the id of a site that was checked, by id or name."""
    return site if site in known.facts else sites_named(site, known)[0]


def write_session(
    connection: sqlite3.Connection,
    workspace: Workspace,
    known: Known,
    hub: HeldHub,
    *,
    supersedes: int = 0,
    withdrawn: bool = False,
) -> int:
    """Write one row into the transaction that is open; gives its number.

    Parameters
    ----------
    hub
        Checked, its site by id.
    """
    number = int(connection.execute("SELECT COUNT(*) FROM hub_sessions").fetchone()[0]) + 1
    enter_sites(connection, known, {hub.site})
    row = (
        number,
        hub.day.isoformat(),
        hub.site,
        known.facts[hub.site]["name"],
        json.dumps(hub.agencies, ensure_ascii=False),
        hub.people,
        json.dumps(dict(hub.reasons)),
        supersedes,
        int(withdrawn),
        hub.who,
        workspace.signer.who,
        workspace.signer.moment(),
    )
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO hub_sessions ({_COLUMNS}) VALUES ({marks})", row)  # noqa: S608 - our own column names
    return number


def _session(row: Sequence[Any], superseded_by: int) -> HubSession:
    number, day, site, place, agencies, people, reasons, supersedes, withdrawn, who, *_ = row
    return HubSession(
        number=number,
        day=date.fromisoformat(day),
        site=site,
        place=place,
        people=people,
        reasons=json.loads(reasons),
        agencies=tuple(json.loads(agencies)),
        who=who,
        supersedes=supersedes,
        superseded_by=superseded_by,
        withdrawn=bool(withdrawn),
    )


def _require_standing(rows: Sequence[HubSession], number: int, *, needed: bool = False) -> None:
    if not number and not needed:
        return
    found = next((one for one in rows if one.number == number), None)
    if found is None:
        message = f"There is no hub {number} on record; planner monitor list tells them. {_NOTHING}"
        raise BadInputError(message)
    if found.stands:
        return
    later = f"put right by number {found.superseded_by}" if found.superseded_by else "itself a withdrawal"
    message = f"Hub {number} does not stand any more: it is {later}. {_NOTHING}"
    raise BadInputError(message)


def _require_new(rows: Sequence[HubSession], hub: HeldHub, supersedes: int) -> None:
    found = same_hub(rows, hub.day, hub.site)
    if found is not None and found.number != supersedes:
        message = (
            f"A hub on that day at {found.place} is recorded already, as number {found.number}; correct that one. "
            f"{_NOTHING}"
        )
        raise BadInputError(message)
