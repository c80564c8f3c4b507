"""A year is planned as well as can be, and keeps every rule."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.hubs.programme import content_of, cuts, plan_year, sheet_from, sheet_of
from geo.hubs.programme.candidates import find_candidates
from geo.hubs.programme.rules import Visit, broken_rules
from geo.hubs.programme.year import year_days
from tests.geo.hubs.programme.years import ALWAYS, EVERY_DAY, NURSES, TODAY, YEAR, inputs, options

CALM = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def plan(given, today=TODAY, **changed):
    return plan_year(given, year=YEAR, options=options(**changed), today=today)


def test_four_quarters_go_to_the_four_halls_that_reach_somebody_new():
    found = plan(inputs())
    assert sorted(found.hubs["name"]) == ["Hall A", "Hall B", "Hall C", "Hall D"]
    assert found.hubs["quarter"].tolist() == [1, 2, 3, 4]
    assert found.reached == pytest.approx(100)
    assert found.proved


def test_two_halls_that_reach_the_same_people_count_them_once():
    reach = [[1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]]
    found = plan(inputs(reach=reach))
    assert found.reached == pytest.approx(100)
    assert len({"Hall A", "Hall B"} & set(found.hubs["name"])) == 1
    assert found.hubs["new_reach"].sum() == pytest.approx(found.reached)


def test_the_curve_by_quarter_adds_up_to_the_year():
    found = plan(inputs(), hubs_a_quarter=1)
    assert found.quarters["so_far"].is_monotonic_increasing
    assert found.quarters["so_far"].iloc[-1] == pytest.approx(found.hubs["so_far"].iloc[-1])
    assert (found.quarters["low"] <= found.quarters["so_far"]).all()
    assert (found.quarters["high"] >= found.quarters["so_far"]).all()
    assert found.quarters["hubs"].sum() == len(found.hubs)


def test_a_hall_open_on_one_day_a_week_is_used_on_that_day():
    found = plan(inputs(hours=["Th 10:00-13:00", "We 09:00-17:00", "Tu 13:00-17:00", "Mo-Fr 09:00-17:00"]))
    held = {row["name"]: (row["weekday"], row["begin"]) for row in found.hubs.to_dict("records")}
    assert held["Hall A"] == ("Thursday", "10:00")
    assert held["Hall B"][0] == "Wednesday"
    assert held["Hall C"] == ("Tuesday", "13:30")


def test_unknown_hours_are_used_and_marked_or_refused():
    given = inputs(hours=["", "Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00", "ring the clerk"])
    found = plan(given)
    asked = found.hubs.set_index("name")["ask"]
    assert asked["Hall A"] == "hours not recorded: ask the host"
    assert asked["Hall D"] == "hours not understood, treated as unknown: ask the host"
    assert asked["Hall B"] == ""
    assert found.to_ask == 2
    strict = plan(given, unknown_hours="refuse")
    assert set(strict.hubs["name"]) == {"Hall B", "Hall C"}
    assert "2 of 4 sites can hold no hub: 2 hours unknown." in strict.notes


def test_of_two_equal_halls_the_one_whose_hours_are_known_is_chosen():
    reach = [[1, 1], [0, 0]]
    found = plan(inputs(counts=(9, 1), reach=reach, hours=["", "Mo-Fr 09:00-17:00"]), site_at_most=4, rotation="none")
    assert set(found.hubs["name"]) == {"Hall B"}


def test_hubs_are_held_when_most_partners_can_come_and_the_others_are_named():
    found = plan(inputs(partners=(ALWAYS, NURSES)))
    assert set(found.hubs["weekday"]) == {"Tuesday"}
    assert set(found.hubs["agencies"]) == {"Citizens Advice, Community nurses"}
    afternoons = plan(inputs(partners=(ALWAYS, NURSES)), starts=("14:00",))
    assert set(afternoons.hubs["unavailable"]) == {"Community nurses"}


def test_days_of_the_week_and_times_of_day_vary():
    found = plan(inputs())
    assert len(set(found.hubs["weekday"])) == 3
    assert found.hubs["begin"].value_counts().to_dict() == {"10:00": 2, "13:30": 2}


def test_every_priority_area_has_its_hub_though_others_would_reach_more():
    serves = [[False, False, False, False, True]]
    reach = [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0.1]]
    assert "Hall E" not in set(plan(inputs(reach=reach)).hubs["name"])
    found = plan(inputs(reach=reach, serves=serves))
    assert found.areas["visited"].tolist() == [True]
    assert "Hall E" in set(found.hubs["name"])


def test_more_areas_than_hubs_can_visit_are_said_so():
    serves = np.eye(6, dtype=bool)
    found = plan(inputs(counts=(6, 5, 4, 3, 2, 1), serves=serves))
    assert found.areas["visited"].sum() == 4
    assert "6 of 6 priority areas were to be visited" in found.notes[0]
    assert "visits more than 4" in found.notes[0]


def test_an_area_that_no_usable_site_is_near_is_named():
    found = plan(inputs(serves=[[False] * 4]))
    assert any("No usable site is within 20 minutes of Area 1" in note for note in found.notes)


def test_no_two_hubs_in_a_row_are_for_the_same_place():
    reach = np.eye(4)
    towns = ["Town", "Town", "Village", "Village"]
    found = plan(inputs(counts=(50, 40, 2, 1), reach=reach, towns=towns))
    assert [first != second for first, second in zip(found.hubs["town"], found.hubs["town"][1:], strict=False)] == [
        True
    ] * 3


def test_a_year_half_gone_is_planned_from_tomorrow():
    found = plan(inputs(), today=date(2026, 11, 24))
    assert found.hubs["quarter"].tolist() == [3, 4]
    assert (found.hubs["day"] > "2026-11-24").all()
    assert any("2 quarters are over" in note for note in found.notes)


def test_the_same_inputs_give_the_same_programme():
    first, second = (sheet_of(plan(inputs(), hubs_a_quarter=2)) for _ in range(2))
    assert content_of(first) == content_of(second)
    assert content_of(sheet_from(content_of(first))) == content_of(first)


def test_a_programme_says_what_it_rests_on():
    said = " ".join(sheet_of(plan(inputs())).sentences)
    assert "100 of 100 household episodes (100 %)" in said
    assert "no programme under these rules reaches more" in said
    assert "2023-24 to 2025-26; 3 more have no place on the map, and 1 were left out" in said
    assert "on foot" in said


def _best_by_hand(given, rules, year):
    """Try every site at every session of every quarter, and keep the best that breaks no rule."""
    days = year_days(year, rules, first_month=4, today=TODAY)
    setting = find_candidates(given, days, rules)
    quarters = [
        [(site, at) for at in days.by_quarter[quarter] for site in np.flatnonzero(setting.usable[:, at])]
        for quarter in days.quarters
    ]
    best = -1.0
    for chosen in product(*quarters):
        reached = given.need.reached_by([int(site) for site, _ in chosen])
        visits = [Visit(int(site), days.slots[at]) for site, at in chosen]
        if reached > best and not broken_rules(visits, given, days, rules, areas_wanted=setting.areas_wanted):
            best = float(reached)
    return best


@CALM
@given(data=st.data())
def test_the_best_year_is_found_as_by_trying_everything(data):
    sites = data.draw(st.integers(2, 3))
    counts = data.draw(st.lists(st.integers(1, 9), min_size=2, max_size=4))
    weight = st.sampled_from([0.0, 0.25, 0.5, 1.0])
    reach = [[data.draw(weight) for _ in range(sites)] for _ in counts]
    reach[0][0] = 1.0
    opening = st.sampled_from(["Tu 09:00-17:00", "We 09:00-17:00", "", "Mo-Fr 09:00-17:00"])
    hours = data.draw(st.lists(opening, min_size=sites, max_size=sites))
    towns = data.draw(st.lists(st.sampled_from(["East", "West"]), min_size=sites, max_size=sites))
    serves = data.draw(st.lists(st.lists(st.booleans(), min_size=sites, max_size=sites), max_size=2))
    # Few days, so that everything can be tried: two of each quarter.
    closed = (
        "2026-04-01..2026-05-11",
        "2026-05-14..2026-08-10",
        "2026-08-13..2026-11-09",
        "2026-11-12..2027-02-08",
        "2027-02-11..2027-03-31",
    )
    rules = options(
        weekdays=("Tue", "Wed"),
        starts=("10:00",),
        closed=closed,
        weeks_apart=data.draw(st.sampled_from([0, 4, 13])),
        site_at_most=data.draw(st.integers(1, 3)),
        rotation=data.draw(st.sampled_from(["area", "site", "none"])),
    )
    given_ = inputs(counts=counts, reach=reach, hours=hours, towns=towns, serves=serves)
    by_hand = _best_by_hand(given_, rules, YEAR)
    try:
        found = plan_year(given_, year=YEAR, options=rules, today=TODAY)
    except BadInputError:
        assert by_hand < 0
        return
    if any("were to be visited" in note for note in found.notes):
        assert by_hand < 0
    else:
        assert found.reached == pytest.approx(by_hand, abs=0.01)
        assert found.proved


@CALM
@given(seed=st.integers(0, 10_000), hubs=st.integers(1, 2))
def test_every_rule_is_kept_and_one_more_hub_a_quarter_never_reaches_fewer(seed, hubs):
    rng = np.random.default_rng(seed)
    reach = np.round(rng.random((8, 6)) * (rng.random((8, 6)) < 0.5), 2)
    reach[0, 0] = 1
    given_ = inputs(counts=rng.integers(1, 20, 8), reach=reach, towns=[f"T{n}" for n in range(6)])
    few, more = (plan(given_, hubs_a_quarter=number, site_at_most=4, weeks_apart=2) for number in (hubs, hubs + 1))
    assert more.reached >= few.reached - 0.01
    for found in (few, more):
        held = found.hubs["quarter"].value_counts()
        assert (held == found.setting.options.hubs_a_quarter).all()
        assert len(held) == 4
        assert found.hubs["site_id"].value_counts().max() <= 4
        assert not broken_rules(found.visits, given_, found.setting.days, found.setting.options)
        assert found.reached == pytest.approx(given_.need.reached_by([visit.site for visit in found.visits]), abs=0.01)


@CALM
@given(seed=st.integers(0, 10_000))
def test_the_order_of_places_makes_no_difference_to_what_is_reached(seed):
    rng = np.random.default_rng(seed)
    reach, counts = np.round(rng.random((6, 5)), 2), rng.integers(1, 9, 6)
    order = rng.permutation(6)
    first = plan(inputs(counts=counts, reach=reach))
    second = plan(inputs(counts=counts[order], reach=reach[order]))
    assert first.reached == pytest.approx(second.reached, abs=0.02)


def test_counts_of_a_million_are_planned_like_any_other():
    found = plan(inputs(counts=(1_000_000, 1, 1, 1)))
    assert found.reached == pytest.approx(1_000_003)
    assert found.proved


def test_saturdays_can_be_wanted():
    found = plan(
        inputs(hours=["Sa 10:00-16:00"] * 4, partners=(ALWAYS.__class__("Church", ("Sat",)),)), weekdays=("Sat",)
    )
    assert set(found.hubs["weekday"]) == {"Saturday"}
    assert EVERY_DAY[0] == "Mon"


def test_where_the_solvers_time_is_up_the_bound_is_told_and_never_below_what_is_reached(monkeypatch):
    monkeypatch.setattr(cuts.Yields, "cuts", lambda *_: [])  # as if the time were up before a single cut was found
    reach = [[1, 0.5], [1, 1], [0.5, 1]]
    found = plan(inputs(counts=(5, 5, 5), reach=reach, towns=["East", "West"]), site_at_most=4)
    assert found.bound == pytest.approx(15, abs=0.01)
    assert found.gap == pytest.approx(found.bound - found.reached)
    hidden = plan(
        inputs(counts=(5, 5), reach=[[1, 0.2], [0.2, 1]], towns=["East", "West"]), site_at_most=4, rotation="none"
    )
    assert hidden.bound >= hidden.reached


def test_a_programme_that_is_not_proved_says_by_how_much_it_might_be_beaten():
    sure = plan(inputs())
    unsure = replace(sure, bound=sure.bound + 7)
    assert not unsure.proved
    assert "Another programme might reach up to 7.0 more" in sheet_of(unsure).proof
