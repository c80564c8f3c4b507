"""Count how often a review's records were looked at, since every further look is another chance for luck."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from geo.evidence.counts import Selection
from geo.review.workspace import Workspace


def record_look(
    workspace: Workspace, *, review: str, what: str, selection: Selection, options: Mapping[str, Any], today: date
) -> None:
    """Note that an analysis was looked at; the same one looked at again is the same look.

    Parameters
    ----------
    review
        The review year under way, such as "2024-25".
    what
        Which analysis, in plain words.
    selection
        What was counted.
    options
        Anything else that makes it another analysis, such as the resolution.
    today
        The day of the first look.

    Raises
    ------
    WorkspaceError
        The workspace cannot be written.
    """
    asked = json.dumps([what, asdict(selection), dict(options)], sort_keys=True, default=str)
    digest = hashlib.sha256(asked.encode()).hexdigest()
    with workspace.store.noting() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO looks (review, digest, day, what) VALUES (?, ?, ?, ?)",
            (review, digest, today.isoformat(), what),
        )


def count_looks(workspace: Workspace, review: str) -> int:
    """Count the different analyses that were looked at for a review."""
    with workspace.store.reading() as connection:
        return int(connection.execute("SELECT COUNT(*) FROM looks WHERE review = ?", (review,)).fetchone()[0])


def looks_by_kind(workspace: Workspace, review: str) -> dict[str, int]:
    """Count the different analyses of each kind that were looked at for a review, the most frequent first."""
    query = "SELECT what, COUNT(*) FROM looks WHERE review = ? GROUP BY what ORDER BY COUNT(*) DESC, what"
    with workspace.store.reading() as connection:
        return {str(what): int(number) for what, number in connection.execute(query, (review,)).fetchall()}
