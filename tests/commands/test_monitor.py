"""`planner monitor`: hubs recorded, taken in from files, withdrawn; figures, the scorecard, the quarterly review."""

import json
import shutil

import openpyxl
import pytest
from typer.testing import CliRunner

from commands.main import app
from geo.errors import BadInputError
from geo.review.workspace import Workspace
from layers.adding import add_sites
from layers.source_file import SourceFile
from tests.geo.review.hubs_held import file_of
from tests.geo.review.registers import FILE
from tests.tinytown.council import TODAY, make_council

HUB = ("monitor", "record", "--day", "14/05/2024", "--site", "harbour hall", "--people", 5, "--who", "JS")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    made = make_council(tmp_path_factory.mktemp("template") / "w")
    add_sites(made, SourceFile("sites.csv", FILE.encode()), kind="sites", today=TODAY)
    return made.root


@pytest.fixture
def council(template, tmp_path, monkeypatch):
    for module in ("monitor_hubs", "monitor_quarter", "monitor_report"):
        monkeypatch.setattr(f"commands.{module}.today", lambda: TODAY)
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


@pytest.fixture
def ask(council):
    def asked(*words):
        answer = CliRunner().invoke(app, [*map(str, words), "--workspace", str(council.root)])
        if answer.exception is not None and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        return answer.stdout

    return asked


def test_a_hub_is_recorded_corrected_listed_and_withdrawn(ask) -> None:
    said = ask(*HUB, "--reason", "private=3", "--reason", "family=2", "--agency", "Citizens Advice")
    assert said.startswith("Recorded as number 1: 2024-05-14 Harbour Hall: people seen 5 (Private tenancy ending 3")
    made = json.loads(ask(*HUB, "--reason", "private=5", "--supersedes", 1, "--json"))
    assert (made["number"], made["supersedes"], made["reasons"]) == (2, 1, {"private": 5})
    assert "Put right by number 2" in ask("monitor", "list", "--all")
    assert ask("monitor", "withdraw", 2, "--who", "KL").startswith("Withdrawn: number 2.")
    assert ask("monitor", "list").startswith("No hub has been recorded yet.")
    assert json.loads(ask("monitor", "list", "--year", "2024-25", "--json")) == {"hubs": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--reason", "weather=5"), "counted for the whole district only"),
        (("--reason", "private"), "cannot be read"),
        (("--reason", "private=4"), "add up to 4 and 5"),
    ],
)
def test_a_reason_that_cannot_be_counted_is_refused(ask, words, said) -> None:
    with pytest.raises(BadInputError, match=said):
        ask(*HUB, *words)
    with pytest.raises(BadInputError, match="--day is no day"):
        ask("monitor", "record", "--day", "soon", "--site", "x", "--people", 0, "--who", "JS")


def test_a_file_is_tried_taken_in_and_written_out_again(ask, tmp_path) -> None:
    file = tmp_path / "hubs.csv"
    file.write_bytes(file_of('14/05/2024,Harbour Hall,"Citizens Advice",5,3,2,JS'))
    tried = json.loads(ask("monitor", "import", file, "--dry-run", "--json"))
    assert (tried["new"], tried["dry_run"]) == (1, True)
    assert ask("monitor", "import", file) == "Hubs recorded: 1.\n"
    assert "On record already, and passed over: 1." in ask("monitor", "import", file)
    for name in ("out.csv", "out.xlsx"):
        assert f"Written to {name}." in ask("monitor", "list", "--out", tmp_path / name)
        assert "passed over: 1." in ask("monitor", "import", tmp_path / name)
    assert "team only" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    ask("monitor", "list", "--template", "--out", tmp_path / "empty.xlsx")
    assert openpyxl.load_workbook(tmp_path / "empty.xlsx")["Hubs held"]["A1"].value == "Date"
    with pytest.raises(BadInputError, match=r"out\.ods cannot be written"):
        ask("monitor", "list", "--out", tmp_path / "out.ods")


def test_figures_are_shown_written_and_taken_back(ask) -> None:
    assert "Walkabouts held: not known" in ask("monitor", "figures")
    said = json.loads(
        ask(
            "monitor",
            "figures",
            "--quarter",
            "2024-25 Q2",
            "--set",
            "offers=4",
            "--set",
            "refused=1",
            "--who",
            "JS",
            "--json",
        )
    )
    assert (said["quarter"], said["figures"]["offers"], said["figures"]["reported"]) == ("2024-25 Q2", 4, None)
    assert "Offers of accommodation made: not known" in ask(
        "monitor", "figures", "--quarter", "2024-25 Q2", "--set", "offers=", "--who", "JS"
    )
    with pytest.raises(BadInputError, match="cannot be read"):
        ask("monitor", "figures", "--set", "offers=four", "--who", "JS")
    with pytest.raises(BadInputError, match="Say who"):
        ask("monitor", "figures", "--set", "offers=4")


def test_the_scorecard_and_the_quarter_say_what_is_missing(ask) -> None:
    ask(*HUB, "--reason", "private=5")
    score = json.loads(ask("monitor", "scorecard", "--json"))
    assert (score["year"], len(score["targets"]), score["targets"][0]["verdict"]) == ("2024-25", 12, "met")
    assert "2024-25 Q1. Multi-agency hubs held: at least 1. Met: 1 held." in ask("monitor", "scorecard")
    document = json.loads(ask("monitor", "quarter", "--quarter", "2024-25 Q1", "--json"))
    assert [one["place"] for one in document["hubs"]] == ["Harbour Hall"]
    assert "There are no records yet" in document["change"]
    assert "No programme of 2025-26 was settled" in ask("monitor", "quarter")
    with pytest.raises(BadInputError, match="no quarter"):
        ask("monitor", "quarter", "--quarter", "spring")


def test_a_year_without_a_hub_is_told_so(ask) -> None:
    assert "No hub of 2024-25 has been recorded" in ask("monitor", "report")
