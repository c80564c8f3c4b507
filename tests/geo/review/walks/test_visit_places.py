"""A visit at a safe place counts for walks, offers and quarters, and its place is kept nowhere."""

from datetime import timedelta

import pytest

from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.candidates import known_places
from geo.review.walks.quarter import visit_table
from geo.review.walks.reading import read_visits, visits_placed, visits_standing
from geo.review.walks.visit_table import told_place, visit_rows
from geo.review.walks.visits import ready_walk as ready
from geo.review.walks.visits import record_visit, same_walk, says_the_same
from geo.review.walks.where import where
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.finds.rates import find_rates
from geo.walkabouts.response import open_reports
from geo.walkabouts.sightings import Report
from tests.geo.review.walks.walk_records import COUNTED, NOW, PLACES, SQUARES, at, record, visit, walk
from tests.geo.review.walks.walk_report_files import listing

SAFE = f"ZZ7 7ZZ, {PLACES[2][0] + 30}, {PLACES[2][1]}"


def _raw(council) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(council.root.glob("planner.sqlite*")))


def _squares(council) -> list[str]:
    return [one.square for one in read_visits(council)]


@pytest.mark.parametrize("place", [{"square": SQUARES[2]}, {"point": PLACES[2]}])
def test_a_visit_at_a_listed_place_counts_for_the_district_only(council, place) -> None:
    safe = listing(council, SAFE)
    record(safe, visit(**place, **COUNTED), visit("21:00"))
    assert _squares(safe) == ["", SQUARES[1]]
    assert SQUARES[2].encode() not in _raw(safe)
    record_visit(safe, visit("21:30", **place), who="JS", now=NOW)
    assert _squares(safe) == ["", SQUARES[1], ""]
    assert SQUARES[2].encode() not in _raw(safe)


def test_a_visit_that_names_a_town_and_no_more_looks_the_same(council) -> None:
    safe = listing(council, SAFE)
    record(safe, visit(square=SQUARES[2]), visit("21:00", town="Tinytown"))
    here, town = read_visits(safe)
    assert (here.square, here.street) == (town.square, town.street) == ("", "")
    assert told_place(here) == told_place(town) == "district only"
    assert visit_rows([here]).loc[0, "Where"] == "district only"


def test_the_walk_its_offers_and_the_quarter_count_it(council) -> None:
    safe = listing(council, SAFE)
    record(safe, visit(square=SQUARES[2], **COUNTED))
    row = visit_table(safe, [ReviewQuarter.at(at("12:00").date(), first_month=4)], now=NOW).iloc[0]
    counted = ["Walkabouts", "Visits", "People found on walks", "Offers made", "Accepted", "Refused"]
    assert [int(row[name]) for name in counted] == [1, 1, 3, 3, 1, 2]


def test_no_rate_no_map_no_plan_and_no_clock_counts_it(council) -> None:
    safe = listing(council, SAFE)
    record(safe, visit(square=SQUARES[2], **COUNTED))
    assert len(visits_standing(safe)) == 1
    assert visits_placed(safe) == ()
    assert where(safe, now=NOW).places.empty
    assert known_places(safe, band="evening", now=NOW).candidates == ()
    options = WalkaboutOptions()
    assert set(find_rates(visits_standing(safe), (), options, now=NOW).table["square"]) == {""}
    seen = at("12:00")
    report = Report(1, "reported", "StreetLink", seen, seen, SQUARES[2], "", "point", 1, "JS")
    assert len(open_reports([report], visits_standing(safe), options, now=NOW)) == 1


def test_what_is_listed_later_takes_the_place_out_of_earlier_visits_and_nothing_else(council) -> None:
    record(council, visit(square=SQUARES[2], **COUNTED), visit("21:00"))
    before = read_visits(council)
    assert SQUARES[2].encode() in _raw(council)
    safe = listing(council, SAFE)
    assert _squares(safe) == ["", SQUARES[1]]
    assert SQUARES[2].encode() not in _raw(safe)
    assert [(one.number, one.arrived, one.found, one.offered) for one in read_visits(safe)] == [
        (one.number, one.arrived, one.found, one.offered) for one in before
    ]


def test_a_walk_without_places_is_known_again_by_its_moments(council) -> None:
    safe = listing(council, SAFE)
    held = walk(visit(square=SQUARES[2]))
    made = record(safe, *held.visits)
    again = ready(safe, held, now=NOW)
    assert same_walk(again, [made], read_visits(safe)) == made
    assert says_the_same(again, made, read_visits(safe))
    other = ready(safe, walk(visit("21:10", square=SQUARES[2])), now=NOW + timedelta(minutes=1))
    assert same_walk(other, [made], read_visits(safe)) is None
