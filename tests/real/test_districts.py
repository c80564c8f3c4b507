"""The main job on real postcodes: two districts, planted truth, everything through the command line."""

import json
import shutil

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import pyproj
import pytest

from tests.commands.typed import planner, planner_process
from tests.real.planting import Planted, plant, read_directory

pytestmark = pytest.mark.real

DISTRICTS = {
    "Test Valley": ("E07000093", ("sp", "so", "rg"), "codepoint_open_2014-08/so.csv", "SP10 3AJ"),
    "Hart": ("E07000089", ("gu", "rg"), "derived_terminated_hampshire_area.csv", "GU51 4AE"),
}


@pytest.fixture(scope="module", params=DISTRICTS)
def district(request, open_data, gb_gazetteer, tmp_path_factory):
    """A workspace set up from published files alone, in a folder with a space and an accent, and its planted file."""
    code, areas, older, office = DISTRICTS[request.param]
    root = tmp_path_factory.mktemp("Mairie é") / f"{request.param} workspace"
    boundary = open_data / "boundaries" / f"lsoa11_{code}.geojson"
    planner("new", root, "--name", request.param, "--boundary", boundary, "--office", office)
    shutil.copy(gb_gazetteer.path, root / "gazetteer.parquet")
    planner("add", "gazetteer", open_data / "postcodes" / older, "--workspace", root)
    planner("add", "gp", open_data / "health" / "epraccur_2024-01.csv.gz", "--workspace", root)
    foodbanks = open_data / "foodbanks" / "givefood_sample_hampshire_2025-07.csv"
    planner("add", "food-banks", foodbanks, "--workspace", root)
    planner("add", "sites", open_data / "community" / "libraries_hampshire_2023.csv", "--workspace", root)
    planned = plant(read_directory(open_data, boundary.name, areas, older), seed=20250501)
    export = root.parent / "export.csv"
    export.write_text(planned.csv_text, encoding="utf-8")
    planner("add", "referrals", export, "--source", "Housing", "--workspace", root)
    return root, planned, export


def test_every_planted_row_ends_where_it_was_planted(district):
    root, planned, _ = district
    found = json.loads(planner_process("check", "--json", "--workspace", root))
    print(json.dumps(found["status"]), json.dumps(found["flags"]))
    assert {name: rows for name, rows in found["status"].items() if rows} == planned.status
    assert {name: found["flags"][name] for name in planned.flags} == planned.flags
    assert sum(found["status"].values()) == len(planned.csv_text.splitlines()) - 1


def test_the_same_file_again_adds_nothing(district):
    root, planned, export = district
    planner("add", "referrals", export, "--source", "Housing", "--workspace", root)
    found = json.loads(planner("check", "--json", "--workspace", root))
    assert {name: rows for name, rows in found["status"].items() if rows} == planned.status


def test_the_excess_test_finds_every_planted_cluster_at_99_percent(district, tmp_path):
    root, planned, _ = district
    out = tmp_path / "excess.csv"
    planner("hotspots", "--test", "excess", "--out", out, "--workspace", root)
    table = pd.read_csv(out)
    hot = set(table.cell[table.kind == "hot99"])
    for centre in _cells(planned):
        assert hot & set(h3.grid_disk(centre, 1)), "a planted cluster was not found"
    near = set().union(*(h3.grid_disk(centre, 3) for centre in _cells(planned)))
    far = hot - near
    print(f"hot99 {len(hot)}, of which away from every planted cluster {len(far)}")
    assert len(far) <= 2


def test_clients_in_equal_clients_out(district, tmp_path):
    root, planned, _ = district
    out = tmp_path / "counts.csv"
    planner("hotspots", "--test", "counts", "--out", out, "--workspace", root)
    table = pd.read_csv(out)
    assert table["count"].sum() == planned.status["located"]
    assert set(table.kind) <= {"hot99", "hot95", "hot90", "none", "cold90", "cold95", "cold99"}


def test_a_gis_officer_can_open_the_cells(district, tmp_path):
    root, planned, _ = district
    out = tmp_path / "cells.geojson"
    planner("cells", "--period", "2023-24", "--out", out, "--workspace", root)
    cells = gpd.read_file(out)
    assert cells.crs.to_epsg() == 4326
    assert set(cells.geom_type) == {"Polygon"}
    assert 0 < cells["count"].sum() < planned.status["located"]


def test_the_ranking_explains_every_site(district):
    root, _, _ = district
    ranked = json.loads(planner("hubs", "rank", "--json", "--workspace", root))
    sites = ranked["sites"]
    assert len(sites) >= 8
    assert [site["score"] for site in sites] == sorted((site["score"] for site in sites), reverse=True)
    assert all(
        "straight line" in site["sentence"].lower() or "straight-line" in site["sentence"].lower() for site in sites
    )


def _cells(planned: Planted) -> list[str]:
    eastings, northings = np.array(planned.clusters).T
    lat, lon = pyproj.Transformer.from_crs(27700, 4326).transform(eastings, northings)
    return [h3.latlng_to_cell(lat=y, lng=x, res=8) for y, x in zip(lat, lon, strict=True)]
