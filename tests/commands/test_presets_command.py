"""`planner presets` and `planner add referrals --preset`: a mapping made by one council helps the next."""

import json

import pytest
from typer.testing import CliRunner

from commands.main import app
from geo.errors import BadInputError
from geo.review.presets.files import read_preset_file
from tests.tinytown.council import make_council

CODED = "Nummer,Kam am,Wohnt in,Grund\n1,05/05/2025,ZZ1 0AG,7\n2,06/05/2025,ZZ1 0AG,7\n"
PRESET = """
[preset]
name = "Our system"
[columns]
referral_id = "Nummer"
date = ["Datum", "Kam am"]
postcode = "Wohnt in"
reason = "Grund"
[meanings.reason]
7 = "end of social rented tenancy"
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "export.csv").write_text(CODED, encoding="utf-8")
    (tmp_path / "ours.toml").write_text(PRESET, encoding="utf-8")
    return tmp_path


def _run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_preset_reads_an_export_and_can_be_given_to_another_council(files) -> None:
    council = make_council(files / "Tinytown")
    add = ("add", "referrals", files / "export.csv", "--source", "Housing", "--workspace", council.root)
    assert _run(*add, "--preset", files / "ours.toml").exit_code == 0
    assert set(council.records()["reason"].astype(str)) == {"end of social rented tenancy"}
    saved = _run("presets", "save", files / "given.toml", "--source", "housing", "--workspace", council.root)
    assert saved.exit_code == 0, saved.output
    given = read_preset_file(files / "given.toml")
    assert given.columns["date"] == ("Kam am",)
    assert given.meanings == {"reason": {"7": "end of social rented tenancy"}}
    assert "ZZ1" not in (files / "given.toml").read_text(encoding="utf-8")


def test_a_preset_is_held_against_an_export_before_it_is_used(files) -> None:
    answer = _run("presets", "check", files / "ours.toml", "--against", files / "export.csv", "--json")
    assert json.loads(answer.output)["columns"]["date"] == "Kam am"
    other = _run("presets", "check", "huume application", "--against", files / "export.csv")
    assert "Not in this export: date, outcome." in other.output
    assert "can be used" in _run("presets", "check", files / "ours.toml").output


def test_the_list_names_the_systems_without_a_preset() -> None:
    told = json.loads(_run("presets", "list", "--json").output)
    assert {one["name"] for one in told["presets"]} >= {"h-clic questions"}
    assert any("Civica" in system for system in told["not_shipped"])
    assert "Not verified" in _run("presets", "show", "hope extract").output


def test_what_cannot_be_saved_is_told_in_a_sentence(files) -> None:
    council = make_council(files / "Tinytown")
    unknown = _run("presets", "save", files / "x.toml", "--source", "Nobody", "--workspace", council.root)
    assert isinstance(unknown.exception, BadInputError)
    assert "none yet" in str(unknown.exception)
    _run(
        "add",
        "referrals",
        files / "export.csv",
        "--source",
        "Housing",
        "--workspace",
        council.root,
        "--preset",
        files / "ours.toml",
    )
    ending = _run("presets", "save", files / "x.txt", "--source", "Housing", "--workspace", council.root)
    assert ".toml" in str(ending.exception)
