"""Leave out a part of the records, to see what hangs on it: a review year, a feed, the records with a mark."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import pandas as pd

from geo.errors import BadInputError
from geo.evidence.counts import Selection, select_episodes
from geo.evidence.episodes import find_episodes
from geo.evidence.periods import ALL_PERIODS, in_period

MARKS: Final = ("institution", "shared_point")


@dataclass(frozen=True)
class Rest:
    """Hold what is left of the located clients when a part is left out, or say why there is no such part.

    Attributes
    ----------
    name
        What is left out, in plain words.
    kind
        "year", "feed" or "marks".
    clients
        Located EPISODES rows that are left; no row where it cannot be tried.
    why_not
        Why it cannot be tried; empty where it can.
    """

    name: str
    kind: Literal["year", "feed", "marks"]
    clients: pd.DataFrame
    why_not: str = ""


def located_clients(episodes: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Choose the located episodes of a selection, those with a flag to leave out set aside.

    Raises
    ------
    BadInputError
        As `select_episodes`.
    """
    chosen = select_episodes(episodes, selection)
    aside = chosen[list(selection.leave_out)].any(axis=1).to_numpy(dtype=bool)
    return chosen[(chosen["status"] == "located") & ~aside]


def leave_out_parts(records: pd.DataFrame, selection: Selection, *, months: int, first_month: int) -> list[Rest]:
    """Leave out each review year, each feed, and the records at institutions and shared points.

    Parameters
    ----------
    records
        RECORDS table. Without a feed its rows are collapsed into episodes anew, so that a household which another
        feed knows too stays in.
    selection
        Which episodes are looked at.
    months, first_month
        As in `find_episodes`.

    Raises
    ------
    BadInputError
        No episode is of the selection.
    """
    episodes = find_episodes(records, months=months, first_month=first_month)
    clients = located_clients(episodes, selection)

    def without(feed: str) -> pd.DataFrame:
        left = find_episodes(records[records["feed"] != feed], months=months, first_month=first_month)
        return _located_or_none(left, selection)

    by_feed = ((feed, without(feed)) for feed in _distinct(clients, "feed"))
    return [*_years(clients), *_feeds(clients, by_feed), _marks(clients, selection)]


def _years(clients: pd.DataFrame) -> list[Rest]:
    years = _distinct(clients, "period")
    if len(years) < 2:  # noqa: PLR2004 - with a single year left out nothing is left
        why = f"all of them are of {years[0]}" if years else "nobody is located"
        return [Rest("each review year left out", "year", clients.iloc[:0], why)]
    return [Rest(f"{year} left out", "year", clients[clients["period"] != year]) for year in years]


def _feeds(clients: pd.DataFrame, by_feed: Iterator[tuple[str, pd.DataFrame]]) -> list[Rest]:
    feeds = _distinct(clients, "feed")
    if len(feeds) < 2:  # noqa: PLR2004 - the same
        why = f"all of them came from {feeds[0]}" if feeds else "nobody is located"
        return [Rest("each source of records left out", "feed", clients.iloc[:0], why)]
    return [
        Rest(f"records from {feed} left out", "feed", left, "" if len(left) else "nobody would be left")
        for feed, left in by_feed
    ]


def _marks(clients: pd.DataFrame, selection: Selection) -> Rest:
    name = "records at institutions and shared points left out"
    marked = clients[list(MARKS)].any(axis=1).to_numpy(dtype=bool)
    if marked.any():
        why = "nobody would be left" if marked.all() else ""
        return Rest(name, "marks", clients[~marked], why)
    left_out_already = set(MARKS) <= set(selection.leave_out)
    return Rest(name, "marks", clients.iloc[:0], "they are left out already" if left_out_already else "there are none")


def _located_or_none(episodes: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Choose what is left of a selection; what is left may hold none of its years, sources or groups any more."""
    within = episodes[in_period(episodes["period"], selection.period)]
    try:
        return located_clients(within, replace(selection, period=ALL_PERIODS))
    except BadInputError:
        return episodes.iloc[:0]


def _distinct(clients: pd.DataFrame, column: str) -> list[str]:
    return sorted(str(name) for name in clients[column].unique())
