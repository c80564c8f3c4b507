"""Find the walk cards and the plans of a night's count that stop where a report was that is to be forgotten.

Whoever erases a report and leaves the card that was made from it has erased nothing: its square is a stop of the card.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from geo.review.walks.forgetting import WalkRows
from geo.review.walks.snapshot_content import spots_of


def with_their_stops(connection: sqlite3.Connection, rows: WalkRows) -> WalkRows:
    """Add to reports the cards and plans that hold the square of one, and were made once it had come in.

    Parameters
    ----------
    rows
        Of the table of reports.
    """
    came_in = _came_in(connection, rows.get("walk_reports", ()))
    if not came_in:
        return rows
    cards = connection.execute("SELECT number, content, at FROM walk_cards ORDER BY number").fetchall()
    query = "SELECT number, content, at FROM snapshots WHERE what = 'plan' ORDER BY number"
    plans = connection.execute(query).fetchall()
    found = {
        "walk_cards": tuple(int(row[0]) for row in cards if _after(card_squares(json.loads(row[1])), row[2], came_in)),
        "snapshots": tuple(int(row[0]) for row in plans if _after(_plan_squares(json.loads(row[1])), row[2], came_in)),
    }
    return rows | {table: numbers for table, numbers in found.items() if numbers}


def card_squares(content: Mapping[str, Any]) -> set[str]:
    """Name the squares at which a card stops."""
    return {str(stop["square"]) for team in content.get("teams", ()) for stop in team["stops"]}


def _plan_squares(content: Mapping[str, Any]) -> set[str]:
    return {square for square, _ in spots_of(content)}


def _came_in(connection: sqlite3.Connection, numbers: tuple[int, ...]) -> dict[str, datetime]:
    """Say when the first of the reports at each square came in: as it says, or when it was recorded if that was before.

    A report that does not say at what time it was received counts from the end of the day.
    """
    wanted, first = set(numbers), dict[str, datetime]()
    for number, square, *moments in connection.execute("SELECT number, square, received, at FROM walk_reports"):
        moment = min(datetime.fromisoformat(one).astimezone(UTC) for one in moments if one)
        if number in wanted and square:
            first[str(square)] = min(moment, first.get(str(square), moment))
    return first


def _after(squares: set[str], made: str, came_in: Mapping[str, datetime]) -> bool:
    """Tell whether something was made after a report at one of its squares; without a moment it may have been."""
    shared = [came_in[square] for square in squares if square in came_in]
    return bool(shared) and (not made or min(shared) <= datetime.fromisoformat(made).astimezone(UTC))
