"""The streets of Newport and Oxford as OpenStreetMap publishes them, through the command line."""

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from geo.places.travel import PlacePoints, straight_line
from geo.review.journeys import journeys
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from tests.commands.typed import planner

pytestmark = pytest.mark.real

# A square over the built-up part of each file, EPSG:27700, and what the file holds, within some room for the tags
# that another release of the planner may read otherwise.
TOWNS = {
    "newport-wales-2023-06-13.osm.pbf": ((326_000, 183_000, 338_000, 194_000), (800, 1_000), (520, 660)),
    "oxford_centre_2016.osm": ((450_800, 205_900, 452_000, 207_300), (24, 32), (14, 20)),
}


@pytest.fixture(scope="module", params=TOWNS)
def town(request, open_data, tmp_path_factory):
    square, *expected = TOWNS[request.param]
    folder = tmp_path_factory.mktemp("town")
    outline = gpd.GeoDataFrame({"name": ["Square"]}, geometry=[shapely.box(*square)], crs=NATIONAL_GRID)
    frame_to_wgs84(outline).to_file(folder / "square.geojson")
    root = folder / "Tref é"
    planner("new", root, "--name", "Square", "--boundary", folder / "square.geojson")
    told = planner("add", "streets", open_data / "osm" / request.param, "--workspace", root, "--json")
    return Workspace.open(root), json.loads(told), square, expected


def test_a_whole_town_is_read_and_what_was_cut_is_told(town) -> None:
    workspace, told, _, (on_foot, by_car) = town
    print(told["note"], told["warnings"])
    table = streets_of(workspace).table
    walk_km, drive_km = (table.loc[table[f"{mode}_ways"] > 0].length.sum() / 1000 for mode in ("walk", "drive"))
    assert on_foot[0] < walk_km < on_foot[1]
    assert by_car[0] < drive_km < by_car[1]
    assert "left out" in told["note"]
    assert ((table["drive_ways"] > 0) & (table["drive_ways"] < 3)).any()


def test_streets_are_longer_than_straight_lines_by_about_as_much_as_the_detour_says(town) -> None:
    workspace, _, square, _ = town
    rng = np.random.default_rng(1)
    spots = shapely.get_coordinates(streets_of(workspace).table.geometry.to_numpy())
    inside = spots[shapely.contains_xy(shapely.box(*square), spots)]
    places = PlacePoints(rng.choice(inside, 200), np.zeros(200))
    sites = rng.choice(inside, 60)
    found = journeys(workspace, places, sites)
    reached = np.isfinite(found.minutes)
    straight = straight_line(places, sites, workspace.scenario.reach).minutes / workspace.scenario.reach.detour
    far = reached & (straight > 3)
    assert (found.minutes[reached] >= straight[reached] - 1e-6).all()
    ratio = np.median(found.minutes[far] / straight[far])
    print(f"Street distance over straight distance, median {ratio:.2f}; reached {reached.mean():.0%}")
    assert 1.15 < ratio < 1.5


def test_the_other_town_s_streets_are_refused_with_the_distance(town, open_data) -> None:
    workspace, told, _, _ = town
    other = next(name for name in TOWNS if name != told["file_name"])
    said = planner("add", "streets", open_data / "osm" / other, "--workspace", workspace.root, code=2)
    assert "km away" in said
