"""What an officer says of an area that stands out: that it is already known, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.review.workspace import Workspace

LONGEST: Final = 500
_COLUMNS: Final = "resolution, cell, area, reason, who, day"


@dataclass(frozen=True)
class AreaNote:
    """One note.

    Attributes
    ----------
    resolution, cell
        The H3 cell at which the area was surest when the note was made: the note belongs to any later area that holds
        it, whatever that area is then called.
    area
        What the area was called.
    reason
        Why it is already known.
    who, day
        Who said so, and when.
    """

    resolution: int
    cell: int
    area: str
    reason: str
    who: str
    day: date


def add_note(workspace: Workspace, note: AreaNote) -> None:
    """Keep a note; earlier notes on the same area stay.

    Raises
    ------
    BadInputError
        It says no reason, or not who says so, or is far too long.
    """
    for what, text in (("a reason", note.reason), ("the name or initials of who says so", note.who)):
        if not text.strip():
            message = f"A note on an area needs {what}; nothing was kept."
            raise BadInputError(message)
        if len(text) > LONGEST:
            message = f"A note may have {LONGEST} characters; this one has {len(text):,}. Shorten it."
            raise BadInputError(message)
    row = (note.resolution, note.cell, note.area, note.reason.strip(), note.who.strip(), note.day.isoformat())
    with workspace.store.writing() as connection:
        connection.execute(f"INSERT INTO area_notes ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - our own column names


def read_notes(workspace: Workspace) -> tuple[AreaNote, ...]:
    """Read every note, the newest last."""
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM area_notes ORDER BY number").fetchall()  # noqa: S608 - our own column names
    return tuple(
        AreaNote(resolution, cell, area, reason, who, date.fromisoformat(day))
        for resolution, cell, area, reason, who, day in rows
    )


def note_on(notes: Collection[AreaNote], cells: Collection[int], *, resolution: int) -> str:
    """Say what is noted on an area: the newest note whose cell it holds, or nothing.

    Examples
    --------
    >>> note_on([AreaNote(8, 5, "Quay", "hostel", "JS", date(2025, 5, 1))], [4, 5], resolution=8)
    'hostel (JS, 1 May 2025)'
    """
    held = set(cells)
    fitting = [note for note in notes if note.resolution == resolution and note.cell in held]
    if not fitting:
        return ""
    last = fitting[-1]
    return f"{last.reason} ({last.who}, {last.day.day} {last.day:%B %Y})"
