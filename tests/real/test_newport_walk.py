"""A two-hour walk over forty sightings on the real streets of Newport."""

from datetime import timedelta

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.plan import WalkEnd
from geo.walkabouts.planning.ask import CandidateStop, WalkAsk, WalkRules
from geo.walkabouts.planning.plan_walk import plan_walkabout
from geo.walkabouts.squares import middle_of, square_at
from tests.commands.typed import planner
from tests.geo.walkabouts.walk_towns import BEGINS

pytestmark = pytest.mark.real

SQUARE = (326_000, 183_000, 338_000, 194_000)  # EPSG:27700, over the built-up part of the file of streets
CIVIC_CENTRE = WalkEnd("the Civic Centre", (330_640, 188_220))
SIGHTINGS = 40
METRES_A_MINUTE = 80


@pytest.fixture(scope="module")
def streets(open_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("newport")
    outline = gpd.GeoDataFrame({"name": ["Newport"]}, geometry=[shapely.box(*SQUARE)], crs=NATIONAL_GRID)
    frame_to_wgs84(outline).to_file(folder / "square.geojson")
    planner("new", folder / "w", "--name", "Newport", "--boundary", folder / "square.geojson", "--office", "NP20 4UR")
    source = open_data / "osm" / "newport-wales-2023-06-13.osm.pbf"
    planner("add", "streets", source, "--workspace", folder / "w")
    return streets_of(Workspace.open(folder / "w"))


@pytest.fixture(scope="module")
def ask():
    rng = np.random.default_rng(3)
    spots = CIVIC_CENTRE.point + rng.normal(0, 600, (SIGHTINGS, 2))
    squares = dict.fromkeys(square_at(*map(float, spot)) for spot in spots)
    places = [
        CandidateStop(square, find=float(rng.gamma(1, 0.5)), report=float(at < 2), must=at < 2)
        for at, square in enumerate(squares)
    ]
    return WalkAsk(BEGINS, CIVIC_CENTRE, CIVIC_CENTRE, 120, 1, tuple(places))


@pytest.fixture(scope="module")
def found(streets, ask):
    return plan_walkabout(ask, streets, WalkRules(), seed=7, seconds=10)


def test_the_walk_keeps_its_two_hours_and_holds_the_open_reports(found, ask) -> None:
    (team,) = found.teams
    assert 90 <= team.total_minutes <= 120
    assert len(team.stops) >= 5
    assert {one.square for one in ask.candidates if one.must} <= {stop.square for stop in team.stops}
    assert found.ends - found.begins <= timedelta(hours=2)


def test_the_ways_join_from_stop_to_stop_and_are_as_long_as_their_minutes_say(found) -> None:
    (team,) = found.teams
    ends = [None, *(stop.point for stop in team.stops), None]
    for leg, here, there in zip(team.legs, ends, ends[1:], strict=False):
        assert leg.line.length == pytest.approx(leg.minutes * METRES_A_MINUTE, rel=1e-6)
        spots = shapely.get_coordinates(leg.line)
        assert here is None or spots[0] == pytest.approx(here, abs=1e-6)
        assert there is None or spots[-1] == pytest.approx(there, abs=1e-6)


def test_every_stop_stands_on_a_street_at_its_square_and_most_have_a_name(found) -> None:
    stops = found.stops
    for stop in stops:
        away = np.hypot(*np.subtract(stop.point, middle_of(stop.square)))
        assert away <= 150
    assert sum(bool(stop.street) for stop in stops) >= 0.8 * len(stops)


def test_every_sighting_is_on_the_walk_or_left_out_with_a_reason(found, ask) -> None:
    seen = {square for stop in found.stops for square in (stop.square, *stop.also)}
    left = {one.square: one.why for one in found.left_out}
    assert seen | set(left) == {one.square for one in ask.candidates}
    assert not seen & set(left)
    assert all(left.values())


def test_the_plan_says_how_good_it_is_and_how_little_is_known_of_the_light(found) -> None:
    assert found.sentence.startswith(("No other route is worth more.", "The best route found; at most"))
    assert "Streets whose lighting the map does not tell count as lit" in found.sentence
    assert 0 < found.light_known < 1


def test_two_teams_see_more_and_never_the_same_place(streets, ask) -> None:
    both = plan_walkabout(
        WalkAsk(**{**ask.__dict__, "teams": 2, "people": 4}), streets, WalkRules(WalkaboutOptions()), seed=7, seconds=10
    )
    assert len({stop.square for stop in both.stops}) == len(both.stops)
    assert all(team.total_minutes <= 120 for team in both.teams)
    assert sorted(stop.number for stop in both.stops) == list(range(1, len(both.stops) + 1))
