"""Say in plain English what is known of an area that stands out, and what cannot be known."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

Row = Mapping[Any, Any]

VERDICTS: Final = {
    "priority": "Priority",
    "watch": "Watch",
}
AGREEMENT: Final = {
    "both": "Both tests agree",
    "excess": "Only the test of single places finds it; the search for clusters does not",
    "scan": "Only the search for clusters finds it; no single place in it stands out",
}
_KM: Final = 1_000
_LEAST_M: Final = 100


def explain_area(row: Row, *, unit: str, district_rate: float | None) -> str:
    """Explain one area in a few sentences, as `area_points` gives them."""
    return " ".join(area_points(row, unit=unit, district_rate=district_rate))


def area_points(row: Row, *, unit: str, district_rate: float | None) -> list[str]:
    """Say of one area, a sentence each: how many, how sure, how firm, which way, who, and what stands near.

    Parameters
    ----------
    row
        A row of PRIORITIES, but for its sentence.
    unit
        What one count is, as `CellCounts.unit`.
    district_rate
        Clients per 1,000 homes a year of the whole district, or None where no home is known.
    """
    points = [
        _counted(row, unit, district_rate),
        f"{AGREEMENT[str(row['found_by'])]}. {_steady(row)}",
        _trend(row),
        _smallest(row),
        _newer(row),
        f"Most often: {row['reasons']}" if row["reasons"] else "",
        f"Nearest service: {_nearest(row)}" if row["nearest_service"] else "No service is listed",
        f"Already known: {row['already_known']}" if row["already_known"] else "",
    ]
    return [f"{point}." for point in points if point]


def rate_words(row: Row) -> str:
    """Write an area's rate with its range.

    Examples
    --------
    >>> rate_words({"rate_per_1000_homes": 12.34, "rate_low": 9.0, "rate_high": 16.51, "unreliable": False})
    '12.3 (9.0 to 16.5)'
    """
    if pd.isna(row["rate_per_1000_homes"]):
        return "no homes known"
    told = f"{row['rate_per_1000_homes']:.1f} ({row['rate_low']:.1f} to {row['rate_high']:.1f})"
    return told + (", unreliable: fewer than 16" if row["unreliable"] else "")


def _counted(row: Row, unit: str, district_rate: float | None) -> str:
    noun = "rows (not households)" if unit.startswith("rows") else unit.partition(",")[0]
    told = f"{row['count']:,} {noun} from about {row['homes']:,.0f} homes"
    if not pd.isna(row["rate_per_1000_homes"]):
        told += f": {rate_words(row)} per 1,000 homes a year"
        if district_rate is not None:
            told += f", where the district has {district_rate:.1f}"
    spot = f"At its surest spot {row['spot_count']:,} where the homes explain about {row['spot_expected']:.1f}"
    return f"{told}. {spot}"


def _steady(row: Row) -> str:
    if pd.isna(row["stability_share"]):
        return f"How firm it is was not tried: {row['stability']}" if row["stability"] else ""
    word, share = str(row["stability"]).capitalize(), 100 * row["stability_share"]
    return f"{word}: it stays hot in {share:.0f} % of other ways of looking"


def _trend(row: Row) -> str:
    if not row["trend"]:
        return ""
    if pd.isna(row["trend_ratio"]) or pd.isna(row["trend_low"]) or pd.isna(row["trend_high"]):
        return f"Since the year before: {row['trend']}"
    ratio = f"{row['trend_ratio']:.1f} times as many ({row['trend_low']:.1f} to {row['trend_high']:.1f})"
    return f"Since the year before: {row['trend']}, {ratio}"


def _smallest(row: Row) -> str:
    if pd.isna(row["detectable_risk"]):
        return "So few homes are there that no risk, however large, was sure to be seen"
    return f"A risk below {row['detectable_risk']:.1f} times the district's would probably have been missed there"


def _newer(row: Row) -> str:
    if not row["newer_postcodes"]:
        return ""
    newer = f"{row['newer_postcodes']:,} postcodes there are newer than the count of homes"
    return f"{newer}, so a part of it may be new homes"


def _nearest(row: Row) -> str:
    return f"{row['nearest_service']}, {told_distance(row['nearest_m'])}"


def told_distance(metres: float) -> str:
    """Write a straight-line distance.

    Examples
    --------
    >>> told_distance(30.0), told_distance(3_870.0)
    ('under 0.1 km', '3.9 km')
    """
    return f"{metres / _KM:.1f} km" if metres >= _LEAST_M else "under 0.1 km"
