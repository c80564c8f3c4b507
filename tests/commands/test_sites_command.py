"""`planner sites`, `planner decisions` and `planner actions`: the register, what was decided and what is to be done."""

import json
from datetime import date

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from commands.decisions import actions, decisions
from commands.sites import sites
from geo.errors import BadInputError
from geo.review.freezing import freeze
from geo.review.workspace import Workspace
from layers.adding import add_sites
from layers.source_file import SourceFile
from tests.geo.review.registers import FILE
from tests.tinytown.council import TODAY, make_council

app = typer.Typer()
app.add_typer(sites, name="sites")
app.add_typer(decisions, name="decisions")
app.add_typer(actions, name="actions")


@pytest.fixture
def council(tmp_path, monkeypatch):
    for module in ("commands.sites", "commands.decisions"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)
    monkeypatch.setattr("commands.shared.user_name", lambda: "jo")
    made = make_council(tmp_path / "w")
    add_sites(made, SourceFile("sites.csv", FILE.encode()), kind="sites", today=TODAY)
    return made.root


@pytest.fixture
def ask(council):
    def asked(*words):
        answer = CliRunner().invoke(app, [*map(str, words), "--workspace", str(council)])
        if answer.exception is not None and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        return answer.stdout

    return asked


def told(text):
    return json.loads(text)


def test_facts_are_written_shown_and_told_in_json(ask):
    assert ask("sites", "set", "Harbour Hall", "capacity=40", "cost=free") == "Facts changed: 2.\n"
    shown = ask("sites", "show", "harbour hall")
    assert "Capacity: 40" in shown
    assert "Capacity from 60 to 40" in shown
    answer = told(ask("sites", "show", "Harbour Hall", "--json"))
    assert answer["facts"]["cost"] == "free"
    assert [(one["field"], one["was"], one["became"], one["who"]) for one in answer["history"]] == [
        ("capacity", "60", "40", "jo"),
        ("cost", "", "free", "jo"),
    ]


def test_the_list_can_be_cut_to_a_state_a_category_or_what_is_due(ask):
    entry = ("--with", "bookings clerk", "--about", "A room", "--status", "agreed", "--who", "JS")
    assert ask("sites", "log", "Harbour Hall", *entry) == "Kept: 2025-06-01, agreed.\n"
    rows = told(ask("sites", "list", "--json"))["sites"]
    assert [(one["name"], one["status"], one["capacity"], one["step_free"]) for one in rows] == [
        ("Harbour Hall", "agreed", 60, True),
        ("St Mary", "", None, None),
    ]
    assert "due for its check" in ask("sites", "list", "--due")
    assert ask("sites", "check", "Harbour Hall") == "Noted.\n"
    assert ask("sites", "check", "Harbour Hall") == "That was noted already.\n"
    assert ask("sites", "list", "--due") == "No such site.\n"
    assert "St Mary" in ask("sites", "list", "--category", "place_of_worship")
    assert "St Mary" not in ask("sites", "list", "--status", "agreed")
    with pytest.raises(BadInputError, match="Expected a status"):
        ask("sites", "list", "--status", "happy")


def test_a_site_of_ones_own_is_entered(ask):
    made = told(
        ask("sites", "set", "RAF flat", "category=military", "postcode=ZZ1 1AB", "cost=free", "--new", "--json")
    )
    assert made["site_id"].startswith("register:")
    assert "RAF flat" in ask("sites", "list", "--category", "military")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sites", "set", "Harbour Hall", "capacity"), "fact=text"),
        (("sites", "set", "Atlantis", "capacity=4"), "There is no such site"),
        (("sites", "check", "Harbour Hall", "--day", "2026-01-01"), "not one to come"),
        (("sites", "export", "--out", "x.csv"), "does not end in .xlsx"),
        (("sites", "directory", "--out", "nowhere/x.html"), "no folder"),
        (("sites", "import", "nowhere.xlsx"), "no file"),
        (("decisions", "add", "--site", "St Mary", "--verdict", "liked", "--why", "x"), "no decision on a site"),
        (
            ("decisions", "add", "--site", "St Mary", "--verdict", "chosen", "--why", "x", "--review", "2024-25"),
            "not been",
        ),
        (("actions", "add", "Ring", "--owner", "JS", "--due", "soon"), "no day"),
        (("actions", "done", 5), "no action 5"),
    ],
)
def test_what_cannot_be_is_one_sentence(ask, words, said):
    with pytest.raises(BadInputError, match=said):
        ask(*words)


