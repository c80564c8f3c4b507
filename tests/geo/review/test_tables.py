"""Files as they come: every encoding and separator, workbooks, and what is no table at all."""

import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest

from geo.errors import BadInputError, BadRowsError
from geo.review import csv_tables, tables, xlsx_tables
from geo.review.tables import load_bytes, read_table

TEXT = "Ref,Date,Postcode,Name\n1,14/05/2024,ZZ1 1AA,Zoë O'Neill\n2,15/05/2024,ZZ1 1AB,Åsa\n"


def workbook(*rows, sheets=None):
    book = openpyxl.Workbook()
    pages = sheets or {"Export": rows}
    book.remove(book.active)
    for title, lines in pages.items():
        page = book.create_sheet(title)
        for line in lines:
            page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(content, change):
    """Rewrite the parts of a zip: change(name, bytes) gives the new bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "layout"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
@pytest.mark.parametrize(("separator", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_separator_gives_the_same_table(encoding, layout, separator, word, line_end):
    table = read_table(TEXT.replace(",", separator).replace("\n", line_end).encode(encoding))
    assert table.layout == f"CSV, {layout}, {word}"
    assert table.columns == ("Ref", "Date", "Postcode", "Name")
    assert table.rows["Name"].tolist() == ["Zoë O'Neill", "Åsa"]
    assert table.rows.index.tolist() == [2, 3]


def test_commas_inside_cells_do_not_win_over_the_real_separator():
    table = read_table(b"Ref;Name, full;Date\n1;Smith, J, Mr;14/05/2024\n2;Jones, K;15/05/2024\n")
    assert table.columns == ("Ref", "Name, full", "Date")


def test_a_line_break_inside_a_cell_is_one_row():
    table = read_table(b'Ref,Date,Notes\n1,14/05/2024,"two\nlines"\n2,15/05/2024,one\n')
    assert table.rows.index.tolist() == [2, 3]


def test_blank_lines_and_a_title_above_do_not_count_as_rows_but_keep_their_numbers():
    table = read_table(b"Referrals of the year\n\nRef,Date\n1,14/05/2024\n,\n2,15/05/2024\n")
    assert table.columns == ("Ref", "Date")
    assert table.rows.index.tolist() == [4, 6]


def test_excels_way_of_forcing_text_is_undone():
    assert read_table(b'Ref,Date\n="0012",14/05/2024\n').rows["Ref"].tolist() == ["0012"]


def test_columns_of_one_name_are_told_apart():
    assert read_table(b"Date,Postcode,Postcode\n1,2,3\n").columns == ("Date", "Postcode", "Postcode (2)")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "no table|not fall into columns"),
        (b"Date,Postcode\n", "no row below"),
        (b"Date,Postcode", "no row below"),
        (b"just some words\nand more words\n", "not fall into columns"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<!DOCTYPE html><html><table><tr><td>Date", "web page"),
        (b"\xef\xbb\xbf  <HTML>", "web page"),
        (b'{"date": 1, "postcode": 2}', "JSON"),
        (b'[{"date": 1}]', "JSON"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"SQLite format 3\x00", "database"),
        (b"Date,Postcode\n1,\x00\n", "NUL"),
        (b"Date,Postcode\n1,\x81\x8d\n", "encoding"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"John Smith,14/05/2024,x\nAnn,15/05/2024,y\n", "first row looks like a record"),
        (b"John Smith,ZZ1 1AA,x\nAnn,ZZ1 1AB,y\n", "first row looks like a record"),
    ],
)
def test_what_is_no_table_is_told_so_in_a_sentence(content, said):
    with pytest.raises(BadInputError, match=said) as refused:
        read_table(content)
    assert "Smith" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("bad", [b"2,15/05/2024,ZZ1 1AB,Smith,extra", b"2,15/05/2024"], ids=["long", "short"])
def test_a_row_with_other_cells_than_the_header_is_named_by_its_number(bad):
    with pytest.raises(BadRowsError, match="Row 3 has more or fewer cells than the header's 4") as refused:
        read_table(b"Ref,Date,Postcode,Name\n1,14/05/2024,ZZ1 1AA,Jones\n" + bad + b"\n")
    assert "Smith" not in str(refused.value)


def test_trailing_separators_are_no_extra_cells():
    assert read_table(b"Ref,Date\n1,14/05/2024,,\n").columns == ("Ref", "Date")


def test_an_open_quotation_mark_is_named_by_its_row():
    with pytest.raises(BadRowsError, match=r"Row [23] has a quotation mark"):
        read_table(b'Ref,Date\n1,14/05/2024\n2,"15/05/2024\n')


def test_a_large_file_is_refused_by_its_size_before_it_is_read(tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as stream:
        stream.truncate(300_000_000)  # a hole: takes no room and would take long to read
    with pytest.raises(BadInputError, match="300 MB; at most 50 MB"):
        load_bytes(huge)
    with pytest.raises(BadInputError, match="at most 50 MB"):
        read_table(bytes(tables.MAX_BYTES + 1))


def test_a_missing_file_and_a_folder_are_told_so(tmp_path):
    with pytest.raises(BadInputError, match="no file"):
        load_bytes(tmp_path / "none.csv")
    with pytest.raises(BadInputError, match="no file"):
        load_bytes(tmp_path)


def test_a_workbook_reads_as_its_csv_would():
    content = workbook(
        ["Ref", "Date", "When", "Postcode", "Yes"],
        [1001, date(2024, 5, 14), datetime(2024, 5, 14, 9, 30), "ZZ1 1AA", True],  # noqa: DTZ001 - a cell has no zone
        [1002.5, 45426, None, "#N/A", False],
    )
    rows = read_table(content).rows
    assert rows.iloc[0].tolist() == ["1001", "2024-05-14", "2024-05-14 09:30:00", "ZZ1 1AA", "True"]
    assert rows.iloc[1].tolist() == ["1002.5", "45426", "", "", "False"]


def test_a_sheet_is_chosen_by_its_name_in_any_case():
    pages = {"Notes": [["a", "b"], [1, 2]], "Export 2024": [["c", "d"], [3, 4]]}
    content = workbook(sheets=pages)
    assert read_table(content).columns == ("a", "b")
    table = read_table(content, sheet="export 2024")
    assert (table.columns, table.sheets, table.sheet) == (("c", "d"), ("Notes", "Export 2024"), "Export 2024")
    with pytest.raises(BadInputError, match="no sheet 'Data'; it has Notes, Export 2024"):
        read_table(content, sheet="Data")


def test_gaps_and_a_wrong_size_in_a_workbook_lose_nothing():
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B1"], page["A4"], page["B4"] = "Ref", "Date", 7, "14/05/2024"
    out = io.BytesIO()
    book.save(out)
    content = rewritten(out.getvalue(), lambda _, data: data.replace(b'<dimension ref="A1:B4"', b'<dimension ref="A1"'))
    rows = read_table(content).rows
    assert rows.to_dict("index") == {4: {"Ref": "7", "Date": "14/05/2024"}}


def with_formula(cell):
    content = workbook(["Ref", "Date"], [1, "14/05/2024"], [2, "MARK"])
    return rewritten(
        content,
        lambda name, data: (
            data
            if not name.startswith("xl/worksheets")
            else data.replace(data[data.index(b'<c r="B3"') : data.index(b"</c>", data.index(b'<c r="B3"')) + 4], cell)
        ),
    )


def test_a_formula_is_read_as_the_result_excel_saved():
    content = with_formula(b'<c r="B3" t="str"><f>TEXT(1,"x")</f><v>15/05/2024</v></c>')
    assert read_table(content).rows["Date"].tolist() == ["14/05/2024", "15/05/2024"]


def test_a_formula_whose_result_is_empty_is_an_empty_cell():
    content = with_formula(b'<c r="B3" t="str"><f>IF(A1="","","")</f><v></v></c>')
    assert read_table(content).rows["Date"].tolist() == ["14/05/2024", ""]


@pytest.mark.parametrize("cell", [b'<c r="B3"><f>TODAY()</f><v></v></c>', b'<c r="B3"><f>TODAY()</f></c>'])
def test_a_formula_without_a_saved_result_is_refused_by_its_row(cell):
    with pytest.raises(BadRowsError, match="Row 3 holds a formula without a saved result"):
        read_table(with_formula(cell))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(xlsx_tables, "MAX_UNPACKED_BYTES", 10_000_000)
    bomb = rewritten(
        workbook(["a", "b"], [1, 2]),
        lambda name, data: b" " * 20_000_000 if name == "xl/styles.xml" else data,
    )
    assert len(bomb) < 100_000
    with pytest.raises(BadInputError, match="zip bomb"):
        read_table(bomb)


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_unpacks_to_a_hundred_times_its_size_is_a_bomb_below_the_limit_too(part):
    bomb = rewritten(workbook(["a", "b"], [1, 2]), lambda name, data: b"<row/>" * 1_000_000 if name == part else data)
    with pytest.raises(BadInputError, match="zip bomb"):
        read_table(bomb)


def test_a_workbook_of_many_alike_rows_is_no_bomb():
    rows = [["Referred", "2024-05-14", f"ZZ1 1A{number % 26}"] for number in range(20_000)]
    assert len(read_table(workbook(["Route", "Date", "Postcode"], *rows)).rows) == 20_000


def test_a_csv_file_of_millions_of_tiny_rows_is_refused(monkeypatch):
    monkeypatch.setattr(csv_tables, "MAX_ROWS", 10)
    with pytest.raises(BadInputError, match="more than 10 rows"):
        read_table(b"Ref,Date\n" + b"1,2\n" * 10)


def test_a_header_of_thousands_of_columns_is_refused():
    with pytest.raises(BadInputError, match="2,001 columns"):
        read_table(b"a," * 2_000 + b"a\n" + b"1," * 2_000 + b"1\n")


def test_the_real_limit_on_unpacking_stops_a_gigabyte():
    content = workbook(["a", "b"], [1, 2])
    place = content.rindex(b"PK\x01\x02")  # the last entry of the directory, and its stated size
    bomb = content[: place + 24] + struct.pack("<I", 2_000_000_000) + content[place + 28 :]
    with pytest.raises(BadInputError, match="zip bomb"):
        read_table(bomb)


def test_a_zip_that_climbs_out_of_its_folder_is_refused():
    out = io.BytesIO(workbook(["a", "b"], [1, 2]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../evil.txt", "x")
    with pytest.raises(BadInputError, match="climbs out"):
        read_table(out.getvalue())


def test_an_xml_bomb_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    content = rewritten(workbook(["a", "b"], [1, 2]), lambda name, data: bomb if name == "xl/styles.xml" else data)
    with pytest.raises(BadInputError, match="damaged"):
        read_table(content)


def test_a_zip_of_something_else_is_told_so():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("export.csv", TEXT)
    with pytest.raises(BadInputError, match="zip archive, not a workbook"):
        read_table(out.getvalue())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_workbook_cut_short_is_damaged(share):
    content = workbook(["a", "b"], *([number, "ZZ1 1AA"] for number in range(500)))
    with pytest.raises(BadInputError, match="damaged"):
        read_table(content[: int(len(content) * share)])


def test_a_bit_turned_anywhere_in_a_workbook_ends_in_a_table_or_a_sentence():
    content = workbook(["a", "b"], [1, "ZZ1 1AA"])
    for at in range(0, len(content), 13):
        turned = bytearray(content)
        turned[at] ^= 1
        with suppress(BadInputError, BadRowsError):
            assert read_table(bytes(turned)).columns
