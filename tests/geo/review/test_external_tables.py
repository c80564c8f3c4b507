"""Numbers that others have published: how they are written down, checked, kept and withdrawn."""

import pytest

from geo.disclosure.external import EVERYWHERE
from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.external_rows import ExternalRow, make_tables, read_external_rows
from geo.review.external_tables import add_external, read_external, withdraw_external
from tests.tinytown.council import TODAY

CODES = {"": "district", "*": "district", "E07000093": "district", "W1": "ward", "W2": "ward"}


def quarter(**other):
    said = {"name": "H-CLIC 2024 Q2", "first": "2024-04", "last": "2024-06", "code": "", "value": "60"}
    return ExternalRow(**said | other)


def test_a_quarterly_total_is_of_the_whole_district():
    (table,) = make_tables([quarter(code="E07000093", rounded_to="10")], CODES)
    assert table.topic.geography.level == "district"
    assert (table.topic.period.first, table.topic.period.last) == ("2024-04", "2024-06")
    assert (table.figures[0].code, table.figures[0].interval) == (EVERYWHERE, (55, 64))


def test_rows_of_one_name_period_and_level_are_one_table():
    tables = make_tables([quarter(), quarter(code="W1", value="20"), quarter(code="W2", value="1,040")], CODES)
    assert [(one.topic.geography.level, [figure.value for figure in one.figures]) for one in tables] == [
        ("district", [60]),
        ("ward", [20, 1040]),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (quarter(name=" "), "needs a name"),
        (quarter(name="x" * 81), "needs a name"),
        (quarter(first="April 2024"), "needs a first and a last month"),
        (quarter(last="2024-03"), "needs a first and a last month"),
        (quarter(code="E05999999"), "no ward, LSOA, named area or hexagon"),
        (quarter(value="-3"), "needs a whole number"),
        (quarter(value="a few"), "needs a whole number"),
        (quarter(value="3.5"), "needs a whole number"),
        (quarter(value="99999999999"), "needs a whole number"),
        (quarter(rounded_to="0"), "needs a whole number"),
        (quarter(value=""), "needs a whole number"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(row, said):
    with pytest.raises(BadInputError, match=f"Row 3 .*{said}"):
        make_tables([quarter(name="good"), row], CODES)


def test_two_numbers_for_one_area_are_refused():
    with pytest.raises(BadInputError, match="Row 3 gives an area of 'H-CLIC 2024 Q2' a second number"):
        make_tables([quarter(), quarter(code="*", value="61")], CODES)


def test_nothing_is_no_table():
    with pytest.raises(BadInputError, match="no row"):
        make_tables([], CODES)


def test_a_file_of_numbers_is_read_with_or_without_rounding():
    plain = b"name,from,to,code,value\nFOI 7,2024-04,2025-03,W1,20\n"
    assert read_external_rows(plain) == [ExternalRow("FOI 7", "2024-04", "2025-03", "W1", "20", "1")]
    rounded = b"Name,From,To,Code,Value,Rounded to\nH-CLIC,2024-04,2024-06,,60,10\n"
    assert read_external_rows(rounded) == [ExternalRow("H-CLIC", "2024-04", "2024-06", "", "60", "10")]


def test_a_file_without_its_columns_says_which():
    with pytest.raises(BadInputError, match="no column to and no column code"):
        read_external_rows(b"name,from,value\nFOI,2024-04,3\n")


def test_what_is_entered_comes_back_and_may_be_withdrawn_with_a_line_each(council):
    tables = make_tables([quarter(rounded_to="10"), quarter(code="W1", value="20")], CODES)
    add_external(council, tables, who="JS", today=TODAY)
    entered = read_external(council)
    assert tuple(one.table for one in entered) == tables
    assert {(one.who, one.day) for one in entered} == {("JS", TODAY)}
    withdraw_external(council, entered[0].number)
    assert tuple(one.table for one in read_external(council)) == tables[1:]
    assert [line.what for line in read_audit(council.store)[-3:]] == ["release"] * 3
    with pytest.raises(BadInputError, match="No table published elsewhere has the number 1"):
        withdraw_external(council, entered[0].number)


def test_the_same_table_is_not_entered_twice_and_nobody_enters_one_without_a_name(council):
    tables = make_tables([quarter()], CODES)
    with pytest.raises(BadInputError, match="Say who"):
        add_external(council, tables, who="", today=TODAY)
    add_external(council, tables, who="JS", today=TODAY)
    with pytest.raises(BadInputError, match="has been entered already"):
        add_external(council, tables, who="JS", today=TODAY)
