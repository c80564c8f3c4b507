"""A file of over 5 MB comes in, and nothing of it but the records is held in memory afterwards."""

import gc
import sys
import weakref

import pyarrow as pa
import pytest

from geo.errors import BadRowsError
from geo.review import intake
from geo.review.intake import keep, preview_file, take_in
from tests.tinytown.council import HEADER, TODAY, export

MARK = "Quillfeather-7731"
ROWS = 5_000
STORY = "Sofa surfing after an argument. " * 32


def upload(day="14/05/2024"):
    lines = [f"N{row},H{row},{day},ZZ1 1AA,Self,,Section 21,,30,Open,{MARK}-{row},{STORY}" for row in range(ROWS)]
    return export(*lines, header=f"{HEADER},Applicant,Notes")


@pytest.fixture(autouse=True)
def _what_was_there_before():
    """Keep what other tests left from being walked again and again: only what comes after can hold the file."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def content():
    made = upload()
    assert len(made) > 5_000_000
    return made


@pytest.fixture
def tables(monkeypatch):
    """Follow every table that an upload is read into."""
    seen = []
    read = intake.read_table

    def watched(*arguments, **options):
        table = read(*arguments, **options)
        seen.append(weakref.ref(table.rows))
        return table

    monkeypatch.setattr(intake, "read_table", watched)
    return seen


def held():
    """Bytes of every Arrow column, where pandas keeps texts."""
    gc.collect()
    return pa.total_allocated_bytes()


def speaking_of(mark):
    """Count the texts and bytes in Python's own memory that hold a mark, the mark itself aside."""
    gc.unfreeze()  # what was there before may have taken it up
    parts = [part for thing in gc.get_objects() for part in gc.get_referents(thing) if isinstance(part, str | bytes)]
    inside = [mark in part if isinstance(part, str) else mark.encode() in part for part in parts if part != mark]
    return sum(inside)


def test_the_bytes_are_let_go_once_the_records_are_kept(council, content, tables):
    before, holders = held(), sys.getrefcount(content)
    taken = take_in(council, content, file_name="export.csv", feed="Housing", today=TODAY)
    assert sys.getrefcount(content) == holders  # nobody but this test holds the upload
    assert held() - before < len(content) / 2  # the records, and no column of the file
    assert [table() for table in tables] == [None]
    keep(council, taken)
    del taken
    assert held() - before < 100_000
    assert len(council.records()) == ROWS


def test_a_look_at_a_file_holds_no_more_than_its_first_rows(content, tables):
    before, holders = held(), sys.getrefcount(content)
    preview = preview_file(content, file_name="export.csv")
    assert held() - before < 100_000
    assert sys.getrefcount(content) == holders
    assert [table() for table in tables] == [None]
    assert preview.rows["Applicant"].tolist() == [f"{MARK}-{row}" for row in range(intake.PREVIEW_ROWS)]
    assert preview.rows.index[0] == 2  # the row of the spreadsheet


def test_no_name_of_a_file_stays_in_memory(council):
    uploads = [upload()]
    keep(council, take_in(council, uploads[0], file_name="export.csv", feed="Housing", today=TODAY))
    assert speaking_of(f"{MARK}-17") > 0  # the upload itself, so that looking finds what is there
    uploads.clear()
    gc.collect()
    assert speaking_of(f"{MARK}-17") == 0


def test_a_file_that_is_refused_is_let_go_too(council, tables):
    content = upload(day="31/02/2024")
    before, holders = held(), sys.getrefcount(content)
    with pytest.raises(BadRowsError):
        take_in(council, content, file_name="export.csv", feed="Housing", today=TODAY)
    assert sys.getrefcount(content) == holders
    assert held() - before < 100_000
    assert [table() for table in tables] == [None]
