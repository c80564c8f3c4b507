"""The commands that keep and forget: one JSON document or plain lines, one sentence where something is wrong."""

import io
import json
import shutil
import sys

import pytest
import typer

from commands import main
from commands.agreement import agreement
from commands.audit import audit
from commands.dpia import dpia
from commands.encrypt import encrypt
from commands.forget import forget
from geo.review.audit import verify_audit
from geo.review.encryption import is_encrypted
from geo.review.intake import keep, take_in
from geo.review.workspace import Workspace
from tests.tinytown.council import TODAY, export, make_council, row

COMMANDS = {"forget": forget, "audit": audit, "dpia": dpia, "encrypt": encrypt, "agreement": agreement}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("council") / "Tinytown")
    content = export(*(row(number) for number in range(1, 4)), row(9, day="01/02/2010"))
    keep(council, take_in(council, content, file_name="x.csv", feed="Housing", today=TODAY))
    return council.root


@pytest.fixture
def council(template, tmp_path, monkeypatch):
    root = shutil.copytree(template, tmp_path / "Tinytown é")
    monkeypatch.setenv("PLANNER_WORKSPACE", str(root))
    return Workspace.open(root)


@pytest.fixture
def planner(monkeypatch, capsys):
    app = typer.Typer(pretty_exceptions_enable=False)
    for name, function in COMMANDS.items():
        app.command(name)(function)
    monkeypatch.setattr(main, "app", app)

    def run(*arguments, expected=0):
        monkeypatch.setattr(sys, "argv", ["planner", *map(str, arguments)])
        code = main._run()
        said = capsys.readouterr()
        assert code == expected, said.err
        if expected == 2:
            assert said.out == ""
            assert len(said.err.splitlines()) == 1
            return said.err
        assert said.err == ""
        return said.out

    return run


def test_a_person_is_looked_for_asked_about_and_then_removed(planner, council):
    looked = json.loads(planner("forget", "--reference", "H2", "--dry-run", "--json"))
    assert (looked["rows"], looked["removed"]) == (1, False)
    assert "1 row would be removed for good; nothing was" in planner("forget", "--reference", "H2", expected=2)
    assert len(council.records()) == 4
    done = json.loads(planner("forget", "--reference", "H2", "--yes", "--json"))
    assert (done["rows"], done["removed"], done["rewritten"]) == (1, True, True)
    assert len(council.records()) == 3
    assert "H2" not in planner("audit")


def test_a_reference_may_come_by_standard_input(planner, council, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("R3\n"))
    said = planner("forget", "--reference", "-", "--yes")
    assert said.startswith("Removed 1 row.\n  1 by case number in Housing\n")
    assert "no byte of the rows is left" in said
    assert len(council.records()) == 3


def test_what_is_older_than_the_limit_goes_by_one_word(planner, council):
    assert "Removed 1 row." in planner("forget", "--older", "--yes")
    assert sorted(set(council.records()["month"])) == ["2024-05"]


def test_a_source_that_has_nothing_left_is_named(planner, council):
    said = planner("forget", "--source", "housing", "--dry-run")
    assert "4 rows would be removed." in said
    assert "Housing would have no rows left" in said
    assert "0 rows would" in planner("forget", "--reference", "never seen", "--source", "Housing", "--dry-run")
    assert len(council.records()) == 4


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say one thing to forget"),
        (("--period", "2024-25", "--older"), "Say one thing to forget"),
        (("--reference", "H1", "--period", "2024-25"), "Say one thing to forget"),
        (("--source", "Nobody"), "No source of files"),
        (("--period", "soon"), ""),
        (("--reference", "n/a"), "No reference was given"),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_sentence(planner, arguments, said):
    assert said in planner("forget", *arguments, "--yes", expected=2)


