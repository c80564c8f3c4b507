"""`planner evidence rates`: the same figures as CSV, GeoJSON and JSON, and one sentence where there is none."""

import json
import sys

import geopandas as gpd
import pandas as pd
import pytest
import typer

from commands import main
from commands.evidence_rates import rates
from geo.review.intake import IntakeOptions, keep, take_in
from geo.schema import HOMES
from tests.tinytown import council

PLACES = ["ZZ1 1AA"] * 18 + ["ZZ1 9BA"] * 2 + ["ZZ1 2AA", "", "ZZ99 3VZ", "ZZ2 1AA"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    workspace = council.make_council(tmp_path_factory.mktemp("rates") / "workspace")
    content = council.export(*[council.row(at, postcode=code) for at, code in enumerate(PLACES)])
    taken = take_in(
        workspace, content, file_name="export.csv", feed="Housing", options=IntakeOptions(), today=council.TODAY
    )
    keep(workspace, taken)
    homes = pd.DataFrame(
        {"postcode": ["ZZ11AA", "ZZ12AA"], "people": [2000.0, 900], "homes": [900.0, 450], "year": 2021}
    )
    workspace.save_homes(HOMES.validate(homes), council.edition("households"))
    return workspace.root


@pytest.fixture
def planner(town, monkeypatch, capsys):
    """Run the command as `planner evidence rates`, with the planner's own handling of errors."""
    app, evidence = typer.Typer(), typer.Typer()
    app.add_typer(evidence, name="evidence")
    evidence.command("rates")(rates)
    evidence.command("other")(lambda: None)
    monkeypatch.setattr(main, "app", app)

    def run(*arguments, code=0):
        told = ["planner", "evidence", "rates", "--workspace", str(town), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", told)
        assert main._run() == code
        printed = capsys.readouterr()
        return printed.out if code == 0 else printed.err

    return run


@pytest.mark.parametrize(("by", "key"), [("cell", "cell"), ("ward", "code")])
def test_every_client_is_in_the_file(planner, tmp_path, by, key):
    said = planner("--by", by, "--out", tmp_path / "rates.csv")
    table = pd.read_csv(tmp_path / "rates.csv", keep_default_na=False)
    assert table["count"].astype(int).sum() == len(PLACES)
    assert {"status", key, "place", "homes", "rate_per_1000_homes", "smoothed_weight", "unreliable"} <= set(table)
    assert "Written to rates.csv." in said
    assert "not suppressed" in said
    assert "inf" not in (tmp_path / "rates.csv").read_text()


def test_a_gis_gets_the_places_with_their_shapes(planner, tmp_path):
    planner("--by", "ward", "--out", tmp_path / "rates.geojson")
    drawn = gpd.read_file(tmp_path / "rates.geojson").set_index("code")
    assert drawn.crs.to_epsg() == 4326
    assert drawn.geometry.is_valid.all()
    assert drawn.loc["W1", "rate_per_1000_homes"] == pytest.approx(18 / 0.9 * 12)  # one month of records
    planner("--by", "cell", "--out", tmp_path / "cells.geojson")
    cells = gpd.read_file(tmp_path / "cells.geojson")
    assert cells["count"].sum() == 21
    assert cells.loc[cells["homes"] == 0, "rate_per_1000_homes"].isna().all()


def test_json_says_the_same_and_holds_no_number_that_is_none(planner):
    found = json.loads(planner("--by", "ward", "--json"))
    assert (found["level"], found["months"], found["episodes"]) == ("ward", 1, len(PLACES))
    assert sum(place["count"] for place in found["places"]) == len(PLACES)
    assert found["notes"][0] == "The records cover 1 month; every rate is for one year."


def test_what_is_not_there_is_one_sentence(planner):
    assert "no LSOAs" in planner("--by", "lsoa", code=2)
    assert "choose 7 or 8" in planner("--resolution", "9", code=2)
    assert "'2024-25'" in planner("--period", "1066-67", code=2)
    assert "no period" in planner("--period", "last year", code=2)
    assert "'town' is not one of" in planner("--by", "town", code=2)
