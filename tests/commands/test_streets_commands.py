"""`planner add streets`, `planner fetch streets`, `planner travel` from a terminal."""

import json
from datetime import date

import pandas as pd
import pytest
from typer.testing import CliRunner

from commands.main import app
from geo.errors import FetchError
from layers.sample import SAMPLE_DATA, write_sample
from tests.commands.typed import planner, said
from tests.geo.places.street_files import osm_text


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("sample") / "w", today=date(2026, 5, 1)).root


def test_streets_are_added_and_told_in_two_lines(sample) -> None:
    code, out, err = said("add", "streets", SAMPLE_DATA / "streets.osm", "--workspace", sample)
    assert (code, err) == (0, "")
    first, second = out.splitlines()
    assert "streets kept from streets.osm. On foot:" in first
    assert second == "(c) OpenStreetMap contributors, ODbL"


def test_the_streets_of_another_place_are_one_sentence_and_bad_input(sample, tmp_path) -> None:
    path = tmp_path / "andover.osm"
    path.write_text(osm_text(), encoding="utf-8")
    err = planner("add", "streets", path, "--workspace", sample, code=2)
    assert err.startswith("No street of andover.osm that can be used lies in the district: the nearest is about ")
    assert err.count("\n") == 1


def test_a_server_that_is_not_there_is_a_failure_in_one_sentence(sample, monkeypatch) -> None:
    slept = []
    monkeypatch.setattr("commands.streets.time.sleep", slept.append)
    arguments = ["fetch", "streets", "--server", "http://127.0.0.1:9/api", "--json", "--workspace", str(sample)]
    answer = CliRunner().invoke(app, arguments)
    assert isinstance(answer.exception, FetchError)
    assert answer.exception.exit_code == 1
    assert "could not be reached, 5 times" in str(answer.exception)
    assert [pause for pause in slept if pause] == [30, 60, 120, 240]  # osmnx itself sleeps for 0 seconds


def test_minutes_are_written_and_summed_up(sample, tmp_path) -> None:
    out_file = tmp_path / "minutes.csv"
    told = json.loads(planner("travel", "minutes", "--workspace", sample, "--out", out_file, "--json"))
    assert (told["travel"], told["along_streets"]) == ("on foot along streets at 4.8 km/h", True)
    table = pd.read_csv(out_file)
    assert list(table.columns)[:6] == ["cell", "place", "site_id", "name", "category", "minutes"]
    assert table["minutes"].between(0, 90).all()
    assert len(told["sites"]) == table["site_id"].nunique()


def test_an_isochrone_is_written_as_a_map_file(sample, tmp_path) -> None:
    name = json.loads(planner("travel", "minutes", "--workspace", sample, "--json"))["sites"][0]["site_id"]
    shapes = tmp_path / "reach.geojson"
    out = planner(
        "travel", "isochrone", name, "--within", "5", "--within", "15", "--workspace", sample, "--out", shapes
    )
    assert "Measured on foot along streets at 4.8 km/h." in out
    features = json.loads(shapes.read_text(encoding="utf-8"))["features"]
    assert [feature["properties"]["minutes"] for feature in features] == [5, 15]


def test_an_unknown_site_is_one_sentence(sample) -> None:
    err = planner("travel", "isochrone", "Nowhere Hall", "--workspace", sample, code=2)
    assert err.startswith("No site is called 'Nowhere Hall'")
