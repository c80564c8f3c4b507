"""Streets that several teams walk are found, and each team's way is parted by them without a gap."""

import pytest
import shapely

from geo.walkabouts.plan import Leg, TeamWalk
from layers.walks.shared_ways import parted, shared_ways


def team(number: int, *spots) -> TeamWalk:
    line = shapely.LineString(spots)
    return TeamWalk(number, (), (Leg(line, line.length / 80),), line.length / 80)


ALONG = ((0, 0), (100, 0), (200, 0), (300, 0))


def test_the_street_that_two_teams_walk_is_the_second_ones_to_draw_otherwise() -> None:
    first, second = shared_ways((team(1, *ALONG), team(2, (100, 90), (100, 0), (250, 0), (250, 90))))
    assert first == ()
    assert [shape.length for shape in second] == pytest.approx([152], abs=3)


def test_ways_that_only_cross_share_nothing() -> None:
    assert shared_ways((team(1, *ALONG), team(2, (50, -50), (50, 50)))) == ((), ())


def test_a_third_team_is_told_how_many_are_beneath() -> None:
    teams = (team(1, *ALONG), team(2, (100, 0), (300, 0)), team(3, (200, 0), (300, 0), (400, 0)))
    one, two = shared_ways(teams)[2]
    assert one.length == pytest.approx(100, abs=3)
    assert two.length == pytest.approx(100, abs=3)


def test_the_parts_of_a_way_are_all_of_it() -> None:
    teams = (team(1, *ALONG), team(2, (100, 0), (300, 0)), team(3, (0, 0), (300, 0), (400, 0)))
    own = [leg.line for leg in teams[2].legs]
    parts = parted(own, shared_ways(teams)[2])
    lengths = [sum(line.length for line in part) for part in parts]
    assert lengths == pytest.approx([100, 100, 200], abs=5)
    assert parted(own, ()) == [own]


def test_a_team_without_a_way_shares_none() -> None:
    idle = TeamWalk(2, (), (), 0.0)
    assert shared_ways((team(1, *ALONG), idle)) == ((), ())
