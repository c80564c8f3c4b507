"""Reports that nobody visited in weeks ask for no walk any more, and a place that nobody could enter was not seen."""

import shutil
from datetime import timedelta

import pytest

from geo.review.walks.candidates import known_places
from geo.review.walks.ends import find_end
from geo.review.walks.made import HeldWalk, MadeVisit
from geo.review.walks.planning import plan_from
from geo.review.walks.reports_made import GivenPlace
from geo.review.walks.response import standing
from geo.review.walks.visits import record_walk
from geo.review.walks.wish import Search, WalkWish
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from tests.tinytown.council import make_council
from tests.tinytown.walk_town import BEGINS, NOW, START, lay_streets, spot, square, tell, walk

WEEK = 7 * 24


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("never") / "w")
    lay_streets(council)
    tell(council, 8, 5, hours_ago=9 * WEEK)
    tell(council, 5, 9, hours_ago=30)
    return council.root


@pytest.fixture
def town(template, tmp_path):
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


def test_a_report_of_nine_weeks_ago_is_never_visited_and_no_walk_must_go_there(town) -> None:
    known = known_places(town, band="evening", now=NOW)
    found = {one.square: one for one in known.candidates}
    assert [one.report.square for one in known.never] == [square(8, 5)]
    assert not found[square(8, 5)].must
    assert found[square(8, 5)].report == 0
    assert found[square(8, 5)].purpose == "known"
    assert (found[square(5, 9)].must, found[square(5, 9)].report, found[square(5, 9)].purpose) == (True, 1, "report")
    assert square(8, 5) in known.hot


def test_it_stays_overdue_in_the_clock_and_is_told(town) -> None:
    told = standing(town, now=NOW)
    assert [one.report.square for one in told.overdue] == [square(8, 5)]
    assert [one.report.square for one in told.never_visited] == [square(8, 5)]
    assert told.sentences()[1].startswith("1 report was never visited and is too old for a walk to be planned for")
    assert told.quarters[-1].response.overdue.reports == 1
    start = find_end(town, START)
    wish = WalkWish(begins=BEGINS, start=start, end=start, minutes=60)
    note = plan_from(town, wish, now=NOW, search=Search(1, 1)).notes[0]
    assert "1 came more than 8 weeks ago and was never visited: no walk is planned for it any more." in note


def test_the_weeks_are_the_council_s_own_and_a_visit_ends_it_all(town) -> None:
    scenario = town.scenario
    town.save_scenario(scenario.model_copy(update={"walkabouts": WalkaboutOptions(report_weeks=10)}))
    assert known_places(town, band="evening", now=NOW).never == ()
    assert standing(town, now=NOW).never_visited == ()
    town.save_scenario(scenario)
    walk(town, (8, 5, 0), days_ago=1)
    assert known_places(town, band="evening", now=NOW).never == ()


def test_a_place_without_access_counts_as_not_seen_when_places_are_drawn(town) -> None:
    walk(town, (4, 7, 0), days_ago=30)
    begins = (NOW - timedelta(days=10)).replace(hour=20, minute=30)
    tried = [(4, 7), (6, 4)]
    visits = tuple(
        MadeVisit(begins + timedelta(minutes=10 * at), begins + timedelta(minutes=10 * at + 1), "not accessible",
                  place=GivenPlace(spot(*cell)))
        for at, cell in enumerate(tried, start=1)
    )  # fmt: skip
    record_walk(town, HeldWalk(begins, begins + timedelta(hours=2), ("Outreach",), 2, 0, "AB", visits), now=NOW)
    seen = known_places(town, band="evening", now=NOW).last_seen
    assert square(6, 4) not in seen
    assert (NOW - seen[square(4, 7)]).days == 29
