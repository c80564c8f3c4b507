"""The contract that scripts depend on: one JSON document on standard output, one sentence on standard error."""

import json
import sys

import pytest

from commands.main import _run
from geo.schema import FLAGS, STATUSES
from tests.tinytown.council import boundary, export, make_council, row


@pytest.fixture
def planner(monkeypatch, capsys):
    def run(*arguments, expected=0):
        monkeypatch.setattr(sys, "argv", ["planner", *map(str, arguments)])
        code = _run()
        said = capsys.readouterr()
        assert code == expected, said.err
        if expected:
            assert said.out == ""
            assert len(said.err.splitlines()) == 1
            return said.err
        assert said.err == ""
        return said.out

    return run


@pytest.fixture
def council(tmp_path):
    return make_council(tmp_path / "Tinytown é")


@pytest.fixture
def district(tmp_path):
    boundary().to_file(tmp_path / "district.geojson", driver="GeoJSON")
    return tmp_path / "district.geojson"


def test_a_workspace_is_made_from_a_boundary_file(planner, district, tmp_path):
    folder = tmp_path / "Vallée du Test"
    made = json.loads(
        planner("new", folder, "--name", "Tinytown", "--boundary", district, "--office", "zz13aa", "--json")
    )
    assert made == {"workspace": str(folder), "name": "Tinytown", "office_postcode": "ZZ1 3AA"}
    found = json.loads(planner("check", "--json", "--workspace", folder))
    assert found["status"] == dict.fromkeys(STATUSES, 0)
    assert found["flags"] == dict.fromkeys(FLAGS, 0)
    assert [edition["file_name"] for edition in found["editions"]] == ["district.geojson"]
    assert "not an empty folder" in planner("new", folder, "--name", "x", "--boundary", district, expected=2)


def test_the_folder_may_be_named_by_the_option_or_the_environment(planner, district, tmp_path, monkeypatch):
    planner("new", "--workspace", tmp_path / "a", "--name", "A", "--boundary", district)
    monkeypatch.setenv("PLANNER_WORKSPACE", str(tmp_path / "b"))
    planner("new", "--name", "B", "--boundary", district)
    assert json.loads(planner("check", "--json"))["name"] == "B"
    assert json.loads(planner("check", "--json", "--workspace", tmp_path / "a"))["name"] == "A"


def test_what_is_missing_to_make_a_workspace_is_said(planner, district, tmp_path):
    assert "Name the new folder" in planner("new", "--boundary", district, expected=2)
    assert "--boundary" in planner("new", tmp_path / "w", expected=2)
    assert "Two folders" in planner("new", tmp_path / "w", "--workspace", tmp_path / "v", expected=2)
    assert "not a UK postcode" in planner(
        "new", tmp_path / "w", "--boundary", district, "--office", "Town Hall", expected=2
    )
    assert not (tmp_path / "w").exists()


def test_an_export_is_added_checked_and_counted(planner, council, tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(export(row(1), row(2, postcode="zz12aa"), row(3, postcode="", day="01/04/2023"), row(3)))
    words = ("add", "referrals", file, "--source", "Housing", "--workspace", council.root)
    dry = json.loads(planner(*words, "--check-only", "--json"))
    assert (dry["kept"], dry["added"]) == (False, 4)
    assert json.loads(planner("check", "--json", "--workspace", council.root))["rows"] == 0
    first = json.loads(planner(*words, "--json"))
    assert (first["kept"], first["added"], first["rows"]) == (True, 4, 4)
    again = json.loads(planner(*words, "--json"))
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 4)
    found = json.loads(planner("check", "--json", "--workspace", council.root))
    expected = dict.fromkeys(STATUSES, 0) | {"located": 2, "missing": 1, "duplicate": 1}
    assert found["status"] == expected
    assert found["flags"] == dict.fromkeys(FLAGS, 0) | {"repaired": 1}
    assert list(found["periods"]) == ["2023-24", "2024-25"]
    one = json.loads(planner("check", "--json", "--period", "2024-25", "--workspace", council.root))
    assert (one["rows"], one["status"]["located"]) == (3, 2)


