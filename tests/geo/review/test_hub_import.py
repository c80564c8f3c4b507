"""A file of hubs: taken whole or not at all, each hub once, and brought back as it was written out."""

import io

import openpyxl
import pytest

from geo.errors import BadInputError
from geo.review.hub_import import plan_hubs, take_in_hubs
from geo.review.hub_sessions import hubs_held, read_sessions
from layers.hubs_held import hubs_csv, hubs_template, hubs_xlsx
from tests.geo.review.hubs_held import file_of, record
from tests.geo.review.registers import CHURCH, HALL, load, signed
from tests.tinytown.council import TODAY

GOOD = ('14/05/2024,Harbour Hall,"Citizens Advice, Food bank",5,3,2,JS', "2024-08-20,st mary,,4,,4,KL")


@pytest.fixture
def council(council):
    load(council)
    return signed(council)


def plan(council, *rows, **header):
    return plan_hubs(council, file_of(*rows, **header), today=TODAY)


def test_a_dry_run_says_what_would_be_recorded_and_records_nothing(council) -> None:
    found = plan(council, *GOOD)
    assert (len(found.new), found.on_record, found.faults, found.usable) == (2, 0, (), True)
    assert read_sessions(council) == ()


def test_a_file_is_recorded_and_the_same_file_again_changes_nothing(council) -> None:
    take_in_hubs(council, file_of(*GOOD), today=TODAY)
    first, second = hubs_held(council)
    assert (first.place, first.people, first.reasons, first.agencies) == (
        HALL,
        5,
        {"private": 3, "other": 2},
        ("Citizens Advice", "Food bank"),
    )
    assert (second.place, second.agencies, second.who) == (CHURCH, (), "KL")
    again = take_in_hubs(council, file_of(*GOOD), today=TODAY)
    assert (again.new, again.on_record, again.usable) == ((), 2, False)
    assert again.sentences() == ["On record already, and passed over: 2."]
    assert len(read_sessions(council)) == 2


def test_a_hub_on_record_with_other_numbers_is_passed_over_and_told(council) -> None:
    record(council)
    found = take_in_hubs(council, file_of("14/05/2024,Harbour Hall,,9,9,,JS", GOOD[1]), today=TODAY)
    assert (
        "Row 2: the hub of 2024-05-14 at Harbour Hall is on record as number 1 with other numbers" in found.differing[0]
    )
    assert [one.people for one in hubs_held(council)] == [5, 4]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("soon,Harbour Hall,,5,3,2,JS", "Row 3: its date cannot be read"),
        ("14/05/2027,Harbour Hall,,5,3,2,JS", "Row 3: The day is in the future"),
        (
            "14/05/2024,Harbor Hall,,5,3,2,JS",
            "Row 3: The register has no such site. The nearest names are: Harbour Hall",
        ),
        ("14/05/2024,Harbour Hall,,6,3,2,JS", "Row 3: The reasons add up to 5 and 6"),
        ("14/05/2024,Harbour Hall,,x,3,2,JS", "Row 3: people and reasons are whole numbers"),
        ("14/05/2024,Harbour Hall,,,3,2,JS", "people may not be blank"),
        ("14/05/2024,Harbour Hall,,5,3,2,", "Row 3: It does not say who records it"),
        ("20/08/2024,St Mary,,5,3,2,JS", "Row 3: the same day and site as row 2"),
    ],
)
def test_one_bad_row_refuses_the_whole_file(council, row, said) -> None:
    with pytest.raises(BadInputError, match=said.replace("(", "\\(")) as refused:
        take_in_hubs(council, file_of(GOOD[1], row), today=TODAY)
    assert str(refused.value).endswith("Nothing was kept.")
    assert read_sessions(council) == ()


def test_many_bad_rows_are_told_in_short(council) -> None:
    with pytest.raises(BadInputError, match=r"And 3 more\. Nothing was kept\."):
        take_in_hubs(council, file_of(*["soon,Harbour Hall,,5,3,2,JS"] * 8), today=TODAY)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Date,Site,Agencies,People seen,Domestic abuse,other,Recorded by", "counted for the whole district only"),
        ("Date,Site,Agencies,People seen,Weather,other,Recorded by", "not understood: 1 .number 5 is the first"),
        ("Date,Site,Agencies,People seen,other,Other or not said,Recorded by", "not understood"),
        ("Date,Site,Agencies,People seen,other,other,Recorded by", "not understood"),
        ("Date,Date held,Agencies,People seen,private,other,Recorded by", "no column Site"),
        ("Date,Site,day,People seen,private,other,Recorded by", "mean the same"),
    ],
)
def test_a_heading_that_is_not_understood_refuses_the_file(council, header, said) -> None:
    with pytest.raises(BadInputError, match=said):
        plan(council, *GOOD, header=header)


def test_the_workbook_and_the_csv_come_back_as_they_were(council) -> None:
    record(council)
    record(council, "2024-09-03", site=CHURCH, people=0, reasons={}, agencies=("=1+1",))
    for content in (
        hubs_xlsx(hubs_held(council), first_month=4),
        hubs_csv(hubs_held(council)[:1], first_month=4),
    ):
        found = plan_hubs(council, content, today=TODAY)
        assert (found.new, found.faults) == ((), ())
    page = openpyxl.load_workbook(io.BytesIO(hubs_xlsx(hubs_held(council), first_month=4)))["Hubs held"]
    assert page["E3"].data_type == "s"
    assert page["C2"].is_date


def test_the_empty_file_names_every_column_and_no_reason_of_domestic_abuse() -> None:
    book = openpyxl.load_workbook(io.BytesIO(hubs_template()))
    headings = [cell.value for cell in book["Hubs held"][1]]
    assert headings[:4] == ["Date", "Site", "Agencies", "People seen"]
    assert headings[-2:] == ["Other, or not said", "Recorded by"]
    assert not any("abuse" in heading.casefold() for heading in headings)
    assert any("counted for the whole district only" in cell.value for cell in book["Notes"]["A"])


def test_an_empty_file_and_a_picture_are_refused(council) -> None:
    for content in (b"", b"\x89PNG....", hubs_template()):
        with pytest.raises(BadInputError):
            plan_hubs(council, content, today=TODAY)
