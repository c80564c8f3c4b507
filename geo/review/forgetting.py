"""Remove a person, a source, a period or what is too old from every working table, and from the database's bytes.

What has been frozen or released stays: those are published sums. `erased_since` says how many of the rows they were
made from have been erased since. Not reached are copies and backups of the folder, and what a disk keeps of blocks
that were written over; and rows that the next export of the source still holds come back with it.
"""

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from geo.errors import WorkspaceError
from geo.evidence.periods import review_year
from geo.review.audit import append_line
from geo.review.forgettable import Asked, Found
from geo.review.walks.card_reasons import let_go_of_reasons
from geo.review.walks.forgetting import WALK_TABLES, count_walk_rows, erase_walk_rows
from geo.review.workspace import Workspace

WORKING_TABLES: Final = ("records", "feeds", "imports", "feed_plans", "count_tables", "value_meanings", *WALK_TABLES)
"""The tables that a person, a source or a period is forgotten in."""


@dataclass(frozen=True)
class Forgotten:
    """What was removed, or would be.

    Attributes
    ----------
    rows, parts
        Rows, and what they were found by; the parts add up to the rows.
    emptied
        Feeds that have no row left: their remembered columns and the history of their imports are removed too.
    rewritten
        Whether the database's files have been written anew, so that no byte of the rows is left in them.
    counts
        Tables of counts that partners sent, beside the rows.
    walks
        Reports of people sleeping rough, walkabouts, visits, walk cards, plans of a count and rotas, beside the rows.
    cards
        Of these, the walk cards and plans of a count: also those that stop where a forgotten report was.
    ended
        Walk cards that nobody may use any more, and that stay without why each stop is on them.
    """

    rows: int
    parts: dict[str, int]
    emptied: tuple[str, ...] = ()
    rewritten: bool = False
    counts: int = 0
    walks: int = 0
    cards: int = 0
    ended: int = 0

    @property
    def nothing(self) -> bool:
        """Tell whether there is nothing to remove."""
        return not (self.rows or self.emptied or self.counts or self.walks or self.ended)

    @property
    def told_cards(self) -> list[str]:
        """Say what becomes of walk cards, and of plans of a count."""
        gone = f"Of the rows of walkabouts, walk cards and plans of a count: {self.cards:,}."
        plain = f"Walk cards that have ended and stay, without why each stop is on them: {self.ended:,}."
        return [*([gone] if self.cards else []), *([plain] if self.ended else [])]


def would_forget(workspace: Workspace, asked: Asked) -> Forgotten:
    """Say what would be removed; nothing is.

    Raises
    ------
    BadInputError
        What is asked for cannot be looked for.
    """
    with workspace.store.reading() as connection:
        found = asked.find(connection)
        return _of(found, _emptied_by(connection, found))


def forget(workspace: Workspace, asked: Asked, *, today: date) -> Forgotten:
    """Remove the rows from every working table in one transaction, then write the database's files anew.

    Raises
    ------
    BadInputError
        What is asked for cannot be looked for; nothing was removed.
    WorkspaceError
        The workspace cannot be written; nothing was removed.
    """
    first_month = workspace.scenario.review_first_month
    with workspace.store.writing() as connection:
        found = asked.find(connection)
        emptied = _emptied_by(connection, found)
        connection.executemany("DELETE FROM records WHERE record = ?", [(record,) for record in found.records])
        for table in ("feeds", "imports", "value_meanings"):
            connection.executemany(f"DELETE FROM {table} WHERE feed = ?", [(feed,) for feed in emptied])  # noqa: S608 - three names of ours
        connection.executemany("DELETE FROM feed_plans WHERE feed = ?", [(feed,) for feed in found.plans])
        connection.executemany("DELETE FROM count_tables WHERE number = ?", [(number,) for number in found.counts])
        walks = erase_walk_rows(connection, found.walks)
        let_go_of_reasons(connection, found.ended)
        _shorten_history(connection, found.feeds, first_month=first_month)
        rows = len(found.records)
        if rows:
            connection.execute("INSERT INTO erased (day, rows) VALUES (?, ?)", (today.isoformat(), rows))
        tables = f", tables of counts {len(found.counts):,}" if found.counts else ""
        tables += f", of walkabouts {walks:,}" if walks else ""
        tables += f", cards without reasons {len(found.ended):,}" if found.ended else ""
        append_line(connection, asked.what, f"{asked.label}: rows {rows:,}{tables}", signer=workspace.signer)
    return replace(_of(found, emptied), rewritten=_rewrite(workspace))


def erased_since(workspace: Workspace, day: date) -> int:
    """Count the source rows erased on a day or after it, by which what was frozen that day can no longer be checked."""
    with workspace.store.reading() as connection:
        query = "SELECT COALESCE(SUM(rows), 0) FROM erased WHERE day >= ?"
        return int(connection.execute(query, (day.isoformat(),)).fetchone()[0])


def what_stays(done: Forgotten) -> list[str]:
    """Say what forgetting does not reach, in sentences."""
    files = (
        "The database's files were written anew: no byte of the rows is left in them."
        if done.rewritten
        else "The rows are gone, but another program kept the database's files from being written anew, or the disk is "
        "full: close the planner elsewhere, make room, and ask for the same again."
    )
    return [
        files,
        "Copies and backups of the folder still hold the rows, and an old disk's blocks may: see to those yourself.",
        "If the next file of the source still holds them they come back: have them removed there first.",
        "What was frozen or released stays; it says how many of its rows have been erased since.",
    ]


def _of(found: Found, emptied: tuple[str, ...]) -> Forgotten:
    cards = {table: found.walks.get(table, ()) for table in ("walk_cards", "snapshots")}
    return Forgotten(
        len(found.records),
        found.parts,
        emptied,
        counts=len(found.counts),
        walks=count_walk_rows(found.walks),
        cards=count_walk_rows(cards),
        ended=len(found.ended),
    )


def _emptied_by(connection: sqlite3.Connection, found: Found) -> tuple[str, ...]:
    """Name the feeds that have no other rows than those found."""
    going = set(found.records)
    return tuple(
        feed
        for feed in found.feeds
        if not {str(record) for (record,) in connection.execute("SELECT record FROM records WHERE feed = ?", (feed,))}
        - going
    )


def _shorten_history(connection: sqlite3.Connection, feeds: tuple[str, ...], *, first_month: int) -> None:
    """Take the numbers of a review year out of the reports of a feed that has no row of that year left."""
    for feed in feeds:
        months = [
            str(month) for (month,) in connection.execute("SELECT DISTINCT month FROM records WHERE feed = ?", (feed,))
        ]
        kept = set(review_year(pd.Series(months, dtype="str"), first_month=first_month))
        reports = connection.execute("SELECT number, report FROM imports WHERE feed = ?", (feed,)).fetchall()
        for number, text in reports:
            report = json.loads(text)
            report["periods"] = {year: counts for year, counts in report.get("periods", {}).items() if year in kept}
            connection.execute("UPDATE imports SET report = ? WHERE number = ?", (json.dumps(report), number))


def _rewrite(workspace: Workspace) -> bool:
    """Write the files anew; where another program is in the way the rows are gone all the same."""
    with suppress(WorkspaceError):
        return workspace.store.rewrite()
    return False
