"""Tell rates of finds in words: the verdict on each place, and what all of them rest on."""

from typing import Final

import numpy as np
import pandas as pd

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import BANDS
from geo.walkabouts.finds.prior import LEAST_FINDS, LEAST_PLACES, USUAL_RATE, RatePrior
from geo.walkabouts.finds.rounded import range_end, two_figures
from geo.walkabouts.finds.spread import Spread

_LIKE: Final = 2.0  # a place is called like the district where its range lies within half and twice the district's rate
LEAST_DAYS: Final = 2
"""So many days of visits are needed to say of a place that it is higher or lower than the district, or like it."""
_MINUTES: Final = 60


def verdicts(table: pd.DataFrame) -> pd.Series:
    """Judge each row against the district's rate in its band.

    Parameters
    ----------
    table
        Has the columns square, band, visits, days, rate, low and high; the square "" is the district. `days` counts
        those on which the place was seen: one visit, or one night, is too few to tell, whatever it found.

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
        [table["visits"] == 0, table["days"] < LEAST_DAYS, table["low"] > mean, table["high"] < mean, alike],
        [
            "never visited",
            "too few to tell",
            "higher than the district",
            "lower than the district",
            "like the district",
        ],
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
            f"No visit is on record yet. Until there is one, the planner takes it that an hour at any place finds "
            f"{USUAL_RATE:g} people on average, which is a guess."
        )
    seen = table[(table["square"] != "") & (table["band"] == "all") & (table["visits"] > 0)]
    met, people = int((seen["found"] > 0).sum()), int(whole["found"])
    walked = (
        f"{_many(int(whole['visits']), 'visit')} to {_many(len(seen), 'place')}, {whole['hours']:,.1f} hours in all"
    )
    if not people:
        return f"{walked}, found nobody."
    found = f"{_many(people, 'person', 'people')} at {met:,} of the places"
    return f"{walked}, found {found}; one person may be found, and counted, at several visits."


def _mean(whole: pd.Series, prior: RatePrior, options: WalkaboutOptions) -> str:
    stop = two_figures(prior.rate * options.stop_minutes / _MINUTES)
    low, high = range_end(whole["low"]), range_end(whole["high"])
    where = "On average over the places visited" if whole["visits"] else "Until there is a visit"
    return (
        f"{where}, an hour finds {two_figures(prior.rate):g} people (range of {100 * options.level:.0f} %: {low:g} to "
        f"{high:g}), a stop of {options.stop_minutes:g} minutes {stop:g}."
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
    learnt = spread.finds >= LEAST_FINDS
    two = f"two on one day {'' if learnt else 'are taken to '}count as {2 / (1 + spread.alike):.1f}"
    wide = f"a count {'varies' if learnt else 'to vary'} {spread.scatter:.1f} times as much as by chance"
    why = "" if learnt else " (too little was found to learn either)"
    return (
        f"Visits to one place soon after one another meet the same people, and people come in groups: {two}, and {wide}"
        f"{why}. So the ranges are wider than for counts by chance."
    )


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
