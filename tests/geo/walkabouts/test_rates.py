"""Rates of finds: hand-sized towns, the posterior against scipy, and what must hold for any visits."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma, nbinom

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.finds.prior import USUAL_RATE, RatePrior
from geo.walkabouts.finds.ranges import in_each_band, over_all_bands
from geo.walkabouts.finds.rates import find_rates
from tests.benchmarks import walk_rates
from tests.geo.walkabouts.visits import NOW, A, B, C, square, visit

OPTIONS = WalkaboutOptions()
PRIOR = RatePrior(0.8, 0.02, np.array([1.2, 0.5, 1.0]), np.array([0.1, 0.2, 0.1]), 0.4, 3.0, learnt=True)
SURE = replace(PRIOR, rate_cv2=0.0, band_cv2=np.zeros(3))


def rates(visits, squares=(), **options):
    return find_rates(visits, squares, OPTIONS.model_copy(update=options), now=NOW)


def row(found, place=A, band="all"):
    table = found.table
    return table[(table["square"] == place) & (table["band"] == band)].iloc[0]


def town(*, places=30, seed=5):
    """Visits to a town where every third place has somebody, often."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(places):
        for turn in range(4):
            found = int(rng.poisson(0.6)) if number % 3 == 0 else 0
            hour = (5, 12, 21, 21)[turn]
            made.append(visit(square(number), found=found, weeks=6 * turn + number % 5, hour=hour, number=len(made)))
    return made


def test_what_was_counted_stands_beside_the_rate_as_it_is():
    made = [visit(A, found=2, hour=5), visit(A, weeks=26, minutes=30), visit(A, outcome="not accessible", weeks=1)]
    told = row(rates(made))
    assert (told["visits"], told["no_access"], told["found"], told["last_visit"]) == (2, 1, 2, "2026-05-31")
    assert told["hours"] == pytest.approx(38 / 60)
    assert told["weighted_hours"] == pytest.approx(8 / 60 + 0.5 * 30 / 60, rel=0.01)
    assert row(rates(made), band="early morning")["found"] == 2
    assert row(rates(made), band="evening")["visits"] == 1
    assert row(rates(made), "")["visits"] == 2


def test_a_place_that_nobody_visited_has_the_range_of_the_district_and_not_nought():
    found = rates(town(), [C + "", "SU999999"])
    never = row(found, "SU999999")
    assert (never["verdict"], never["visits"], never["own_share"]) == ("never visited", 0, 0)
    assert never["rate"] == pytest.approx(found.prior.rate)
    assert never["high"] > 2 * never["rate"] > 0
    assert found.unseen.loc["evening", "high"] == pytest.approx(row(found, "SU999999", "evening")["high"])


def test_a_place_that_could_not_be_entered_is_not_one_where_nobody_is():
    shut = [visit(B, outcome="not accessible", weeks=week) for week in range(20)]
    empty = [visit(B, weeks=week) for week in range(20)]
    never, told, quiet = (row(rates([*town(), *more], [B]), B) for more in ([], shut, empty))
    assert (told["visits"], told["no_access"], told["verdict"]) == (0, 20, "never visited")
    assert (told["rate"], told["low"], told["high"]) == (never["rate"], never["low"], never["high"])
    assert quiet["rate"] < never["rate"] / 2


def test_before_anybody_walked_the_rate_is_a_guess_and_says_so():
    found = rates([], [A])
    assert row(found)["rate"] == pytest.approx(USUAL_RATE)
    assert row(found)["verdict"] == "never visited"
    assert "which is a guess" in found.sentences[0]
    assert not found.prior.learnt


def test_few_visits_are_too_few_to_tell_and_the_planner_says_what_it_takes_for_granted():
    found = rates([visit(A, found=1), visit(B)])
    assert set(found.table.loc[found.table["visits"] > 0, "verdict"]) <= {"too few to tell", "like the district"}
    assert row(found, B)["verdict"] == "too few to tell"
    assert any("Too few places were visited" in sentence for sentence in found.sentences)


def test_the_busy_place_is_told_from_the_quiet_one_once_both_were_seen_often():
    busy = [visit("SU400500", found=2, weeks=5 * week) for week in range(12)]
    quiet = [visit("SU401500", weeks=5 * week, minutes=40) for week in range(12)]
    found = rates([*town(), *busy, *quiet])
    assert row(found, "SU400500")["verdict"] == "higher than the district"
    assert row(found, "SU401500")["verdict"] == "lower than the district"
    assert row(found, "SU400500")["chance"] > row(found, "SU401500")["chance"]


def test_a_band_without_a_visit_has_the_rate_of_the_others_and_a_wider_range():
    found = rates([one for one in town() if one.arrived.hour != 5])
    early, all_day = row(found, "", "early morning"), row(found, "", "all")
    assert early["visits"] == 0
    assert early["rate"] == pytest.approx(all_day["rate"], rel=0.35)
    assert early["high"] / early["low"] > all_day["high"] / all_day["low"]
    assert any("early morning" in sentence for sentence in found.sentences)


def test_what_was_found_in_the_evening_counts_for_the_early_morning_of_the_same_place():
    made = [*town(), *(visit("SU400500", found=2, weeks=8 * week) for week in range(5))]
    assert row(rates(made), "SU400500", "early morning")["rate"] > 2 * row(rates(made), "", "early morning")["rate"]


def test_visits_of_the_future_and_those_put_right_do_not_count():
    later = replace(visit(A, found=3), arrived=NOW.replace(year=2027), left=NOW.replace(year=2027))
    wrong = replace(visit(A, found=3), superseded_by=9)
    assert row(rates([later, wrong], [A]))["visits"] == 0


