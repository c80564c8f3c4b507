"""Journeys of a workspace: along its streets where it has some, else straight, and labelled either way."""

from datetime import date

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import NATIONAL_GRID, WGS84
from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.travel import PlacePoints
from geo.review.journey_tables import journey_tables, site_named
from geo.review.journeys import cell_places, journeys, reach_shapes
from geo.review.maps import grid_of
from geo.review.streets import save_streets, streets_of
from geo.review.workspace import Workspace
from geo.scenario import ReachOptions
from layers.sample import write_sample
from tests.geo.places.street_towns import CORNER, streets

TODAY = date(2026, 5, 1)
EDITION = Edition(dataset="streets", title="OpenStreetMap", rows=1, added=TODAY)
TOWN = streets({"A": (0, 0), "B": (1000, 0), "C": (1000, 1000)}, [("ABC", {"highway": "residential"})])
HOME = PlacePoints(np.array([[CORNER, CORNER]], dtype=float), np.zeros(1))
SITE = [[CORNER + 1000.0, CORNER + 1000.0]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("sample") / "w", today=TODAY)


@pytest.fixture(scope="module")
def on_foot(sample):
    return journey_tables(sample, resolution=8)


def test_without_streets_a_journey_is_a_labelled_straight_line(council) -> None:
    found = journeys(council, HOME, SITE)
    assert not found.along_streets
    assert "no streets loaded" in found.label
    assert found.minutes[0, 0] == pytest.approx(1414 * 1.3 / 80, abs=0.1)


def test_with_streets_it_goes_along_them_by_the_workspace_s_own_options(council) -> None:
    save_streets(council, TOWN.table, EDITION)
    faster = council.scenario.model_copy(update={"reach": ReachOptions(walk_km_per_hour=6)})
    council.save_scenario(faster)
    found = journeys(council, HOME, SITE)
    assert found.label == "on foot along streets at 6 km/h"
    assert found.minutes[0, 0] == pytest.approx(20, abs=0.05)


def test_sites_may_be_a_table_and_must_be_in_metres(council) -> None:
    sites = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*np.transpose(SITE)), crs=NATIONAL_GRID)
    assert journeys(council, HOME, sites).minutes.shape == (1, 1)
    with pytest.raises(BadInputError, match="EPSG:27700"):
        journeys(council, HOME, sites.set_crs(WGS84, allow_override=True))


def test_streets_come_back_as_they_were_kept(council) -> None:
    save_streets(council, TOWN.table, EDITION)
    kept = streets_of(council).table
    assert kept.drop(columns="geometry").equals(TOWN.table.drop(columns="geometry"))
    assert shapely.equals(kept.geometry.to_numpy(), TOWN.table.geometry.to_numpy()).all()


def test_the_sample_district_has_streets_and_most_homes_are_close_to_one(sample) -> None:
    cells = grid_of(sample, 8).cells
    found = journeys(sample, cell_places(cells), sample.sites())
    assert found.along_streets
    assert not found.cut_off_sites.any()
    assert np.average(found.place_snap_m, weights=cells["homes"]) < 150
    straight = np.hypot(
        *(cells[["easting", "northing"]].to_numpy()[:, None, :] - coordinates(sample)[None]).transpose(2, 0, 1)
    )
    there = np.isfinite(found.minutes)
    assert (found.minutes[there] >= straight[there] / 80 - 1e-6).all()


def coordinates(workspace: Workspace):
    return shapely.get_coordinates(workspace.sites().geometry.to_numpy())


def test_every_site_is_told_reached_or_not_and_every_pair_once(on_foot, sample) -> None:
    assert on_foot.sites["site_id"].tolist() == sample.sites()["site_id"].tolist()
    assert len(on_foot.journeys) == np.isfinite(on_foot.travel.minutes).sum()
    assert set(on_foot.sites["reach"]) <= {"reached", "no way", "no street"}
    within = on_foot.journeys[on_foot.journeys["minutes"] <= 30].groupby("site_id").size()
    told = on_foot.sites.set_index("site_id")["places_within"]
    assert within.reindex(told.index, fill_value=0).sub(told).abs().max() <= 1  # minutes are rounded to a tenth


def test_a_site_in_the_sea_is_named_as_cut_off(sample, monkeypatch) -> None:
    sites = sample.sites()
    sites.loc[0, "geometry"] = shapely.Point(700_000, 500_000)
    monkeypatch.setattr(Workspace, "sites", lambda _: sites)
    found = journey_tables(sample, resolution=7, mode="drive").sites
    assert found.loc[found["reach"] == "no street", "name"].tolist() == [sites["name"].iloc[0]]


def test_a_workspace_without_sites_says_how_to_add_some(council) -> None:
    with pytest.raises(MissingDataError, match="no site yet"):
        journey_tables(council, resolution=8)


def test_a_site_is_found_by_name_or_id_and_missed_in_a_sentence(sample) -> None:
    sites = sample.sites()
    first = sites.iloc[0]
    assert site_named(sites, first["name"].upper())["site_id"] == first["site_id"]
    assert site_named(sites, first["site_id"])["name"] == first["name"]
    with pytest.raises(BadInputError, match="No site is called 'Nowhere'"):
        site_named(sites, "Nowhere")
    twice = gpd.GeoDataFrame({"site_id": ["a", "b"], "name": ["Hall", "hall"]})
    with pytest.raises(BadInputError, match="2 sites are called 'Hall'; name one by its id: a, b"):
        site_named(twice, "Hall")


def test_reach_is_drawn_with_or_without_streets(council) -> None:
    circles = reach_shapes(council, (CORNER, CORNER), (10.0,))
    save_streets(council, TOWN.table, EDITION)
    along = reach_shapes(council, (CORNER, CORNER), (10.0,))
    assert circles.area.iloc[0] > along.area.iloc[0] > 0
    assert along["label"].iloc[0].startswith("on foot along streets")
