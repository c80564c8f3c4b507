"""A walk planned from a workspace: open reports on it, a share drawn at random, safe places never told."""

import re
import shutil
from datetime import timedelta

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.review.safe_keeping import SafePlace, add_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.cards import keep_card
from geo.review.walks.ends import find_end
from geo.review.walks.lately import MOST_KEPT, explored_lately, share_to_keep
from geo.review.walks.planning import plan_from, seed_of
from geo.review.walks.wish import Search, WalkWish
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.plan import WalkEnd
from tests.tinytown.council import make_council
from tests.tinytown.walk_town import BEGINS, NOW, SIDE, START, fill, lay_streets, spot, square


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("walked") / "w")
    lay_streets(council)
    fill(council)
    return council.root


@pytest.fixture
def town(template, tmp_path):
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


def _plan(town, *, seed=3, **wish):
    start = find_end(town, START)
    said = WalkWish(**({"begins": BEGINS, "start": start, "end": start, "minutes": 120} | wish))
    return plan_from(town, said, now=NOW, search=Search(seed, 2))


def _set(town, **options):
    scenario = town.scenario
    town.save_scenario(scenario.model_copy(update={"walkabouts": WalkaboutOptions(**options)}))


def test_every_open_report_is_on_the_walk_and_each_term_stands_by_itself(town) -> None:
    found = _plan(town)
    stops = {stop.square: stop for stop in found.walkabout.stops}
    assert stops[square(8, 5)].must
    assert stops[square(5, 9)].purpose == "report"
    weighed = {one.candidate.square: one.candidate for one in found.weighed}
    assert weighed[square(8, 5)].report == 1
    assert weighed[square(11, 11)].intelligence == pytest.approx(0.3)
    assert weighed[square(11, 11)].report == 0
    assert weighed[square(12, 5)].find > weighed[square(3, 3)].find
    assert found.notes[0] == "Open reports: 2, of which 1 overdue; this walk goes to 2 of them."
    assert {one.candidate.square for one in found.weighed if one.stop} == set(stops)
    assert all(one.why for one in found.weighed if not one.stop)


def test_a_share_of_the_walk_is_kept_for_places_nobody_has_looked_at_and_no_walk_is_torn_for_them(town) -> None:
    _set(town, explore_share=0.15, seed=1)
    share = share_to_keep(explored_lately(town, now=NOW), town.scenario.walkabouts, minutes=100)
    assert share == MOST_KEPT  # the two walks before explored nothing
    stops, minutes = np.zeros(2), np.zeros(2)
    for seed in range(12):
        walk = _plan(town, seed=seed, minutes=100).walkabout
        many = [stop for stop in walk.stops if stop.purpose == "exploration"]
        known = {square(*cell) for cell in ((8, 5), (5, 9), (11, 11), (9, 9), (12, 5), (7, 7))}
        assert not known & {stop.square for stop in many}
        stays = [sum(stop.stay_minutes for stop in some) for some in (many, walk.stops)]
        assert walk.explored_share == pytest.approx(stays[0] / stays[1])
        assert walk.explored_minutes <= 1.1 * 4 / 3 * share * 100
        assert all(_out_of_the_way(walk.teams[0], stop) <= 11 for stop in many)
        stops += stays
        minutes += (walk.explored_minutes, walk.teams[0].total_minutes)
    assert 0.67 * share <= stops[0] / stops[1] <= 1.33 * share
    assert 0.67 * share <= minutes[0] / minutes[1] <= 1.33 * share


def _out_of_the_way(team, stop) -> float:
    """The minutes on foot that a walk would save without a stop, on a grid of streets."""
    spots = [_corner_spot(), *(one.point for one in team.stops), _corner_spot()]
    at = 1 + team.stops.index(stop)
    metres = [np.abs(np.subtract(spots[at], spots[at + step])).sum() for step in (-1, 1)]
    return (sum(metres) - np.abs(np.subtract(spots[at - 1], spots[at + 1])).sum()) / 80


def _corner_spot():
    return tuple(float(part) for part in START.split(","))


