"""The days of a review year, and when partners can come."""

from datetime import date, datetime

import pytest

from geo.errors import BadInputError
from geo.hubs.programme import make_partner, year_at
from geo.hubs.programme.year import Slot, bank_holidays, year_days
from tests.geo.hubs.programme.years import TODAY, options


def days(year="2026-27", today=TODAY, first_month=4, **changed):
    return year_days(year, options(**changed), first_month=first_month, today=today)


def test_a_year_has_four_quarters_and_every_wanted_weekday_but_bank_holidays():
    found = days(weekdays=("Mon",), starts=("10:00",))
    assert found.quarters == (1, 2, 3, 4)
    assert {slot.weekday for slot in found.slots} == {"Mon"}
    assert found.skipped[date(2026, 5, 4)] == "on bank holidays"  # early May
    assert date(2027, 3, 29) in found.skipped  # Easter Monday
    assert len(found.slots) + len(found.skipped) == 52


def test_days_up_to_today_are_not_planned_and_quarters_that_are_over_are_left_out():
    found = days(today=date(2026, 8, 5))
    assert found.quarters == (2, 3, 4)
    assert min(slot.day for slot in found.slots) > date(2026, 8, 5)


def test_the_councils_own_closed_days_are_skipped():
    found = days(closed=("2026-07-20..2026-09-04", "2026-04-01"))
    held = {slot.day for slot in found.slots}
    assert not [day for day in held if date(2026, 7, 20) <= day <= date(2026, 9, 4)]
    assert found.skipped[date(2026, 4, 1)] == "closed by the council"


def test_a_review_year_may_begin_in_any_month():
    found = days(first_month=1, today=date(2025, 12, 31))
    assert found.starts == (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1))
    assert found.name(1) == "January to March 2026"
    assert year_at(date(2026, 12, 31), first_month=1) == "2026-27"


def test_bank_holidays_are_those_of_england_with_their_substitute_days():
    found = bank_holidays(date(2026, 4, 1), date(2027, 3, 31))
    # gov.uk/bank-holidays, England and Wales
    weekdays = [day for day in found if day.weekday() < 5]
    assert weekdays == [
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
    ]


def test_several_years_at_once_are_refused():
    with pytest.raises(BadInputError, match="one review year"):
        days("2025-26..2026-27")


def test_a_session_that_would_end_after_midnight_is_refused():
    with pytest.raises(ValueError, match="ends after midnight"):
        options(starts=("22:00",), session_minutes=150)


@pytest.mark.parametrize("closed", ["Christmas", "2027-01-03..2026-12-21", "2026-02-30"])
def test_a_closed_day_that_is_none_is_refused(closed):
    with pytest.raises(ValueError, match="no day and no span"):
        options(closed=(closed,))


def slot(day, begin=10, end=12):
    return Slot(datetime(2026, 5, day, begin), datetime(2026, 5, day, end), 1)  # noqa: DTZ001 - local time


def test_a_partner_comes_on_its_weekdays_weeks_and_hours():
    partner = make_partner(
        "CAB", weekdays="Tue & Thursday", weeks="1st, last", begin="9.30", end="13:00", away="2026-05-05"
    )
    assert partner.told == "Tue, Thu (first, last in the month), 09:30 to 13:00, not 2026-05-05"
    assert not partner.can_come(slot(5))  # away
    assert partner.can_come(slot(7))  # first Thursday
    assert not partner.can_come(slot(12))  # second Tuesday
    assert partner.can_come(slot(26))  # last Tuesday, the fourth
    assert partner.can_come(slot(28))
    assert not partner.can_come(slot(28, begin=9))  # before 9.30
    assert not partner.can_come(slot(28, begin=12, end=14))  # leaves too early


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"weekdays": "Tue, Someday"}, "weekdays cannot be read"),
        ({"weekdays": ""}, "weekdays cannot be read"),
        ({"weeks": "sixth"}, "weeks cannot be read"),
        ({"begin": "half past"}, "time of day cannot be read"),
        ({"begin": "17:00", "end": "09:00"}, "must come before"),
        ({"away": "August"}, "no day and no span"),
    ],
)
def test_what_an_officer_wrote_of_a_partner_is_refused_in_a_sentence(changed, said):
    given = {"name": "CAB", "weekdays": "Tue"} | changed
    with pytest.raises(BadInputError, match=said):
        make_partner(given.pop("name"), **given)
