"""Count quarter by quarter, by the feeds that report through the whole span."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.begun_or_stopped import SetAside, partial_agencies, partial_feeds, set_aside
from geo.evidence.episodes import find_episodes
from geo.evidence.feed_months import silent_months, span_words
from geo.evidence.hub_rows import hub_names
from geo.evidence.periods import month_numbers
from geo.evidence.quarters import Quarters
from geo.evidence.run_signals import Signal, Verdict, judge
from geo.schema import RUN_CHART

DISTRICT: Final = "district"
_KEPT_RESOLUTIONS: Final = (7, 8)


@dataclass(frozen=True)
class RunChart:
    """Hold the run chart of the district or of one group of cells.

    Attributes
    ----------
    name
        "district", or the group's name.
    table
        RUN_CHART table, a row a quarter in order of time; possibly none.
    verdict, signals
        As `judge` gives them.
    """

    name: str
    table: pd.DataFrame
    verdict: Verdict
    signals: tuple[Signal, ...]

    @property
    def median(self) -> float:
        """The middle of the counts by quarter; 0 where there is no quarter."""
        return float(self.table["median"].iloc[0]) if len(self.table) else 0.0

    @property
    def useful(self) -> int:
        """How many quarters lie off the median."""
        return int((self.table["count"] != self.median).sum())


@dataclass(frozen=True)
class RunCharts:
    """Hold the run charts of a district, and everything that was left out so that quarters can be compared.

    Attributes
    ----------
    charts
        The district's first, then one a group in the order given.
    feeds
        The feeds counted: those that report through the whole span of the largest feed.
    set_aside
        Feeds, then agencies, left out of every quarter, by name.
    hubs
        Feeds, or sources within feeds, that are hubs, counted apart.
    rows
        Every row given, by what became of it: "charted", "hub", "feed" (left out), "agency" (left out),
        "other_quarters" (before or after the span, or in a quarter that is not over), "duplicate". They sum to the
        rows given.
    notes
        What the chart does not show by itself, one plain sentence each.
    """

    charts: tuple[RunChart, ...]
    feeds: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    hubs: tuple[str, ...]
    rows: dict[str, int]
    notes: tuple[str, ...]


def find_run_charts(
    records: pd.DataFrame,
    groups: Mapping[str, Collection[int]],
    *,
    resolution: int,
    first_month: int,
    episode_months: int,
    hub_sources: Sequence[str],
) -> RunCharts:
    """Chart the district and each group of cells by quarter.

    The span is that of the feed with most rows, in whole quarters. Another feed counts if it reports through all of
    it; an agency is left out if it began or stopped on the way. An episode counts in the quarter of its first month.
    Among many charts some show a signal by luck: it is a reason to look, not a proof. In the first quarters on record
    nobody can be known to have come before, so they hold a few repeats more.

    Parameters
    ----------
    records
        RECORDS table.
    groups
        Name to H3 cells, such as priority areas; may be empty.
    resolution
        Of the cells: 7 or 8.
    first_month
        The month in which a review year begins, 1 to 12; quarters are counted from it.
    episode_months
        As `months` of `find_episodes`.
    hub_sources
        As in `hub_names`.

    Raises
    ------
    MissingDataError
        There is no record.
    BadInputError
        The resolution is not kept with the records.
    """
    if resolution not in _KEPT_RESOLUTIONS:
        message = f"Resolution {resolution} is not kept with the records; choose 7 or 8."
        raise BadInputError(message)
    counted = _counted(records, hub_sources)
    main, span = _span(counted[counted["hub"] == ""], first_month)
    feeds, agencies = _left_out(counted[counted["hub"] == ""], main, span)
    fate = _fates(counted, feeds, agencies, span)
    kept = counted[
        (counted["hub"] == "") & ~counted["feed"].isin(list(feeds)) & ~counted["source"].isin(list(agencies))
    ]
    sides = [_episodes(rows, span, episode_months) for rows in (kept, counted[counted["hub"] != ""])]
    named = {name: [_located(side, f"h3_{resolution}", cells) for side in sides] for name, cells in groups.items()}
    return RunCharts(
        charts=(_chart(DISTRICT, sides, span), *(_chart(name, both, span) for name, both in named.items())),
        feeds=tuple(sorted(counted.loc[fate == "charted", "feed"].unique())),
        set_aside=(
            *set_aside(counted[fate == "feed"], "feed", feeds),
            *set_aside(counted[fate == "agency"], "agency", agencies),
        ),
        hubs=tuple(sorted(counted.loc[fate == "hub", "hub"].unique())),
        rows=_rows(fate, duplicates=len(records) - len(counted)),
        notes=_notes(counted, main, span),
    )


def _counted(records: pd.DataFrame, hub_sources: Sequence[str]) -> pd.DataFrame:
    counted = records[records["status"] != "duplicate"]
    if counted.empty:
        message = "There are no records yet. Add a file of approaches and referrals first."
        raise MissingDataError(message)
    return counted.assign(month_number=month_numbers(counted["month"]), hub=hub_names(counted, hub_sources))


def _span(plain: pd.DataFrame, first_month: int) -> tuple[str, Quarters]:
    """Take the whole quarters of the feed with most rows, of equals the first by name."""
    if plain.empty:
        return "", Quarters(0, -1, first_month)
    main = str(plain.groupby("feed").size().sort_index().idxmax())
    months = plain.loc[plain["feed"] == main, "month_number"]
    return main, Quarters.within(int(months.min()), int(months.max()), first_month=first_month)


def _left_out(plain: pd.DataFrame, main: str, span: Quarters) -> tuple[dict[str, str], dict[str, str]]:
    """Name the feeds and agencies that do not report through the span, each with the reason."""
    if not len(span):
        return {}, {}
    first, last = span.months
    feeds = partial_feeds(plain[plain["feed"] != main], first=first, last=last)
    kept = plain[~plain["feed"].isin(list(feeds))]
    return feeds, partial_agencies(kept, first=first, last=last)


def _fates(counted: pd.DataFrame, feeds: Mapping[str, str], agencies: Mapping[str, str], span: Quarters) -> pd.Series:
    quarter = span.number(counted["month_number"])
    fates = {
        "other_quarters": (quarter < 0) | (quarter >= len(span)),
        "hub": counted["hub"] != "",
        "feed": counted["feed"].isin(list(feeds)),
        "agency": counted["source"].isin(list(agencies)),
    }
    named = [np.array(name, dtype=object) for name in fates]
    return pd.Series(np.select(list(fates.values()), named, default="charted"), index=counted.index)


def _episodes(rows: pd.DataFrame, span: Quarters, months: int) -> pd.DataFrame:
    """Collapse rows of all months into episodes, and number the quarter in which each began."""
    found = find_episodes(rows.drop(columns=["month_number", "hub"]), months=months, first_month=span.first_month)
    return found.assign(quarter=span.number(month_numbers(found["month"])))


def _located(episodes: pd.DataFrame, column: str, cells: Collection[int]) -> pd.DataFrame:
    return episodes[(episodes["status"] == "located") & episodes[column].isin(list(cells))]


def _chart(name: str, sides: Sequence[pd.DataFrame], span: Quarters) -> RunChart:
    count, by_hubs = (
        side["quarter"].value_counts().reindex(range(len(span)), fill_value=0).to_numpy(dtype=np.int64)
        for side in sides
    )
    quarters = span.names()
    table = pd.DataFrame(
        {
            "quarter": pd.Series(quarters, dtype="str"),
            "begins": pd.Series(span.begins(), dtype="str"),
            "count": count,
            "hubs": by_hubs,
            "median": float(np.median(count)) if len(count) else 0.0,
        }
    )
    verdict, signals = judge(table["count"].to_numpy(dtype=np.int64), quarters)
    return RunChart(name, RUN_CHART.validate(table.astype({"median": float})), verdict, signals)


def _rows(fate: pd.Series, *, duplicates: int) -> dict[str, int]:
    counts = {str(name): int(count) for name, count in sorted(fate.value_counts().items())}
    return counts | ({"duplicate": duplicates} if duplicates else {})


def _notes(counted: pd.DataFrame, main: str, span: Quarters) -> tuple[str, ...]:
    if not len(span):
        return ("There is no whole quarter on record yet.",)
    (first, last), names = span.months, span.names()
    months = counted.loc[(counted["hub"] == "") & (counted["feed"] == main), "month_number"].to_numpy()
    silent = silent_months(months, first=first, last=last).tolist()
    said = {
        f"The first whole quarter of {main} is {names[0]}; what came before is left out.": counted["month_number"].min()
        < first,
        f"What came after {names[-1]} is left out, for that quarter is not over on record.": counted[
            "month_number"
        ].max()
        > last,
        f"{main} sent nothing in {span_words(silent)}: a gap in the file is no fall.": bool(silent),
    }
    return tuple(sentence for sentence, holds in said.items() if holds)
