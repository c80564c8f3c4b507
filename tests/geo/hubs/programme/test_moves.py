"""A hub is moved by hand: the rules are held against it, and the change in reach is told."""

from datetime import date

import pytest

from geo.errors import BadInputError
from geo.hubs.programme import move_hub, plan_year, sheet_of
from tests.geo.hubs.programme.years import TODAY, YEAR, inputs, options


@pytest.fixture(scope="module")
def planned():
    return plan_year(inputs(), year=YEAR, options=options(), today=TODAY)


def test_a_move_that_breaks_no_rule_keeps_the_years_reach(planned):
    day = date.fromisoformat(planned.hubs["day"].iloc[1])
    other = next(slot for slot in planned.setting.days.slots if slot.quarter == 2 and slot.day > day)
    moved = move_hub(planned, 2, today=TODAY, day=other.day)
    assert moved.broken == ()
    assert moved.told == "The year reaches as many different clients as before."
    assert moved.programme.by_hand
    assert moved.programme.bound == planned.bound


def test_a_move_to_a_site_used_already_loses_its_people_and_says_so(planned):
    sites = planned.hubs["site_id"].tolist()
    moved = move_hub(planned, 2, today=TODAY, site_id=sites[0])
    assert moved.change == pytest.approx(-planned.hubs["new_reach"].iloc[1])
    assert "fewer different clients" in moved.told
    assert any("in a row" in sentence for sentence in moved.broken)
    assert any(note.startswith("Moved by hand against a rule: ") for note in moved.programme.notes)
    assert "Hubs were moved by hand" in sheet_of(moved.programme).proof


def test_a_move_to_a_weekend_breaks_several_rules_each_in_a_sentence(planned):
    saturday = date(2026, 5, 9)
    broken = move_hub(planned, 1, today=TODAY, day=saturday).broken
    assert any("not one of the weekdays wanted" in sentence for sentence in broken)
    assert any("is not open for the whole session" in sentence for sentence in broken)
    assert any("can come on Saturday 9 May 2026" in sentence for sentence in broken)


def test_a_move_into_another_quarter_leaves_the_first_one_short(planned):
    day = next(slot.day for slot in planned.setting.days.slots if slot.quarter == 2)
    broken = move_hub(planned, 1, today=TODAY, day=day).broken
    assert "April to June 2026 has 0 of the 1 hub it should have." in broken


def test_a_move_to_another_time_of_day_is_checked_with_the_host(planned):
    broken = move_hub(planned, 1, today=TODAY, begin="16:00").broken
    assert any("is not open for the whole session" in sentence for sentence in broken)


@pytest.mark.parametrize(
    ("number", "where", "said"),
    [
        (9, {}, "There is no hub 9; the programme has hubs 1 to 4."),
        (1, {"day": date(2026, 3, 1)}, "is past"),
        (1, {"day": date(2027, 6, 1)}, "not in the year"),
        (1, {"site_id": "sites:z"}, "There is no such site"),
        (1, {"begin": "noonish"}, "is no time of day"),
    ],
)
def test_a_move_to_nowhere_is_refused(planned, number, where, said):
    with pytest.raises(BadInputError, match=said):
        move_hub(planned, number, today=TODAY, **where)


def test_moving_back_gives_the_plan_again(planned):
    there = move_hub(planned, 3, today=TODAY, begin="11:00").programme
    row = planned.hubs.iloc[2]
    back = move_hub(there, 3, today=TODAY, day=date.fromisoformat(row["day"]), begin=row["begin"])
    assert back.programme.hubs.equals(planned.hubs)
    assert back.broken == ()
