"""What is said of an area: how many, out of what, how sure; and what cannot be said is said too."""

import pandas as pd
import pytest

from geo.evidence.priority_words import area_points, explain_area

PLAIN = {
    "found_by": "both",
    "count": 126,
    "homes": 751.4,
    "newer_postcodes": 0,
    "rate_per_1000_homes": 55.9,
    "rate_low": 46.6,
    "rate_high": 66.6,
    "unreliable": False,
    "spot_count": 126,
    "spot_expected": 29.5,
    "detectable_risk": 3.9,
    "stability": "firm",
    "stability_share": 0.85,
    "trend": "fading",
    "trend_ratio": 0.5,
    "trend_low": 0.3,
    "trend_high": 0.8,
    "reasons": "",
    "nearest_service": "Saltpans Health Centre",
    "nearest_m": 3_870.0,
    "already_known": "",
}


def said(unit="household episodes", district_rate=13.1, **other):
    return explain_area(PLAIN | other, unit=unit, district_rate=district_rate)


def test_an_area_is_explained_with_its_count_its_yardstick_and_its_ranges() -> None:
    told = said()
    assert "126 household episodes from about 751 homes: 55.9 (46.6 to 66.6) per 1,000 homes a year" in told
    assert "where the district has 13.1" in told
    assert "At its surest spot 126 where the homes explain about 29.5." in told
    assert "Firm: it stays hot in 85 % of other ways of looking." in told
    assert "fading, 0.5 times as many (0.3 to 0.8)." in told
    assert "Nearest service: Saltpans Health Centre, 3.9 km." in told


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"found_by": "excess"}, "Only the test of single places finds it"),
        ({"found_by": "scan"}, "Only the search for clusters finds it"),
        ({"unreliable": True}, "unreliable: fewer than 16"),
        ({"detectable_risk": pd.NA}, "no risk, however large, was sure to be seen"),
        ({"newer_postcodes": 4}, "4 postcodes there are newer than the count of homes"),
        ({"trend": "no year before to compare with", "trend_ratio": pd.NA}, "no year before to compare with."),
        ({"trend": "new", "trend_ratio": pd.NA, "trend_high": pd.NA}, "Since the year before: new."),
        ({"nearest_service": ""}, "No service is listed."),
        ({"already_known": "a hostel (JS, 1 May 2025)"}, "Already known: a hostel (JS, 1 May 2025)."),
        ({"reasons": "eviction 9"}, "Most often: eviction 9."),
    ],
)
def test_what_is_out_of_the_ordinary_is_said(other, words) -> None:
    assert words in said(**other)


def test_an_area_without_a_home_on_record_has_no_rate_and_no_traceback() -> None:
    told = said(rate_per_1000_homes=pd.NA, rate_low=pd.NA, rate_high=pd.NA, homes=0.0, district_rate=None)
    assert "per 1,000 homes" not in told


def test_rows_are_never_called_households() -> None:
    assert "126 rows (not households)" in said(unit="rows, not households")


def test_every_point_is_a_sentence() -> None:
    points = area_points(PLAIN, unit="household episodes", district_rate=13.1)
    assert all(point.endswith(".") and ".." not in point and "nan" not in point for point in points)
