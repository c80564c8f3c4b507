"""Say where people are found sleeping rough, in sentences and in a table with ranges: for the team only."""

from typing import Final

import pandas as pd

from geo.review.walks.where import KNOWN_WEEKS, Where
from geo.schema.walkabouts import WALK_BANDS
from geo.walkabouts.finds.rounded import range_end, told_chance, two_figures
from geo.walkabouts.squares import told_square

BAND_WORDS: Final = {"all": "at any time", **{band: f"in the band {band}" for band in WALK_BANDS[1:]}}
_TEN: Final = 6  # stops of so many minutes in sixty: ten stops of m minutes are m / 6 hours
_FEW: Final = 3
_BESIDE: Final = "not visited itself, next to a visited place"
HOW_SURE: Final = (
    (
        "A place's rate mixes what its own visits found with what is found at other places: with few visits "
        "it lies near the district's, and moves to its own as visits add up. Older visits count less."
    ),
    (
        "The range says where the rate may well lie. It is wide where few visits were made, and it allows for "
        "people who come in groups and stay for weeks. 'Too few to tell' means that it holds the district's "
        "rate and much more, or that the place was seen on one day only."
    ),
    (
        "Never visited is not nobody there: such a place has the whole range of the district. A place that "
        "could not be entered counts as not visited. A report may lie just over the edge of the square that the team "
        "goes to: its own square was then not visited, and the table says that it lies next to a visited place."
    ),
    (
        "Of the few busiest places the true rate is often above the range while they have been seen for an "
        "hour or two only: the planner is slow to believe in an extreme."
    ),
    (
        "Where visits follow reports, places are seen when somebody is there: their rates are rather too high "
        "than too low."
    ),
    (
        "Reports, intelligence and finds stand beside each other and are never added up. Reports come from "
        "where many people pass; that nobody reports a place says little of who sleeps there."
    ),
)


def told_band(band: str) -> str:
    """Say a band in a title."""
    return BAND_WORDS[band]


def district_rate(found: Where, band: str) -> float:
    """Give the district's rate in a band, people in an hour."""
    table = found.rates.table
    return float(table.loc[(table["square"] == "") & (table["band"] == band), "rate"].iloc[0])


def band_rows(found: Where, band: str) -> pd.DataFrame:
    """Put the rates of one band beside the evidence of each place, in the order of the places.

    `beside_visited` is true of a place that was not visited in that band and lies next to one that was.
    """
    rates = found.rates.table[found.rates.table["band"] == band].drop(columns="band")
    kept = ["square", "street", "open_reports", "reports", "reported_people", "intelligence", "found_lately", "known"]
    rows = found.places[kept].merge(rates, on="square", how="left", validate="one_to_one")
    return rows.assign(beside_visited=rows["square"].isin(found.beside[band]))


def headline(found: Where, band: str) -> str:
    """Say how many places are known, how many of them were never visited, and which stand out."""
    rows = band_rows(found, band)
    if rows.empty:
        return "Nothing is known of any place yet: take in reports, or record a walk."
    never = rows[rows["verdict"] == "never visited"]
    high = rows[rows["verdict"] == "higher than the district"].sort_values(["low", "square"], ascending=[False, True])
    first = f"{len(rows):,} places are known of or were visited; {_never(never, band)}."
    if high.empty:
        return f"{first} No place stands out above the district {told_band(band)}."
    named = "; ".join(_places(high.head(_FEW)))
    stand = "1 stands" if len(high) == 1 else f"{len(high)} stand"
    return f"{first} {stand} out above the district: {named}{' and others' * (len(high) > _FEW)}."


def told_range(found: Where) -> str:
    """Say what the ranges promise."""
    return f"Ranges of {100 * found.rates.level:.0f} %, over all places. For the team only."


def where_table(found: Where, band: str, *, minutes: float) -> pd.DataFrame:
    """Lay places out for reading: each kind of evidence in columns of its own."""
    rows = band_rows(found, band)
    return pd.DataFrame(
        {
            "Place": _places(rows),
            "Finding": told_verdicts(rows),
            f"Found at ten stops of {minutes:g} minutes": _ten(rows["rate"], minutes).map(two_figures),
            "From": _ten(rows["low"], minutes).map(range_end),
            "To": _ten(rows["high"], minutes).map(range_end),
            "Chance of meeting anybody (%)": rows["chance"].map(told_chance),
            "Reports open": rows["open_reports"],
            "Reports within the year": rows["reports"],
            "People in them": rows["reported_people"],
            "Intelligence that counts": rows["intelligence"],
            "Visits": rows["visits"],
            "Could not be entered": rows["no_access"],
            "Hours there": rows["hours"].round(1),
            "People found": rows["found"],
            "Last visit": rows["last_visit"].replace("", "never"),
        }
    )


def told_known() -> str:
    """Say what makes a place known, so that it is no exploration."""
    return (
        f"A place is known for {KNOWN_WEEKS} weeks after somebody was reported or found there, and while intelligence "
        "counts; a walk's drawn stops are at others."
    )


def told_verdicts(rows: pd.DataFrame) -> pd.Series:
    """Say the finding on each place; of one that was not visited, whether it lies next to one that was.

    Parameters
    ----------
    rows
        As `band_rows` gives them.
    """
    told: pd.Series = rows["verdict"].mask(rows["beside_visited"], _BESIDE)
    return told


def _never(rows: pd.DataFrame, band: str) -> str:
    when = "" if band == "all" else f" {told_band(band)}"
    if rows.empty:
        return f"each was visited{when}"
    told = f"{len(rows):,} of them nobody has visited{when}"
    beside = int(rows["beside_visited"].sum())
    lie = "1 of which lies" if beside == 1 else f"{beside:,} of which lie"
    return f"{told}, {lie} next to a visited place" if beside else told


def _ten(values: pd.Series, minutes: float) -> pd.Series:
    return (values * minutes / _TEN).astype("float64")


def _places(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["street"], rows["square"], strict=True)
    return [", ".join(filter(None, (street, told_square(square)))) for street, square in pairs]
