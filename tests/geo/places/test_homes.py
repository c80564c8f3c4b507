"""Homes by postcode and year: which year counts, what stands in, and which postcodes the homes do not know yet."""

import pandas as pd
import pytest

from geo.places.homes import homes_for, housed_postcodes


def postcodes(*rows):
    columns = ["postcode", "introduced", "terminated", "shared_point"]
    return pd.DataFrame(rows, columns=columns)


def homes(*rows):
    return pd.DataFrame(rows, columns=["postcode", "people", "homes", "year"])


@pytest.mark.parametrize(("year", "expected"), [(2020, 10.0), (2021, 10.0), (2023, 10.0), (2024, 14.0), (0, 14.0)])
def test_the_newest_homes_that_are_not_later_than_the_year_count(year, expected) -> None:
    both = homes(("ZZ11AA", 20.0, 10.0, 2021), ("ZZ11AA", 30.0, 14.0, 2024))
    assert homes_for(both, year=year)["homes"].tolist() == [expected]


def test_no_homes_stay_no_homes() -> None:
    assert homes_for(None, year=2024) is None


def test_a_postcode_introduced_after_the_homes_were_counted_is_newer() -> None:
    rows = postcodes(("ZZ11AA", 202112, 0, 1), ("ZZ11AB", 202201, 0, 1), ("ZZ11AD", 199001, 0, 1))
    found = housed_postcodes(rows, homes(("ZZ11AA", 9.0, 4.0, 2021)), homes_per_postcode=15)
    assert found["newer"].tolist() == [False, True, False]
    assert found["homes"].tolist() == [4.0, 0.0, 0.0]


def test_without_dates_a_live_postcode_that_the_homes_do_not_name_is_newer() -> None:
    rows = postcodes(("ZZ11AA", 0, 0, 1), ("ZZ11AB", 0, 0, 1), ("ZZ11AD", 0, 202001, 1), ("ZZ11AE", 0, 0, 9))
    found = housed_postcodes(rows, homes(("ZZ11AA", 9.0, 4.0, 2021)), homes_per_postcode=15)
    assert found["newer"].tolist() == [
        False,
        True,
        False,
        False,
    ]  # the third has ended, the fourth is a delivery office


def test_without_a_file_each_live_postcode_stands_for_homes_and_people_are_unknown() -> None:
    rows = postcodes(("ZZ11AA", 0, 0, 1), ("ZZ11AB", 0, 202001, 1))
    found = housed_postcodes(rows, None, homes_per_postcode=15)
    assert found["homes"].tolist() == [15.0, 0.0]
    assert found["people"].isna().all()
    assert not found["newer"].any()
