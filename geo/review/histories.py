"""Keep changes of single facts, one after another: nothing is overwritten, and the last of each is how it stands."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.review.signing import Signer

History = Literal["site_changes", "action_changes"]


@dataclass(frozen=True)
class Change:
    """One fact of one thing, as it was and as it became.

    Attributes
    ----------
    thing
        The id of a site, or the number of an action.
    field
        Which fact.
    was, became
        Texts; empty for nothing.
    who, at
        Who changed it and when (ISO, UTC); empty where a script did not say.
    """

    thing: str
    field: str
    was: str
    became: str
    who: str = ""
    at: str = ""


def append_changes(
    connection: sqlite3.Connection, history: History, changes: Iterable[Change], *, signer: Signer
) -> None:
    """Write changes at the end of a history, signed and dated, into the transaction that is open."""
    first = int(connection.execute(f"SELECT COALESCE(MAX(number), 0) + 1 FROM {history}").fetchone()[0])  # noqa: S608 - our own table names
    who, at = signer.who, signer.moment()
    rows = [
        (number, one.thing, one.field, one.was, one.became, who, at) for number, one in enumerate(changes, start=first)
    ]
    connection.executemany(f"INSERT INTO {history} VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own table names


def read_changes(connection: sqlite3.Connection, history: History) -> tuple[Change, ...]:
    """Read a whole history, the first change first."""
    query = f"SELECT thing, field, was, became, who, at FROM {history} ORDER BY number"  # noqa: S608 - our own table names
    return tuple(Change(*row) for row in connection.execute(query))


def standing(changes: Iterable[Change]) -> dict[str, dict[str, str]]:
    """Say how every fact of every thing stands: the last change of each.

    Examples
    --------
    >>> standing([Change("a", "cost", "", "10"), Change("a", "cost", "10", "free")])
    {'a': {'cost': 'free'}}
    """
    found: dict[str, dict[str, str]] = {}
    for one in changes:
        found.setdefault(one.thing, {})[one.field] = one.became
    return found
