"""Freeze a review's confirmatory analysis: the rule and the numbers as they stood on one day, never changed after.

One analysis a review year is confirmatory; everything else is exploratory. A frozen one can be superseded, with a
reason, by a later one; both stay, and anybody can see that there are two.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.looks import count_looks
from geo.review.workspace import Workspace

_COLUMNS: Final = "number, review, day, who, reason, looks, content, digest"


@dataclass(frozen=True)
class Frozen:
    """One frozen analysis.

    Attributes
    ----------
    number
        In order of freezing, from 1.
    review
        The review year.
    day, who
        When, and who said so.
    reason
        Why it supersedes an earlier one; empty for the first.
    looks
        Different analyses that had been looked at for this review before.
    content
        The rule, what it was applied to, and the numbers, as plain values.
    digest
        SHA-256 of the content as canonical JSON, in hexadecimal.
    """

    number: int
    review: str
    day: date
    who: str
    reason: str
    looks: int
    content: dict[str, Any]
    digest: str


def freeze(
    workspace: Workspace, *, review: str, content: dict[str, Any], who: str, today: date, reason: str = ""
) -> Frozen:
    """Freeze a review's rule and numbers.

    Parameters
    ----------
    review
        The review year, such as "2024-25".
    content
        Plain values that JSON can hold.
    who
        Name or initials of who says so.
    today
        The day.
    reason
        Needed where this review is frozen already: why the earlier analysis is superseded.

    Raises
    ------
    BadInputError
        Nobody said who, or the review is frozen already and no reason was given.
    """
    if not who.strip():
        message = "Say who freezes the review (a name or initials); nothing was frozen."
        raise BadInputError(message)
    earlier = [frozen for frozen in read_frozen(workspace) if frozen.review == review]
    if earlier and not reason.strip():
        last = earlier[-1]
        message = (
            f"The review of {review} was frozen on {last.day.day} {last.day:%B %Y} by {last.who}; one analysis a year "
            "is confirmatory. To supersede it, say why; both will be kept."
        )
        raise BadInputError(message)
    text = canonical(content)
    row = (review, today.isoformat(), who.strip(), reason.strip(), count_looks(workspace, review), text, _digest(text))
    with workspace.store.writing() as connection:
        connection.execute(
            "INSERT INTO freezes (review, day, who, reason, looks, content, digest) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )
        detail = f"review of {review}, digest {row[-1][:12]}"
        append_line(connection, "freeze", detail, signer=workspace.signer)
    return read_frozen(workspace)[-1]


def read_frozen(workspace: Workspace) -> tuple[Frozen, ...]:
    """Read every frozen analysis, in the order of freezing.

    Raises
    ------
    BadInputError
        One of them was changed since: its digest does not fit.
    """
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM freezes ORDER BY number").fetchall()  # noqa: S608 - our own column names
    return tuple(_frozen(row) for row in rows)


def frozen_of(workspace: Workspace, review: str) -> Frozen | None:
    """Return the frozen analysis that stands for a review: the last one, or None."""
    fitting = [frozen for frozen in read_frozen(workspace) if frozen.review == review]
    return fitting[-1] if fitting else None


def canonical(content: dict[str, Any]) -> str:
    """Write plain values as JSON in one way only, so that equal contents have equal digests."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _frozen(row: tuple[Any, ...]) -> Frozen:
    number, review, day, who, reason, looks, text, digest = row
    if _digest(text) != digest:
        message = (
            f"The frozen analysis of {review} (number {number}) was changed after it was frozen; restore the workspace "
            "from a copy."
        )
        raise BadInputError(message)
    return Frozen(number, review, date.fromisoformat(day), who, reason, looks, json.loads(text), digest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
