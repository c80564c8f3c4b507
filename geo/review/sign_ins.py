"""Remember which sign-ins were noted and which were ended, for as long as one could last.

They stand in the workspace and not in the server's memory: a sign-in that was ended stays ended when the server starts
again, and no message of a browser can make it forget.
"""

import hashlib
import json
import sqlite3
from datetime import datetime, timedelta
from typing import Final, Literal

from geo.review.store import Store

State = Literal["", "noted", "ended"]
_FACT: Final = "sign_ins"
_LONGEST: Final = timedelta(hours=25)  # a list of roles lets a sign-in last 24 hours at most


def sign_in_state(store: Store, ticket: str) -> State:
    """Tell whether a sign-in was noted or ended; empty where it is new.

    Parameters
    ----------
    ticket
        Tells it from every other one, as `geo.review.roles.Person` has it.
    """
    return _read(store.meta(_FACT)).get(_digest(ticket), ("", ""))[0]


def remember_sign_in(store: Store, ticket: str, state: State, *, now: datetime) -> None:
    """Remember a sign-in, as a digest, and let go of those that are too old to matter."""
    with store.noting() as connection:
        known = _read(_written(connection))
        known[_digest(ticket)] = (state, now.isoformat())
        lately = {one: told for one, told in known.items() if now - datetime.fromisoformat(told[1]) < _LONGEST}
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_FACT, json.dumps(lately)))


def _written(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_FACT,)).fetchone()
    return "" if row is None else str(row[0])


def _read(text: str) -> dict[str, tuple[State, str]]:
    return {one: (told[0], told[1]) for one, told in json.loads(text or "{}").items()}


def _digest(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()[:32]
