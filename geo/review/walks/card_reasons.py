"""Let go of why each stop is on a walk card, once nobody may use the card any more.

A card tells its holder streets and times; the workspace knows besides which of its stops answered a report.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from geo.review.freezing import canonical

_LET_GO: Final = {"purpose": "passing", "must": False}
_COLUMNS: Final = "number, day, recipient, purpose, expires, content, digest, who, signed, at"
_CONTENT: Final = 5


def without_reasons(text: str) -> str:
    """Write the content of a card with every stop as one that no plan named.

    Parameters
    ----------
    text
        As it is kept, canonical JSON.
    """
    content = json.loads(text)
    teams = [{**team, "stops": [_plain(stop) for stop in team["stops"]]} for team in content.get("teams", ())]
    return canonical({**content, "teams": teams}) if teams else text


def cards_ended(connection: sqlite3.Connection, day: str) -> tuple[int, ...]:
    """Find the numbers of cards that ended before a day and still say why a stop is on them.

    Parameters
    ----------
    day
        ISO; empty for none.
    """
    rows = connection.execute("SELECT number, content FROM walk_cards WHERE expires < ? ORDER BY number", (day,))
    return tuple(int(number) for number, text in rows if without_reasons(text) != text)


def let_go_of_reasons(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Write cards anew without the reasons of their stops, within a transaction that is open; digests stay true."""
    for number in numbers:
        # The table takes no change of a row: it goes, and comes back under its number.
        row = list(connection.execute(f"SELECT {_COLUMNS} FROM walk_cards WHERE number = ?", (number,)).fetchone())  # noqa: S608 - our own column names
        row[_CONTENT] = without_reasons(row[_CONTENT])
        connection.execute("DELETE FROM walk_cards WHERE number = ?", (number,))
        connection.execute(f"INSERT INTO walk_cards ({_COLUMNS}) VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - our own column names


def _plain(stop: dict[str, Any]) -> dict[str, Any]:
    return {**stop, **_LET_GO}
