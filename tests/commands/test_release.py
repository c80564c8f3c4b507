"""`planner release`: look first, give out with --yes, and hand over files of what was given out."""

import json
import shutil
import sys

import pytest
import typer

from commands import main
from commands.release import release
from geo.review.releases import read_releases
from geo.review.workspace import Workspace
from tests.tinytown.council import make_council
from tests.tinytown.giving import fill

MAKE = ("make", "--audience", "public", "--by", "ward", "--period", "2024-25", "--who", "JS")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("council") / "Tinytown")
    fill(council, {"W1": 21, "W2": 5, "nowhere": 10, "outside": 9})
    return council.root


@pytest.fixture
def council(template, tmp_path, monkeypatch):
    root = shutil.copytree(template, tmp_path / "Tinytown é")
    monkeypatch.setenv("PLANNER_WORKSPACE", str(root))
    return Workspace.open(root)


@pytest.fixture
def planner(monkeypatch, capsys, council):  # noqa: ARG001 - names the workspace
    app = typer.Typer(pretty_exceptions_enable=False)
    app.add_typer(release, name="release")
    monkeypatch.setattr(main, "app", app)

    def run(*arguments, expected=0):
        monkeypatch.setattr(sys, "argv", ["planner", "release", *map(str, arguments)])
        code = main._run()
        said = capsys.readouterr()
        assert code == expected, said.err
        if expected:
            assert said.out == ""
            assert len(said.err.splitlines()) == 1
            return said.err
        assert said.err == ""
        return said.out

    return run


def test_looking_says_what_each_kind_of_area_would_give_out(planner, council):
    told = planner("check")
    assert "wards, 2024-25: 89 % of 45 clients, 2 of 3 counts shown" in told
    assert "no other kind can follow" in told
    assert "For the housing team only" in told
    found = json.loads(planner("check", "--json"))
    assert found["choices"][0]["By"] == "wards"
    assert read_releases(council) == ()


def test_one_table_is_shown_as_it_would_be_given_out(planner):
    told = planner("check", "--by", "ward", "--audience", "partner")
    assert "      c  W2" in told
    assert "     45  Total" in told
    assert "can be given out" in told
    assert json.loads(planner("check", "--by", "ward", "--json"))["hidden_besides"] == []


def test_nothing_is_given_out_without_yes(planner, council):
    assert "Nothing was given out: say --yes" in planner(*MAKE, expected=2)
    assert read_releases(council) == ()


def test_a_release_is_made_listed_and_written_three_ways(planner, tmp_path):
    assert "Given out as release 1: Clients by wards, 2024-25, for the public." in planner(*MAKE, "--yes")
    assert "1. Clients by wards, 2024-25, for the public" in planner("list")
    assert json.loads(planner("list", "--json"))["releases"][0]["audience"] == "public"
    for kind in ("csv", "geojson", "html"):
        planner("show", 1, "--out", tmp_path / f"r.{kind}")
    assert "Total,,45,100" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    assert json.loads((tmp_path / "r.geojson").read_text())["about"]["total"] == "45"
    assert "<td>Total</td>" in (tmp_path / "r.html").read_text()
    assert json.loads(planner("show", 1, "--json"))["rows"][-1]["Clients"] == "45"


def test_a_second_geography_is_refused_in_one_sentence(planner):
    planner(*MAKE, "--yes")
    said = planner("make", "--audience", "partner", "--by", "h3_7", "--period", "2024-25", "--who", "JS", expected=2)
    assert "have been published by ward" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--audience", "team"), "--audience team is nobody"),
        (("check", "--by", "street"), "--by street is no kind of area"),
        (("check", "--route", "self", "--source", "Probation"), "two at once would single people out"),
        (("check", "--period", "2031-32"), "not on record or not over yet"),
        (("show", 4), "nothing has been given out yet"),
        (("external", "--withdraw", 3), "No table published elsewhere has the number 3"),
        (("external", "--name", "FOI", "--from", "2024-04", "--to", "x", "--value", "1", "--who", "JS"), "first and a"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(planner, arguments, said):
    assert said in planner(*arguments, expected=2)


def test_a_file_of_another_kind_or_place_is_refused(planner, tmp_path):
    planner(*MAKE, "--yes")
    assert "is no .csv, .geojson or .html" in planner("show", 1, "--out", tmp_path / "r.pdf", expected=2)
    assert "There is no folder" in planner("show", 1, "--out", tmp_path / "no" / "r.csv", expected=2)


def test_numbers_that_others_published_are_entered_from_a_file_and_withdrawn(planner, tmp_path):
    assert "None has been entered." in planner("external")
    file = tmp_path / "published.csv"
    file.write_text("name,from,to,code,value,rounded_to\nH-CLIC 2024 Q2,2024-04,2024-06,,50,10\n")
    told = planner("external", "--file", file, "--who", "JS")
    assert "1. H-CLIC 2024 Q2, 2024-04 to 2024-06, by the whole district: 1 number" in told
    listed = json.loads(planner("external", "--json"))["external"]
    assert listed[0]["figures"] == [{"code": "*", "value": 50, "rounded_to": 10}]
    assert "None has been entered." in planner("external", "--withdraw", 1)
