"""Visits outside any walkabout that a file brings: each once, beside the walks, and the reports they answer close."""

import shutil
from datetime import timedelta

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.walks.history import plan_history, take_in_history
from geo.review.walks.reading import read_visits, visits_standing, walks_standing
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.response import standing
from geo.review.walks.visits import record_visit, withdraw_visit
from geo.review.workspace import Workspace
from layers.walks.visit_files import visits_csv
from tests.geo.review.registers import signed
from tests.geo.review.walks.walk_records import COUNTED, NOW, SQUARES, at, record, visit

HEADER = "date,arrived,left,grid_reference,outcome,bedded_down,offered,purpose"
MIXED = "walk_date,start_time,end_time,agencies,walkers,arrived,left,grid_reference,outcome,bedded_down"
ROWS = (
    f"09/05/2025,15:00,15:10,{SQUARES[1]},found,2,1,report",
    f"10/05/2025,23:55,00:05,{SQUARES[2]},nobody,,,report",
)


@pytest.fixture
def council(council):
    return signed(council)


@pytest.fixture(scope="module")
def untouched(council_template, tmp_path_factory):
    """One council for all that is refused: nothing is ever kept in it."""
    return Workspace.open(shutil.copytree(council_template, tmp_path_factory.mktemp("untouched") / "w"))


def _file(*rows, header=HEADER):
    return "\n".join((header, *rows, "")).encode()


def _take(council, *rows, header=HEADER, who=" J  S "):
    return take_in_history(council, _file(*rows, header=header), who=who, now=NOW)


def test_a_file_that_says_nothing_of_walks_brings_visits_outside_any(council) -> None:
    plan = _take(council, *ROWS)
    assert (plan.what, plan.nobody, plan.usable) == ("2 visits outside any walk", 1, True)
    assert walks_standing(council) == ()
    first, second = visits_standing(council)
    assert (first.walk, first.square, first.found, first.offered, first.purpose, first.who) == (
        0, SQUARES[1], 2, 1, "report", "J S",
    )  # fmt: skip
    assert second.left == at("00:05", "2025-05-11")
    line = read_audit(council.store)[-1]
    assert (line.what, line.detail) == ("walk", "file taken in: walks 0, visits 0, visits outside any 2")


def test_the_answers_of_a_file_close_the_reports_of_that_year(council) -> None:
    told = at("09:00", "2025-05-09")
    record_report(
        council, MadeReport(told, told, "StreetLink", GivenPlace(grid_reference=SQUARES[1])), who="JS", now=NOW
    )
    assert len(standing(council, now=NOW).open) == 1
    _take(council, ROWS[0])
    assert standing(council, now=NOW).open == ()


def test_one_file_brings_walks_and_visits_outside_any_side_by_side(council) -> None:
    walk = f"09/05/2025,20:30,22:00,Police,2,20:40,20:50,{SQUARES[1]},nobody,"
    lone = f"09/05/2025,,,,,15:00,15:10,{SQUARES[1]},found,1"
    plan = _take(council, walk, lone, header=MIXED)
    assert plan.what == "1 walk with 1 visit and 1 visit outside any walk"
    assert [(one.walk, one.found) for one in visits_standing(council)] == [(0, 1), (1, 0)]


def test_what_is_on_record_is_passed_over_and_what_differs_is_told(council) -> None:
    _take(council, *ROWS)
    again = _take(council, *ROWS)
    assert (again.alone.new, again.alone.on_record, again.usable) == ((), 2, False)
    assert again.sentences() == ["Visits outside any walk on record already, and passed over: 2."]
    other = _take(council, ROWS[0].replace("found,2", "found,3"), ROWS[1])
    assert (other.alone.new, other.alone.on_record) == ((), 1)
    assert other.sentences()[1].startswith(
        "The visit of 2025-05-09 at 15:00, outside any walk, is on record as visit 1 and says otherwise"
    )
    withdraw_visit(council, 1, who="KL")
    assert _take(council, ROWS[0]).what == "1 visit outside any walk"


def test_a_visit_of_a_walk_at_that_moment_is_another_one(council) -> None:
    record(council, visit("15:00", **COUNTED), begins="14:50", ends="16:00")
    assert len(_take(council, ROWS[0]).alone.new) == 1


def test_what_is_written_comes_back_with_the_visits_outside_walks(council, untouched) -> None:
    record(council, visit(**COUNTED))
    record_visit(council, visit("00:10", day="2025-05-12", purpose="report"), who="JS", now=NOW)
    content = visits_csv(walks_standing(council), visits_standing(council))
    assert plan_history(council, content, who="JS", now=NOW).sentences() == [
        "Walks on record already, and passed over: 1.",
        "Visits outside any walk on record already, and passed over: 1.",
    ]
    assert (
        plan_history(untouched, content, who="JS", now=NOW).what == "1 walk with 1 visit and 1 visit outside any walk"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROWS[0].replace("09/05/2025", "31/31/2025"), "Row 3: its day cannot be read"),
        (ROWS[0].replace("15:10", "14:50"), "Row 3: it ends before it begins"),
        (ROWS[0].replace("09/05/2025", "02/06/2025"), "Row 3: it is in the future"),
        (ROWS[0].replace("found,2,1", "nobody,2,1"), "Row 3: it says that nobody was found, and counts"),
        (ROWS[0].replace("15:00", ""), "Row 3: the time of arrival is missing"),
        (ROWS[1], "Row 3 and row 2 are the same place at the same moment"),
    ],
)
def test_one_that_cannot_be_right_refuses_the_file_and_is_named(untouched, row, said) -> None:
    with pytest.raises(BadInputError, match=said):
        _take(untouched, ROWS[1], row)
    assert read_visits(untouched) == ()


@pytest.mark.parametrize("part", ["20:30,,,", ",22:00,,", ",,Police,", ",,,3"])
def test_a_row_that_says_half_of_a_walk_is_no_visit_outside_one(untouched, part) -> None:
    row = f"09/05/2025,{part},20:40,20:50,{SQUARES[1]},nobody,"
    with pytest.raises(BadInputError, match=r"[rR]ow 2"):
        _take(untouched, row, header=MIXED)
    assert read_visits(untouched) == ()


def test_nobody_takes_a_file_in_namelessly(untouched) -> None:
    with pytest.raises(BadInputError, match="It does not say who records it"):
        _take(untouched, ROWS[0], who=" ")


def test_many_visits_ask_once_for_the_names_that_must_not_be_kept(untouched, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr("geo.review.walks.alone.name_faults", lambda *given: asked.append(given) or [])
    days = [NOW - timedelta(days=days) for days in range(1, 40)]
    rows = [f"{one:%d/%m/%Y},15:00,15:10,{SQUARES[1]},nobody,,,report" for one in days]
    assert len(plan_history(untouched, _file(*rows), who="JS", now=NOW).alone.new) == len(rows)
    assert len(asked) == 1