def test_the_workbook_goes_out_and_comes_back_after_a_look(ask, tmp_path):
    file = tmp_path / "register.xlsx"
    assert ask("sites", "export", "--out", file) == "Written to register.xlsx.\n"
    assert ask("sites", "import", file) == "Nothing was changed.\n"
    book = openpyxl.load_workbook(file)
    page = book["Sites"]
    column = next(cell.column for cell in page[1] if cell.value == "Cost")
    page.cell(2, column).value = "5 pounds"
    book.save(file)
    dry = ask("sites", "import", file, "--dry-run")
    assert "Cost from nothing to 5 pounds" in dry
    assert dry.endswith("Nothing was changed.\n")
    assert "5 pounds" not in ask("sites", "show", "Harbour Hall")
    answer = told(ask("sites", "import", file, "--json"))
    assert (answer["changes"][0]["became"], answer["not_taken_in"], answer["dry_run"]) == ("5 pounds", [], False)
    assert "5 pounds" in ask("sites", "show", "Harbour Hall")


def test_the_directory_holds_what_is_agreed_and_nothing_of_what_was_spoken(ask, tmp_path):
    ask(
        "sites",
        "set",
        "Harbour Hall",
        "cost=9 pounds",
        "host_role=Bookings clerk",
        "services=Food bank",
        "checked=2025-05-02",
    )
    entry = ("--with", "bookings clerk", "--about", "Tuesdays", "--status", "agreed", "--who", "JS")
    ask("sites", "log", "Harbour Hall", *entry)
    page, table = tmp_path / "directory.html", tmp_path / "directory.csv"
    assert ask("sites", "directory", "--out", page) == "Places: 1. Written to directory.html.\n"
    ask("sites", "directory", "--out", table)
    for text in (page.read_text(encoding="utf-8"), table.read_text(encoding="utf-8-sig")):
        assert "Harbour Hall" in text
        assert "Food bank" in text
        assert "May 2025" in text
        for hidden in ("9 pounds", "clerk", "Tuesdays", "JS", "St Mary", "agreed"):
            assert hidden not in text
    assert "size: A4" in page.read_text(encoding="utf-8")


def test_a_decision_can_stand_on_the_frozen_analysis(ask, council):
    frozen = freeze(Workspace.open(council), review="2024-25", content={"n": 1}, who="JS", today=date(2025, 5, 1))
    words = ("--site", "Harbour Hall", "--verdict", "chosen", "--why", "It is near.", "--who", "Lee")
    assert ask("decisions", "add", *words, "--review", "2024-25") == "Kept as decision 1.\n"
    assert ask("decisions", "add", *words[:2], "--verdict", "refused", *words[4:], "--supersedes", 1)
    first, second = told(ask("decisions", "list", "--json"))["decisions"]
    assert (first["digest"], first["superseded_by"], second["supersedes"]) == (frozen.digest, 2, 1)
    listed = ask("decisions", "list")
    assert "Lee: chosen: Harbour Hall. It is near. Evidence: Analysis of 2024-25, frozen on 1 May 2025 by JS" in listed
    assert "Superseded by decision 2." in listed


def test_actions_are_written_listed_and_closed(ask):
    assert ask("actions", "list") == "There is nothing to do.\n"
    assert ask("actions", "add", "Ask for a key", "--owner", "JS", "--due", "20/05/2025") == "Kept as action 1.\n"
    assert ask("actions", "list") == "1. Ask for a key (JS, by 2025-05-20, open, late)\n"
    assert ask("actions", "done", 1) == "Action 1 is done.\n"
    assert ask("actions", "list") == "There is nothing to do.\n"
    assert told(ask("actions", "list", "--all", "--json"))["actions"][0]["status"] == "done"
    assert ask("actions", "done", 1, "--dropped") == "Action 1 is dropped.\n"
