"""`planner evidence stability`, as a person and as a script would use it, on the fictional district."""

import csv
import json

import pyogrio
import pytest
import typer
from typer.testing import CliRunner

from commands.evidence_stability import stability
from geo.errors import BadInputError
from geo.review.intake import IntakeOptions, keep, take_in
from layers.sample import open_sample
from tests.tinytown import council
from tests.tinytown.council import TODAY

app = typer.Typer()
app.command()(stability)


def run(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(done.exception, Exception):
        raise done.exception
    return done


@pytest.fixture(scope="module")
def district():
    return open_sample(today=TODAY).root


@pytest.fixture(scope="module")
def told(district, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "places.csv"
    return run("--workspace", district, "--out", out), out


def test_each_place_has_a_word_a_share_and_a_sentence(told):
    done, _ = told
    assert "Which hot places stay hot? (all; resolution 8; household episodes)" in done.stdout
    assert "  firm     Saltpans " in done.stdout
    assert "It stays hot whichever review year is left out." in done.stdout
    assert "Trying it with wards ..." in done.stderr


def test_the_file_holds_the_places(told):
    _, out = told
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["area"] for row in rows} == {"Saltpans", "Hesselmere", "Tanyard"}
    assert all(0 <= float(row["share"]) <= 1 for row in rows)


def test_one_json_document_holds_every_run_and_one_year_is_never_firm(district, tmp_path):
    out = tmp_path / "places.geojson"
    said = json.loads(run("--workspace", district, "--period", "2022-23", "--json", "--out", out).stdout)
    assert said["period"] == "2022-23"
    assert {place["word"] for place in said["places"]} <= {"fair", "fragile"}
    assert said["not_run"]["each review year left out"] == "all of them are of 2022-23"
    assert len(said["runs"]) == sum(place["runs"] for place in said["places"])
    shapes = pyogrio.read_dataframe(out)
    assert shapes["area"].tolist() == [place["area"] for place in said["places"]]
    assert shapes.geometry.is_valid.all()


def test_no_hot_place_is_said_in_a_sentence(tmp_path):
    workspace = council.make_council(tmp_path / "council")
    export = council.export(council.row(1))
    keep(workspace, take_in(workspace, export, file_name="e.csv", feed="H", options=IntakeOptions(), today=TODAY))
    out = tmp_path / "places.geojson"
    assert run("--workspace", workspace.root, "--out", out).stdout.startswith("No place is hot at 95 %")
    assert out.exists()


def test_a_period_that_is_not_there_is_refused(district):
    with pytest.raises(BadInputError, match="no period '1999-00'"):
        run("--workspace", district, "--period", "1999-00")