def test_expected_finds_and_chance_go_with_the_minutes_of_a_stop():
    short, long = row(rates(town(), stop_minutes=4)), row(rates(town(), stop_minutes=16))
    assert long["expected"] == pytest.approx(4 * short["expected"])
    assert short["chance"] < long["chance"] < long["expected"]


def test_the_range_over_all_bands_is_the_quantiles_of_a_gamma_variable():
    found, hours = np.array([[1.0, 0.0, 4.0]]), np.array([[0.5, 0.3, 1.2]])
    a = PRIOR.shape + 5
    b = PRIOR.shape + float((PRIOR.rate * PRIOR.band_factors * hours).sum())
    low, high = over_all_bands(SURE, found, hours).limits(0.9)
    wanted = gamma.ppf([0.05, 0.95], a, scale=PRIOR.rate / b)
    assert (low[0], high[0]) == pytest.approx(tuple(wanted))


def test_what_is_not_known_of_the_mean_widens_the_range_of_what_was_never_visited_most():
    none, many = np.zeros((1, 3)), np.full((1, 3), 50.0)
    wide, sure = (in_each_band(prior, none, none).shape[0, 0] for prior in (PRIOR, SURE))
    own, own_sure = (in_each_band(prior, many, many).shape[0, 0] for prior in (PRIOR, SURE))
    assert wide / sure < own / own_sure < 1


def test_the_chance_of_meeting_anybody_is_that_of_the_negative_binomial():
    found, hours = np.array([[1.0, 0.0, 2.0]]), np.array([[0.5, 0.3, 1.2]])
    mixed = over_all_bands(SURE, found, hours)
    shape, mean = mixed.shape[0], mixed.rate[0] * 0.25
    wanted = 1 - nbinom.pmf(0, shape, shape / (shape + mean))
    assert mixed.chance(0.25, group=1.0)[0] == pytest.approx(wanted)
    assert mixed.chance(0.25, group=2.0)[0] < wanted


COUNTS = st.lists(st.integers(0, 6), min_size=3, max_size=3)
HOURS = st.lists(st.floats(0, 20), min_size=3, max_size=3)


@settings(max_examples=50, deadline=None)
@given(COUNTS, HOURS, st.integers(0, 2), st.floats(0.01, 30))
def test_hours_in_which_nobody_was_found_never_raise_a_rate_and_draw_its_range_down(counts, hours, band, more):
    found, spent = np.array([counts], dtype=float), np.array([hours])
    longer = spent.copy()
    longer[0, band] += more
    for mix in (in_each_band, over_all_bands):
        before, after = mix(SURE, found, spent), mix(SURE, found, longer)
        assert (after.rate <= before.rate * (1 + 1e-9)).all()
        assert (after.limits(0.9)[1] <= before.limits(0.9)[1] * (1 + 1e-9)).all()


@settings(max_examples=50, deadline=None)
@given(COUNTS, HOURS, st.integers(0, 2), st.integers(1, 5))
def test_somebody_found_always_raises_a_rate(counts, hours, band, more):
    found, spent = np.array([counts], dtype=float), np.array([hours])
    higher = found.copy()
    higher[0, band] += more
    assert (over_all_bands(SURE, higher, spent).rate > over_all_bands(SURE, found, spent).rate).all()
    assert (in_each_band(SURE, higher, spent).rate > in_each_band(SURE, found, spent).rate).all()


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_visits_and_of_squares_does_not_matter(shuffle):
    made, asked = town(places=12), [A, B, "SU350450"]
    mixed, mixed_squares = list(made), list(asked)
    shuffle.shuffle(mixed)
    shuffle.shuffle(mixed_squares)
    pd.testing.assert_frame_equal(rates(made, asked).table, rates(mixed, mixed_squares).table)


@pytest.mark.parametrize("weeks", [13, 52, 104])
def test_a_find_of_long_ago_counts_less_and_hours_of_long_ago_too(weeks):
    base = town()
    near, far = (row(rates([*base, visit("SU400500", found=2, weeks=at)]), "SU400500") for at in (0, weeks))
    assert far["rate"] < near["rate"]
    assert far["own_share"] < near["own_share"]
    assert far["weighted_found"] == pytest.approx(2 * 0.5 ** (weeks / 26), rel=0.01)


def test_four_visits_in_a_week_tell_less_than_four_in_a_year():
    week = [visit("SU400500", weeks=day / 7, number=day) for day in range(4)]
    year = [visit("SU401500", weeks=13 * quarter) for quarter in range(4)]
    found = rates([*town(), *week, *year], half_life_weeks=520)
    assert row(found, "SU400500")["own_share"] < 0.9 * row(found, "SU401500")["own_share"]
    assert row(found, "SU400500")["high"] > row(found, "SU401500")["high"]


@pytest.mark.parametrize("name", ["Poisson, many visits", "in groups of 1.8", "stay 6 weeks, in groups of 1.5"])
def test_ranges_hold_the_truth_as_often_as_they_promise_where_people_come_in_groups_and_stay(name, monkeypatch):
    """A few towns of the benchmark, for so much as luck allows."""
    monkeypatch.setattr(walk_rates, "TOWNS", 6)
    by_band, whole, _, alone, named, wrong = walk_rates.measured(walk_rates.KINDS[name], np.random.default_rng(3))
    assert by_band > 0.87
    assert whole > 0.87
    assert whole > alone - 0.01
    assert wrong <= 0.1 * named


def test_the_rows_of_a_band_are_found_by_their_square():
    found = rates(town())
    evening = found.of_band("evening")
    assert evening.index.is_unique
    assert "" not in evening.index
    assert evening.loc[A, "expected"] == row(found, A, "evening")["expected"]
