"""`planner walkabouts card` and `cards`: listed, written again, refused after their day."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import walkabouts_card
from commands.main import app
from geo.errors import BadInputError, PlannerError
from geo.review.walks.cards import read_cards
from geo.review.workspace import Workspace
from tests.tinytown.council import make_council
from tests.tinytown.walk_plans import BEGINS, add_streets, made_plan

DAY = BEGINS.date()
POLICE = "Tinytown Police, neighbourhood team"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    council = make_council(tmp_path_factory.mktemp("council") / "w")
    add_streets(council)
    return council.root


@pytest.fixture
def council(template, tmp_path, on_day) -> Workspace:
    on_day(DAY)
    return Workspace.open(Path(shutil.copytree(template, tmp_path / "w")))


@pytest.fixture
def on_day(monkeypatch):
    def on_day(day):
        monkeypatch.setattr(walkabouts_card, "today", lambda: day)

    return on_day


def give(council, folder, **facts):
    said = {"recipient": POLICE, "purpose": "Evening walkabout", "who": "JS", **facts}
    return walkabouts_card.give_card(council, made_plan(2), out=folder, **said)


def planner(*words, council):
    answer = CliRunner().invoke(app, ["walkabouts", *map(str, words), "--workspace", str(council.root)])
    if isinstance(answer.exception, PlannerError):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_a_card_is_kept_and_its_files_are_written_to_a_new_folder(council, tmp_path):
    card, names = give(council, tmp_path / "friday")
    assert read_cards(council) == (card,)
    assert sorted(path.name for path in (tmp_path / "friday").iterdir()) == sorted(names)
    assert all(POLICE not in name and "Street" not in name for name in names)


@pytest.mark.parametrize(("place", "words"), [("no/such/friday", "There is no folder"), ("taken", "is a file")])
def test_where_nothing_can_be_written_no_card_is_kept(council, tmp_path, place, words):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(BadInputError, match=words):
        give(council, tmp_path / place)
    assert read_cards(council) == ()


def test_cards_are_listed_with_recipient_and_expiry_and_what_became_of_them(council, tmp_path, on_day):
    assert "No walk card was made yet" in planner("cards", council=council)
    give(council, tmp_path / "a")
    give(council, tmp_path / "b", recipient="Outreach service")
    give(council, tmp_path / "c")
    said = planner("cards", council=council).splitlines()
    assert said[0].endswith("replaced by card 3.")
    given = "given to Outreach service by JS, for: Evening walkabout"
    assert said[1] == f"Walk card 2, walk of 2025-06-06: {given}; use until 2025-06-09."
    on_day(DAY + timedelta(days=4))
    told = json.loads(planner("cards", "--json", council=council))["cards"]
    assert [(one["number"], one["expired"], one["replaced_by"]) for one in told] == [
        (1, True, 3),
        (2, True, 0),
        (3, True, 0),
    ]
    assert "expired on 2025-06-09" in planner("cards", council=council).splitlines()[1]


def test_a_card_is_written_again_and_after_its_day_only_for_the_records(council, tmp_path, on_day):
    _, names = give(council, tmp_path / "friday")
    told = json.loads(planner("card", 1, "--out", tmp_path / "again", "--json", council=council))
    assert told["files"] == names
    for name in names:
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "friday" / name).read_bytes()
    on_day(DAY + timedelta(days=4))
    with pytest.raises(BadInputError, match="could be used until 9 June 2025"):
        planner("card", 1, "--out", tmp_path / "late", council=council)
    assert not (tmp_path / "late").exists()
    said = planner("card", 1, "--out", tmp_path / "late", "--after-expiry", council=council)
    assert "Written to late: walk-card-1-read-me.txt" in said
