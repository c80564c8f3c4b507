import json
import shutil

import pandas as pd
import pyogrio
import pytest
import typer
from typer.testing import CliRunner

from commands.evidence_clusters import clusters
from commands.main import app as planner_app
from geo.errors import BadInputError
from geo.evidence.tables import UNTESTED
from geo.review.workspace import Workspace
from tests.tinytown import council

PLACES = ["ZZ1 1AA"] * 14 + ["ZZ1 9BA"] * 2 + ["ZZ1 2AA", "", "ZZ99 3VZ", "ZZ2 1AA"]
app = typer.Typer()
app.command()(clusters)


def scan(*arguments):
    done = CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A council with its clients in one corner; it scans quickly, and lets a circle hold half of its few homes."""
    folder = tmp_path_factory.mktemp("town")
    workspace = council.make_council(folder / "workspace")
    export = folder / "export.csv"
    export.write_bytes(council.export(*[council.row(i, postcode=code) for i, code in enumerate(PLACES)]))
    add = ["add", "referrals", str(export), "--source", "Housing", "--workspace", str(workspace.root)]
    assert CliRunner().invoke(planner_app, add).exit_code == 0
    quick = workspace.scenario.scan.model_copy(update={"replicates": 999, "population_share": 0.5})
    workspace.save_scenario(workspace.scenario.model_copy(update={"scan": quick}))
    return workspace.root


def test_a_cluster_is_told_with_what_it_rests_on_and_its_progress_apart(town):
    done = scan("--workspace", town)
    assert "14 clients in 1 cell, " in done.stdout
    assert "2 clients in cells not tested; 3 have no place on the map; 0 left out" in done.stdout
    assert "999 simulated districts" in done.stdout
    assert "a usual one is assumed" in done.stdout
    assert done.stderr.splitlines() == [
        "Comparing with 999 simulated districts where only luck is at work ...",
        "Comparing with 999 simulated districts as uneven as this one ...",
    ]


def test_the_file_holds_every_client_with_a_place(town, tmp_path):
    scan("--out", tmp_path / "clusters.csv", "--workspace", town)
    table = pd.read_csv(tmp_path / "clusters.csv")
    assert table["cluster"].tolist() == ["1", "in no cluster", UNTESTED]
    assert table["count"].tolist() == [14, 1, 2]


def test_the_same_is_said_in_json_and_drawn_in_geojson(town, tmp_path):
    out = tmp_path / "clusters.geojson"
    document = json.loads(scan("--json", "--out", out, "--workspace", town).stdout)
    drawn = pyogrio.read_dataframe(out)
    assert drawn.crs.to_epsg() == 4326
    assert drawn["cluster"].tolist() == [row["cluster"] for row in document["clusters"]]
    assert drawn.geometry.isna().tolist() == [False, True, True]
    assert document["clusters"][0]["members"] == [document["clusters"][0]["centre"]]
    assert document["clusters"][1]["p"] is None
    assert (document["replicates"], document["population_share"]) == (999, 0.5)
    assert sum(row["count"] for row in document["clusters"]) + sum(document["unmapped"].values()) == len(PLACES)


def test_where_there_is_none_a_sentence_says_why(town, tmp_path):
    strict = Workspace.open(shutil.copytree(town, tmp_path / "strict"))
    small = strict.scenario.scan.model_copy(update={"population_share": 0.01})
    strict.save_scenario(strict.scenario.model_copy(update={"scan": small}))
    said = "No circle can be drawn: wherever it begins, it holds more than 1 % of the homes at once."
    assert said in scan("--workspace", strict.root).stdout
    document = json.loads(scan("--json", "--out", tmp_path / "none.geojson", "--workspace", strict.root).stdout)
    assert document["why_none"] == said
    assert [row["cluster"] for row in document["clusters"]] == ["in no cluster", UNTESTED]


def test_what_is_not_there_is_one_sentence(town, tmp_path):
    with pytest.raises(BadInputError, match="choose 7 or 8"):
        scan("--resolution", "9", "--workspace", town)
    with pytest.raises(BadInputError, match=r"\.geojson"):
        scan("--out", tmp_path / "clusters.docx", "--workspace", town)
    with pytest.raises(BadInputError, match="no source"):
        scan("--source", "Nobody", "--workspace", town)
