"""Keep a rota as it was settled: who, why, and its digest; superseded by a later one, never changed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.freezing import canonical
from geo.review.walks.fields import require_fields
from geo.review.workspace import Workspace
from geo.walkabouts.rota.result import Rota, RotaWalk
from geo.walkabouts.rota.tables import content_of, rota_from

LONGEST: Final = 60
_COLUMNS: Final = "number, first, last, day, who, why, content, digest"


@dataclass(frozen=True)
class KeptRota:
    """A rota as it was settled.

    Attributes
    ----------
    number
        Of all rotas kept, from 1; a calendar takes a later one for an update of an earlier one.
    day, who, why
        When, who settled it, and why (in place of what, if it supersedes another).
    rota
        The rota.
    digest
        SHA-256 of its content as canonical JSON, in hexadecimal.
    """

    number: int
    day: date
    who: str
    why: str
    rota: Rota
    digest: str

    @property
    def told(self) -> str:
        """Say that it was settled, when and by whom."""
        why = f" Why: {self.why}." if self.why else ""
        return (
            f"Settled on {self.day.day} {self.day:%B %Y} by {self.who} (rota {self.number}, digest {self.digest[:12]})."
            f"{why}"
        )


def keep_rota(workspace: Workspace, rota: Rota, *, who: str, why: str, today: date) -> KeptRota:
    """Keep a rota; earlier ones of its days stay and are superseded for these days.

    Raises
    ------
    BadInputError
        It has no walk or begins before tomorrow, nobody is named, no reason is given where days of it have a rota
        already, or a text is too long or must not be kept.
    MissingDataError
        The workspace's key is not on this machine.
    """
    name, reason = " ".join(who.split()), " ".join(why.split())
    _require_whole(rota, name, reason, today)
    earlier = [kept for kept in read_rotas(workspace) if kept.rota.first <= rota.last and rota.first <= kept.rota.last]
    if earlier and not reason:
        last = earlier[-1]
        message = (
            f"Days of this rota were settled on {last.day.day} {last.day:%B %Y} by {last.who}. To supersede that, say "
            "why; both will be kept."
        )
        raise BadInputError(message)
    require_fields(workspace, {"who": name, "why": reason})
    text = canonical(content_of(rota))
    row = (rota.first.isoformat(), rota.last.isoformat(), today.isoformat(), name, reason, text, _digest(text))
    signed = (workspace.signer.who, workspace.signer.moment())
    with workspace.store.noting() as connection:
        made = connection.execute(
            "INSERT INTO rotas (first, last, day, who, why, content, digest, signed, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, *signed),
        )
        detail = f"rota {row[0]} to {row[1]}: walks {len(rota.walks)}, seed {rota.seed}, digest {row[-1][:12]}"
        append_line(connection, "rota", detail, signer=workspace.signer)
    return next(kept for kept in read_rotas(workspace) if kept.number == made.lastrowid)


def read_rotas(workspace: Workspace) -> tuple[KeptRota, ...]:
    """Read every rota kept, in the order of keeping.

    Raises
    ------
    BadInputError
        One was changed since: its digest does not fit.
    """
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM rotas ORDER BY number").fetchall()  # noqa: S608 - our own column names
    return tuple(map(_kept, rows))


def walks_in_force(workspace: Workspace, *, first: date = date.min, last: date = date.max) -> tuple[RotaWalk, ...]:
    """List the walks that stand, by day: those of the last rota kept for each day."""
    found: dict[date, RotaWalk] = {}
    for kept in read_rotas(workspace):
        rota = kept.rota
        found = {day: walk for day, walk in found.items() if not rota.first <= day <= rota.last}
        found |= {walk.day: walk for walk in rota.walks}
    return tuple(walk for day, walk in sorted(found.items()) if first <= day <= last)


def walks_dropped(workspace: Workspace, rota: Rota) -> tuple[RotaWalk, ...]:
    """List walks that earlier rotas had on days of this one's span, and that it has not: for calendars to cancel."""
    days = {walk.day for walk in rota.walks}
    last = {walk.day: walk for kept in read_rotas(workspace) for walk in kept.rota.walks}
    return tuple(walk for day, walk in sorted(last.items()) if rota.first <= day <= rota.last and day not in days)


def rotas_kept(workspace: Workspace) -> int:
    """Count the rotas ever kept, those erased since too: the version of a calendar that is written now."""
    with workspace.store.reading() as connection:
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'rotas'").fetchone()
    return int(row[0]) if row else 0


def _require_whole(rota: Rota, name: str, reason: str, today: date) -> None:
    if not name:
        message = "Say who settled the rota (a name or initials); nothing was kept."
        raise BadInputError(message)
    if max(len(name), len(reason)) > LONGEST:
        message = f"Who and why may have {LONGEST} letters each; shorten them. Nothing was kept."
        raise BadInputError(message)
    if not rota.walks:
        message = "The rota has no walk; there is nothing to settle."
        raise BadInputError(message)
    if rota.first <= today:
        message = "The rota was made on an earlier day, and some of its days are past; make it again. Nothing was kept."
        raise BadInputError(message)


def _kept(row: tuple[Any, ...]) -> KeptRota:
    number, first, last, day, who, why, text, digest = row
    if _digest(text) != digest:
        message = (
            f"Rota {number}, of {first} to {last}, was changed after it was kept; restore the workspace from a copy."
        )
        raise BadInputError(message)
    return KeptRota(number, date.fromisoformat(day), who, why, rota_from(json.loads(text)), digest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
