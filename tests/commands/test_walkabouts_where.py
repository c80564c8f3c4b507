"""`planner walkabouts where` and `feedback` as they are typed."""

import json

import pytest

from commands import walkabouts_where
from geo.review.team_only import SENTENCE
from tests.commands.typed import planner
from tests.geo.review.walks.walk_records import NOW
from tests.geo.review.walks.walk_where_town import BUSY, NEW, walked_town
from tests.tinytown.council import make_council


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return walked_town(make_council(tmp_path_factory.mktemp("where") / "Tinytown"))


@pytest.fixture(autouse=True)
def _early_summer(monkeypatch):
    monkeypatch.setattr(walkabouts_where, "now", lambda: NOW)


def _where(town, *words, code=0):
    return planner("walkabouts", "where", *words, "--workspace", town.root, code=code)


def test_places_are_told_with_their_ranges_and_each_kind_of_evidence(town) -> None:
    said = _where(town)
    assert "1 stands out above the district" in said
    assert "2 reports open, 2 within the year; 0 of intelligence." in said
    assert SENTENCE in said


def test_json_gives_every_place_and_band(town) -> None:
    made = json.loads(_where(town, "--band", "evening", "--json"))
    places = {one["square"]: one for one in made["places"]}
    assert (made["band"], made["level"], made["audience"]) == ("evening", 0.9, SENTENCE)
    assert places[NEW]["verdict"] == "never visited"
    assert places[BUSY]["low"] < places[BUSY]["rate"] < places[BUSY]["high"]


def test_files_are_written_for_a_gis_a_spreadsheet_and_a_browser(town, tmp_path) -> None:
    names = [tmp_path / f"where.{ending}" for ending in ("csv", "geojson", "gpkg", "html")]
    _where(town, *(word for name in names for word in ("--out", name)))
    for name in names:
        assert b"team only" in name.read_bytes()


def test_a_file_of_another_kind_is_refused_before_anything_is_written(town, tmp_path) -> None:
    said = _where(town, "--out", tmp_path / "a.csv", "--out", tmp_path / "a.pdf", code=2)
    assert "a.pdf ends in none of .csv, .geojson, .gpkg, .html" in said
    assert list(tmp_path.iterdir()) == []


def test_feedback_is_tried_on_made_up_towns_without_a_workspace(tmp_path) -> None:
    out = tmp_path / "plot.png"
    made = json.loads(planner("walkabouts", "feedback", "--years", "0.5", "--towns", "1", "--out", out, "--json"))
    assert (made["weeks"], made["towns"], made["share"]) == (26, 1, 0.15)
    assert made["with_places_drawn"]["never"]["median"] < made["without"]["never"]["median"]
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--share", "0"), "A share of 0 of the stops was asked for"),
        (("--years", "30"), "expected half a year to 10 years"),
        (("--out", "plot.pdf"), "plot.pdf is no .png"),
    ],
)
def test_what_cannot_be_tried_is_refused_in_a_sentence(words, told) -> None:
    assert told in planner("walkabouts", "feedback", *words, code=2)
