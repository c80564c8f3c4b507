"""The register as a workbook: out, changed by hand in Excel, in again, out again; and nothing is lost on the way."""

from datetime import date, datetime

import pytest
from openpyxl.comments import Comment

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.register import history_of
from geo.review.register_import import plan_import, take_in_register
from geo.review.register_liaison import read_log
from layers.register_workbook import register_workbook
from tests.geo.review.registers import CHURCH, HALL, id_of, load, rows, signed, speak, write
from tests.geo.review.workbooks import cell, opened, saved
from tests.tinytown.council import TODAY


@pytest.fixture
def town(council):
    load(council)
    council = signed(council)
    write(council, HALL, capacity="40", checked="2025-04-01", notes="=1+1")
    speak(council, HALL)
    return council


def take_in(council, book):
    return take_in_register(council, saved(book), today=TODAY)


def everything(book):
    """Every cell and comment of every sheet but the notes, by sheet and place."""
    return {
        (page.title, one.coordinate): (one.value, one.comment.text if one.comment else "")
        for page in book
        if page.title != "Notes"
        for row in page.iter_rows()
        for one in row
        if one.value is not None or one.comment
    }


def test_the_workbook_has_its_sheets_frozen_headings_and_lists_to_choose_from(town):
    book = opened(town)
    assert book.sheetnames == ["Sites", "Liaison log", "History", "Notes", "As exported"]
    assert book["As exported"].sheet_state == "veryHidden"
    page = book["Sites"]
    assert page.freeze_panes == "C2"
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert len(rules) == 3
    assert all(len(formula) < 256 for formula in rules.values())  # Excel refuses a longer list
    assert any("Jobcentre" in formula and "Military site" in formula for formula in rules.values())
    assert cell(book, HALL, "Last checked").value == datetime(2025, 4, 1)  # noqa: DTZ001 - Excel knows no zone
    assert cell(book, HALL, "Capacity").value == 40


def test_no_text_is_run_as_a_formula(town):
    one = cell(opened(town), HALL, "Notes")
    assert (one.value, one.data_type) == ("=1+1", "s")


def test_what_was_not_changed_changes_nothing(town):
    plan = plan_import(town, register_workbook(town, today=TODAY), today=TODAY)
    assert plan.empty
    assert plan.sentences() == []


def test_a_round_trip_loses_no_comment_column_site_or_entry(town):
    book = opened(town)
    cell(book, HALL, "Capacity").value = 45
    cell(book, HALL, "Capacity").comment = Comment("Counted the chairs", "Jo")
    cell(book, CHURCH, "Town").comment = Comment("Nearer the quay", "Sam")
    page = book["Sites"]
    page["B1"].comment = Comment("As on the sign", "Jo")
    page.cell(1, page.max_column + 1).value = "Parking"
    cell(book, CHURCH, "Parking").value = "Four places"
    cell(book, CHURCH, "Parking").comment = Comment("Not on Sundays", "Sam")
    new = page.max_row + 1
    for column, text in {2: "RAF flat", 3: "Military site", 4: "ZZ1 1AB", page.max_column: "At the gate"}.items():
        page.cell(new, column).value = text
    page.cell(new, 4).comment = Comment("Pass needed", "Jo")
    log = book["Liaison log"]
    cell(book, HALL, "About", "Liaison log").comment = Comment("Said yes on the phone", "Jo")
    entry = ["", "RAF flat", "", date(2025, 5, 20), "JS", "Community officer", "Asked for a pass", "contacted"]
    for column, value in enumerate(entry, start=1):
        log.cell(log.max_row + (column == 1), column).value = value or None
    content = saved(book)

    before = history_of(town)
    plan = plan_import(town, content, today=TODAY)
    assert history_of(town).equals(before)  # a plan writes nothing
    done = take_in_register(town, content, today=TODAY)
    assert (plan.edited.changes, plan.log) == (done.edited.changes, done.log)
    assert done.sentences() == []

    _require_all_there(opened(town))
    assert rows(town).loc["RAF flat", "status"] == "contacted"
    again = opened(town)
    assert take_in(town, again).empty  # and a second time round nothing moves
    assert everything(opened(town)) == everything(again)


def _require_all_there(again):
    assert cell(again, HALL, "Capacity").value == 45
    assert cell(again, HALL, "Capacity").comment.text == "Jo: Counted the chairs"
    assert cell(again, CHURCH, "Town").comment.text == "Sam: Nearer the quay"
    assert again["Sites"]["B1"].comment.text == "Jo: As on the sign"
    assert cell(again, CHURCH, "Parking").value == "Four places"
    assert cell(again, CHURCH, "Parking").comment.text == "Sam: Not on Sundays"
    assert cell(again, "RAF flat", "Parking").value == "At the gate"
    assert cell(again, "RAF flat", "Postcode").comment.text == "Jo: Pass needed"
    assert cell(again, HALL, "About", "Liaison log").comment.text == "Jo: Said yes on the phone"
    assert cell(again, "RAF flat", "About", "Liaison log").value == "Asked for a pass"


def test_a_workbook_that_is_old_undoes_nothing(town):
    old = opened(town)
    cell(old, CHURCH, "Cost").value = "free"
    write(signed(town, "sam"), HALL, capacity="50", services="Food bank")
    done = take_in(town, old)
    assert [(one.field, one.became) for one in done.edited.changes] == [("cost", "free")]
    assert rows(town).loc[HALL, "capacity"] == 50
    assert rows(town).loc[HALL, "services"] == "Food bank"


def test_the_same_cell_changed_in_excel_and_on_screen_is_told_and_nothing_lost(town):
    book = opened(town)
    cell(book, HALL, "Capacity").value = 45
    write(signed(town, "sam"), HALL, capacity="50")
    (sentence,) = take_in(town, book).edited.conflicts
    assert "by sam" in sentence
    assert "'50' now" in sentence
    assert "your '45'" in sentence


