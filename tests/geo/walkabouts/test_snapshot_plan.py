"""The night's plan covers every place once, in time, in patches that do not overlap and leave no spot to nobody."""

from datetime import date, datetime, timedelta
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import LONDON
from geo.walkabouts.snapshot.areas import patch_areas
from geo.walkabouts.snapshot.partner import is_council, require_partner
from geo.walkabouts.snapshot.plan import SnapshotAsk, night_begins, plan_snapshot
from geo.walkabouts.snapshot.values import SnapshotPlace
from geo.walkabouts.snapshot.ways import NightRules
from tests.geo.walkabouts.walk_towns import CORNER, grid, square, town

NIGHT = date(2026, 11, 11)
BEGINS = night_begins(NIGHT, "00:30")
DISTRICT = shapely.box(CORNER[0], CORNER[1], CORNER[0] + 1_000, CORNER[1] + 1_000)
RULES = NightRules()
TOWN = grid(10)


def places(*spots, kinds=("found",)):
    return tuple(SnapshotPlace(square(*spot), "", kinds) for spot in spots)


def plan(*spots, streets=None, rules=RULES, **said):
    ask = {"method": "count", "partner": "", "teams": 2, "places": places(*spots), **said}
    return plan_snapshot(SnapshotAsk(NIGHT, BEGINS, **ask), streets, rules)


spots = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12, unique=True)


@settings(max_examples=40, deadline=None)
@given(spots=spots, teams=st.integers(1, 5))
def test_each_place_is_counted_once_in_time_and_the_patches_share_the_district_out(spots, teams):
    found = plan(*spots, teams=teams)
    assert sorted(stop.square for stop in found.stops) == sorted(square(*spot) for spot in spots)
    assert [stop.number for stop in found.stops] == list(range(1, len(spots) + 1))
    for patch in found.patches:
        assert patch.stops[0].arrive == patch.begins == BEGINS
        assert patch.minutes <= RULES.walk.patch_minutes
        for (here, there), way in zip(pairwise(patch.stops), patch.ways, strict=True):
            spent = (there.arrive - here.arrive).total_seconds() / 60
            assert spent == pytest.approx(here.stay_minutes + way.minutes, abs=1e-3)
        last = patch.stops[-1]
        assert patch.ends - last.arrive == timedelta(minutes=last.stay_minutes)
    areas = patch_areas(found, DISTRICT)
    assert sum(area.area for area in areas) == pytest.approx(DISTRICT.area, abs=1)
    assert shapely.union_all(areas).symmetric_difference(DISTRICT).area < 1
    assert all(one.intersection(other).area < 1 for one, other in combinations(areas, 2))
    for patch, area in zip(found.patches, areas, strict=True):
        assert all(area.buffer(1).contains(shapely.Point(stop.point)) for stop in patch.stops)


def test_a_short_way_is_walked_along_streets_and_a_long_one_driven_with_minutes_to_park():
    streets = town(
        ("Near Street", "lit", (50, 50), (350, 50)),
        ("Long Road", "unlit", (350, 50), (6_050, 50)),
    )
    found = plan((0, 0), (3, 0), (60, 0), teams=1, streets=streets)
    near, far = found.patches[0].ways
    if near.by == "car":
        near, far = far, near
    assert (near.by, near.streets, near.line.length) == ("foot", ("Near Street",), pytest.approx(300))
    assert near.minutes == pytest.approx(300 / 80)
    assert far.by == "car"
    assert far.line.is_empty
    at_limit = 5_700 / (0.75 * 40_000 / 60)
    assert far.minutes == pytest.approx(at_limit + 5, rel=0.01)
    assert far.back_minutes == 0  # begun at the far end, for then nobody walks back to the car
    assert found.stops[0].street in {"Near Street", "Long Road"}
    assert any("minutes to park" in sentence for sentence in found.sentences)


def test_whoever_walked_on_from_the_car_walks_back_to_it_before_driving_and_the_minutes_say_so():
    rules = NightRules(WalkaboutOptions(stop_minutes=8, night_park_minutes=15))
    (patch,) = plan((0, 0), (4, 0), (120, 0), (124, 0), teams=1, rules=rules).patches
    walk, drive, again = patch.ways
    assert [way.by for way in patch.ways] == ["foot", "car", "foot"]
    assert (drive.back_to, drive.back_minutes) == (1, pytest.approx(walk.minutes))
    ahead = 12_000 * 1.3 / 500 + 15
    assert drive.minutes == pytest.approx(walk.minutes + ahead)
    assert patch.minutes == pytest.approx(4 * 8 + 2 * walk.minutes + ahead + again.minutes)