@pytest.mark.usefixtures("council")
def test_the_log_is_shown_checked_and_written(planner, tmp_path):
    whole = json.loads(planner("audit", "--json", "--out", tmp_path / "log.csv"))
    assert whole["whole"]
    assert whole["lines"] == len(whole["log"])
    written = (tmp_path / "log.csv").read_text(encoding="utf-8-sig").splitlines()
    assert written[0] == "number,when,who,what,detail,digest,audience"
    assert len(written) == 1 + whole["lines"]
    assert len(planner("audit", "--last", "1").splitlines()) == 3
    assert json.loads(planner("audit", "--json", "--noted", whole["last"]))["whole"]
    assert "does not end in .csv" in planner("audit", "--out", tmp_path / "log.xlsx", expected=2)


def test_a_broken_log_leaves_with_one(planner, council):
    with council.store.noting() as connection:
        connection.execute("DROP TRIGGER audit_is_not_removed")
        connection.execute("DELETE FROM audit WHERE number = 2")
    assert "Line 2 does not fit" in planner("audit", expected=1)
    assert json.loads(planner("audit", "--json", expected=1))["broken"] == 2


@pytest.mark.usefixtures("council")
def test_the_dpia_facts_are_written_and_their_questions_counted(planner, tmp_path):
    done = json.loads(planner("dpia", "--out", tmp_path / "dpia.html", "--json"))
    assert done["questions"] == (tmp_path / "dpia.html").read_text(encoding="utf-8").count('class="question"')
    assert "neither .md nor .html" in planner("dpia", "--out", tmp_path / "dpia.pdf", expected=2)


@pytest.mark.usefixtures("council")
def test_an_agreement_is_recorded_and_listed(planner):
    assert planner("agreement") == "No agreement is recorded yet.\n"
    given = ("--source", "housing", "--controller", "Council", "--agreement", "own data", "--until", "2027-03-31")
    assert "Housing: own data, until 31 March 2027; controller Council." in planner("agreement", *given)
    assert json.loads(planner("agreement", "--json"))["agreements"][0]["until"] == "2027-03-31"
    assert "is no day" in planner("agreement", "--source", "x", "--until", "March", expected=2)


def test_a_workspace_is_encrypted_with_a_key_that_was_made_for_it(planner, council, tmp_path, monkeypatch):
    pytest.importorskip("sqlcipher3", reason="the extra planner[encryption] is not installed")
    key = tmp_path / "database.key"
    assert "Name the key" in planner("encrypt", expected=2)
    assert "inside the workspace" in planner("encrypt", "--make-key", council.root / "k", expected=2)
    said = planner("encrypt", "--make-key", key)
    assert f"PLANNER_DATABASE_KEY_FILE={key}" in said
    assert is_encrypted(council.store.path)
    assert "is encrypted; set PLANNER_DATABASE_KEY" in planner("audit", expected=2)
    monkeypatch.setenv("PLANNER_DATABASE_KEY_FILE", str(key))
    assert json.loads(planner("audit", "--json"))["log"][-1]["what"] == "encryption"
    assert "encrypted already" in planner("encrypt", expected=2)
    second = tmp_path / "second.key"
    assert "has a new key" in planner("encrypt", "--make-key", second)
    monkeypatch.setenv("PLANNER_DATABASE_KEY_FILE", str(second))
    assert verify_audit(Workspace.open(council.root).store).whole


@pytest.mark.usefixtures("planner")
def test_a_key_whose_workspace_could_not_be_encrypted_is_not_left_behind(council, tmp_path, monkeypatch):
    pytest.importorskip("sqlcipher3", reason="the extra planner[encryption] is not installed")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.review.encrypting._sign", full)
    monkeypatch.setattr(sys, "argv", ["planner", "encrypt", "--make-key", str(tmp_path / "database.key")])
    assert main._run() == 1
    assert not (tmp_path / "database.key").exists()
    assert len(council.records()) == 4


def test_a_command_signs_what_it_changes(planner, council, monkeypatch):
    monkeypatch.setattr("commands.shared.user_name", lambda: "jo")
    planner("forget", "--reference", "R1", "--yes")
    line = json.loads(planner("audit", "--json"))["log"][-1]
    assert (line["who"], line["what"], line["detail"]) == ("jo", "forgetting", "one reference: rows 1")
    assert line["when"].endswith("+00:00")
    assert verify_audit(council.store).whole
