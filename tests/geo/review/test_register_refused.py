"""Files that are no register, or a hostile one, end in a sentence and do no harm."""

import io
import zipfile

import openpyxl
import pytest

from geo.errors import BadInputError
from geo.review.register_import import plan_import, take_in_register
from geo.review.register_new import NewSite, add_site
from geo.review.register_state import read_known
from tests.geo.review.registers import id_of, load, signed
from tests.geo.review.workbooks import opened, saved
from tests.tinytown.council import TODAY


@pytest.fixture
def town(council):
    load(council)
    return signed(council)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def other_book(**cells):
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    return saved(book)


def far_cell():
    book = openpyxl.Workbook()
    book.active.title = "Sites"
    book.active["A1"] = "Site id"
    book.active["ZZ900000"] = 1
    return saved(book)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no workbook"),
        (b"name,postcode\n", "is no workbook"),
        (b"PK nonsense", "damaged"),
        (bomb(), "as a zip bomb does"),
        (other_book(A1="Name"), "is not the register's"),
        (far_cell(), "remove the empty rows"),
        (b"PK" + b"0" * 6_000_000, "5 at most"),
    ],
)
def test_what_is_no_register_is_refused_in_a_sentence(town, content, said):
    with pytest.raises(BadInputError, match=said):
        plan_import(town, content, today=TODAY)


def test_control_characters_and_endless_texts_come_to_no_harm(town):
    add_site(town, NewSite("Shed \x0b\x1f", "other", "ZZ1 1AB", {"comment:cost": "a\x00b " * 500}), today=TODAY)
    book = opened(town)
    assert "comment:cost" in read_known(town).facts[id_of(town, "Shed")]
    assert take_in_register(town, saved(book), today=TODAY).sentences() == []
