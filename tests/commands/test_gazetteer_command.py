"""`planner add gazetteer` from the terminal: data on standard output, progress and errors beside it."""

import json

import pytest

from commands.main import run
from geo.review.workspace import Workspace
from tests.tinytown.council import boundary, edition
from tests.tinytown.postcode_files import code_point


@pytest.fixture
def workspace(tmp_path):
    return Workspace.create(tmp_path / "Town é", name="Tinytown", boundary=boundary(), boundary_edition=edition())


@pytest.fixture
def planner(monkeypatch, capsys):
    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["planner", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            run()
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out, out.err

    return call


def test_editions_are_added_one_after_the_other(planner, workspace, tmp_path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "zz_2025-11.csv"
    old.write_text(code_point(("ZZ1 1AE", 10, 641_000, 421_000), ("ZZ1 1AA", 10, 1_000, 2_000)), encoding="utf-8")
    new.write_text(code_point(), encoding="utf-8")
    code, out, err = planner("add", "gazetteer", new, "--workspace", workspace.root, "--json")
    assert code == 0, err
    assert json.loads(out)["postcodes"] == 12
    assert err == ""  # progress is for people
    code, out, err = planner("add", "gazetteer", old, "--edition", "2014-08", "--workspace", workspace.root, "--json")
    told = json.loads(out)
    assert (code, told["postcodes"], told["live"], told["terminated"], told["no_location"]) == (0, 13, 12, 1, 1)
    assert [item["edition"] for item in told["editions"]] == ["2014-08", "2025-11"]
    assert workspace.gazetteer().lookup(["ZZ1 1AE"])["terminated"].tolist() == [202_511]


def test_a_person_at_a_terminal_sees_how_far_it_is(planner, workspace, tmp_path, monkeypatch) -> None:
    path = tmp_path / "zz_2025-11.csv"
    path.write_text(code_point(), encoding="utf-8")
    monkeypatch.setattr("commands.watching._is_watched", lambda: True)
    _, _, err = planner("add", "gazetteer", path, "--workspace", workspace.root)
    assert "100 %" in err


def test_a_file_that_breaks_off_halfway_is_one_sentence_without_progress(planner, workspace, tmp_path) -> None:
    path = tmp_path / "zz_2025-11.csv"
    path.write_text(code_point() + '"ZZ1 1AZ",10,64', encoding="utf-8")
    code, out, err = planner("add", "gazetteer", path, "--workspace", workspace.root)
    assert (code, out) == (2, "")
    assert err.startswith("zz_2025-11.csv breaks off")
    assert err.count("\n") == 1


def test_people_are_told_in_words(planner, workspace, tmp_path) -> None:
    path = tmp_path / "zz_2025-11.csv"
    path.write_text(code_point(), encoding="utf-8")
    code, out, _ = planner("add", "gazetteer", path, "--workspace", workspace.root)
    assert code == 0
    assert out.splitlines() == [
        "12 postcodes: 12 live, 0 terminated, 1 without a location.",
        "OS Code-Point Open 2025-11: 12 rows from zz_2025-11.csv.",
    ]


def test_a_file_of_the_wrong_kind_is_one_sentence_and_code_two(planner, workspace, tmp_path) -> None:
    path = tmp_path / "letter.csv"
    path.write_text("Dear Sir,\n", encoding="utf-8")
    code, out, err = planner("add", "gazetteer", path, "--workspace", workspace.root, "--json")
    assert (code, out) == (2, "")
    assert err.strip().splitlines()[-1].startswith("letter.csv is not a postcode file")
    assert not workspace.has("gazetteer")
