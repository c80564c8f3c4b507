"""Tell rates of finds in words: the verdict on each place, and what all of them rest on."""

from typing import Final

import numpy as np
import pandas as pd

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import BANDS
from geo.walkabouts.finds.prior import LEAST_FINDS, LEAST_PLACES, USUAL_RATE, RatePrior
from geo.walkabouts.finds.spread import Spread

_LIKE: Final = 2.0  # a place is called like the district where its range lies within half and twice the district's rate
_MINUTES: Final = 60


def verdicts(table: pd.DataFrame) -> pd.Series:
    """Judge each row against the district's rate in its band.

    Parameters
    ----------
    table
        Has the columns square, band, visits, rate, low and high; the square "" is the district.

    Returns
    -------
    pandas.Series
        One of `WALK_VERDICTS` a row. "Like the district" is said only where the range shows it: within half and twice
        its rate. What is not visited is judged by nothing but that.
    """
    district = table.loc[table["square"] == "", ["band", "rate"]].set_index("band")["rate"]
    mean = table["band"].map(district)
    alike = (table["low"] >= mean / _LIKE) & (table["high"] <= mean * _LIKE)
    found = np.select(
        [table["visits"] == 0, table["low"] > mean, table["high"] < mean, alike],
        ["never visited", "higher than the district", "lower than the district", "like the district"],
        default="too few to tell",
    )
    return pd.Series(found, index=table.index, dtype=str)


def told_rates(table: pd.DataFrame, prior: RatePrior, spread: Spread, options: WalkaboutOptions) -> tuple[str, ...]:
    """Say what the rates rest on, and what they cannot tell."""
    whole = table[(table["square"] == "") & (table["band"] == "all")].iloc[0]
    return tuple(
        sentence
        for sentence in (
            _rests_on(table, whole),
            _mean(whole, prior, options),
            _learnt(prior),
            _bands(table),
            _alike(spread),
        )
        if sentence
    )


def _rests_on(table: pd.DataFrame, whole: pd.Series) -> str:
    if not whole["visits"]:
        return (
            f"No visit is on record yet. Until there is one, the planner takes it that somebody is found in "
            f"{USUAL_RATE:g} of an hour's stops at any place, which is a guess."
        )
    seen = table[(table["square"] != "") & (table["band"] == "all") & (table["visits"] > 0)]
    met = int((seen["found"] > 0).sum())
    return (
        f"{int(whole['visits']):,} visits to {len(seen):,} places, {whole['hours']:,.1f} hours in all, found people "
        f"{int(whole['found']):,} times, at {met:,} of the places."
    )


def _mean(whole: pd.Series, prior: RatePrior, options: WalkaboutOptions) -> str:
    stop = options.stop_minutes / _MINUTES
    return (
        f"At an ordinary place of those visited, an hour finds {prior.rate:.2g} people (range of "
        f"{100 * options.level:.0f} %: {whole['low']:.2g} to {whole['high']:.2g}), a stop of {options.stop_minutes:g} "
        f"minutes {prior.rate * stop:.2g}."
    )


def _learnt(prior: RatePrior) -> str:
    if prior.learnt:
        return ""
    return (
        f"Too few places were visited or people found to learn how places differ (at least {LEAST_PLACES} places and "
        f"{LEAST_FINDS} finds are needed, recent ones counting most); the planner takes it that a few places hold "
        "nearly everybody."
    )


def _bands(table: pd.DataFrame) -> str:
    rows = table[(table["square"] == "") & (table["visits"] == 0)].set_index("band")
    never = [band for band in BANDS if band in rows.index]
    if not never or len(never) == len(BANDS):
        return ""
    return (
        f"Nobody has walked in the band {' or '.join(never)}: its rates are those of the other bands, with wide ranges."
    )


def _alike(spread: Spread) -> str:
    return (
        "Visits to one place soon after one another meet the same people: two on one day count as "
        f"{2 / (1 + spread.alike):.1f}, and people come in groups: so the ranges are wider than for counts by chance."
    )
