"""A file of past visits: taken whole or not at all, each walk once, the visits that found nobody as well."""

import io
import shutil
from datetime import date, time

import openpyxl
import pytest

from geo.errors import BadInputError, BadRowsError
from geo.review.audit import read_audit
from geo.review.walks.history import plan_history, take_in_history
from geo.review.walks.history_file import COLUMNS
from geo.review.walks.reading import read_walks, visits_standing, walks_standing
from geo.review.workspace import Workspace
from layers.walks.visit_files import visits_csv, visits_template
from tests.geo.review.registers import signed
from tests.geo.review.walks.walk_records import COUNTED, NOW, SQUARES, at, card, record, visit
from tests.geo.review.workbooks import saved

HEADER = (
    "walk_date,start_time,end_time,agencies,walkers,arrived,left,grid_reference,outcome,bedded_down,offered,refused"
)
HEAD = "09/05/2025,20:30,22:00,Outreach; Police,3"
ROWS = (
    f"{HEAD},20:40,20:48,{SQUARES[1]},found,2,1,1",
    f"{HEAD},21.00,9.10 pm,{SQUARES[2]},nobody,,,",
    f"2025-05-10,23:30,00:45,Police,2,00:10,00:20,{SQUARES[2]},,0,,",
)


@pytest.fixture
def council(council):
    return signed(council)


@pytest.fixture(scope="module")
def untouched(council_template, tmp_path_factory):
    return Workspace.open(shutil.copytree(council_template, tmp_path_factory.mktemp("untouched") / "w"))


def _file(*rows, header=HEADER):
    return "\n".join((header, *rows, "")).encode()


def _take(council, *rows, **facts):
    return take_in_history(council, _file(*rows, **facts), who="JS", now=NOW)


def test_rows_of_one_start_are_one_walk_and_nobody_found_is_kept(council) -> None:
    plan = _take(council, *ROWS)
    assert (len(plan.new), plan.visits, plan.nobody, plan.faults) == (2, 3, 2, ())
    first, second = walks_standing(council)
    assert (first.begins, first.ends, first.agencies, first.people) == (
        at("20:30"), at("22:00"), ("Outreach", "Police"), 3,
    )  # fmt: skip
    assert second.ends == at("00:45", "2025-05-11")
    found = visits_standing(council)
    assert [(one.walk, one.outcome, one.found, one.offered) for one in found] == [
        (1, "found", 2, 1), (1, "nobody", 0, 0), (2, "nobody", 0, 0),
    ]  # fmt: skip
    assert found[2].arrived == at("00:10", "2025-05-11")
    assert read_audit(council.store)[-1].detail == "file taken in: walks 2, visits 3"


def test_a_walk_that_is_on_record_is_passed_over_and_one_that_differs_is_told(council) -> None:
    _take(council, *ROWS)
    again = _take(council, *ROWS)
    assert (again.new, again.on_record, again.usable) == ((), 2, False)
    other = _take(council, ROWS[0].replace("found,2", "found,3"), ROWS[1], ROWS[2])
    assert (other.new, other.on_record) == ((), 1)
    assert other.differing[0].startswith("The walk of 2025-05-09 at 20:30 is on record as number 1 and says otherwise")
    assert len(read_walks(council)) == 2


def test_what_is_written_comes_back_as_the_same_walks(council) -> None:
    kept = card(council)
    record(council, visit(stop=1, **COUNTED), visit("21:00", stop=2), card=kept.number)
    content = visits_csv(walks_standing(council), visits_standing(council))
    assert b"team only" in content
    plan = plan_history(council, content, who="JS", now=NOW)
    assert (plan.new, plan.on_record, plan.sentences()) == ((), 1, ["Walks on record already, and passed over: 1."])


