"""Keep the plan of a night's count as it was settled; a later one of the same year takes its place.

The date is confidential: no line of the audit log tells it, only the year.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.freezing import canonical
from geo.review.register_screen import screen_of
from geo.review.walks.card_purge import listed_stops
from geo.review.walks.fields import require_fields
from geo.review.walks.snapshot_content import plan_content, plan_from_content, spots_of
from geo.review.workspace import Workspace
from geo.scenario.programme import read_span
from geo.walkabouts.snapshot.night import look_at_night, usable
from geo.walkabouts.snapshot.partner import require_partner
from geo.walkabouts.snapshot.values import SnapshotPlan

LONGEST_WHO: Final = 120
LONGEST_REASON: Final = 400
TWO_NIGHTS: Final = "a count over two nights cannot be verified"
_NOTHING: Final = "Nothing was kept."
What = Literal["plan", "result"]


@dataclass(frozen=True)
class KeptNight:
    """A plan as it was settled.

    Attributes
    ----------
    number
        Of all plans and results kept, from 1.
    plan
        The plan.
    who
        Who settled it.
    digest
        SHA-256 of the plan with a salt as canonical JSON, in hexadecimal.
    at
        When it was settled, ISO, UTC; empty where nobody gave a clock.
    replaced_by
        The number of a later plan of the same year; 0 for none.
    """

    number: int
    plan: SnapshotPlan
    who: str
    digest: str
    at: str
    replaced_by: int = 0


def keep_night(
    workspace: Workspace, plan: SnapshotPlan, *, independent: bool, who: str, today: date, reason: str = ""
) -> KeptNight:
    """Settle a plan.

    Parameters
    ----------
    plan
        As it was planned.
    independent
        Whether an officer confirms that the partner is neither the council nor commissioned by it.
    who
        Who settles it: initials.
    reason
        Why this night, where something speaks against it; kept with the plan.

    Raises
    ------
    BadInputError
        Nobody settles it, something speaks against the night and no reason is given, no independent partner is named,
        the night cannot be used, or a place is one that no team may stop at any more.
    MissingDataError
        The workspace's key is not on this machine.
    """
    name = require_who(workspace, who)
    partner = require_partner(plan.partner, district=workspace.scenario.name, independent=independent)
    why = _require_reason(workspace, plan.night, reason, today=today)
    require_fields(workspace, {"partner": partner, "reason": why})
    if listed_stops(spots_of(plan_content(plan)), screen_of(workspace).safe):
        message = f"The places have changed since this night was planned; plan it again. {_NOTHING}"
        raise BadInputError(message)
    told = f"plan of the count of {plan.night.year}: places {len(plan.squares)}, patches {len(plan.patches)}"
    content = plan_content(replace(plan, reason=why))
    number = keep_row(workspace, plan.night, "plan", content, who=name, told=told)
    return next(kept for kept in read_nights(workspace) if kept.number == number)


def read_nights(workspace: Workspace) -> tuple[KeptNight, ...]:
    """Read every plan kept, in the order of settling.

    Raises
    ------
    BadInputError
        One was changed since: its digest does not fit.
    """
    rows = read_rows(workspace, "plan")
    kept = [KeptNight(row[0], plan_from_content(row[1]), *row[2:]) for row in rows]
    last = {one.plan.night.year: one.number for one in kept}
    later = {one.number: last[one.plan.night.year] for one in kept if last[one.plan.night.year] != one.number}
    return tuple(replace(one, replaced_by=later.get(one.number, 0)) for one in kept)


def night_kept(workspace: Workspace, night: date) -> KeptNight | None:
    """Return the plan that stands for a night: the last one settled of it, or None."""
    return next((kept for kept in reversed(read_nights(workspace)) if kept.plan.night == night), None)


def told_other_nights(workspace: Workspace, night: date) -> tuple[str, ...]:
    """Warn where a night of the year is planned, or another has its result.

    Of the planned one the same is said whichever night is asked for: who may not see it cannot try every night.
    """
    planned = any(kept.plan.night.year == night.year for kept in read_nights(workspace))
    done = any(_same_year(date.fromisoformat(row[1]["night"]), night) for row in read_rows(workspace, "result"))
    if done:
        return (f"Another night of {night.year} has its result already: {TWO_NIGHTS}.",)
    if planned:
        return (f"A night of {night.year} is settled already; settling this plan takes its place, for {TWO_NIGHTS}.",)
    return ()


def require_who(workspace: Workspace, who: str) -> str:
    """Give the name of whoever keeps something, tidied.

    Raises
    ------
    BadInputError
        There is none, it is far too long, or it must not be kept.
    """
    name = " ".join(who.split())
    if not name or len(name) > LONGEST_WHO:
        message = f"Say who settles it: initials, in at most {LONGEST_WHO} letters. {_NOTHING}"
        raise BadInputError(message)
    require_fields(workspace, {"who": name})
    return name


def _require_reason(workspace: Workspace, night: date, reason: str, *, today: date) -> str:
    """Refuse a night that cannot be used, and one that something speaks against where nobody says why it is taken."""
    closed = tuple(read_span(span) for span in workspace.scenario.walkabouts.closed)
    notes = look_at_night(night, today=today, closed=closed)
    if not usable(notes):
        message = f"{notes[0].sentence} {_NOTHING}"
        raise BadInputError(message)
    why = " ".join(reason.split())
    if len(why) > LONGEST_REASON or (notes and not why):
        because = f"{notes[0].sentence} " if notes else ""
        message = f"{because}Give the reason for this night in at most {LONGEST_REASON} letters. {_NOTHING}"
        raise BadInputError(message)
    return why


def keep_row(workspace: Workspace, night: date, what: What, content: dict[str, Any], *, who: str, told: str) -> int:
    """Write a row with its line of the audit log, which tells the year and not the night; gives the row's number."""
    # Salted, so that nobody can try nights and places until the log's digest fits.
    text = canonical(content | {"salt": secrets.token_hex(16)})
    digest, signer = _digest(text), workspace.signer
    with workspace.store.noting() as connection:
        connection.execute(
            "INSERT INTO snapshots (night, what, content, digest, who, signed, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (night.isoformat(), what, text, digest, who, signer.who, signer.moment()),
        )
        number = int(connection.execute("SELECT MAX(number) FROM snapshots").fetchone()[0])
        append_line(connection, "snapshot", f"{told}, digest {digest[:12]}", signer=signer)
    return number


def read_rows(workspace: Workspace, what: What) -> list[tuple[int, dict[str, Any], str, str, str]]:
    """Read number, content, who, digest and moment of every row of a kind.

    Raises
    ------
    BadInputError
        One was changed since: its digest does not fit.
    """
    query = "SELECT number, content, who, digest, at FROM snapshots WHERE what = ? ORDER BY number"
    with workspace.store.reading() as connection:
        rows = connection.execute(query, (what,)).fetchall()
    for number, text, _, digest, _ in rows:
        if _digest(text) != digest:
            message = (
                f"The {what} {number} of a count was changed after it was kept; restore the workspace from a copy."
            )
            raise BadInputError(message)
    return [(number, json.loads(text), who, digest, at) for number, text, who, digest, at in rows]


def _same_year(one: date, other: date) -> bool:
    """Tell whether two nights are different ones of a year."""
    return one.year == other.year and one != other


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
