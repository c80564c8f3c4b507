"""Agencies as an officer writes them."""

from datetime import date

import pytest

from geo.errors import BadInputError
from geo.scenario.days_said import WEEKDAYS
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.agencies import make_agency, who_can_walk


def test_an_agency_is_read_however_it_is_written() -> None:
    made = make_agency(
        "  Hampshire   Police ",
        powers="Enforcing & support",
        people=2,
        weekdays="friday and Tues",
        bands="Early mornings; evening",
        away="2026-08-01..2026-08-31, 2026-12-25",
    )
    assert made.away == ("2026-08-01..2026-08-31", "2026-12-25")
    assert (made.name, made.powers, made.weekdays) == ("Hampshire Police", ("support", "enforcement"), ("Tue", "Fri"))
    assert made.bands == ("early morning", "evening")
    assert made.told == (
        "support and enforcement, 2 people; Tue, Fri; early morning, evening; "
        "not 1 August 2026 to 31 August 2026, 25 December 2026"
    )


def test_days_away_are_shown_as_the_house_writes_them_and_read_back_from_that() -> None:
    made = make_agency("Mind", powers="support", away="9 May 2025 to 11 May 2025; 26 May 2025")
    assert made.away == ("2025-05-09..2025-05-11", "2025-05-26")
    assert made.told.endswith("; not 9 May 2025 to 11 May 2025, 26 May 2025")
    with pytest.raises(BadInputError, match="'31 June 2025' is no day"):
        make_agency("Mind", powers="support", away="31 June 2025")


def test_what_is_left_blank_is_every_day_and_every_band() -> None:
    made = make_agency("Mind", powers="support")
    assert (made.weekdays, made.bands, made.people) == (WEEKDAYS, BANDS, 1)


def test_an_agency_away_cannot_walk_on_the_first_nor_on_the_last_day_of_it() -> None:
    made = make_agency("Mind", powers="support", away="2026-08-03..2026-08-05")
    assert [made.can_walk(date(2026, 8, day), "day") for day in (2, 3, 5, 6)] == [True, False, False, True]


def test_what_is_missing_of_a_walk_is_said_power_by_power() -> None:
    found = who_can_walk((make_agency("Mind", powers="support"),), date(2026, 8, 3), "day", WalkaboutOptions())
    assert (found.missing, found.short, found.lacks) == (("enforcement",), True, 2)
    some = WalkaboutOptions(powers=("support",))
    assert who_can_walk((make_agency("Mind", powers="support", people=2),), date(2026, 8, 3), "day", some).lacks == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "   "}, "needs a name"),
        ({"powers": "arrest"}, "the powers cannot be read"),
        ({"powers": ""}, "the powers cannot be read"),
        ({"people": 0}, "expected 1 to 20"),
        ({"weekdays": "Noday"}, "the weekdays cannot be read"),
        ({"bands": "noon"}, "the bands cannot be read"),
        ({"away": "August"}, "is no day and no span"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(wrong, said) -> None:
    with pytest.raises(BadInputError, match=said):
        make_agency(**{"name": "Mind", "powers": "support", **wrong})
