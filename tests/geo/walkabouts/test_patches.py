"""A night's places are divided so that each is counted once and no team is out longer than it may be."""

from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.walkabouts.snapshot.by_car import NightMinutes
from geo.walkabouts.snapshot.patches import divide


def plane(points):
    spots = np.asarray(points, dtype=float)
    return np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1))


def on_foot(minutes):
    return NightMinutes(minutes, np.full(minutes.shape, np.inf), most_on_foot=20)


def spent(places, minutes, stops):
    return sum(stops[place] for place in places) + sum(minutes[here, there] for here, there in pairwise(places))


def shortest_longest(minutes, stops, teams):
    """Try every way over all places, and every cutting of it."""
    count = len(stops)
    return min(
        max(spent(way[a:b], minutes, stops) for a, b in pairwise((0, *cuts, count)))
        for way in permutations(range(count))
        for cuts in combinations(range(1, count), min(teams, count) - 1)
    )


@settings(max_examples=40, deadline=None)
@given(
    points=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=9, unique=True),
    teams=st.integers(1, 5),
    limit=st.integers(10, 400),
)
def test_every_place_is_counted_once_and_in_time_or_the_plan_is_refused(points, teams, limit):
    minutes, stops = plane(points), np.full(len(points), 8.0)
    try:
        done = divide(on_foot(minutes), stops, teams=teams, limit_minutes=limit)
    except BadInputError:
        one_each = len(points) <= teams and limit >= 8
        assert not one_each
        return
    assert sorted(place for patch in done.patches for place in patch.places) == list(range(len(points)))
    assert len(done.patches) == min(teams, len(points)) >= done.least_teams
    for patch in done.patches:
        assert patch.minutes == pytest.approx(spent(patch.places, minutes, stops))
        assert patch.minutes <= limit + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_no_team_is_out_much_longer_than_the_best_division_asks(seed):
    rng = np.random.default_rng(seed)
    minutes, stops = plane(rng.uniform(0, 40, (6, 2))), np.full(6, 5.0)
    done = divide(on_foot(minutes), stops, teams=2, limit_minutes=500)
    assert done.longest_minutes <= 1.25 * shortest_longest(minutes, stops, 2)


def test_too_few_teams_are_told_how_many_it_takes():
    minutes = plane([(0, 0), (100, 0), (200, 0)])
    with pytest.raises(BadInputError, match="3 teams are needed"):
        divide(on_foot(minutes), np.full(3, 10.0), teams=2, limit_minutes=60)
    assert divide(on_foot(minutes), np.full(3, 10.0), teams=3, limit_minutes=60).least_teams == 3


def test_more_teams_than_places_leave_some_at_home():
    assert len(divide(on_foot(plane([(0, 0), (9, 0)])), np.full(2, 5.0), teams=7, limit_minutes=60).patches) == 2


@pytest.mark.parametrize(
    ("minutes", "stops", "teams", "said"),
    [
        (np.zeros((0, 0)), np.zeros(0), 1, "0 places"),
        (np.zeros((2, 2)), np.full(2, 5.0), 0, "at least one"),
        (np.array([[0, np.inf], [np.inf, 0]]), np.full(2, 5.0), 2, "cannot be reached"),
        (np.zeros((1, 1)), np.array([90.0]), 1, "takes 90 minutes"),
    ],
)
def test_what_cannot_be_divided_is_told(minutes, stops, teams, said):
    with pytest.raises(BadInputError, match=said):
        divide(on_foot(minutes), stops, teams=teams, limit_minutes=60)


def test_thirty_places_of_three_towns_are_divided_by_town():
    rng = np.random.default_rng(3)
    points = rng.uniform(0, 10, (30, 2)) + np.array([(60 * (place // 10), 0) for place in range(30)])
    done = divide(on_foot(plane(points)), np.full(30, 2.0), teams=3, limit_minutes=240)
    assert [sorted({place // 10 for place in patch.places}) for patch in done.patches] == [[0], [1], [2]]
