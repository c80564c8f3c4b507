"""The sample district through the planner: what was planted is what comes out."""

from pathlib import Path

import h3.api.basic_int as h3
import numpy as np
import pandas as pd
import pytest

from geo.crs import to_national_grid, to_wgs84
from geo.evidence.counts import count_cells
from geo.evidence.episodes import find_episodes
from geo.evidence.hotspots import find_hotspots
from geo.places.grid import build_grid
from geo.schema import SITE_CATEGORIES
from layers.community_sites import read_sites
from layers.food_banks import read_food_banks
from layers.gp_surgeries import read_gp_surgeries
from layers.households import read_households

HERE = Path(__file__).parent
WINDOW_REACH_M = 2500  # a cluster's edge, one cell and one ring away


@pytest.fixture(scope="module")
def excess(sample) -> pd.DataFrame:
    """HOTSPOTS table of the three years at resolution 8, with the centre of every cell."""
    inside = sample.gazetteer.within(sample.boundary)
    homes, _ = read_households(sample.folder / "households.csv", postcodes=inside, today=_day(sample))
    grid = build_grid(sample.boundary, inside, resolution=8, homes=homes, homes_per_postcode=15)
    episodes = find_episodes(sample.workspace.records(), months=6, first_month=4)
    table = find_hotspots(count_cells(episodes, resolution=8), grid, test="excess").table
    lat, lon = np.array([h3.cell_to_latlng(int(cell)) for cell in table["cell"]]).T
    east, north = to_national_grid(lon, lat)
    return table.assign(east=east, north=north)


def _day(sample):
    return max(edition.added for edition in sample.gazetteer.editions())


def _sites(sample, read, name):
    return read(
        sample.folder / name,
        gazetteer=sample.gazetteer,
        boundary=sample.boundary,
        nearby_km=5,
        today=_day(sample),
    )[0]


def test_every_status_and_flag_is_found_as_often_as_it_was_planted(sample) -> None:
    found = {status: count for status, count in sample.workspace.status_counts().items() if count}
    assert found == sample.truth["all"]["status"]
    assert sample.workspace.flag_counts() == sample.truth["all"]["flags"]


def test_one_row_in_nine_has_no_fixed_abode(sample) -> None:
    planted = sample.truth["all"]
    assert planted["status"]["no_fixed_abode"] / planted["rows"] == pytest.approx(0.11, abs=0.01)


def test_every_planted_cluster_is_hot_beyond_ordinary_unevenness(excess, sample) -> None:
    found = {}
    for cluster in sample.truth["clusters"]:
        lon, lat = to_wgs84([cluster["easting"]], [cluster["northing"]])
        cell = h3.latlng_to_cell(float(lat[0]), float(lon[0]), 8)
        found[cluster["name"]] = excess.set_index("cell")["kind"][cell]
    assert found == {cluster["name"]: "hot99" for cluster in sample.truth["clusters"]}


def test_nothing_is_hot_away_from_the_planted_clusters(excess, sample) -> None:
    hot = excess[excess["kind"].str.startswith("hot")]
    near = [
        np.hypot(hot["east"] - cluster["easting"], hot["north"] - cluster["northing"]) < WINDOW_REACH_M
        for cluster in sample.truth["clusters"]
    ]
    assert np.logical_or.reduce(near).all()


def test_twelve_active_surgeries_stand_inside_and_one_just_outside(sample) -> None:
    surgeries = _sites(sample, read_gp_surgeries, "gp_surgeries.csv")
    assert surgeries["inside"].value_counts().to_dict() == {True: 12, False: 1}


def test_six_food_banks_stand_inside(sample) -> None:
    food_banks = _sites(sample, read_food_banks, "food_banks.csv")
    assert food_banks["inside"].tolist() == [True] * 6


def test_25_community_sites_are_of_known_categories(sample) -> None:
    sites = _sites(sample, read_sites, "community_sites.csv")
    assert len(sites) == 25
    assert set(sites["category"]) <= set(SITE_CATEGORIES)
    assert {"council_office", "library", "village_hall", "citizens_advice", "military"} <= set(sites["category"])


def test_a_refuge_among_community_sites_never_enters(sample) -> None:
    sites = _sites(sample, read_sites, HERE / "sites_with_a_refuge.csv")
    assert sites["name"].tolist() == ["Tanyard Annexe"]