def test_other_headings_are_understood_and_other_columns_never_read(council) -> None:
    header = "Date,Start,Agency,Staff,Time in,Time out,Postcode,Result,Notes"
    plan = _take(council, "9 May 2025,8.30 pm,Police,2,20:40,20:50,ZZ1 1AB,no one,Jo in a blue coat", header=header)
    assert plan.sentences() == ["Columns that are not read, and not kept: 1."]
    assert [one.square for one in visits_standing(council)] == [SQUARES[2]]
    assert walks_standing(council)[0].ends == at("20:50")
    held = b"".join(path.read_bytes() for path in council.root.glob("planner.sqlite*"))
    assert SQUARES[2].encode() in held
    assert b"blue coat" not in held


def test_the_empty_file_has_every_column_and_holds_no_walk(untouched) -> None:
    with pytest.raises(BadInputError, match="no row below it"):
        plan_history(untouched, visits_template(), who="JS", now=NOW)


def test_the_empty_file_is_filled_in_with_days_and_times_of_excel_and_read(council) -> None:
    book = openpyxl.load_workbook(io.BytesIO(visits_template()))
    page = book["Visits"]
    said = dict(zip(HEADER.split(","), ROWS[0].split(","), strict=True))
    cells = said | {"walk_date": date(2025, 5, 9), "start_time": time(20, 30), "bedded_down": 2}
    for column, name in enumerate(COLUMNS, start=1):
        page.cell(2, column, cells.get(name, ""))
    plan = take_in_history(council, saved(book), who="JS", now=NOW)
    assert (plan.visits, plan.dropped) == (1, 0)
    assert walks_standing(council)[0].begins == at("20:30")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("09/05/2025,20:30,22:00", "31/31/2025,20:30,22:00", "Row 2: its walk's day and time of start"),
        ("20:40,20:48", ",20:48", "Row 2: the time of arrival is missing"),
        ("20:40,20:48", "20:40,later", "Row 2: the time of leaving is missing or cannot be read"),
        ("20:40,20:48", "20:50,20:48", "Row 2: it ends before it begins"),
        (f"{SQUARES[1]},found", ",found", "Row 2: it does not say where"),
        (f"{SQUARES[1]},found", "SU 364 455,found", "Row 2: it lies outside the district"),
        ("found,2,1,1", ",,,", "Row 2: it does not say what was found; write nobody"),
        ("found,2,1,1", "asleep,2,1,1", "Row 2: its outcome is none of"),
        ("found,2,1,1", "found,two,1,1", "Row 2: a count is no whole number"),
        ("found,2,1,1", "nobody,2,1,1", "Row 2: it says that nobody was found, and counts"),
        ("Outreach; Police,3,20:40", "Outreach; Police,4,20:40", "Row 3: agencies, walkers or end differ from row 2"),
        ("Outreach; Police,3,20:40", ",3,20:40", "The walk of row 2: it names no agency"),
        ("09/05/2025,20:30,22:00", "09/05/2025,20:30,20:45", "Row 2 lies outside|differ from row 2"),
        (ROWS[0], ROWS[1], "Row 3 and Row 2 are the same place at the same moment"),
    ],
)
def test_one_row_that_cannot_be_right_refuses_the_file_and_is_named(untouched, was, now, said) -> None:
    assert was in ROWS[0]
    with pytest.raises(BadInputError, match=said) as refused:
        _take(untouched, ROWS[0].replace(was, now), *ROWS[1:])
    assert str(refused.value).endswith("Nothing was kept.")
    assert read_walks(untouched) == ()


def test_a_file_without_a_needed_column_or_with_a_stray_cell_is_refused(untouched) -> None:
    with pytest.raises(BadInputError, match="no column arrived, left"):
        _take(untouched, "1,2,3,4", header="walk_date,start_time,agencies,walkers")
    with pytest.raises(BadRowsError, match="Row 2 has more or fewer cells"):
        _take(untouched, f"{ROWS[2]},Jo")
    assert set(HEADER.split(",")) <= set(COLUMNS)
