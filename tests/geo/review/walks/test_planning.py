"""A walk planned from a workspace: open reports on it, a share drawn at random, safe places never told."""

import shutil
from datetime import timedelta

import pytest

from geo.errors import BadInputError
from geo.review.safe_keeping import SafePlace, add_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.ends import find_end
from geo.review.walks.planning import plan_from, seed_of
from geo.review.walks.wish import Search, WalkWish
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from tests.tinytown.council import make_council
from tests.tinytown.walk_town import BEGINS, NOW, START, fill, lay_streets, spot, square


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


def test_the_share_for_places_nobody_has_looked_at_is_kept_over_many_walks(town) -> None:
    _set(town, explore_share=0.2, seed=1)
    drawn, stops = 0, 0
    for seed in range(12):
        found = _plan(town, seed=seed, minutes=90)
        many = [stop for stop in found.walkabout.stops if stop.purpose == "exploration"]
        known = {square(*cell) for cell in ((8, 5), (5, 9), (11, 11), (9, 9), (12, 5), (7, 7))}
        assert not known & {stop.square for stop in many}
        assert found.walkabout.explored_share == pytest.approx(len(many) / len(found.walkabout.stops))
        drawn, stops = drawn + len(many), stops + len(found.walkabout.stops)
    assert 0.1 <= drawn / stops <= 0.3


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
    why = {one.square: one.why for one in after.walkabout.left_out}
    far = _refusal(town, square(38, 38))
    assert why[square(9, 9)] == "No usable place to stand is near enough."
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
