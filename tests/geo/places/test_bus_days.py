"""Which days a timetable covers, and which of them stands for a weekday."""

from datetime import date

import pandas as pd
import pytest

from geo.errors import BadInputError
from geo.places.bus_days import Services


def services(*rows):
    """Each row: weekdays, first, last, also on, not on, trips."""
    calls = [
        (trip, number, weekdays, first, last, also, without)
        for number, (weekdays, first, last, also, without, trips) in enumerate(rows)
        for trip in range(number * 100, number * 100 + trips)
    ]
    columns = ["trip", "service", "weekdays", "first_day", "last_day", "also_on", "not_on"]
    return Services.of(pd.DataFrame(calls, columns=columns))


WEEK = ("1111100", "20250602", "20250627", "", "", 5)


@pytest.mark.parametrize(
    ("day", "runs"),
    [
        (date(2025, 6, 2), True),
        (date(2025, 6, 7), False),  # a Saturday
        (date(2025, 6, 27), True),
        (date(2025, 6, 30), False),  # past its end
        (date(2025, 5, 30), False),  # before it
    ],
)
def test_weekdays_count_within_the_span(day, runs) -> None:
    assert services(WEEK).running(day).tolist() == [runs]


def test_a_bank_holiday_is_taken_away_and_a_sunday_added() -> None:
    made = services(("1111100", "20250501", "20250530", "20250504 20250511", "20250505 20250526", 1))
    days = {day: bool(made.running(date(2025, 5, day))[0]) for day in (4, 5, 6, 18, 26)}
    assert days == {4: True, 5: False, 6: True, 18: False, 26: False}


def test_a_timetable_of_single_days_alone() -> None:
    made = services(("0000000", "", "", "20250603 20250610", "", 2))
    assert made.period() == (date(2025, 6, 3), date(2025, 6, 10))
    assert made.usual_day("Tuesday") == date(2025, 6, 3)
    with pytest.raises(BadInputError, match="No bus runs on a Monday in the timetable of 3 June 2025 to 10 June 2025"):
        made.usual_day("Monday")


def test_the_usual_tuesday_is_of_the_pattern_that_most_tuesdays_have() -> None:
    """3 June is half-term with one school bus fewer; 10, 17 and 24 June are ordinary."""
    school = ("1111100", "20250609", "20250627", "", "", 3)
    assert services(WEEK, school).usual_day("Tuesday") == date(2025, 6, 10)


def test_of_two_patterns_as_common_the_one_with_more_trips_is_usual() -> None:
    few, many = ("0100000", "20250601", "20250614", "", "", 2), ("0100000", "20250615", "20250628", "", "", 6)
    assert services(few, many).usual_day("Tuesday") == date(2025, 6, 17)


def test_a_timetable_that_claims_a_century_is_answered_at_once() -> None:
    assert services(("0100000", "20000101", "20991231", "", "", 1)).usual_day("Tuesday") == date(2000, 1, 4)


def test_a_day_outside_is_named_with_the_period() -> None:
    with pytest.raises(BadInputError, match="covers 2 June 2025 to 27 June 2025, and 1 July 2025 is not among"):
        services(WEEK).require(date(2025, 7, 1))


def test_a_service_that_stood_alone_for_years_does_not_outvote_the_timetable_of_today() -> None:
    long_lived = ("1111111", "20150101", "20251130", "", "", 4)
    today_s = ("1111100", "20250901", "20251130", "", "", 900)
    assert services(long_lived, today_s).usual_day("Tuesday") == date(2025, 9, 2)
