"""`planner walkabouts import`, `report`, `reports`, `withdraw-report`, `template` and `response`."""

import json
import shutil

import pytest

from geo.review.walks.reading import read_reports
from geo.review.workspace import Workspace
from tests.commands.typed import planner
from tests.geo.review.walks.walk_records import record, visit
from tests.geo.review.walks.walk_report_files import NOW, SQUARE, file_of
from tests.tinytown.council import make_council

REPORT = ("report", "--seen", "31/05/2025 22:15", "--received", "01/06/2025 09:00", "--source", "StreetLink")
POINT = ("--easting", "641010", "--northing", "421020", "--who", "JS")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("template") / "w").root


@pytest.fixture
def council(template, tmp_path, monkeypatch):
    for module in ("reports", "response"):
        monkeypatch.setattr(f"commands.walkabouts_{module}.now", lambda: NOW)
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


@pytest.fixture
def ask(council):
    def asked(*words, code=0):
        return planner("walkabouts", *words, "--workspace", council.root, code=code)

    return asked


def test_a_report_is_recorded_listed_corrected_and_withdrawn(ask, council) -> None:
    said = ask(*REPORT, *POINT)
    assert said == "Recorded as number 1. Somebody is to be there by the end of Monday 02/06/2025.\n"
    listed = ask("reports")
    assert "1 report is open, none overdue." in listed
    assert f"1. 31/05/2025 22:15 {SQUARE[:2]} {SQUARE[2:5]} {SQUARE[5:]}: 1 person, reported by StreetLink." in listed
    made = json.loads(ask(*REPORT, *POINT, "--people", 3, "--supersedes", 1, "--json"))
    assert made == {"number": 2, "due": "2025-06-02T23:59:59+01:00", "notes": []}
    document = json.loads(ask("reports", "--open", "--json"))
    assert [(one["number"], one["people"], one["overdue"]) for one in document["reports"]] == [(2, 3, False)]
    assert "Do not pass this file on" in document["audience"]
    assert ask("withdraw-report", 2, "--who", "JS") == "Withdrawn: number 2.\n"
    assert ask("reports").startswith("No report is open.")
    assert len(read_reports(council)) == 3


def test_overdue_reports_lead_and_a_visit_closes_one(ask, council, monkeypatch) -> None:
    ask(*REPORT, *POINT)
    ask(*REPORT, "--easting", 643_000, "--northing", 423_000, "--received", "31/05/2025 23:00")
    monkeypatch.setattr("commands.walkabouts_reports.now", lambda: NOW.replace(day=3))
    assert ask("reports").startswith("2 reports are open, all of them overdue.")
    found = visit("20:40", day="2025-06-02", point=(641_010.0, 421_020.0), outcome="found", bedded_down=1)
    record(council, found, now=NOW.replace(day=3), day="2025-06-02")
    assert "1 report is open, and it is overdue." in ask("reports", "--open")
    monkeypatch.setattr("commands.walkabouts_response.now", lambda: NOW.replace(day=3))
    said = json.loads(ask("response", "--quarter", "2025-26 Q1", "--json"))["quarters"][0]
    assert (said["reported"], said["in_time"], said["overdue"]) == (
        {"reports": 2, "people": 2},
        {"reports": 1},
        {"reports": 1},
    )
    assert "Of 1 report visited, 1 led to a visit that found somebody, 0 to one that found nobody." in ask("response")


def test_a_file_is_tried_and_taken_in_with_every_row_accounted_for(ask, tmp_path, council) -> None:
    file = tmp_path / "reports.csv"
    file.write_bytes(file_of({}, {"Alert ID": "A2", "Time seen": ""}))
    tried = ask("import", file, "--source", "StreetLink", "--dry-run")
    assert tried.startswith("Reports would be recorded: 1 new, 0 put right, of 2 rows.")
    assert "Columns not read past their heading: Description." in tried
    assert "Row 3: it does not say at what time somebody was seen" in tried
    assert read_reports(council) == ()
    told = json.loads(ask("import", file, "--source", "StreetLink", "--json"))
    assert (told["rows"], told["new"], told["on_record"], len(told["refused"])) == (2, 1, 0, 1)
    assert "passed over: 1." in ask("import", file, "--source", "StreetLink")


def test_a_heap_is_kept_only_once_somebody_has_looked(ask, tmp_path, council) -> None:
    file = tmp_path / "reports.csv"
    file.write_bytes(file_of(*({"Alert ID": str(number)} for number in range(30))))
    assert "improbably many" in ask("import", file, "--source", "StreetLink", code=2)
    assert read_reports(council) == ()
    assert "30 new" in ask("import", file, "--source", "StreetLink", "--checked")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "--seen", "31/05/2025", "--source", "StreetLink", *POINT), "It does not say at what time"),
        ((*REPORT, "--grid-reference", "somewhere"), "its grid reference is none"),
        ((*REPORT, "--latitude", "51.2"), "A latitude and a longitude are two numbers"),
        ((*REPORT, *POINT, "--supersedes", "8"), "There is no report 8"),
        (("withdraw-report", "8"), "There is no report 8"),
        (("template", "x.ods"), "x.ods cannot be written"),
        (("response", "--quarter", "spring"), "is no quarter"),
    ],
)
def test_what_cannot_be_right_is_one_sentence(ask, words, said) -> None:
    told = ask(*words, code=2)
    assert said.casefold() in told.casefold()
    assert told.count("\n") == 1


@pytest.mark.parametrize("name", ["empty.csv", "empty.xlsx"])
def test_the_empty_file_is_written_and_says_when_it_holds_nothing(ask, tmp_path, name) -> None:
    assert ask("template", tmp_path / name) == f"Written to {name}.\n"
    assert "no row below it" in ask("import", tmp_path / name, code=2)


def test_a_quarter_without_a_report_is_told_so(ask) -> None:
    assert "Nobody was reported in 2025-26 Q1.\n" in ask("response")