def test_the_plan_says_what_exploring_takes_of_the_stops_and_of_the_whole_walk(town) -> None:
    found = _plan(town)
    told = next(note for note in found.notes if "drawn at random" in note)
    walk = found.walkabout
    many = sum(stop.purpose == "exploration" for stop in walk.stops)
    assert told.startswith(f"{many} of {len(walk.stops)} stops ")
    assert f"{100 * walk.explored_share:.0f} % of the time at stops" in told
    assert f"{walk.explored_minutes:.0f} of {walk.teams[0].total_minutes:.0f} minutes" in told
    assert f"{100 * walk.explored_of_all:.0f} % of the whole walk" in told


def test_what_no_walk_can_draw_is_told_with_its_number_and_a_start_elsewhere_draws_from_it(town) -> None:
    told = next(note for note in _plan(town, minutes=60).notes if "out of a walk's way are not drawn" in note)
    lost, all_of_them = map(int, re.search(r"(\d+) of the district's (\d+) squares", told).groups())
    assert 0 < lost < all_of_them == SIDE * SIDE
    assert re.search(r"start or end a walk elsewhere, such as near (Row|Lane) \d+\.", told)
    far = WalkEnd("the far corner", spot(27, 27))
    elsewhere = _plan(town, minutes=60, start=far, end=far, reports="none").walkabout
    drawn = [stop.square for stop in elsewhere.stops if stop.purpose == "exploration"]
    assert drawn
    assert all(int(one[2:5]) > 415 and int(one[5:]) > 215 for one in drawn)


def test_a_walk_that_was_planned_before_and_had_a_card_counts_among_those_that_could_draw(town) -> None:
    def lost(found):
        told = next(note for note in found.notes if "squares with a street" in note)
        return int(re.search(r"(\d+) of the district's", told)[1])

    far = WalkEnd("the far corner", spot(27, 27))
    before = lost(_plan(town, minutes=60))
    other = _plan(town, minutes=60, start=far, end=far, reports="none").walkabout
    keep_card(town, other, recipient="Police", purpose="Evening walk", who="JS", today=NOW.date())
    assert lost(_plan(town, minutes=60)) < before - 20


def test_without_exploring_the_plan_says_so(town) -> None:
    _set(town, explore_share=0)
    found = _plan(town)
    assert found.walkabout.explored_share == 0
    assert "switched off" in found.notes[1]


def test_a_walk_of_an_unknown_town_is_drawn_at_random(tmp_path) -> None:
    council = make_council(tmp_path / "new")
    lay_streets(council)
    found = _plan(council, minutes=60)
    assert found.walkabout.explored_share == 1
    assert "every stop was drawn at random" in found.notes[1]


def test_the_same_seed_plans_the_same_walk_and_each_walk_has_its_own_seed(town) -> None:
    assert _plan(town).walkabout == _plan(town).walkabout
    options = WalkaboutOptions()
    assert seed_of(options, BEGINS) != seed_of(options, BEGINS + timedelta(days=1))


def test_a_report_where_no_walk_stops_after_dark_waits_for_a_walk_by_day(town) -> None:
    _set(town, avoid_at_night=(square(8, 5),))
    found = _plan(town)
    assert square(8, 5) not in {stop.square for stop in found.walkabout.stops}
    why = {one.square: one.why for one in found.walkabout.left_out}
    assert "needs a walk by day" in why[square(8, 5)]
    assert found.notes[0].endswith("goes to 1 of them. What was left out says why not to the others.")
    by_day = _plan(town, begins=BEGINS.replace(hour=14))
    assert square(8, 5) in {stop.square for stop in by_day.walkabout.stops}


def test_after_sunset_a_walk_by_day_is_one_after_dark_and_says_so(town) -> None:
    _set(town, avoid_at_night=(square(8, 5),))
    winter = BEGINS.replace(year=2025, month=12, day=15, hour=16, minute=30)
    found = _plan(town, begins=winter)
    assert found.walkabout.band == "day"
    assert found.walkabout.dark
    assert square(8, 5) not in {stop.square for stop in found.walkabout.stops}
    assert found.notes[-1].startswith("Planned for the dark: the sun sets at 1")
    by_light = _plan(town, begins=winter.replace(hour=11))
    assert not by_light.walkabout.dark
    assert square(8, 5) in {stop.square for stop in by_light.walkabout.stops}
    assert not any("dark" in note for note in by_light.notes)


