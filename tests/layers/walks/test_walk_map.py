"""What the map and the files of a planned walk hold, and that each says whom it is for."""

import json
from datetime import date

import geopandas as gpd
import pytest
import shapely

from geo.walkabouts.plan import Leg
from layers.standalone import standalone_html
from layers.walks.card_ground import ground_of
from layers.walks.walk_files import walk_geojson, walk_gpkg
from layers.walks.walk_map import walk_map
from layers.walks.walk_words import left_table, stop_table, told_ends, told_title
from tests.tinytown.walk_plans import made_plan


@pytest.fixture(scope="module")
def drawn(walked_council):
    plan = made_plan(3, teams=2)
    first, *rest = plan.teams
    dark = shapely.LineString([(640_400, 420_400), (640_600, 420_400)])
    legs = (Leg(first.legs[0].line, 5.0, ("Bell Street",), 0.5, (dark,)), *first.legs[1:])
    team = type(first)(first.team, first.stops, legs, first.total_minutes)
    plan = type(plan)(**{**plan.__dict__, "teams": (team, *rest)})
    return plan, standalone_html(walk_map(plan, ground_of(walked_council), title=told_title(plan)))


def test_the_map_numbers_the_stops_by_team_and_names_start_and_end(drawn) -> None:
    _, page = drawn
    for words in ("Stop 1, team 1", "Stop 4, team 2", "Start and end: Town hall, main steps", "Team 2: 3 stops"):
        assert words in page
    assert "Whole walk" in page
    assert "(c) Mapmakers of Tinytown 2025" in page
    assert "For the housing team only" in page


def test_the_map_dashes_what_is_known_to_be_unlit_and_says_so_only_then(drawn, walked_council) -> None:
    assert "Dashed: known to be unlit" in drawn[1]
    lit = standalone_html(walk_map(made_plan(2), ground_of(walked_council), title="x"))
    assert "Dashed: known to be unlit" not in lit


def test_where_two_teams_walk_one_street_both_are_drawn_and_the_legend_says_how(drawn, walked_council) -> None:
    told = "Teams on one street: their colours take turns"
    assert told in drawn[1]
    assert '"dashArray":"12 12"' in drawn[1].replace(" :", ":").replace(": ", ":")
    assert told not in standalone_html(walk_map(made_plan(2), ground_of(walked_council), title="x"))


def test_the_geopackage_holds_stops_and_ways_in_the_national_grid_for_the_team_alone(drawn, tmp_path) -> None:
    plan, _ = drawn
    content = walk_gpkg(plan, day=date(2025, 6, 6), sources=("(c) Mapmakers",))
    (tmp_path / "walk.gpkg").write_bytes(content)
    stops = gpd.read_file(tmp_path / "walk.gpkg", layer="walk_stops")
    ways = gpd.read_file(tmp_path / "walk.gpkg", layer="walk_ways")
    assert stops.crs.to_epsg() == ways.crs.to_epsg() == 27700
    assert stops["stop"].tolist() == [stop.number for stop in plan.stops]
    assert set(ways["team"]) == {1, 2}
    assert set(stops["audience"]) == set(ways["audience"]) == {"team only"}
    assert b"Do not pass this file on" in content
    assert b"(c) Mapmakers" in content


def test_the_geojson_says_whom_it_is_for_and_holds_both(drawn) -> None:
    plan, _ = drawn
    found = json.loads(walk_geojson(plan, sources=("(c) Mapmakers",)))
    assert found["audience"] == "team only"
    assert found["attribution"] == ["(c) Mapmakers"]
    parts = [feature["properties"]["part"] for feature in found["features"]]
    assert parts.count("stop") == len(plan.stops)
    assert "way" in parts


def test_the_tables_say_the_same_in_words(drawn) -> None:
    plan, _ = drawn
    table = stop_table(plan)
    assert table["Stop"].tolist() == [1, 2, 3, 4, 5, 6]
    assert f"{plan.stops[0].arrive:%H:%M:%S}" == "20:32:30"
    assert table["Arrive"].iloc[0] == "20:33"
    assert left_table(plan)["Why not"].tolist() == ["five visits found nobody"]
    assert told_title(plan).startswith("Walk on Friday 6 June 2025, 20:30 to ")
    assert told_ends(plan) == "from Town hall, main steps and back"
