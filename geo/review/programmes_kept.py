"""Keep a year's programme as it was settled: who, why, and its digest; superseded by a later one, never changed."""

import hashlib
import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.errors import BadInputError
from geo.hubs.programme import Sheet, content_of, sheet_from
from geo.review.audit import append_line
from geo.review.freezing import canonical
from geo.review.programme_purge import listed_hubs
from geo.review.safe_list import safe_list
from geo.review.workspace import Workspace

LONGEST: Final = 500
_COLUMNS: Final = "number, year, day, who, why, content, digest"


@dataclass(frozen=True)
class KeptProgramme:
    """A programme as it was settled.

    Attributes
    ----------
    number
        Of all programmes kept, from 1.
    version
        Of this year's, from 1; a calendar takes a later one for an update of an earlier one.
    day, who, why
        When, who settled it, and why (in place of what, if it supersedes another).
    sheet
        The programme.
    digest
        SHA-256 of its content as canonical JSON, in hexadecimal.
    """

    number: int
    version: int
    day: date
    who: str
    why: str
    sheet: Sheet
    digest: str


def keep_programme(workspace: Workspace, sheet: Sheet, *, who: str, why: str, today: date) -> KeptProgramme:
    """Keep a programme; an earlier one of the year stays and is superseded.

    Raises
    ------
    BadInputError
        Nobody is named, no reason is given where the year has a programme already, a text is far too long, or a hub
        lies where none may any more.
    MissingDataError
        The workspace's key is not on this machine.
    """
    name, reason = " ".join(who.split()), " ".join(why.split())
    earlier = programme_kept(workspace, sheet.year)
    if not name:
        message = "Say who settled the programme (a name or initials); nothing was kept."
        raise BadInputError(message)
    if earlier and not reason:
        message = (
            f"The programme of {sheet.year} was settled on {earlier.day.day} {earlier.day:%B %Y} by {earlier.who}. To "
            "supersede it, say why; both will be kept."
        )
        raise BadInputError(message)
    if max(len(name), len(reason)) > LONGEST:
        message = f"Who and why may have {LONGEST} letters each; shorten them. Nothing was kept."
        raise BadInputError(message)
    if listed_hubs(content_of(sheet)["hubs"], safe_list(workspace)):
        message = "The sites have changed since this programme was made; make it again. Nothing was kept."
        raise BadInputError(message)
    text = canonical(content_of(sheet))
    row = (sheet.year, today.isoformat(), name, reason, text, _digest(text))
    signed = (workspace.signer.who, workspace.signer.moment())
    with workspace.store.noting() as connection:
        count = int(connection.execute("SELECT COUNT(*) FROM programmes").fetchone()[0])
        connection.execute(
            f"INSERT INTO programmes ({_COLUMNS}, signed, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own column names
            (count + 1, *row, *signed),
        )
        detail = f"programme of {sheet.year}: hubs {len(sheet.hubs)}, digest {row[-1][:12]}"
        append_line(connection, "programme", detail, signer=workspace.signer)
    return read_programmes(workspace)[count]


def read_programmes(workspace: Workspace) -> tuple[KeptProgramme, ...]:
    """Read every programme kept, in the order of keeping.

    Raises
    ------
    BadInputError
        One was changed since: its digest does not fit.
    """
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM programmes ORDER BY number").fetchall()  # noqa: S608 - our own column names
    versions: dict[str, int] = {}
    found = []
    for row in rows:
        versions[row[1]] = versions.get(row[1], 0) + 1
        found.append(_kept(row, versions[row[1]]))
    return tuple(found)


def programme_kept(workspace: Workspace, year: str) -> KeptProgramme | None:
    """Return the programme that stands for a year: the last one kept, or None."""
    fitting = [kept for kept in read_programmes(workspace) if kept.sheet.year == year]
    return fitting[-1] if fitting else None


def hubs_dropped(workspace: Workspace, sheet: Sheet) -> list[dict[Hashable, Any]]:
    """List hubs of the year's earlier programmes whose numbers a programme has no more, for calendars to cancel."""
    last: dict[int, dict[Hashable, Any]] = {}
    for kept in read_programmes(workspace):
        if kept.sheet.year == sheet.year:
            last |= {row["number"]: row for row in kept.sheet.hubs.to_dict("records")}
    return [row for number, row in sorted(last.items()) if number > len(sheet.hubs)]


def version_of(workspace: Workspace, sheet: Sheet) -> int:
    """Give the version of an issue of the year's calendar: so many programmes of the year were kept up to now."""
    return sum(kept.sheet.year == sheet.year for kept in read_programmes(workspace))


def calendar_id(workspace: Workspace) -> str:
    """Give the name by which calendar programs know this council's hubs: the same for ever, and no other's."""
    return _digest(workspace.store.meta("workspace_id"))[:16]


def told_state(kept: KeptProgramme | None) -> str:
    """Say whether a programme was settled, when and by whom."""
    if kept is None:
        return "A proposal: not settled yet."
    again = f" It supersedes an earlier one: {kept.why}." if kept.version > 1 else f" {kept.why}." * bool(kept.why)
    return f"Settled on {kept.day.day} {kept.day:%B %Y} by {kept.who} (digest {kept.digest[:12]}).{again}"


def _kept(row: tuple[Any, ...], version: int) -> KeptProgramme:
    number, year, day, who, why, text, digest = row
    if _digest(text) != digest:
        message = f"Programme {number}, of {year}, was changed after it was kept; restore the workspace from a copy."
        raise BadInputError(message)
    return KeptProgramme(number, version, date.fromisoformat(day), who, why, sheet_from(json.loads(text)), digest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