def test_reports_that_do_not_fit_are_refused_unless_the_least_overdue_may_wait(town) -> None:
    with pytest.raises(BadInputError, match="do not fit into 24 minutes"):
        _plan(town, minutes=24)
    found = _plan(town, minutes=24, drop_late=True).walkabout
    assert [stop.square for stop in found.stops if stop.must] == [square(8, 5)]
    assert [one.square for one in found.left_out if one.must] == [square(5, 9)]


def test_only_overdue_reports_or_none_may_be_asked_for(town) -> None:
    overdue = {one.candidate.square for one in _plan(town, reports="overdue").weighed if one.candidate.must}
    assert square(8, 5) in overdue
    assert square(5, 9) not in overdue
    assert not [one for one in _plan(town, reports="none").weighed if one.candidate.must and one.candidate.report]


def test_a_square_an_officer_asks_for_is_on_it_or_the_plan_is_refused(town) -> None:
    found = _plan(town, must=(square(2, 2),))
    assert square(2, 2) in {stop.square for stop in found.walkabout.stops}
    with pytest.raises(BadInputError, match="cannot be visited as asked: on the list of places"):
        _plan(town, must=(square(2, 2),), avoid=(square(2, 2),))
    with pytest.raises(BadInputError, match="cannot be visited as asked: no usable place to stand"):
        _plan(town, must=(square(38, 38),))


def _list_safe(town, point):
    officer = Signer("JS", lambda: NOW)
    listed = Workspace.open(town.root, signer=officer)
    name_officers(listed, ("JS", "KT"))
    add_places(listed, [SafePlace("ZZ12AB", point)])


def test_no_walk_stops_near_a_safe_place_and_the_words_are_those_of_a_square_without_a_street(town) -> None:
    before = _plan(town, must=(square(9, 9),), reports="none")
    assert square(9, 9) in {stop.square for stop in before.walkabout.stops}
    x, y = spot(9, 9)
    _list_safe(town, (x + 30, y - 40))
    after = _plan(town, reports="none")
    assert square(9, 9) not in {stop.square for stop in after.walkabout.stops}
    assert square(9, 9) not in {one.square for one in after.walkabout.left_out}  # nothing is known of it any more
    far = _refusal(town, square(38, 38))
    assert _refusal(town, square(9, 9)) == far.replace(square(38, 38), square(9, 9))


def _refusal(town, asked: str) -> str:
    with pytest.raises(BadInputError) as refused:
        _plan(town, must=(asked,))
    return str(refused.value)


def test_too_few_people_and_no_time_are_refused(town) -> None:
    with pytest.raises(BadInputError, match="3 people are too few for 2 teams"):
        _plan(town, teams=2, people=3)
    with pytest.raises(BadInputError, match="No stop can be visited within 5 minutes"):
        _plan(town, minutes=5, reports="none")


def test_squares_without_any_street_are_still_planned_by_straight_lines(town) -> None:
    (town.root / "layers" / "streets.parquet").unlink()
    found = _plan(town).walkabout
    assert not found.along_streets
    assert "Straight lines" in found.sentence
    assert all(team.total_minutes <= 120 for team in found.teams)


def test_a_seed_in_the_wish_changes_what_is_drawn(town) -> None:
    _set(town, explore_share=0.5)
    drawn = [
        {stop.square for stop in _plan(town, seed=seed, minutes=60).walkabout.stops if stop.purpose == "exploration"}
        for seed in (1, 2)
    ]
    assert drawn[0] != drawn[1]


def test_a_walk_in_years_to_come_is_refused_before_anything_is_looked_for(town) -> None:
    with pytest.raises(BadInputError, match="more than 400 days ahead"):
        _plan(town, begins=BEGINS.replace(year=BEGINS.year + 2))
