"""The map of the sample district: whole, in the sea, and one street network."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.crs import frame_to_national_grid

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
LAYERS = {
    "boundary": {"Polygon"},
    "wards": {"Polygon", "MultiPolygon"},
    "land": {"Polygon"},
    "water": {"Polygon"},
    "roads": {"LineString", "MultiLineString"},
    "settlements": {"Point"},
    "built_up": {"Polygon", "MultiPolygon"},
}


def _read(name: str) -> gpd.GeoDataFrame:
    return frame_to_national_grid(gpd.read_file(SAMPLE / f"{name}.geojson"))


@pytest.mark.parametrize(("name", "shapes"), LAYERS.items())
def test_every_layer_holds_valid_shapes_of_its_kind(name, shapes) -> None:
    layer = _read(name)
    assert set(layer.geom_type) <= shapes
    assert layer.is_valid.all()
    assert layer.is_empty.sum() == 0


def test_the_wards_fill_the_district_and_do_not_overlap() -> None:
    boundary, wards = _read("boundary").geometry.iloc[0], _read("wards")
    assert 14 <= len(wards) <= 18
    assert wards["WD25CD"].is_unique
    assert wards.union_all().symmetric_difference(boundary).area < 0.001 * boundary.area
    assert wards.area.sum() == pytest.approx(boundary.area, rel=0.001)


def test_the_district_is_some_24_by_20_km_of_a_larger_island() -> None:
    boundary, land = _read("boundary"), _read("land")
    west, south, east, north = boundary.total_bounds
    assert 22_000 < east - west < 26_000
    assert 19_000 < north - south < 23_000
    assert land.geometry.iloc[0].buffer(5).covers(boundary.geometry.iloc[0])
    assert land.area.max() > 1.3 * boundary.area.sum()


def test_every_home_is_inside_the_district() -> None:
    columns = ["postcode", "quality", "easting", "northing"]
    places = pd.read_csv(SAMPLE / "codepoint_2025-05" / "zz.csv", header=None, usecols=[0, 1, 2, 3], names=columns)
    homes = pd.read_csv(SAMPLE / "households.csv").merge(places, on="postcode", how="left", validate="1:1")
    district = _read("boundary").geometry.iloc[0]
    assert shapely.contains_xy(district, homes["easting"], homes["northing"]).all()
    assert 28_000 < homes["homes"].sum() < 31_000


def test_the_river_runs_through_the_larger_town() -> None:
    river = _read("water").set_index("name").geometry["River Sallow"]
    town = _read("built_up").set_index("name").geometry["Aldersea"]
    assert len(shapely.get_parts(town.difference(river))) >= 2


def test_the_streets_are_one_network() -> None:
    streets = ET.parse(SAMPLE / "streets.osm").getroot()  # noqa: S314 - our own file
    nodes = {node.get("id"): at for at, node in enumerate(streets.iter("node"))}
    ways = [[nodes[ref.get("ref")] for ref in way.iter("nd")] for way in streets.iter("way")]
    ends = np.array([pair for way in ways for pair in pairwise(way)])
    links = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(nodes), len(nodes)))
    assert connected_components(links, directed=False)[0] == 1
    assert 3000 < len(nodes) < 8000


def test_the_streets_carry_the_tags_a_street_import_needs() -> None:
    streets = ET.parse(SAMPLE / "streets.osm").getroot()  # noqa: S314 - our own file
    tags = {(tag.get("k"), tag.get("v")) for tag in streets.iter("tag")}
    assert {"secondary", "tertiary", "unclassified", "residential", "footway"} == {v for k, v in tags if k == "highway"}
    assert {("oneway", "yes"), ("barrier", "bollard")} <= tags
    assert all(any(tag.get("k") == "name" for tag in way.iter("tag")) for way in streets.iter("way"))


def test_main_roads_are_lit_and_of_other_streets_some_are_dark_or_say_nothing() -> None:
    streets = ET.parse(SAMPLE / "streets.osm").getroot()  # noqa: S314 - our own file
    ways = [{tag.get("k"): tag.get("v") for tag in way.iter("tag")} for way in streets.iter("way")]
    main, lanes, paths = (
        Counter(way.get("lit") for way in ways if way["highway"] == kind)
        for kind in ("secondary", "unclassified", "footway")
    )
    assert set(main) == {"yes"}
    assert lanes["no"] > lanes[None] > 0 == lanes["yes"]
    assert set(paths) == {"yes", "no", None}
