"""A team that drives goes back to its car first, and its minutes say so."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.snapshot.by_car import NightMinutes
from geo.walkabouts.snapshot.patches import divide
from geo.walkabouts.snapshot.plan import SnapshotAsk, plan_snapshot
from geo.walkabouts.snapshot.values import SnapshotPlace
from geo.walkabouts.snapshot.ways import NightRules
from geo.walkabouts.squares import middle_of, square_at
from tests.geo.walkabouts.test_snapshot_plan import BEGINS, NIGHT

MOST = 20.0
PARK = 5.0


def country(points):
    """Foot at 12 minutes a kilometre, car at 2 with the parking."""
    spots = np.asarray(points, dtype=float)
    km = np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1))
    return NightMinutes(12 * km, 2 * km + PARK, MOST)


def walked_or_driven(minutes, places, drives):
    """Follow a team and its car by the rule; infinite where the rule forbids it."""
    car, spent = places[0], 0.0
    for (here, there), by_car in zip(pairwise(places), drives, strict=True):
        foot, drive = minutes.foot[here, there], minutes.drive[here, there]
        short = foot <= MOST or foot <= drive
        if not by_car:
            spent += foot if short else np.inf
            continue
        if short and drive >= foot:
            return np.inf
        ride = minutes.foot[here, car] + minutes.drive[car, there]
        spent, car = spent + (max(ride, foot) if short else ride), there
    return spent


points = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=7, unique=True)


@settings(max_examples=60, deadline=None)
@given(points=points)
def test_no_way_of_walking_and_driving_by_the_rule_is_quicker(points):
    minutes, places = country(points), tuple(range(len(points)))
    best = min(walked_or_driven(minutes, places, drives) for drives in product((False, True), repeat=len(places) - 1))
    steps = minutes.steps(places)
    assert sum(step.minutes for step in steps) == pytest.approx(best)
    assert walked_or_driven(minutes, places, [step.drives for step in steps]) == pytest.approx(best)
    assert minutes.pieces(places)[0, len(places)] == pytest.approx(best)


@settings(max_examples=60, deadline=None)
@given(points=points, teams=st.integers(1, 4), limit=st.integers(20, 200))
def test_no_patch_takes_longer_than_it_may_with_every_walk_back_to_the_car(points, teams, limit):
    minutes = country(points)
    try:
        done = divide(minutes, np.full(len(points), 8.0), teams=teams, limit_minutes=limit)
    except BadInputError:
        event("refused")
        return
    assert sorted(place for patch in done.patches for place in patch.places) == list(range(len(points)))
    for patch in done.patches:
        drives = [step.drives for step in minutes.steps(patch.places)]
        event(f"{min(sum(drives), 2)} drives or more")
        spent = 8 * len(patch.places) + walked_or_driven(minutes, patch.places, drives)
        assert spent == pytest.approx(patch.minutes)
        assert spent <= limit + 1e-6


@pytest.mark.parametrize("seed", range(8))
def test_the_times_on_the_sheets_leave_time_to_fetch_the_car(seed):
    rng, rules = np.random.default_rng(seed), NightRules()
    squares = sorted({square_at(*spot) for spot in (440_000 + rng.integers(0, 9_000, (14, 2))).tolist()})
    asked = SnapshotAsk(
        NIGHT, BEGINS, "count", "", 6, tuple(SnapshotPlace(square, "", ("found",)) for square in squares)
    )
    for patch in plan_snapshot(asked, None, rules).patches:
        car, clock = patch.stops[0], BEGINS.timestamp() / 60
        for here, there, way in zip(patch.stops, patch.stops[1:], patch.ways, strict=False):
            clock += here.stay_minutes
            if way.by == "car":
                clock += _km(here, car) / 4.8 * 60 + _km(car, there) / 30 * 60 + rules.walk.night_park_minutes
                assert way.back_to == (car.number if car is not here else 0)
                car = there
            else:
                clock += _km(here, there) / 4.8 * 60
            assert there.arrive.timestamp() / 60 >= clock - 1e-3
            clock = there.arrive.timestamp() / 60
        assert clock + patch.stops[-1].stay_minutes <= BEGINS.timestamp() / 60 + WalkaboutOptions().patch_minutes + 1e-3


def _km(here, there):
    return np.hypot(*np.subtract(middle_of(here.square), middle_of(there.square))) * 1.3 / 1_000