def test_where_the_walk_back_would_break_the_minutes_another_team_is_asked_for():
    """Four places, a kilometre apart in pairs that lie 12 km apart: the second pair takes one drive, and no other."""
    spots, tight = ((0, 0), (10, 0), (120, 0), (130, 0)), WalkaboutOptions(patch_minutes=80)
    with pytest.raises(BadInputError, match="2 teams are needed"):
        plan(*spots, teams=1, rules=NightRules(tight))
    assert [len(patch.stops) for patch in plan(*spots, teams=2, rules=NightRules(tight)).patches] == [2, 2]


def test_without_streets_the_lines_are_straight_and_say_so():
    found = plan((0, 0), (9, 9), teams=1)
    assert not found.along_streets
    assert not found.patches[0].ways[0].along_streets
    assert any("Straight lines" in sentence for sentence in found.sentences)


def test_places_that_no_street_joins_are_still_counted_and_it_is_told():
    streets = town(("North Street", "lit", (50, 50), (250, 50)), ("South Street", "lit", (50, 850), (250, 850)))
    found = plan((0, 0), (0, 8), teams=1, streets=streets)
    assert len(found.stops) == 2
    assert any("no way along streets" in sentence for sentence in found.sentences)


def test_a_place_far_from_every_street_is_left_out_unless_an_officer_added_it():
    streets = town(("North Street", "lit", (50, 50), (250, 50)))
    found = plan((0, 0), (0, 8), streets=streets)
    assert [one.square for one in found.left_out] == [square(0, 8)]
    with pytest.raises(BadInputError, match="was added and cannot be counted"):
        plan(streets=streets, places=places((0, 0), (0, 8), kinds=("added",)))


def test_a_spotlight_counts_the_chosen_places_and_estimates_the_rest():
    found = plan((0, 0), (1, 1), (5, 5), method="estimate with a spotlight count", spotlight=(square(1, 1),))
    assert [stop.square for stop in found.stops] == [square(1, 1)]
    assert {one.square for one in found.estimated} == {square(0, 0), square(5, 5)}
    assert any("not counted" in sentence for sentence in found.sentences)
    for chosen, said in (((), "name at least one square"), ((square(9, 9),), "no place of this plan")):
        with pytest.raises(BadInputError, match=said):
            plan((0, 0), method="estimate with a spotlight count", spotlight=chosen)


def test_for_an_estimate_nobody_goes_out():
    found = plan((0, 0), (1, 1), method="estimate")
    assert found.patches == ()
    assert patch_areas(found, DISTRICT) == ()
    assert len(found.estimated) == 2
    assert plan(method="estimate").squares == ()


def test_what_cannot_be_planned_is_told():
    with pytest.raises(BadInputError, match="nothing to count"):
        plan()
    with pytest.raises(BadInputError, match="named 2 times"):
        plan((0, 0), (0, 0))
    with pytest.raises(BadInputError, match="teams are needed"):
        plan(*[(column, 0) for column in range(9)], teams=1, rules=NightRules(WalkaboutOptions(patch_minutes=30)))


def test_times_pass_also_in_the_night_in_which_the_clocks_go_back():
    night = date(2026, 10, 24)
    asked = SnapshotAsk(night, night_begins(night, "00:30"), "count", "", 1, places((0, 0), (0, 6)))
    found = plan_snapshot(asked, None, NightRules(WalkaboutOptions(stop_minutes=60)))
    patch = found.patches[0]
    assert patch.begins == datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    assert patch.ends.utcoffset() == timedelta(0)
    assert patch.ends.timestamp() - patch.begins.timestamp() == pytest.approx(60 * patch.minutes)


def test_the_same_question_has_the_same_answer():
    spots = [(int(x), int(y)) for x, y in np.random.default_rng(5).permutation(10)[:6].reshape(3, 2)]
    assert plan(*spots, streets=TOWN).stops == plan(*spots, streets=TOWN).stops


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Test Valley", True),
        ("test valley borough council", True),
        ("Test Valley Council housing options", True),
        ("the council", True),
        ("Housing team", True),
        ("Hart District Council", False),
        ("Test Valley Churches Together", False),
        ("Andover Crisis and Support Centre", False),
    ],
)
def test_the_council_cannot_verify_its_own_figure(name, own):
    assert is_council(name, "Test Valley") is own


@pytest.mark.parametrize(
    ("name", "independent", "said"),
    [("", True, "independent partner"), ("Hart", True, "the council itself"), ("St Ann's", False, "Confirm")],
)
def test_a_partner_is_named_and_confirmed(name, independent, said):
    with pytest.raises(BadInputError, match=said):
        require_partner(name, district="Hart", independent=independent)
