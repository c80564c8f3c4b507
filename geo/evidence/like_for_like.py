"""Compare two review years like for like: only by the feeds and agencies that reported in both, hubs apart.

A new partner's file is not growth, and a partner who stopped is no success. So whatever began or stopped between the
two years is taken out of both, before rows are collapsed into episodes: a household that first came by a feed that is
left out still counts by its other row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.evidence.begun_or_stopped import SetAside, breaks, set_aside, silences, unreliable_feeds
from geo.evidence.counts import unit_of
from geo.evidence.episodes import find_episodes
from geo.evidence.feed_months import MONTHS_A_YEAR, IntArray, span_words
from geo.evidence.hub_rows import hub_names
from geo.evidence.periods import month_numbers
from geo.evidence.two_periods import TwoPeriods, find_periods
from geo.evidence.two_sides import TwoSides


@dataclass(frozen=True)
class HubCounts:
    """What came by hubs, in the months compared; hubs raise referrals by design, so it is in no comparison.

    Attributes
    ----------
    names
        Feeds, or sources within feeds, that are hubs.
    earlier, later
        Episodes by hubs alone.
    """

    names: tuple[str, ...]
    earlier: int
    later: int


@dataclass(frozen=True)
class LikeForLike(TwoSides):
    """Hold two periods that may be compared, and everything that was left out to make them so.

    The episodes of either are made of the rows of its own compared months alone: with the months before, the first
    year on record would have no repeats to collapse and look larger than the next.

    Attributes
    ----------
    months
        Calendar months compared, 1 to 12, in the order of the review year; all twelve where both years are whole.
    until
        The last month on record, as `month_numbers` counts them.
    unfinished
        Whether the later period goes on after it.
    feeds
        Feeds compared.
    set_aside
        Feeds, then agencies, left out of both periods, by name.
    hubs
        What came by hubs.
    rows
        Every row given, by what became of it: "compared", "hub", "feed" (left out), "agency" (left out),
        "other_months", "other_years", "duplicate". They sum to the rows given.
    notes
        What else may make a change that is none, one plain sentence each.
    """

    months: tuple[int, ...]
    until: int
    unfinished: bool
    feeds: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    hubs: HubCounts
    rows: dict[str, int]
    notes: tuple[str, ...]


def compare_like_for_like(
    records: pd.DataFrame,
    *,
    earlier: str,
    later: str,
    first_month: int,
    episode_months: int,
    hub_sources: Sequence[str],
) -> LikeForLike:
    """Take the feeds and agencies that reported in both periods, and collapse their rows into episodes.

    A feed is left out where its first record ever comes more than three months after the earlier period begins, its
    last more than three months before the later one ends (or before the last month on record, while that is not over),
    or it is silent in more than three months of both for longer than chance explains; so is a feed or an agency with
    nothing in one period and at least 6 households in the other. Where a feed that stays is silent in a month, that
    calendar month is left out of both periods.

    Parameters
    ----------
    records
        RECORDS table.
    earlier, later
        Review years, or several as `years_of` reads them; they need not be neighbours.
    first_month
        The month in which a review year begins, 1 to 12.
    episode_months
        As `months` of `find_episodes`.
    hub_sources
        Feeds or sources that are hubs, besides those whose name has the word hub.

    Raises
    ------
    MissingDataError
        There is no record, or records of one review year only.
    BadInputError
        A period is not on record, or the earlier one does not come before the later.
    """
    counted = records[records["status"] != "duplicate"]
    periods = find_periods(counted["month"], earlier, later, first_month=first_month)
    counted = counted.assign(month_number=month_numbers(counted["month"]), hub=hub_names(counted, hub_sources))
    judged = _judge(counted, periods)
    chosen = counted[judged.fate == "compared"]
    first, second = _episodes(chosen, periods, episode_months)
    years = len(judged.compared) / MONTHS_A_YEAR
    return LikeForLike(
        earlier=earlier,
        later=later,
        episodes_earlier=first,
        episodes_later=second,
        months=tuple(((judged.compared + first_month - 1) % MONTHS_A_YEAR + 1).tolist()),
        months_earlier=round(years * len(periods.earlier)),
        months_later=round(years * len(periods.later)),
        until=periods.last,
        unfinished=periods.unfinished,
        feeds=tuple(sorted(chosen["feed"].unique())),
        set_aside=(
            *set_aside(counted[judged.fate == "feed"], "feed", judged.feeds),
            *set_aside(counted[judged.fate == "agency"], "agency", judged.agencies),
        ),
        hubs=_hubs(counted[judged.fate == "hub"], judged.compared, periods, episode_months),
        rows=_rows(judged.fate, duplicates=len(records) - len(counted)),
        notes=(*_silence_notes(judged.silences), *_kind_notes(chosen, periods)),
        unit=unit_of(pd.concat([first, second])),
    )


@dataclass(frozen=True)
class _Judged:
    """What becomes of each row, and why: `fate` is one of the words of `LikeForLike.rows`."""

    fate: npt.NDArray[np.object_]
    compared: IntArray  # positions in the review year
    feeds: dict[str, str]
    agencies: dict[str, str]
    silences: dict[str, IntArray]


def _judge(counted: pd.DataFrame, periods: TwoPeriods) -> _Judged:
    """Decide feeds first, then the months that those which stay all have, then agencies within them."""
    hub = (counted["hub"] != "").to_numpy()
    feeds = unreliable_feeds(counted[~hub], periods)
    feed = counted["feed"].isin(list(feeds)).to_numpy()
    silent = silences(counted[~hub & ~feed], periods)
    any_left = bool((~hub & ~feed).any())
    missing = {int(month) for months in silent.values() for month in months}
    compared = periods.common(missing) if any_left else np.zeros(0, dtype=np.int64)
    agencies = breaks(counted[~hub & ~feed], "source", periods, compared)
    months = counted["month_number"].to_numpy()
    fates = {
        "other_years": ~np.logical_or(*periods.sides(months)),
        "hub": hub,
        "feed": feed,
        "agency": counted["source"].isin(list(agencies)).to_numpy(),
        "other_months": ~np.isin(periods.position(months), compared),
    }
    fate = np.select(list(fates.values()), [np.array(name, dtype=object) for name in fates], default="compared")
    return _Judged(fate, compared, feeds, agencies, silent)


def _episodes(rows: pd.DataFrame, periods: TwoPeriods, months: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    earlier, later = (
        find_episodes(
            rows.loc[side].drop(columns=["month_number", "hub"]), months=months, first_month=periods.first_month
        )
        for side in periods.sides(rows["month_number"].to_numpy())
    )
    return earlier, later


def _hubs(rows: pd.DataFrame, compared: IntArray, periods: TwoPeriods, months: int) -> HubCounts:
    if rows.empty:
        return HubCounts((), 0, 0)
    inside = rows[np.isin(periods.position(rows["month_number"]), compared)]
    earlier, later = _episodes(inside, periods, months)
    return HubCounts(tuple(sorted(rows["hub"].unique())), len(earlier), len(later))


def _rows(fate: npt.NDArray[np.object_], *, duplicates: int) -> dict[str, int]:
    counts = {str(name): int(count) for name, count in sorted(pd.Series(fate).value_counts().items())}
    return counts | ({"duplicate": duplicates} if duplicates else {})


def _silence_notes(silent: dict[str, IntArray]) -> tuple[str, ...]:
    return tuple(
        f"{feed} sent nothing in {span_words(months.tolist())}, so these months of the year are left out of both."
        for feed, months in sorted(silent.items())
    )


def _kind_notes(rows: pd.DataFrame, periods: TwoPeriods) -> tuple[str, ...]:
    """Say which feeds changed the kind of address or date that they hold."""
    before, after = periods.sides(rows["month_number"].to_numpy())
    notes = []
    for column, what in (("address_kind", "kind of address"), ("date_kind", "kind of date")):
        kinds = [rows[side].groupby("feed")[column].unique() for side in (before, after)]
        for feed in sorted(set(kinds[0].index) & set(kinds[1].index)):
            first, second = (", ".join(sorted(kind[feed])).replace("_", " ") for kind in kinds)
            if first != second:
                notes.append(
                    f"{feed} changed the {what} it holds, from '{first}' to '{second}': part of a change may be that."
                )
    return tuple(notes)
