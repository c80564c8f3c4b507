"""Files of reports: whose columns are read, what each bad row is told, and totals that add up."""

import io
from datetime import timedelta

import openpyxl
import pytest

from geo.crs import to_wgs84
from geo.errors import BadInputError
from geo.review.walks.reading import read_reports
from geo.review.walks.reports_file import COLUMNS, read_report_file
from geo.review.walks.reports_import import plan_reports, take_in_reports
from geo.review.walks.reports_words import RowFacts, note_sentences
from geo.walkabouts.response import answered
from layers.walks.reports_template import reports_template_csv, reports_template_xlsx
from tests.geo.review.walks.walk_report_files import GOOD, NOW, SQUARE, file_of, kept, plan, take
from tests.geo.walkabouts.reported import at, visit

NOWHERE = {"Easting": "", "Northing": ""}


def _one_refusal(council, **cells):
    told = plan(council, cells)
    assert (told.rows, told.new, len(told.refused)) == (1, 0, 1)
    return told.refused[0]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Time seen": ""}, "does not say at what time"),
        ({"Date seen": ""}, "does not say on which day"),
        ({"Date seen": "31/13/2025"}, "its day cannot be read"),
        ({"Time seen": "teatime"}, "its time cannot be read"),
        ({"Date seen": "30/03/2025", "Time seen": "01:30"}, "clocks went forward"),
        ({"Date seen": "03/06/2025"}, "seen in the future"),
        ({"Date received": "02/06/2025 12:01"}, "received in the future"),
        ({"Date received": "31/05/2025 22:14"}, "received before somebody was seen"),
        ({"Date received": "yesterday"}, "the day it was received cannot be read"),
        ({"Date seen": "31/05/1985", "Date received": ""}, "before 2000"),
        ({"Number of people": "0"}, "0 people; expected from 1 to 50"),
        ({"Number of people": "51"}, "51 people; expected from 1 to 50"),
        ({"Number of people": "two"}, "no whole number"),
        ({"Number of people": "-1"}, "no whole number"),
        ({"Easting": "660000"}, "outside the district, in the sea"),
        ({"Easting": "99999999"}, "outside Great Britain"),
        ({"Easting": "nan"}, "an easting and a northing are two numbers"),
        ({"Northing": ""}, "an easting and a northing are two numbers"),
        (NOWHERE, "does not say where"),
        ({**NOWHERE, "Grid Ref": "over there"}, "its grid reference is none"),
        ({**NOWHERE, "Postcode": "SP10 1A"}, "its postcode is none"),
        ({**NOWHERE, "Postcode": "ZZ1 7ZZ"}, "its postcode has no place"),
        ({**NOWHERE, "Postcode": "ZZ1 8AA"}, "its postcode has no place"),
        ({**NOWHERE, "Postcode": "NFA"}, "no fixed abode"),
        ({**NOWHERE, "Street": "High Street"}, "the workspace has no streets"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_with_the_reason(council, cells, said) -> None:
    told = _one_refusal(council, **cells)
    assert told.startswith("Row 2: ")
    assert said in told
    given = {**GOOD, **cells}
    assert not any(given[name] in told for name in ("Alert ID", "Description", "Date seen") if given[name])


def test_good_rows_are_kept_the_others_listed_and_none_is_lost(council) -> None:
    rows = [{}, {"Alert ID": "A2", "Time seen": ""}, {"Alert ID": "A3", "Number of people": ""}, {}]
    before = plan(council, *rows)
    told = take(council, *rows)
    assert told == before
    assert (told.rows, told.new, told.put_right, told.on_record, len(told.refused)) == (4, 2, 0, 1, 1)
    assert (
        kept(council) == [("TA410210", "point", 2, "reported"), ("TA410210", "point", 1, "reported")]
        or len(kept(council)) == 2
    )
    assert "Row 4: no number of people; one is counted." in told.notes
    assert told.dropped == ("Description",)


def test_every_way_of_saying_where_finds_the_square_and_the_surest_goes_first(council) -> None:
    ways = [
        {"Alert ID": "1"},
        {"Alert ID": "2", **NOWHERE, "Grid Ref": f"{SQUARE[:2]} {SQUARE[2:5]} {SQUARE[5:]}"},
        {"Alert ID": "3", **NOWHERE, "Postcode": "zz11ab"},
        {"Alert ID": "4", **NOWHERE, "Town": "Anywhere"},
        {"Alert ID": "5", "Postcode": "ZZ1 2AB"},
    ]
    told = take(council, *ways)
    assert [one[:2] for one in kept(council)] == [
        (SQUARE, "point"),
        (SQUARE, "grid reference"),
        (SQUARE, "postcode"),
        ("", "district only"),
        (SQUARE, "point"),
    ]
    assert "Row 6: places that contradict each other by more than a kilometre" in " ".join(told.notes)
    assert "Row 5: a town and nothing finer" in " ".join(told.notes)


def test_degrees_are_read_and_told_apart_from_metres(council) -> None:
    lon, lat = (float(one) for one in to_wgs84(641_010.0, 421_020.0))
    head = "seen,received,lat,long,easting,northing\n"
    row = "2025-05-31T21:15:00Z,2025-05-31 22:20,{},{},{},{}\n"

    def said(*cells):
        content = (head + row.format(*cells)).encode()
        return plan_reports(council, content, source="StreetLink", now=NOW)

    assert said(lat, lon, "", "").new == 1
    assert "more than a kilometre" in said(lat, lon, "643000", "423000").notes[-1]
    assert "latitude and longitude are exchanged" in said(1.5, 52, "", "").refused[0]
    assert "outside Great Britain" in said(40, 1.5, "", "").refused[0]


def test_a_report_of_today_without_a_time_of_receipt_is_open_at_once_and_comes_again_unchanged(council) -> None:
    rows = [{"Alert ID": "1", "Date received": "02/06/2025"}, {"Alert ID": "2", "Date seen": "02/06/2025",
            "Time seen": "07:00", "Date received": ""}]  # fmt: skip
    assert take(council, *rows).new == 2
    assert [one.received for one in read_reports(council)] == [NOW, NOW]
    later = take(council, *rows, now=NOW + timedelta(days=3))
    assert (later.new, later.put_right, later.on_record) == (0, 0, 2)
    assert "received in the future" in plan(council, {"Date received": "03/06/2025"}).refused[0]


def test_a_visit_of_the_day_that_may_have_been_before_the_report_answers_nothing(council) -> None:
    take(council, {"Date received": "01/06/2025"})
    (asked,) = read_reports(council)
    there = [visit(1, "2025-06-01 23:30", square=SQUARE), visit(2, "2025-06-02 06:00", square=SQUARE)]
    found = answered([asked], there, council.scenario.walkabouts)[0]
    assert (found.visit.number, found.due.date().isoformat(), found.in_time) == (2, "2025-06-02", True)


def test_a_report_without_a_time_of_receipt_counts_from_the_end_of_its_day(council) -> None:
    rows = [
        {"Alert ID": "1", "Date received": ""},
        {"Alert ID": "2", "Date received": "01/06/2025"},
        {"Alert ID": "3", "Date received": "31/05/2025"},
    ]
    told = take(council, *rows)
    assert [one.received.isoformat() for one in read_reports(council)] == [
        "2025-05-31T23:59:00+01:00",
        "2025-06-01T23:59:00+01:00",
        "2025-05-31T23:59:00+01:00",
    ]
    assert told.notes[:2] == (
        (
            "Row 2: no day of receipt; the end of the day somebody was seen counts, so that no visit of that day "
            "answers it."
        ),
        "Rows 3, 4: no time of receipt; the end of that day counts, so that no visit of that day answers it.",
    )


def test_a_file_without_a_day_or_a_place_is_refused_and_quotes_nothing() -> None:
    with pytest.raises(BadInputError, match="no column that says when somebody was seen"):
        read_report_file(b"Story,Postcode\nMARKER,ZZ1 1AA\n")
    with pytest.raises(BadInputError, match="no column that says where"):
        read_report_file(b"Date seen,Story\n01/05/2025,MARKER\n")


def test_of_two_columns_that_would_do_the_surer_one_counts_and_the_other_is_named() -> None:
    read = read_report_file(
        b"Date,Date seen,Location,Street,audience\n1/1/2001,1/5/2025,behind MARKER,Quay Lane,team\n"
    )
    assert (read.rows[0][1]["seen_date"], read.rows[0][1]["street"]) == ("1/5/2025", "Quay Lane")
    assert read.dropped == ("Date", "Location")
    assert "MARKER" not in repr(read)


def test_our_own_templates_come_back_with_every_column() -> None:
    line = reports_template_csv() + b"A1,,StreetLink,01/05/2025,22:15" + b"," * 11 + b"\r\n"
    read = read_report_file(line)
    assert (set(read.rows[0][1]), read.dropped) == (set(COLUMNS), ())
    book = openpyxl.load_workbook(io.BytesIO(reports_template_xlsx()))
    assert [cell.value for cell in book["Reports"][1]] == list(COLUMNS)
    assert "Never describe a person" in " ".join(str(row[0].value) for row in book["Notes"])


def test_ten_thousand_rows_at_one_place_are_held_back_until_somebody_has_looked(council) -> None:
    rows = [
        {"Alert ID": str(number), "Time seen": f"{number // 60 % 22:02}:{number % 60:02}"} for number in range(10_000)
    ]
    content = file_of(*rows)
    told = plan_reports(council, content, source="StreetLink", now=NOW)
    assert told.new == 10_000
    assert told.heaps[0] == "Rows 2, 3, 4, 5, 6 and 9995 more (10000 in all): the same place."
    with pytest.raises(BadInputError, match="improbably many"):
        take_in_reports(council, content, source="StreetLink", who="JS", now=NOW)
    assert kept(council) == []


def test_a_score_of_rows_in_one_minute_is_a_heap_and_may_be_kept_once_it_was_checked(council) -> None:
    rows = [{"Alert ID": str(number)} for number in range(21)]
    assert plan(council, *rows[:20]).heaps == ()
    assert "the same place in the same minute" in plan(council, *rows).heaps[0]
    assert take(council, *rows, checked=True).new == 21
    assert plan(council, *rows).heaps == ()  # on record by now


def test_rows_at_midnight_are_told_as_they_may_have_no_time() -> None:
    rows = [RowFacts(number, SQUARE, at("2025-05-01 00:00")) for number in range(2, 8)]
    assert "seen at midnight exactly" in note_sentences(rows)[0]
    assert note_sentences([RowFacts(8, SQUARE, at("2025-05-01 00:01"))]) == ()
