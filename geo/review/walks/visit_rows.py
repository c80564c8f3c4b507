"""Write walkabouts and visits as rows of the workspace, into a transaction that is open."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from geo.errors import BadInputError
from geo.review.signing import Signer
from geo.review.walks.made import HeldWalk, MadeVisit
from geo.review.walks.reading import kept_moment, kept_names
from geo.review.walks.visit_places import Placed
from geo.walkabouts.sightings import Visit, WalkHeld

NOTHING: Final = "Nothing was kept."
_WALK: Final = "begins, ends, agencies, people, card, ref, supersedes, withdrawn, who, signed, at"
_VISIT: Final = (
    "walk, square, street, arrived, left_at, outcome, bedded_down, about_to, offered, accepted, refused, purpose,"
    " supersedes, withdrawn, who, signed, at"
)


def write_walk(
    connection: sqlite3.Connection, held: HeldWalk, signer: Signer, *, ref: str = "", supersedes: int = 0
) -> int:
    """Write a walkabout's own row; gives its number."""
    facts = (kept_moment(held.begins), kept_moment(held.ends), kept_names(held.agencies), held.people, held.card, ref)
    return _insert(connection, "walks", _WALK, (*facts, supersedes, 0, held.who, signer.who, signer.moment()))


def write_withdrawal(connection: sqlite3.Connection, was: WalkHeld, who: str, signer: Signer) -> int:
    """Write the row that says that a walkabout does not count; gives its number."""
    facts = (kept_moment(was.begins), kept_moment(was.ends), kept_names(was.agencies), was.people, was.card, "")
    return _insert(connection, "walks", _WALK, (*facts, was.number, 1, who, signer.who, signer.moment()))


def write_visit(
    connection: sqlite3.Connection,
    visit: MadeVisit,
    where: Placed,
    signed: tuple[str, Signer],
    *,
    walk: int = 0,
    supersedes: int = 0,
) -> int:
    """Write a visit's row; gives its number.

    Parameters
    ----------
    where
        Its square and street.
    signed
        Who records it, and who signs for that.
    """
    who, signer = signed
    times = (kept_moment(visit.arrived), kept_moment(visit.left))
    facts = (walk, where.square, where.street, *times, visit.outcome, *visit.counts, visit.purpose)
    return _insert(connection, "walk_visits", _VISIT, (*facts, supersedes, 0, who, signer.who, signer.moment()))


def withdraw_visits(connection: sqlite3.Connection, visits: Iterable[Visit], who: str, signer: Signer) -> int:
    """Write, for each visit, the row that says that it does not count; gives the number of the last."""
    last = 0
    for one in visits:
        times = (kept_moment(one.arrived), kept_moment(one.left))
        counts = (one.bedded_down, one.about_to, one.offered, one.accepted, one.refused)
        facts = (one.walk, one.square, one.street, *times, one.outcome, *counts, one.purpose)
        row = (*facts, one.number, 1, who, signer.who, signer.moment())
        last = _insert(connection, "walk_visits", _VISIT, row)
    return last


def ref_of(connection: sqlite3.Connection, number: int) -> str:
    """Read the number that the phone's form gave a walk; empty where it came by another way."""
    row = connection.execute("SELECT ref FROM walks WHERE number = ?", (number,)).fetchone()
    return str(row[0]) if row else ""


def walk_of_ref(connection: sqlite3.Connection, ref: str) -> int:
    """Find the last walk that a phone's form gave a number; 0 where there is none."""
    row = connection.execute("SELECT MAX(number) FROM walks WHERE ref = ? AND withdrawn = 0", (ref,)).fetchone()
    return int(row[0] or 0)


def require_walk(walks: Sequence[WalkHeld], number: int) -> WalkHeld:
    """Find a walkabout that stands.

    Raises
    ------
    BadInputError
        There is none of that number, or it was put right or withdrawn before.
    """
    found = next((one for one in walks if one.number == number), None)
    if found is None:
        message = f"There is no walk {number} on record; planner walkabouts visits tells them. {NOTHING}"
        raise BadInputError(message)
    if not found.stands:
        raise BadInputError(_gone("Walk", found))
    return found


def require_visit(visits: Sequence[Visit], number: int) -> Visit:
    """Find a visit that stands outside any walkabout: those of a walk are put right with it.

    Raises
    ------
    BadInputError
        There is none of that number, it belongs to a walk, or it was put right or withdrawn before.
    """
    found = next((one for one in visits if one.number == number), None)
    if found is None:
        message = f"There is no visit {number} on record; planner walkabouts visits tells them. {NOTHING}"
        raise BadInputError(message)
    if found.walk:
        message = f"Visit {number} belongs to walk {found.walk}; put that walk right as a whole. {NOTHING}"
        raise BadInputError(message)
    if not found.stands:
        raise BadInputError(_gone("Visit", found))
    return found


def _gone(what: str, found: WalkHeld | Visit) -> str:
    later = f"put right or withdrawn by number {found.superseded_by}" if found.superseded_by else "itself a withdrawal"
    return f"{what} {found.number} does not stand any more: it is {later}. {NOTHING}"


def _insert(connection: sqlite3.Connection, table: str, columns: str, row: Sequence[object]) -> int:
    marks = ", ".join("?" * len(row))
    made = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)  # noqa: S608 - our own names
    return int(made.lastrowid or 0)
