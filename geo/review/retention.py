"""How long records are kept, and which of them are older than that."""

from datetime import date

from geo.errors import MissingDataError
from geo.review.forgettable import ByAge
from geo.review.walks.forgetting import count_walk_rows, oldest_walk_day, walks_before
from geo.review.workspace import Workspace


def oldest_month(keep_years: int, today: date) -> str:
    """Name the oldest month that is still within the limit; empty where there is no limit.

    Parameters
    ----------
    keep_years
        Years that records are kept, counted from their own month; 0 sets no limit.

    Examples
    --------
    >>> oldest_month(6, date(2026, 5, 1)), oldest_month(0, date(2026, 5, 1))
    ('2020-05', '')
    """
    return f"{today.year - keep_years:04d}-{today.month:02d}" if keep_years else ""


def count_older(workspace: Workspace, *, today: date) -> int:
    """Count the records kept that are older than the workspace's own limit."""
    limit = oldest_month(workspace.scenario.keeping.keep_years, today)
    with workspace.store.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM records WHERE month < ?", (limit,)).fetchone()[0])


def count_older_walks(workspace: Workspace, *, today: date) -> int:
    """Count the reports, visits, cards and rotas of rough sleeping that are older than the workspace's own limit."""
    limit = oldest_walk_day(workspace.scenario.walkabouts.keep_months, today)
    with workspace.store.reading() as connection:
        return count_walk_rows(walks_before(connection, limit))


def older_than_the_limits(workspace: Workspace, *, today: date) -> ByAge:
    """Ask for everything that is older than the workspace's own limits to be forgotten.

    Raises
    ------
    MissingDataError
        It sets none.
    """
    scenario = workspace.scenario
    month = oldest_month(scenario.keeping.keep_years, today)
    day = oldest_walk_day(scenario.walkabouts.keep_months, today)
    if not month and not day:
        message = (
            "There is no limit of age: set keep_years under [keeping], or keep_months under [walkabouts], in "
            "scenario.toml first."
        )
        raise MissingDataError(message)
    return ByAge(month, day, today.isoformat())