def test_people_read_lines(planner, council, tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(export(row(1), row(2, postcode="ZZ99 3VZ")))
    said = planner("add", "referrals", file, "--source", "Housing", "--workspace", council.root)
    assert "  located                  1\n" in said
    assert "2 new, 0 updated, 0 unchanged" in said
    assert "no fixed abode" in planner("check", "--workspace", council.root)


def test_a_preset_and_single_columns_say_which_is_which(planner, council, tmp_path):
    file, preset = tmp_path / "export.csv", tmp_path / "preset.toml"
    file.write_bytes(b"Seen,Now,Before\n14/05/2024,ZZ1 1AA,ZZ1 2AA\n")
    preset.write_text('[columns]\ndate = "Seen"\npostcode = "Before"\n')
    words = ("add", "referrals", file, "--source", "A", "--workspace", council.root)
    assert "No column of the file could be the date" in planner(*words, expected=2)
    done = json.loads(planner(*words, "--columns", preset, "--column", "postcode=Now", "--json"))
    assert done["columns"] == {"date": "Seen", "postcode": "Now"}
    assert done["dropped"] == ["Before"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--source", "A", "--address-kind", "home"), "no kind of address"),
        (("--source", "=A"), "name of the feed"),
        (("--source", "A", "--sheet", "x", "--column", "postcode"), "field=column"),
        ((), "--source"),
    ],
)
def test_an_option_that_cannot_be_used_is_said_in_one_sentence(planner, council, tmp_path, words, said):
    file = tmp_path / "export.csv"
    file.write_bytes(export(row(1)))
    assert said in planner("add", "referrals", file, "--workspace", council.root, *words, expected=2)


def test_without_a_workspace_the_command_asks_for_one(planner, tmp_path):
    assert "give --workspace" in planner("check", expected=2)
    assert "is not a workspace" in planner("check", "--workspace", tmp_path, expected=2)


def test_a_period_without_records_is_named(planner, council):
    assert "there are: none yet" in planner("check", "--period", "2024-25", "--workspace", council.root, expected=2)


def test_a_failure_that_is_not_the_files_ends_with_1(planner, council):
    (council.root / "planner.sqlite").write_bytes(b"not a database, but long enough" * 100)
    assert "damaged" in planner("check", "--workspace", council.root, expected=1)


def test_institutions_are_listed_and_flag_the_next_import(planner, council, tmp_path):
    listed, file = tmp_path / "list.csv", tmp_path / "export.csv"
    listed.write_text("Postcode,Type\nzz11aa,Hostel\nZZ1 1AB,B&B\n")
    done = json.loads(planner("add", "institutions", listed, "--workspace", council.root, "--json"))
    assert done == {"read": 2, "new": 2, "institutions": {"hostel": 1, "temporary_accommodation": 1}}
    file.write_bytes(export(row(1), row(2, postcode="ZZ1 2AA"), row(3, postcode="ZZ1 3AA")))
    report = json.loads(planner("add", "referrals", file, "--source", "A", "--workspace", council.root, "--json"))
    assert report["flags"]["institution"] == 2  # the hostel, and the council's own office
    listed.write_text("postcode,kind\nZZ1 1AD,prison\n")
    planner("add", "institutions", listed, "--replace", "--workspace", council.root)
    assert json.loads(planner("check", "--json", "--workspace", council.root))["institutions"] == {"prison": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("postcode,kind\nZZ1 1AA,castle\n", "Row 2 has another kind of institution; expected prison"),
        ("postcode,kind\nTown Hall,hostel\n", "Row 2 has no UK postcode"),
        ("place,kind\nZZ1 1AA,hostel\n", "needs one column named postcode"),
    ],
)
def test_a_list_of_institutions_that_cannot_be_read_is_refused(planner, council, tmp_path, content, said):
    (tmp_path / "list.csv").write_text(content)
    assert said in planner("add", "institutions", tmp_path / "list.csv", "--workspace", council.root, expected=2)
    assert council.institutions() == {}
