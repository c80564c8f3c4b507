"""Places drawn at random: each with the chance it was given, none left for ever, the share of stops just as asked."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.walkabouts.explore import (
    FULL_WEEKS,
    chances,
    draw_places,
    explore_stops,
    holds_one_more,
    longest_wait_walks,
    minutes_kept,
)
from tests.geo.walkabouts.visits import NOW, square

POOL = [square(number) for number in range(40)]


def seen(**weeks):
    return {place: NOW - timedelta(weeks=ago) for place, ago in weeks.items()}


def test_a_known_place_is_never_drawn_and_no_place_twice():
    for seed in range(50):
        drawn = draw_places(POOL + POOL, POOL[:10], count=12, last_seen={}, seed=seed)
        assert len(set(drawn)) == len(drawn) == 12
        assert not set(drawn) & set(POOL[:10])


def test_a_seed_draws_the_same_places_however_the_pool_is_ordered():
    one = draw_places(POOL, (), count=5, last_seen={}, seed=3)
    assert one == draw_places(POOL[::-1], (), count=5, last_seen={}, seed=3)
    assert one != draw_places(POOL, (), count=5, last_seen={}, seed=4)


def test_where_the_pool_is_small_all_of_it_is_drawn_and_of_none_nothing():
    assert set(draw_places(POOL[:3], (), count=9, last_seen={}, seed=1)) == set(POOL[:3])
    assert draw_places([], (), count=2, last_seen={}, seed=1) == ()
    assert draw_places(POOL, (), count=0, last_seen={}, seed=1) == ()


def test_a_count_below_nought_is_refused():
    with pytest.raises(BadInputError, match="-1 places cannot be drawn"):
        draw_places(POOL, (), count=-1, last_seen={}, seed=1)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 45), st.lists(st.floats(0, 300), min_size=40, max_size=40), st.integers(0, 10_000))
def test_just_as_many_are_drawn_as_asked_for_and_chances_add_up_to_them(count, weeks, seed):
    last = {place: NOW - timedelta(weeks=ago) for place, ago in zip(POOL, weeks, strict=True)}
    each = chances(POOL, count=count, last_seen=last)
    assert len(draw_places(POOL, (), count=count, last_seen=last, seed=seed)) == min(count, 40)
    assert each.sum() == pytest.approx(min(count, 40))
    assert each.max() <= 1 + 1e-9
    assert count == 0 or each.min() > 0


def test_each_place_is_drawn_as_often_as_its_chance_says():
    places = POOL[:8]
    last = {place: NOW - timedelta(weeks=15 * number) for number, place in enumerate(places)}
    wanted = chances(places, count=3, last_seen=last)
    rounds = 4_000
    drawn = [set(draw_places(places, (), count=3, last_seen=last, seed=seed)) for seed in range(rounds)]
    got = np.array([sum(place in one for one in drawn) for place in places]) / rounds
    assert (np.abs(got - wanted) < 5 * np.sqrt(wanted * (1 - wanted) / rounds) + 1e-9).all()
    assert (np.diff(wanted) >= 0).all()


def test_a_place_unseen_for_two_years_is_as_likely_as_any_and_one_seen_today_can_still_come():
    last = dict.fromkeys(POOL[1:], NOW) | {POOL[0]: NOW - timedelta(weeks=FULL_WEEKS)}
    each = chances(POOL, count=2, last_seen=last)
    assert each[0] == each.max() >= 2 / 40
    assert each[1:].min() > 0


def test_every_place_comes_again_and_waits_no_longer_than_the_bound_on_average():
    last, visits, walks, count = {}, dict.fromkeys(POOL, 0), 600, 2
    for week in range(walks):
        for place in draw_places(POOL, (), count=count, last_seen=last, seed=week):
            last[place] = NOW + timedelta(weeks=week)
            visits[place] += 1
    mean_wait = walks / np.array(list(visits.values()))
    assert mean_wait.max() <= FULL_WEEKS + longest_wait_walks(len(POOL), count=count)
    assert mean_wait.max() < 2 * len(POOL) / count  # in truth far less: the longest unseen come first


@pytest.mark.parametrize("stops", [4, 8, 12])
@pytest.mark.parametrize("share", [0.1, 0.15, 0.2])
def test_over_many_walks_the_share_of_stops_is_the_one_asked_for(stops, share):
    drawn = [explore_stops(stops, share=share, seed=seed) for seed in range(4_000)]
    assert np.mean(drawn) == pytest.approx(stops * share, abs=0.035)
    assert set(drawn) <= {int(stops * share), int(stops * share) + 1}


def test_no_share_draws_no_stop():
    assert {explore_stops(12, share=0.0, seed=seed) for seed in range(50)} == {0}


@pytest.mark.parametrize("minutes", [30, 45, 60, 75, 120, 240])
def test_over_many_walks_the_share_of_the_minutes_is_kept_and_always_enough_for_a_stop_with_a_way_to_it(minutes):
    kept = [minutes_kept(minutes, share=0.15, stop_minutes=8, seed=seed) for seed in range(4_000)]
    assert np.mean(kept) == pytest.approx(0.15 * minutes, rel=0.1)
    assert all(one == 0 or one >= 12 for one in kept)


def test_over_many_walks_just_the_minutes_kept_are_spent_whatever_each_place_costs():
    rng = np.random.default_rng(3)
    spent = []
    for seed in range(4_000):
        first, second = rng.uniform(8, 18, 2)
        taken = first if holds_one_more(0, first, kept=18, seed=seed, step=0) else 0.0
        more = holds_one_more(taken, second, kept=18, seed=seed, step=1)
        spent.append(taken + (second if more else 0.0))
    assert np.mean(spent) == pytest.approx(18, rel=0.03)
