"""`planner evidence priorities`, `freeze` and `note` on the fictional district and on Tinytown."""

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from typer.testing import CliRunner

from commands import evidence_priorities
from commands.main import app
from geo.errors import BadInputError, MissingDataError
from geo.review.workspace import Workspace
from layers.sample import REVIEW_DAY, SAMPLE_DATA, open_sample
from tests.tinytown.council import make_council

TRUTH = json.loads((SAMPLE_DATA / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", autouse=True)
def _day():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence_priorities, "today", lambda: REVIEW_DAY)
        yield


@pytest.fixture(scope="module")
def kept_council(_own_environment, tmp_path_factory) -> Path:
    """A copy of the fictional district, for tests that only read it."""
    root = Path(shutil.copytree(open_sample(today=REVIEW_DAY).root, tmp_path_factory.mktemp("kept") / "council"))
    workspace = Workspace.open(root)
    fewer = workspace.scenario.scan.model_copy(update={"replicates": 999})
    workspace.save_scenario(workspace.scenario.model_copy(update={"scan": fewer}))
    return root


@pytest.fixture
def council(kept_council, tmp_path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(kept_council, tmp_path / "council"))


@pytest.fixture(scope="module")
def found(kept_council) -> dict:
    """What `planner evidence priorities` finds there, before anything is frozen or noted."""
    return document("priorities", "--workspace", kept_council)


def ask(*words: object) -> object:
    answer = CliRunner().invoke(app, ["evidence", *map(str, words)])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


def document(*words: object) -> dict:
    return json.loads(ask(*words, "--json").stdout)


def test_the_planted_clusters_are_the_priority_areas_and_nothing_else_is(found) -> None:
    names = {cluster["name"] for cluster in TRUTH["clusters"]}
    assert [area["verdict"] for area in found["areas"]] == ["priority"] * len(names)
    assert all(any(name in area["area"] for area in found["areas"]) for name in names)
    assert found["review"] == "2024-25"
    assert found["period"] == "2022-23..2024-25"
    assert found["frozen"] is None


def test_nobody_is_lost_between_the_episodes_and_the_map(found) -> None:
    lost = sum(found["unmapped"].values())
    assert found["clients"] + found["untested"] + lost + found["left_out"] == found["episodes"]


def test_the_areas_are_written_for_excel_and_for_a_gis(kept_council, tmp_path) -> None:
    table, shapes = tmp_path / "areas.csv", tmp_path / "areas.geojson"
    ask("priorities", "--workspace", kept_council, "--out", table)
    ask("priorities", "--workspace", kept_council, "--out", shapes)
    assert pd.read_csv(table)["area"].tolist() == gpd.read_file(shapes)["area"].tolist()
    assert gpd.read_file(shapes).geometry.is_valid.all()
    assert "inf" not in table.read_text(encoding="utf-8").lower().replace("information", "")


def test_a_frozen_review_stays_as_it_was_when_the_register_changes(council) -> None:
    before = document("freeze", "--who", "JS", "--workspace", council)
    assert document("priorities", "--workspace", council)["frozen"]["digest"] == before["digest"]
    with pytest.raises(BadInputError, match="was frozen on 1 May 2025 by JS"):
        ask("freeze", "--who", "AB", "--workspace", council)
    workspace = Workspace.open(council)
    with workspace.store.writing() as connection:
        connection.execute("DELETE FROM records WHERE feed = 'Citizens Advice'")
    answer = ask("priorities", "--workspace", council)
    assert "household episodes were counted, now" in answer.stdout
    later = document("freeze", "--who", "AB", "--reason", "a file was withdrawn", "--workspace", council)
    assert later["number"] == 2


def test_a_note_is_told_with_its_area(council, found) -> None:
    area = found["areas"][0]["area"]
    ask("note", area.upper(), "--reason", "a hostel closed", "--who", "JS", "--workspace", council)
    told = document("priorities", "--workspace", council)["areas"][0]
    assert told["already_known"] == "a hostel closed (JS, 1 May 2025)"
    assert "Already known: a hostel closed" in told["sentence"]
    with pytest.raises(BadInputError, match="No area that stands out is called 'Nowhere'"):
        ask("note", "Nowhere", "--reason", "x", "--who", "JS", "--workspace", council)


def test_a_council_without_records_is_told_so(tmp_path) -> None:
    make_council(tmp_path / "empty")
    with pytest.raises(MissingDataError, match="no records yet"):
        ask("priorities", "--workspace", tmp_path / "empty")