def test_a_comment_that_was_deleted_in_excel_goes_and_stays_in_the_history(town):
    book = opened(town)
    cell(book, HALL, "Cost").comment = Comment("Ask again", "Jo")
    take_in(town, book)
    book = opened(town)
    cell(book, HALL, "Cost").comment = None
    take_in(town, book)
    assert cell(opened(town), HALL, "Cost").comment is None
    assert history_of(town)["was"].tolist()[-1] == "Jo: Ask again"


def test_a_threaded_comment_of_newer_excel_loses_its_preamble(town):
    book = opened(town)
    told = (
        "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to"
        " it will get removed.\n\nComment:\n    Ring the clerk\nReply:\n    Done"
    )
    cell(book, HALL, "Cost").comment = Comment(told, "tc={0A}")
    take_in(town, book)
    assert cell(opened(town), HALL, "Cost").comment.text == "Ring the clerk\nReply:\n    Done"


def test_an_added_column_is_emptied_cell_by_cell(town):
    book = opened(town)
    page = book["Sites"]
    page.cell(1, page.max_column + 1).value = "Parking"
    cell(book, HALL, "Parking").value = "Two"
    take_in(town, book)
    book = opened(town)
    cell(book, HALL, "Parking").value = None
    take_in(town, book)
    assert cell(opened(town), HALL, "Parking").value is None


def test_rows_that_were_sorted_or_removed_in_excel_harm_nothing(town):
    book = opened(town)
    cell(book, CHURCH, "Cost").value = "free"
    page = book["Sites"]
    page.delete_rows(cell(book, HALL, "Name").row)
    done = take_in(town, book)
    assert [one.field for one in done.edited.changes] == ["cost"]
    assert HALL in rows(town).index


def test_slips_are_named_by_site_and_the_rest_is_taken_in(town):
    book = opened(town)
    cell(book, HALL, "Capacity").value = "lots"
    cell(book, HALL, "Host contact (role)").value = "jane@hall.org"
    cell(book, CHURCH, "Cost").value = "free"
    log = book["Liaison log"]
    for column, value in {1: id_of(town, HALL), 4: "someday", 5: "JS", 6: "clerk", 7: "Key", 8: "agreed"}.items():
        log.cell(3, column).value = value
    done = take_in(town, book)
    assert [one.field for one in done.edited.changes] == ["cost"]
    said = " ".join(done.sentences())
    assert "Harbour Hall: Capacity is a whole number" in said
    assert "is a role" in said
    assert "jane" not in said
    assert "Liaison log, row 3: an entry has a day" in said


def test_an_entry_that_was_changed_in_excel_stays_and_is_told(town):
    book = opened(town)
    cell(book, HALL, "About", "Liaison log").value = "Something else"
    (sentence,) = take_in(town, book).sentences()
    assert "row 2: an entry is never changed" in sentence
    assert read_log(town)["about"].tolist() == ["A room on Tuesdays"]


def test_new_sites_without_a_usable_place_and_unknown_ids_are_one_number(town):
    book = opened(town)
    page = book["Sites"]
    news = [("", "Barn", "Other site", "ZZ7 7QX"), ("sites:0000000000", "Shed", "Other site", "ZZ1 1AB")]
    news += [("", "Women's refuge", "Other site", "ZZ1 1AB"), ("", "", "Other site", "ZZ1 1AB")]
    for number, values in enumerate(news, start=page.max_row + 1):
        for column, value in enumerate(values, start=1):
            page.cell(number, column).value = value or None
    done = take_in(town, book)
    assert done.sentences() == [
        "A new site needs a name, a category and a postcode. Nothing was kept.",
        "3 rows were left out: no usable place, or not for publication.",
    ]
    assert sorted(rows(town).index) == [HALL, CHURCH]


def test_two_rows_of_one_site_are_refused(town):
    book = opened(town)
    page = book["Sites"]
    page.cell(page.max_row + 1, 1).value = id_of(town, HALL)
    with pytest.raises(BadInputError, match="are one and the same site"):
        take_in(town, book)


def test_what_is_not_read_is_told(town):
    book = opened(town)
    cell(book, HALL, "Cost").value = "=2*6"
    book["History"]["A1"].comment = Comment("Nice", "Jo")
    book.create_sheet("My own")
    done = take_in(town, book)
    said = done.sentences()
    assert any("formula are not read" in one for one in said)
    assert any("are not kept: 1" in one for one in said)
    assert any("My own" in one for one in said)
    assert rows(town).loc[HALL, "cost"] == ""


def test_a_sheet_copied_into_another_workbook_is_read_cell_by_cell(town):
    book = opened(town)
    cell(book, HALL, "Capacity").value = 45
    del book["As exported"]
    del book["Liaison log"]
    done = take_in(town, book)
    assert [(one.field, one.became) for one in done.edited.changes] == [("capacity", "45")]


def test_an_import_is_one_step_with_its_lines_in_the_audit_log(town):
    book = opened(town)
    cell(book, HALL, "Capacity").value = 45
    take_in(town, book)
    assert [line.detail for line in read_audit(town.store)][-2:] == [
        "facts changed: 1, sites: 1",
        "workbook taken in: new sites 0, log entries 0",
    ]


def test_a_site_that_left_its_file_goes_round_too(town):
    load(town, "name,category,postcode\nSt Mary,church,ZZ1 2AA\n")
    book = opened(town)
    assert cell(book, HALL, "Remark").value == "no longer in the list of community sites"
    cell(book, HALL, "Cost").value = "12 pounds"
    take_in(town, book)
    assert rows(town).loc[HALL, "cost"] == "12 pounds"
