"""What a stop beside a planned walk costs, reckoned by hand on a grid where a block takes a minute."""

import numpy as np
import pytest

from geo.scenario import ReachOptions
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.planning.ask import WalkRules
from geo.walkabouts.planning.beside import beside, least_detours, spots_of
from geo.walkabouts.planning.plan_walk import plan_walkabout
from geo.walkabouts.squares import middle_of
from tests.geo.walkabouts.walk_towns import ask, grid, place, square

RULES = WalkRules(WalkaboutOptions(stop_minutes=8), ReachOptions(walk_km_per_hour=6, detour=1))
CELLS = ((2, 0), (2, 3), (6, 0), (7, 7))


def blocks(points, spots):
    """Minutes along the grid."""
    gap = np.abs(np.asarray(points)[:, None] - np.asarray(spots)[None])
    return gap.sum(axis=2) / 100


@pytest.fixture(scope="module")
def walk():
    """From the office at 0, 0 along the southern street to 4, 0 and back; a second team stays."""
    return plan_walkabout(ask(place(4, 0), minutes=40, teams=2), grid(8), RULES, seed=1, seconds=2)


@pytest.fixture(scope="module")
def laid(walk):
    points = np.array([middle_of(square(*cell)) for cell in CELLS])
    return beside(walk, blocks(points, spots_of(walk)), (20.0, 20.0))


def test_a_place_on_the_way_costs_no_way_and_one_beside_it_the_way_there_and_back(laid) -> None:
    assert laid.detours()[:, 0].tolist() == pytest.approx([0, 6, 4, 20])


def test_for_a_team_that_stays_the_whole_way_is_out_of_its_way(laid) -> None:
    assert laid.detours()[:, 1].tolist() == pytest.approx([4, 10, 12, 28])


def test_what_has_no_room_or_is_too_far_out_does_not_fit(laid) -> None:
    fits = laid.fits(stop_minutes=8, most_minutes=5)
    assert np.isfinite(fits).tolist() == [[True, True], [False, False], [True, False], [False, False]]
    assert not np.isfinite(laid.fits(stop_minutes=25, most_minutes=100)).any()


def test_a_place_put_in_leaves_less_room_and_brings_others_nearer(laid) -> None:
    points = np.array([middle_of(square(*cell)) for cell in CELLS])
    away = blocks(points, points[1:2])[:, 0]
    grown = laid.with_place(1, 0, away=away, stop_minutes=8)
    assert grown.rooms == pytest.approx((6, 20))
    assert grown.detours()[1, 0] == pytest.approx(0)
    assert grown.detours()[3, 0] < laid.detours()[3, 0]
    assert sum(grown.legs[0]) == pytest.approx(sum(laid.legs[0]) + 6)


def test_in_straight_lines_no_place_is_farther_out_than_along_streets(walk, laid) -> None:
    points = np.array([middle_of(square(*cell)) for cell in CELLS])
    straight = least_detours(walk, points, minutes_a_metre=0.01)
    assert (straight <= laid.detours().min(axis=1) + 1e-9).all()
    assert straight[3] > 10
