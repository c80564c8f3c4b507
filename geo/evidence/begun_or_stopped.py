"""Find the feeds and agencies that began or stopped between two years, so that none of them looks like a trend."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from geo.evidence.feed_months import ALLOWED_MONTHS, IntArray, month_words, silent_months, why_unreliable
from geo.evidence.two_periods import TwoPeriods

# Chance puts all of six households into one of two equal years with a probability of 2 x 0.5^6 = 3 %, all of five
# with 6 %: so six are the least that tell.
_CHANCE_OF_A_BREAK: Final = 0.05
_CHANCE_OF_ANY: Final = 0.01  # at either end of a span


@dataclass(frozen=True)
class SetAside:
    """One feed or agency that is in the records but not in what is compared.

    Attributes
    ----------
    kind
        A whole feed, or an agency within the feeds that stay.
    name
        As in the records.
    why
        Such as "began in April 2023", to be read after the name.
    rows
        How many of its rows are left out.
    """

    kind: Literal["feed", "agency"]
    name: str
    why: str
    rows: int


def set_aside(rows: pd.DataFrame, kind: Literal["feed", "agency"], reasons: Mapping[str, str]) -> tuple[SetAside, ...]:
    """Count the rows left out by who sent them, in order of name.

    Parameters
    ----------
    rows
        RECORDS rows that are left out for one of the reasons.
    kind
        Whether the reasons are by feed or by agency.
    reasons
        Name to the reason.
    """
    counts = rows["feed" if kind == "feed" else "source"].value_counts()
    return tuple(SetAside(kind, name, why, int(counts.get(name, 0))) for name, why in sorted(reasons.items()))


def unreliable_feeds(rows: pd.DataFrame, periods: TwoPeriods) -> dict[str, str]:
    """Name the feeds that do not cover both periods.

    Parameters
    ----------
    rows
        RECORDS rows with `month_number`, of all years, hubs left out.
    periods
        What is to be compared.

    Returns
    -------
    dict
        Feed to the reason, such as "began in April 2023".
    """
    begins, needed = int(periods.earlier[0]), periods.on_record
    found = {}
    for feed, of_feed in rows.groupby("feed"):
        why = why_unreliable(of_feed["month_number"].to_numpy(), first=begins, last=periods.last, needed=needed)
        if why:
            found[str(feed)] = why
    return found | breaks(rows[~rows["feed"].isin(list(found))], "feed", periods, periods.common())


def breaks(rows: pd.DataFrame, column: str, periods: TwoPeriods, compared: IntArray) -> dict[str, str]:
    """Name who has nothing in one period and, in the other, more households than chance would put there alone.

    Parameters
    ----------
    rows
        RECORDS rows with `month_number`, of all years.
    column
        "feed" or "source".
    periods
        What is to be compared.
    compared
        Positions in the review year that are compared.

    Returns
    -------
    dict
        Name to the reason, such as "began in April 2023".
    """
    counts = _households(rows[np.isin(periods.position(rows["month_number"]), compared)], column, periods)
    share = periods.share_earlier()
    began = (counts["earlier"] == 0) & (2 * (1 - share) ** counts["later"] <= _CHANCE_OF_A_BREAK)
    stopped = (counts["later"] == 0) & (2 * share ** counts["earlier"] <= _CHANCE_OF_A_BREAK)
    months = {str(name): named.to_numpy() for name, named in rows.groupby(column)["month_number"]}
    return {str(name): _began(months[str(name)], periods) for name in counts.index[began]} | {
        str(name): _stopped(months[str(name)], periods) for name in counts.index[stopped]
    }


def silences(rows: pd.DataFrame, periods: TwoPeriods) -> dict[str, IntArray]:
    """Find the months of both periods in which a feed that stays was silent for longer than chance.

    Returns
    -------
    dict
        Feed to its months, ascending; only feeds that have any.
    """
    begins = int(periods.earlier[0])
    found = {}
    for feed, of_feed in rows.groupby("feed"):
        silent = silent_months(of_feed["month_number"].to_numpy(), first=begins, last=periods.last)
        found[str(feed)] = np.intersect1d(silent, periods.on_record)
    return {feed: months for feed, months in found.items() if len(months)}


def partial_feeds(rows: pd.DataFrame, *, first: int, last: int) -> dict[str, str]:
    """Name the feeds that do not report through a whole span without a gap, each with the reason.

    Parameters
    ----------
    rows
        RECORDS rows with `month_number`, of all years.
    first, last
        The span, in months as `month_numbers` counts them.
    """
    needed = np.arange(first, last + 1)
    feeds = {str(feed): months.to_numpy() for feed, months in rows.groupby("feed")["month_number"]}
    reasons = {
        feed: why_unreliable(months, first=first, last=last, needed=needed, allowed=0) for feed, months in feeds.items()
    }
    return {feed: why for feed, why in reasons.items() if why}


def partial_agencies(rows: pd.DataFrame, *, first: int, last: int) -> dict[str, str]:
    """Name the agencies that began within a span, or stopped, and for whom that is more than chance.

    The chance of calling any agency of a steady district so is kept at 2 %, however many agencies there are.

    Parameters
    ----------
    rows
        RECORDS rows with `month_number`, of the feeds that report through the span.
    first, last
        The span, in months as `month_numbers` counts them.
    """
    agencies = {str(name): months.to_numpy() for name, months in rows.groupby("source")["month_number"]}
    found = {}
    for name, months in agencies.items():
        inside = months[(months >= first) & (months <= last)]
        silent = silent_months(months, first=first, last=last, chance=_CHANCE_OF_ANY / len(agencies))
        if not len(inside) or not len(silent):
            continue
        begins, stops = int(inside.min()), int(inside.max())
        if begins - first > ALLOWED_MONTHS and first in silent:
            found[name] = f"began in {month_words(begins)}"
        elif last - stops > ALLOWED_MONTHS and last in silent:
            found[name] = f"stopped after {month_words(stops)}"
    return found


def _households(rows: pd.DataFrame, column: str, periods: TwoPeriods) -> pd.DataFrame:
    """Count the households of each name in either period; a row without household reference is one by itself."""
    sides = dict(zip(("earlier", "later"), periods.sides(rows["month_number"].to_numpy()), strict=True))
    who = rows["household"].where(rows["household"] != "", rows["record"])
    seen = {name: who[side].groupby(rows.loc[side, column]).nunique() for name, side in sides.items()}
    return pd.DataFrame(seen, columns=["earlier", "later"]).fillna(0).astype("int64")


def _began(months: IntArray, periods: TwoPeriods) -> str:
    first = int(months.min())
    return f"began in {month_words(first)}" if first > int(periods.earlier[-1]) else _nothing_in(periods.names[0])


def _stopped(months: IntArray, periods: TwoPeriods) -> str:
    last = int(months.max())
    return f"stopped after {month_words(last)}" if last < int(periods.later[0]) else _nothing_in(periods.names[1])


def _nothing_in(period: str) -> str:
    return f"sent nothing in the months compared of {period}"
