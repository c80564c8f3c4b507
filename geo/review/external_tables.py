"""Keep what others have published of the same clients, so that every release is held against it."""

import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from datetime import date

from geo.disclosure.external import ExternalFigure, ExternalTable
from geo.disclosure.topics import Geography, Period, Topic
from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.workspace import Workspace


@dataclass(frozen=True)
class Entered:
    """A table as it was entered.

    Attributes
    ----------
    number
        To withdraw it by.
    day, who
        When, and who entered it.
    table
        What was published.
    """

    number: int
    day: date
    who: str
    table: ExternalTable


def read_external(workspace: Workspace) -> tuple[Entered, ...]:
    """Read every table that others have published, in the order of entering."""
    with workspace.store.reading() as connection:
        rows = connection.execute("SELECT number, day, who, content FROM external_tables ORDER BY number").fetchall()
    return tuple(Entered(number, date.fromisoformat(day), who, _table(text)) for number, day, who, text in rows)


def add_external(workspace: Workspace, tables: Collection[ExternalTable], *, who: str, today: date) -> None:
    """Keep tables that others have published: all of them or none.

    Raises
    ------
    BadInputError
        Nobody said who enters them, or one is there already.
    """
    if not who.strip():
        message = "Say who enters the numbers (a name or initials); nothing was kept."
        raise BadInputError(message)
    there = {(entered.table.name, entered.table.topic) for entered in read_external(workspace)}
    for table in tables:
        if (table.name, table.topic) in there:
            message = (
                f"'{table.name}' {table.topic.in_words} has been entered already; withdraw it first to correct it."
            )
            raise BadInputError(message)
    with workspace.store.noting() as connection:
        for table in tables:
            row = (today.isoformat(), who.strip(), _text(table))
            connection.execute("INSERT INTO external_tables (day, who, content) VALUES (?, ?, ?)", row)
            detail = f"published elsewhere: {table.name}, {table.topic.period.name}, numbers {len(table.figures)}"
            append_line(connection, "release", detail, signer=workspace.signer)


def withdraw_external(workspace: Workspace, number: int) -> None:
    """Take back a table that was mistyped, or that counts other clients; releases made meanwhile stay.

    Raises
    ------
    BadInputError
        There is none of that number.
    """
    entered = {one.number: one for one in read_external(workspace)}
    if number not in entered:
        there = ", ".join(map(str, entered)) or "none"
        message = f"No table published elsewhere has the number {number}; there is: {there}."
        raise BadInputError(message)
    with workspace.store.noting() as connection:
        connection.execute("DELETE FROM external_tables WHERE number = ?", (number,))
        detail = f"no longer held against what is given out: {entered[number].table.name}"
        append_line(connection, "release", detail, signer=workspace.signer)


def _text(table: ExternalTable) -> str:
    period = table.topic.period
    content = {
        "name": table.name,
        "level": table.topic.geography.level,
        "period": [period.name, period.first, period.last],
        "figures": [astuple(figure) for figure in table.figures],
    }
    return json.dumps(content, ensure_ascii=False)


def _table(text: str) -> ExternalTable:
    try:
        found = json.loads(text)
        topic = Topic(Geography(found["level"]), Period(*found["period"]))
        return ExternalTable(found["name"], topic, tuple(ExternalFigure(*figure) for figure in found["figures"]))
    except (KeyError, TypeError, ValueError) as error:
        message = "A table published elsewhere cannot be read: it is not as the planner wrote it; restore a copy."
        raise BadInputError(message) from error
