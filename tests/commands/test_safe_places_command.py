"""`planner safe-places`: numbers and one sentence, never a place."""

import json

import pytest
from typer.testing import CliRunner

from commands.main import app
from geo.errors import BadInputError
from geo.review.safe_officers import may_keep_list
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from tests.tinytown.council import export, make_council, row

PLACE = "ZZ1 2AB"


@pytest.fixture
def council(tmp_path, monkeypatch):
    monkeypatch.setattr("commands.shared.user_name", lambda: "jo")
    return make_council(tmp_path / "w").root


@pytest.fixture
def ask(council):
    def asked(*words, typed=""):
        answer = CliRunner().invoke(app, ["safe-places", *map(str, words), "--workspace", str(council)], input=typed)
        if answer.exception is not None and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        return answer.stdout

    return asked


@pytest.fixture
def officer(ask):
    ask("officers", "--name", "jo", "--name", "Sam")
    return ask


def test_officers_are_named_and_told(officer, council):
    assert json.loads(officer("officers", "--json")) == {"officers": ["Sam", "jo"], "you": "jo"}
    assert "kept by Sam and jo" in officer("officers")
    assert may_keep_list(Workspace.open(council, signer=Signer("sam", None)))


def test_before_that_nobody_is(ask):
    assert ask("officers") == "Nobody is named yet.\n"
    with pytest.raises(BadInputError, match="Nobody has been named"):
        ask("list")


def test_places_come_from_standard_input_past_the_shells_history(officer):
    said = officer("add", typed=f"{PLACE}, 643510, 423020\nZZ1 1AA\n")
    assert said.startswith("On the list: 2, with a point of their own: 1.")
    assert "until their export is added again" in said
    assert "2AB" not in said
    answer = json.loads(officer("remove", "ZZ1 1AA", "--json"))
    assert (answer["places"], answer["points"]) == (1, 1)
    assert [(one["who"], one["added"], one["removed"]) for one in answer["changes"]] == [("jo", 2, 0), ("jo", 0, 1)]
    assert "Last changed by jo" in officer("list")


def test_an_empty_list_is_counted_too(officer):
    assert officer("list") == "On the list: 0, with a point of their own: 0.\n"


def test_the_rows_of_a_file_are_counted_for_an_officer(officer, tmp_path):
    officer("add", PLACE)
    file = tmp_path / "export.csv"
    file.write_bytes(export(row(1, postcode=PLACE), row(2)))
    assert json.loads(officer("count", file, "--json")) == {"at_safe_places": 1, "rows": 2}
    assert officer("count", file) == "1 of 2 rows.\n"


def test_somebody_else_is_told_one_sentence_whatever_they_ask(officer, monkeypatch):
    officer("add", PLACE)
    monkeypatch.setattr("commands.shared.user_name", lambda: "eve")
    sentences = set()
    for words in (("list",), ("add", PLACE), ("add", "ZZ1 1AA"), ("remove", PLACE), ("officers", "--name", "eve")):
        with pytest.raises(BadInputError) as refused:
            officer(*words)
        sentences.add(str(refused.value))
    assert len(sentences) == 1
    assert "ask them" in sentences.pop()


def test_a_bulk_count_passes_over_the_places_of_the_workspace_that_is_named(officer, council, tmp_path):
    officer("add", PLACE)
    (tmp_path / "rows.csv").write_text(f"postcode\n{PLACE}\nZZ1 1AA\n", encoding="utf-8")
    words = ["cells", "--input", tmp_path / "rows.csv", "--gazetteer", council / "gazetteer.parquet", "--json"]
    counts = []
    for more in ([], ["--workspace", council]):
        answer = CliRunner().invoke(app, [str(word) for word in (*words, *more)])
        counts.append(json.loads(answer.stdout)["status"])
    assert (counts[0]["located"], counts[0]["not_in_gazetteer"]) == (2, 0)
    assert (counts[1]["located"], counts[1]["not_in_gazetteer"]) == (1, 1)


def test_new_officers_are_named_with_the_key_when_the_old_ones_have_left(officer, monkeypatch):
    monkeypatch.setattr("commands.shared.user_name", lambda: "eve")
    answer = json.loads(officer("officers", "--recover", "--name", "eve", "--name", "Lou", "--json"))
    assert answer == {"officers": ["eve", "Lou"], "you": "eve"}
    with pytest.raises(BadInputError, match="expected one or two"):
        officer("officers", "--recover")
