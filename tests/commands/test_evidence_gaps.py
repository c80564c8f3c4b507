"""`planner evidence missing`, `repeats`, `cohorts` and `planner add census`, on the fictional district."""

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from commands.evidence_cohorts import cohorts
from commands.evidence_missing import missing
from commands.evidence_repeats import repeats
from commands.layers import add_census
from geo.errors import BadInputError, MissingDataError
from geo.review.workspace import Workspace
from layers.sample import SAMPLE_DATA, open_sample
from tests.tinytown import council

app = typer.Typer()
for command in (missing, repeats, cohorts, add_census):
    app.command(command.__name__)(command)


@pytest.fixture(scope="module")
def saltmarsh(_own_environment) -> Path:
    return open_sample(today=date(2026, 5, 1)).root


@pytest.fixture
def ask(saltmarsh):
    """Run a command on the fictional district; raises what it raises."""

    def asked(*words, workspace=saltmarsh):
        done = CliRunner().invoke(app, [*map(str, words), "--workspace", str(workspace)], catch_exceptions=True)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return asked


@pytest.fixture
def empty(tmp_path) -> Path:
    return council.make_council(tmp_path / "empty").root


def test_what_is_missing_is_told_with_its_ranges_and_the_first_ten(ask) -> None:
    said = ask("missing")
    assert "2,090 rows, not households; 25 duplicates apart" in said
    assert "no place                                393  18.8 % (16." in said
    assert "Outside: Z07000002 " in said
    assert "Without records at institutions: " in said
    assert "Were those without a place from where the mapped of their source and route are: " in said


@pytest.mark.parametrize("table", ["shares", "outside", "no-fixed-abode", "top-ten"])
def test_each_table_of_what_is_missing_can_be_written(ask, tmp_path, table) -> None:
    said = ask("missing", "--table", table, "--rank-by", "excess", "--out", tmp_path / "t.csv")
    assert "Written to t.csv." in said
    assert len(pd.read_csv(tmp_path / "t.csv")) > 0


def test_a_json_document_holds_no_blank_that_is_no_number(ask) -> None:
    document = json.loads(ask("missing", "--period", "2023-24", "--json"))
    assert document["period"] == "2023-24"
    counted = [row for row in document["shares"] if row["by"] == "district" and row["what"] == "no_place"]
    assert counted[0]["of"] == document["rows"]
    assert any(row["share"] is None for row in document["shares"])


def test_repeats_of_every_year_are_written_and_those_asked_for_are_told(ask, tmp_path) -> None:
    said = ask("repeats", "--period", "2024-25", "--out", tmp_path / "repeats.csv")
    assert "rows (2024-25; household episodes)" in said
    table = pd.read_csv(tmp_path / "repeats.csv")
    years = table[(table["by"] == "district") & (table["period"] != "all")]
    assert years["rows"].sum() == 2090
    assert json.loads(ask("repeats", "--json"))["groups"][0]["households"] == 1515


def test_groups_are_listed_and_set_against_the_census(ask, tmp_path) -> None:
    said = ask("cohorts", "--table", "reached", "--out", tmp_path / "reached.csv")
    assert "65+                                                     127  fewer than its share" in said
    assert set(pd.read_csv(tmp_path / "reached.csv")["field"]) == {"age_band", "household_type"}
    assert json.loads(ask("cohorts", "--json"))["reached"]["households"] == 1515


def test_one_group_is_tested_by_place(ask, tmp_path) -> None:
    said = ask("cohorts", "--cohort", "age=18-24", "--out", tmp_path / "group.csv")
    assert "age band: 18-24" in said
    assert "Saltpans" in said
    cells = pd.read_csv(tmp_path / "group.csv")
    document = json.loads(ask("cohorts", "--cohort", "Age=18-24", "--json"))
    assert cells["count"].sum() == document["clients"] + document["untested"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("cohorts", "--cohort", "reason=Domestic Abuse"), "whole district only"),
        (("cohorts", "--cohort", "reason=fire, flood or other emergency"), "Only 6 of this group"),
        (("cohorts", "--cohort", "ward=W1"), "age_band=18-24"),
        (("cohorts", "--cohort", "reason=moonlight"), "There is no reason 'moonlight'"),
        (("missing", "--period", "1066-67"), "no records of the period '1066-67'"),
        (("repeats", "--period", "1066-67"), "no records of the period '1066-67'"),
        (("missing", "--out", "t.geojson"), "end the file's name in .csv"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(ask, asked, words) -> None:
    with pytest.raises(BadInputError, match=words):
        ask(*asked)


@pytest.mark.parametrize("command", ["missing", "repeats"])
def test_without_records_the_sentence_says_how_to_add_some(ask, empty, command) -> None:
    with pytest.raises(MissingDataError, match="planner add referrals"):
        ask(command, workspace=empty)


def test_without_records_or_a_census_there_is_no_group_and_no_error(ask, empty) -> None:
    assert "Add the census first" in ask("cohorts", workspace=empty)
    with pytest.raises(MissingDataError, match="planner add census"):
        ask("cohorts", "--table", "reached", workspace=empty)


def test_a_census_is_added_and_told(ask, saltmarsh, tmp_path) -> None:
    own = Path(shutil.copytree(saltmarsh, tmp_path / "own"))
    answer = json.loads(ask("add_census", SAMPLE_DATA / "census.csv", "--json", workspace=own))
    assert (answer["dataset"], answer["rows"]) == ("census", 15)
    (tmp_path / "mine.csv").write_text("field,group,people\nage,16-17,5\n", encoding="utf-8")
    before = Workspace.open(own).fingerprint()
    ask("add_census", tmp_path / "mine.csv", workspace=own)
    assert Workspace.open(own).census()["people"].tolist() == [5.0]
    assert Workspace.open(own).fingerprint() != before
