"""What a data protection impact assessment asks of rough sleeping: how much is kept, how long, who was given a card."""

from collections import Counter
from datetime import date
from typing import Final

from geo.review.documents import Grid
from geo.review.walks.forgetting import WALK_TABLES, count_walk_rows, oldest_walk_day, walks_before
from geo.review.workspace import Workspace

_NONE: Final = "No report of anybody sleeping rough, no visit, no walk card and no rota is kept."


def told_walks(workspace: Workspace, *, today: date) -> str:
    """Say how much is kept of rough sleeping, and how long, in a sentence or two."""
    months = workspace.scenario.walkabouts.keep_months
    with workspace.store.reading() as connection:
        kept = {
            table: int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own tables
            for table in WALK_TABLES
        }
        older = count_walk_rows(walks_before(connection, oldest_walk_day(months, today)))
    if not any(kept.values()):
        return _NONE
    amount = (
        f"Kept of rough sleeping: {kept['walk_reports']:,} reports, {kept['walk_visits']:,} visits on "
        f"{kept['walks']:,} walkabouts, {kept['walk_cards']:,} walk cards, "
        f"{kept['snapshots']:,} plans and results of a night's count, {kept['rotas']:,} rotas."
    )
    limit = f"{months} months; {older:,} rows are older by now" if months else "no limit is set (keep_months)"
    return f"{amount} Kept for: {limit}."


def card_grid(workspace: Workspace) -> Grid:
    """Count the walk cards by whom they were given to, with the last day on which one may be used."""
    with workspace.store.reading() as connection:
        rows = connection.execute("SELECT recipient, expires FROM walk_cards ORDER BY recipient, expires").fetchall()
    given = Counter(str(recipient) for recipient, _ in rows)
    last = {str(recipient): str(expires) for recipient, expires in rows}
    cells = tuple((one, f"{count:,}", last[one]) for one, count in given.items())
    return Grid("Walk cards given out", ("To", "Cards", "Last one ends"), cells)
