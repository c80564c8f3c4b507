"""Keep a pack's aggregates as they stood: who, why and their digest; superseded by a later one, never changed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from geo.errors import BadInputError, WorkspaceError
from geo.review.audit import append_line
from geo.review.freezing import canonical
from geo.review.pack.content import AUDIENCES, Audience
from geo.review.pack.listed_places import without_listed
from geo.review.register_screen import screen_of
from geo.review.workspace import Workspace

LONGEST: Final = 500
_COLUMNS: Final = "number, review, audience, day, who, why, content, digest"


@dataclass(frozen=True)
class KeptPack:
    """The aggregates of a pack as they were kept.

    Attributes
    ----------
    number
        Of all packs kept, from 1.
    review, audience
        Which review year, and for whom.
    day, who, why
        When, who kept it, and why (in place of what, if it supersedes another).
    aggregates
        As `geo.review.pack.gather.gather_pack` gave them.
    digest
        SHA-256 of them as canonical JSON, in hexadecimal.
    superseded_by
        The number of the pack that replaces it; 0 while it stands.
    """

    number: int
    review: str
    audience: Audience
    day: date
    who: str
    why: str
    aggregates: dict[str, Any]
    digest: str
    superseded_by: int = 0


def keep_pack(workspace: Workspace, aggregates: dict[str, Any], *, who: str, why: str, today: date) -> KeptPack:
    """Keep a pack's aggregates; an earlier pack of that review for that audience stays and is superseded.

    Raises
    ------
    BadInputError
        Nobody is named, no reason is given where such a pack was kept already, a text is far too long, the values are
        no aggregates of a pack, or a place of it may not be told any more.
    """
    name, reason = " ".join(who.split()), " ".join(why.split())
    review, audience = _of(aggregates)
    if not name:
        message = "Say who keeps the pack (a name or initials); nothing was kept."
        raise BadInputError(message)
    if max(len(name), len(reason)) > LONGEST:
        message = f"Who and why may have {LONGEST} letters each; shorten them. Nothing was kept."
        raise BadInputError(message)
    screen = screen_of(workspace)
    screen.require_fit({"who": name, "why": reason})
    if without_listed(aggregates, screen.safe) != aggregates:
        message = "What the pack tells of has changed since it was made; make it again. Nothing was kept."
        raise BadInputError(message)
    text = canonical(aggregates)
    row = (review, audience, today.isoformat(), name, reason, text, _digest(text))
    signed = (workspace.signer.who, workspace.signer.moment())
    with workspace.store.noting() as connection:
        count = int(connection.execute("SELECT COUNT(*) FROM packs").fetchone()[0])
        query = "SELECT day, who FROM packs WHERE review = ? AND audience = ? ORDER BY number DESC"
        _require_reason(connection.execute(query, (review, audience)).fetchone(), review, reason)
        connection.execute(
            f"INSERT INTO packs ({_COLUMNS}, signed, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own column names
            (count + 1, *row, *signed),
        )
        detail = f"pack {count + 1} of {review} for {audience}: digest {row[-1][:12]}"
        append_line(connection, "pack", detail, signer=workspace.signer)
    return read_packs(workspace)[count]


def read_packs(workspace: Workspace) -> tuple[KeptPack, ...]:
    """Read every pack kept, in the order of keeping.

    Raises
    ------
    WorkspaceError
        One was changed since: its digest does not fit.
    """
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM packs ORDER BY number").fetchall()  # noqa: S608 - our own column names
    later: dict[tuple[str, str], int] = {}
    found = []
    for row in reversed(rows):
        found.append(_kept(row, later.get((row[1], row[2]), 0)))
        later[row[1], row[2]] = row[0]
    return tuple(reversed(found))


def pack_kept(workspace: Workspace, review: str, audience: Audience) -> KeptPack | None:
    """Return the pack that stands for a review and an audience: the last one kept, or None."""
    fitting = [kept for kept in read_packs(workspace) if (kept.review, kept.audience) == (review, audience)]
    return fitting[-1] if fitting else None


def digest_of(aggregates: dict[str, Any]) -> str:
    """Digest aggregates: SHA-256 of them as canonical JSON, in hexadecimal."""
    return _digest(canonical(aggregates))


def told_kept(kept: KeptPack | None) -> str:
    """Say whether a pack was kept, when and by whom."""
    if kept is None:
        return "Not kept yet: next year's review will not find these numbers until it is."
    why = f" {kept.why.rstrip('.')}." if kept.why else ""
    return f"Kept on {kept.day.day} {kept.day:%B %Y} by {kept.who} (digest {kept.digest[:12]}).{why}"


def _of(aggregates: dict[str, Any]) -> tuple[str, str]:
    review, audience = aggregates.get("review"), aggregates.get("audience")
    if not isinstance(review, str) or audience not in AUDIENCES:
        message = "These are not the numbers of a pack; make the pack first. Nothing was kept."
        raise BadInputError(message)
    return review, str(audience)


def _require_reason(earlier: tuple[str, str] | None, review: str, reason: str) -> None:
    if earlier is None or reason:
        return
    day = date.fromisoformat(earlier[0])
    message = (
        f"The pack of {review} was kept on {day.day} {day:%B %Y} by {earlier[1]}. To supersede it, say why; both will "
        "be kept."
    )
    raise BadInputError(message)


def _kept(row: tuple[Any, ...], superseded_by: int) -> KeptPack:
    number, review, audience, day, who, why, text, digest = row
    if _digest(text) != digest:
        message = f"Pack {number}, of {review}, was changed after it was kept; restore the workspace from a copy."
        raise WorkspaceError(message)
    told = (date.fromisoformat(day), who, why)
    return KeptPack(number, review, cast("Audience", audience), *told, json.loads(text), digest, superseded_by)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
