"""What a year left out of exploring the next walk makes up for, and minutes to spare are filled or said to be so."""

import shutil
from datetime import timedelta

import pytest

from geo.review.walks.ends import find_end
from geo.review.walks.lately import (
    LEAST_KEPT,
    MOST_KEPT,
    Lately,
    explored_lately,
    share_to_keep,
    told_lately,
    told_wait,
)
from geo.review.walks.made import HeldWalk, MadeVisit
from geo.review.walks.planning import plan_from
from geo.review.walks.reports_made import GivenPlace
from geo.review.walks.visits import record_walk
from geo.review.walks.wish import Search, WalkWish
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from tests.tinytown.council import make_council
from tests.tinytown.walk_town import BEGINS, NOW, START, fill, lay_streets, spot, tell

ASKED = WalkaboutOptions(explore_share=0.15)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("lately") / "w")
    lay_streets(council)
    return council.root


@pytest.fixture
def town(template, tmp_path):
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


def _held(town, *purposes, days_ago=30):
    """Record a walk of stops of ten minutes."""
    begins = (NOW - timedelta(days=days_ago)).replace(hour=20, minute=0)
    arrivals = [begins + timedelta(minutes=15 * at) for at in range(1, len(purposes) + 1)]
    visits = tuple(
        MadeVisit(arrived, arrived + timedelta(minutes=10), "nobody", place=GivenPlace(spot(2 + at, 3)), purpose=why)
        for at, (arrived, why) in enumerate(zip(arrivals, purposes, strict=True))
    )
    record_walk(town, HeldWalk(begins, begins + timedelta(hours=2), ("Outreach",), 2, 0, "AB", visits), now=NOW)


def _plan(town, *, seed=3, **wish):
    start = find_end(town, START)
    said = WalkWish(**({"begins": BEGINS, "start": start, "end": start, "minutes": 120} | wish))
    return plan_from(town, said, now=NOW, search=Search(seed, 2))


def test_the_year_counts_minutes_at_stops_but_not_walks_of_nothing_but_drawn_places(town) -> None:
    assert explored_lately(town, now=NOW) == Lately(0, 0, 0.0, 0.0)
    _held(town, "known", "report", "known", "exploration")
    _held(town, "exploration", "exploration", days_ago=50)
    _held(town, "exploration", "known", days_ago=400)
    found = explored_lately(town, now=NOW)
    assert found == Lately(walks=1, drawn=1, minutes=40.0, explored_minutes=10.0)
    assert told_lately(found, ASKED, keep=0.1) == (
        "In the last 12 months 25% of the minutes at stops of 1 walk went to places drawn at random; 15% is asked for, "
        "so this walk keeps 10%."
    )


@pytest.mark.parametrize(
    ("explored", "keep"), [(0, MOST_KEPT), (13, 0.167), (15, 0.15), (19, 0.117), (30, LEAST_KEPT), (90, LEAST_KEPT)]
)
def test_the_next_walk_owes_what_the_year_left_out_within_bounds(explored, keep) -> None:
    year = Lately(walks=3, drawn=1, minutes=100, explored_minutes=explored)
    assert share_to_keep(year, ASKED, minutes=120) == pytest.approx(keep, abs=0.001)
    assert share_to_keep(year, WalkaboutOptions(explore_share=0.5), minutes=120) <= 0.5
    assert share_to_keep(year, WalkaboutOptions(explore_share=0.0), minutes=120) == 0.0


def test_walks_without_exploring_are_followed_by_one_that_explores_more_and_the_other_way_about(town) -> None:
    fill(town)
    before = _plan(town, minutes=100)
    assert any(note.endswith("so this walk keeps 20%.") for note in before.notes)
    assert before.walkabout.explored_minutes > 0
    for days in (60, 90, 120):
        _held(town, "known", "exploration", "exploration", "exploration", days_ago=days)
    after = _plan(town, minutes=100)
    assert any(note.endswith("so this walk keeps 10%.") for note in after.notes)
    assert after.walkabout.explored_minutes < before.walkabout.explored_minutes


def test_two_teams_with_time_to_spare_spend_them_on_drawn_places_or_say_so(town) -> None:
    tell(town, 8, 5)
    found = _plan(town, minutes=60, teams=2, people=4)
    assert all(team.stops for team in found.walkabout.teams)
    assert all(team.total_minutes <= 60 for team in found.walkabout.teams)
    idle = [team.team for team in found.walkabout.teams if 60 - team.total_minutes >= 20]
    told = next((note for note in found.notes if note.startswith("Minutes to spare")), "")
    assert all(f"team {team} is back" in told for team in idle)
    assert bool(told) is bool(idle)


def test_how_long_a_place_waits_is_told_by_the_councils_own_numbers(town) -> None:
    tell(town, 8, 5)
    note = next(note for note in _plan(town, minutes=60).notes if note.startswith("Of 9"))
    assert "in a year of 6 walks" in note
    year = Lately(walks=10, drawn=30, minutes=900, explored_minutes=240)
    assert "about 36 are drawn in a year of 12 walks: one waits about 100 years" in told_wait(
        3_600, year, ASKED, planned=12
    )
    assert "No place was drawn" in told_wait(3_600, Lately(4, 0, 300, 0), ASKED, planned=0)
