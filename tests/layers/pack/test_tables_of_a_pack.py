"""The workbook and the CSVs of a pack, read by a second reader."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from geo.review.pack.content import Column, Table
from layers.pack.csvs import pack_csvs
from layers.pack.workbook import pack_xlsx
from tests.layers.pack.made_up import NASTY, TABLES, made_up_pack


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(pack_xlsx(made_up_pack())))


def _rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_notes_come_first_then_the_figures_then_every_table(book) -> None:
    titles = [table.title for table in TABLES if table.name != "indicators"]
    assert book.sheetnames == ["Notes", "Indicators", *titles]
    assert book["Notes"]["A2"].value == "For the housing team only: exact counts. Do not pass this file on."


def test_headings_stay_in_sight_and_can_be_filtered(book) -> None:
    page = book["Clients by ward"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:D3")
    assert [cell.value for cell in page[2]] == ["W1", "West", 20, 0.8]
    assert page["D2"].number_format == "0.0 %"


def test_days_are_days_and_hidden_counts_are_words(book) -> None:
    assert book["Actions"]["C2"].value == datetime(2025, 9, 1)  # noqa: DTZ001 - a workbook knows no time zone
    assert book["Clients by cell"]["B5"].value == "c"
    assert book["Clients by cell"]["C2"].value is None


def test_nothing_in_the_workbook_is_a_formula(book) -> None:
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "'" + NASTY in {cell.value for cell in cells}


def test_long_titles_that_begin_alike_become_sheets_of_their_own() -> None:
    column = (Column("a", "A", "text", "A."),)
    title = "Clients by ward: people who came [a/b] and went again"
    tables = tuple(Table(f"t{at}", title, column, (("x",),)) for at in range(3))
    names = openpyxl.load_workbook(io.BytesIO(pack_xlsx(replace(made_up_pack(maps=()), tables=tables)))).sheetnames
    assert len({name.casefold() for name in names}) == 4
    assert max(map(len, names)) <= 31


def test_a_workbook_tells_no_moment_of_writing() -> None:
    first = pack_xlsx(made_up_pack())
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2025-05-12T00:00:00Z") == 2
    assert first == pack_xlsx(made_up_pack())


def test_each_table_is_a_csv_that_says_for_whom_it_is() -> None:
    found = pack_csvs(made_up_pack())
    assert set(found) == {*(table.name for table in TABLES), "dictionary"}
    assert found["clients_by_ward"].startswith(b"\xef\xbb\xbf")
    assert _rows(found["clients_by_ward"]) == [
        ["code", "name", "clients", "share", "audience"],
        ["W1", "West", "20", "0.8", "team only"],
        ["W2", "'" + NASTY, "5", "0.2", "team only"],
    ]


def test_the_public_gets_no_column_for_the_team() -> None:
    assert _rows(pack_csvs(made_up_pack("public"))["clients_by_cell"])[0] == ["code", "clients", "rate"]


def test_the_dictionary_explains_every_column_of_every_file() -> None:
    found = pack_csvs(made_up_pack())
    explained = [(row[0], row[1]) for row in _rows(found["dictionary"])[1:]]
    assert explained == [(name, column) for name, content in found.items() for column in _rows(content)[0]]
    assert all(row[5] for row in _rows(found["dictionary"]))
