"""A file of reports brings in no unknown source, many places only once checked, and no place that was let go."""

import sqlite3

import pytest

from geo.errors import BadInputError
from geo.hubs.programme.partners import make_partner
from geo.review.audit import read_audit
from geo.review.partners import save_partners
from geo.review.walks.agencies import save_agencies
from geo.review.walks.reading import read_reports
from geo.review.walks.reports_import import plan_reports, take_in_reports
from geo.walkabouts.rota.agencies import make_agency
from pages.kit.walk_reports_forms import named
from tests.geo.review.walks.walk_report_files import HEADINGS, NOW, file_of, kept, listing, plan, take
from tests.tinytown.council import export, row

MARKER = "Man in red jacket called Zebedee by Boots"
WITH_SOURCE = (*HEADINGS, "Service")


def _taken(council, *sources, given="Council line"):
    rows = [{"Alert ID": str(number), "Service": text} for number, text in enumerate(sources)]
    content = file_of(*rows, headings=WITH_SOURCE)
    return take_in_reports(council, content, source=given, who="JS", now=NOW)


def _raw(council):
    return b"".join(path.read_bytes() for path in sorted(council.root.glob("planner.sqlite*")))


def test_a_cell_is_a_source_only_where_it_names_one_that_is_known(council) -> None:
    save_agencies(council, (make_agency("Night Shelter Team", powers="support", people=2),))
    save_partners(council, [make_partner("Food Bank", weekdays="Mon")])
    told = _taken(council, " street  link", "STREETLINK", "night shelter TEAM", "food bank", "council LINE", MARKER, "")
    sources = [one.source for one in read_reports(council)]
    assert sources == ["StreetLink", "StreetLink", "Night Shelter Team", "Food Bank", *["Council line"] * 3]
    assert any(note.startswith("Row 7: a source that is not known here, which was let go") for note in told.notes)
    assert MARKER not in " ".join(told.sentences())
    assert b"Zebedee" not in _raw(council)


def test_a_feed_may_be_named(council, add) -> None:
    add(export(row(1)))
    _taken(council, "housing")
    assert [one.source for one in read_reports(council)] == ["Housing"]


def test_a_row_of_an_unknown_source_in_a_file_without_one_is_refused_and_not_quoted(council) -> None:
    told = _taken(council, MARKER, given="")
    assert told.refused == ("Row 2: it does not say who reported it, such as StreetLink or an agency.",)
    assert read_reports(council) == ()


def test_a_file_of_more_than_two_hundred_places_waits_until_somebody_has_looked(council) -> None:
    rows = [
        {"Alert ID": str(number), "Easting": str(640_050 + 100 * (number % 20)), "Northing": str(420_050 + 5 * number)}
        for number in range(220)
    ]
    squares = len({(row["Easting"][:4], row["Northing"][:4]) for row in rows})
    assert squares == 220
    assert plan(council, *rows[:200]).heaps == ()
    found = plan(council, *rows).heaps
    assert found[0] == "The file names 220 different places; a list of reports names fewer."
    with pytest.raises(BadInputError, match="220 different places"):
        take(council, *rows)
    assert kept(council) == []
    assert take(council, *rows, checked=True).new == 220
    assert plan(council, *rows).heaps == ()  # on record by now


def test_the_log_says_how_many_rows_came_without_a_place(council) -> None:
    safe = listing(council, "ZZ1 1AB")
    town = {"Alert ID": "3", "Easting": "", "Northing": "", "Town": "Tinytown"}
    take(safe, {"Alert ID": "1"}, {"Alert ID": "2", "Easting": "643000"}, town)
    assert read_audit(safe.store)[-1].detail == "file taken in: new 3, put right 0, without a place 2"


def test_what_was_let_go_is_not_known_by_its_hash_and_no_file_brings_it_back(council) -> None:
    rows = [{"Alert ID": "1"}, {"Alert ID": "2", "Easting": "643000"}]
    take(council, *rows)
    safe = listing(council, "ZZ1 1AB")
    with sqlite3.connect(safe.store.path) as connection:
        given = [text for (text,) in connection.execute("SELECT given FROM walk_reports ORDER BY number")]
    connection.close()
    assert given[0] == ""
    assert given[1] != ""
    again = plan(safe, *rows)
    assert (again.new, again.put_right, again.on_record) == (0, 0, 2)
    take(safe, *rows)
    assert [one[0] == "" for one in kept(safe)] == [True, False]


def test_a_report_is_kept_by_the_rule_by_which_it_would_be_purged(council) -> None:
    safe = listing(council, "ZZ7 7ZZ, 641120, 421050")  # beside the square, and 110 m from the point that was given
    take(safe, {"Alert ID": "1"})
    assert kept(safe)[0][:2] == ("", "district only")


def test_a_list_to_choose_from_names_no_place_and_not_that_there_is_none(council) -> None:
    safe = listing(council, "ZZ1 1AB")
    take(safe, {"Alert ID": "1"}, {"Alert ID": "2", "Easting": "643000"})
    assert [named(one) for one in read_reports(safe)] == [
        "number 1: 31 May 2025 22:15",
        "number 2: 31 May 2025 22:15",
    ]


def test_the_screen_and_the_command_read_a_file_by_the_same_rule(council) -> None:
    content = file_of({"Alert ID": "1", "Service": MARKER}, headings=WITH_SOURCE)
    assert plan_reports(council, content, source="StreetLink", now=NOW).new == 1
    assert b"Zebedee" not in _raw(council)
