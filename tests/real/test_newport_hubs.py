"""Where to go in a real town: 20,000 fictional clients on the postcodes of Newport, its streets and its buses."""

import json
import shutil

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import NATIONAL_GRID, frame_to_wgs84
from tests.commands.typed import planner, planner_process

pytestmark = pytest.mark.real

SQUARE = (326_000, 183_000, 338_000, 194_000)  # EPSG:27700, over the built-up part of the file of streets
CLIENTS, SITES = 20_000, 60
MODES = ("walk", "drive", "bus")


@pytest.fixture(scope="module")
def town(open_data, gb_gazetteer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("newport")
    root, (west, south, east, north) = folder / "Casnewydd", SQUARE
    outline = gpd.GeoDataFrame({"name": ["Newport"]}, geometry=[shapely.box(*SQUARE)], crs=NATIONAL_GRID)
    frame_to_wgs84(outline).to_file(folder / "square.geojson")
    places = pd.read_parquet(gb_gazetteer.path)
    inside = places["easting"].between(west, east) & places["northing"].between(south, north)
    live = places[inside & (places["terminated"] == 0) & (places["shared_point"] == 1)].sort_values("postcode")
    rng = np.random.default_rng(20230613)
    planner("new", root, "--name", "Newport", "--boundary", folder / "square.geojson", "--office", "NP20 4UR")
    shutil.copy(gb_gazetteer.path, root / "gazetteer.parquet")
    _write_sites(live.sample(SITES, random_state=1), folder / "halls.csv")
    planner("add", "sites", folder / "halls.csv", "--workspace", root)
    _write_clients(rng.choice(live["postcode"].to_numpy(), CLIENTS), rng, folder / "approaches.csv")
    planner("add", "referrals", folder / "approaches.csv", "--source", "Housing", "--workspace", root)
    planner("add", "streets", open_data / "osm" / "newport-wales-2023-06-13.osm.pbf", "--workspace", root)
    planner("add", "timetable", open_data / "gtfs" / "newport-20230613_gtfs.zip", "--workspace", root)
    return root


def _write_sites(found, path):
    names = [f"Hall {number}" for number in range(1, len(found) + 1)]
    table = pd.DataFrame({"name": names, "category": "community_centre", "postcode": found["postcode"].to_numpy()})
    table.to_csv(path, index=False)


def _write_clients(postcodes, rng, path):
    days = pd.Timestamp("2024-04-01") + pd.to_timedelta(rng.integers(0, 365, len(postcodes)), unit="D")
    numbers = np.arange(len(postcodes))
    pd.DataFrame(
        {
            "referral_id": [f"R{number}" for number in numbers],
            "household_ref": [f"H{number}" for number in numbers],
            "date": days.strftime("%d/%m/%Y"),
            "postcode": postcodes,
            "route": "Self",
        }
    ).to_csv(path, index=False)


@pytest.fixture(scope="module")
def ranked(town):
    return {mode: json.loads(planner("hubs", "rank", "--mode", mode, "--json", "--workspace", town)) for mode in MODES}


def test_every_client_is_counted_and_every_result_says_how_people_travel(ranked) -> None:
    for mode, words in zip(MODES, ("on foot along streets", "by car along streets", "by bus"), strict=True):
        found = ranked[mode]
        assert found["clients"] + sum(found["unmapped"].values()) + found["left_out"] == CLIENTS
        assert words in found["travel"], found["travel"]
        assert len(found["sites"]) == SITES


def test_whoever_may_walk_or_take_a_bus_is_reached_at_least_as_well_as_on_foot(ranked) -> None:
    on_foot, by_bus, by_car = (
        {site["site_id"]: site["households_reached"] for site in ranked[mode]["sites"]}
        for mode in ("walk", "bus", "drive")
    )
    assert sum(by_bus.values()) > sum(on_foot.values())
    assert sum(by_car.values()) > sum(by_bus.values())


@pytest.mark.parametrize("mode", MODES)
def test_the_best_set_is_proven_and_one_more_hub_never_reaches_fewer(town, mode) -> None:
    asked = ("hubs", "choose", "--hubs", 4, "--minutes", 15, "--mode", mode, "--curve", "--json", "--workspace", town)
    ask = planner_process if mode == "walk" else planner  # a solver that prints a line of its own is heard once
    found = json.loads(ask(*asked))
    assert found["proven"]
    reached = [row["reached"] for row in found["curve"]]
    assert reached == sorted(reached)
    print(mode, found["objective"], found["seconds"], found["before"]["reached"], reached)
