"""`planner walkabouts plan`: a walk planned, written to files, handed out, and refused in a sentence."""

import json
import shutil

import pytest

from commands import walkabouts_card, walkabouts_plan
from geo.review.walks.cards import read_cards
from geo.review.workspace import Workspace
from tests.commands.typed import planner
from tests.tinytown.council import make_council
from tests.tinytown.walk_town import BEGINS, NOW, START, fill, lay_streets, square


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("walked") / "w")
    lay_streets(council)
    fill(council)
    return council.root


@pytest.fixture
def root(template, tmp_path, monkeypatch):
    monkeypatch.setattr(walkabouts_plan, "now", lambda: NOW)
    for module in (walkabouts_plan, walkabouts_card):
        monkeypatch.setattr(module, "today", BEGINS.date)
    return shutil.copytree(template, tmp_path / "w")


def _plan(root, *words, code=0):
    said = ("walkabouts", "plan", "--begins", "2025-06-06 20:30", "--start", START, "--seed", 3, "--seconds", 2)
    return planner(*said, *words, "--workspace", root, code=code)


def test_a_plan_tells_who_is_where_when_and_what_was_left_out(root) -> None:
    told = _plan(root, "--minutes", 60)
    assert told.startswith("Walk on Friday 6 June 2025, 20:30 to 21:")
    assert "Team 1, " in told
    assert "open report, must" in told
    assert "Open reports: 2, of which 1 overdue; this walk goes to 2 of them." in told
    assert "For the housing team only" in told


def test_a_script_gets_every_term_of_every_place(root) -> None:
    found = json.loads(_plan(root, "--minutes", 90, "--teams", 2, "--must", "TB 402 202", "--json"))
    assert len(found["teams"]) == 2
    assert all(team["total_minutes"] <= 90 for team in found["teams"])
    assert found["along_streets"]
    worth = {one["square"]: one["worth"] for one in found["weighed"]}
    assert set(worth[square(8, 5)]) == {"find", "report", "intelligence", "exploration"}
    assert square(2, 2) == "TB402202"
    assert square(2, 2) in {stop["square"] for team in found["teams"] for stop in team["stops"]}


def test_files_are_written_whole_for_the_team(root, tmp_path) -> None:
    files = [tmp_path / f"walk{ending}" for ending in (".gpkg", ".geojson", ".html")]
    _plan(root, *(word for path in files for word in ("--out", path)))
    for path in files:
        assert b"or the housing team only" in path.read_bytes()


def test_the_card_is_kept_and_its_files_written(root, tmp_path) -> None:
    told = _plan(
        root, "--card", tmp_path / "friday", "--recipient", "Police", "--purpose", "Evening walk", "--who", "JS"
    )
    (card,) = read_cards(Workspace.open(root))
    assert card.recipient == "Police"
    assert f"Walk card {card.number}, written to friday" in told
    assert {path.suffix for path in (tmp_path / "friday").iterdir()} >= {".pdf", ".gpx", ".html"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--begins", "2025-03-30 01:30"), "cannot be read as a day and a time (no such time)"),
        (("--begins", "soon"), "cannot be read as a day and a time"),
        (("--minutes", 3), "Not every stop that must be visited can be"),
        (("--start", "660000, 440000"), "The start (the point 660000, 440000) is off the streets: the nearest is"),
        (("--must", "here"), "is no grid reference"),
        (("--out", "walk.pdf"), "is neither .gpkg, .geojson nor .html"),
        (("--teams", 2, "--people", 2), "2 people are too few for 2 teams"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_a_sentence(root, words, sentence) -> None:
    assert sentence in _plan(root, *words, code=2)
