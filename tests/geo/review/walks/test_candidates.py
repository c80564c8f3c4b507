"""What a walk is planned from: moments in the night the clocks go back, and which reports a plan answers."""

from datetime import UTC, datetime, timedelta

import pytest

from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.candidates import known_places, told_reports
from geo.review.walks.quarter import figures_from_records
from geo.review.walks.reading import reports_standing, visits_standing
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.visits import record_visit
from geo.review.walks.where import where
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import LONDON
from geo.walkabouts.response import OpenReport
from geo.walkabouts.squares import square_at
from tests.geo.review.registers import signed
from tests.geo.review.walks.walk_records import PLACES, SQUARES, plan, visit
from tests.geo.walkabouts.reported import report

FIRST = datetime(2024, 10, 27, 1, 50, tzinfo=LONDON)
THEN = datetime(2024, 10, 27, 1, 20, tzinfo=LONDON, fold=1)  # half an hour later
AFTER = datetime(2024, 10, 27, 12, tzinfo=LONDON)


@pytest.fixture
def council(council):
    return signed(council)


def _later(moment, minutes):
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(LONDON)


def _visited(council, moment, number):
    made = visit(square=SQUARES[number], outcome="found", bedded_down=1)
    there = type(made)(**{**vars(made), "arrived": moment, "left": _later(moment, 1)})
    record_visit(council, there, who="JS", now=AFTER)


def _reported(council, moment, number):
    made = MadeReport(moment, moment, "StreetLink", GivenPlace(grid_reference=SQUARES[number]))
    record_report(council, made, who="JS", now=AFTER)


def test_the_hour_that_comes_twice_is_sorted_and_compared_as_it_passed(council) -> None:
    for number, moment in ((1, THEN), (2, FIRST)):
        _visited(council, moment, number)
        _reported(council, moment, number)
    assert [one.square for one in visits_standing(council)] == [SQUARES[2], SQUARES[1]]
    assert [one.square for one in reports_standing(council)] == [SQUARES[2], SQUARES[1]]
    between = _later(FIRST, 20)
    assert set(known_places(council, band="evening", now=between).last_seen) == {SQUARES[2]}
    assert where(council, now=between).places["square"].tolist() == [SQUARES[2]]
    autumn = ReviewQuarter("2024-25", 3, 4)
    assert figures_from_records(council, autumn, now=between)["offers"] == 0
    assert figures_from_records(council, autumn, now=between)["reported"] == 1


def _beside(number):
    return square_at(PLACES[number][0] + 100, PLACES[number][1])


@pytest.mark.parametrize(
    ("square", "located", "held"),
    [
        (SQUARES[2], "point", 1),  # a stop of its own, whatever it is for
        (_beside(1), "point", 1),  # next to a stop that is made for a report
        (_beside(2), "point", 0),  # next to one that is not: nobody there says nothing
        (_beside(2), "postcode", 1),  # it may have been meant
    ],
)
def test_a_plan_is_said_to_go_to_the_reports_that_it_answers_even_if_nobody_is_found(square, located, held) -> None:
    asked = OpenReport(report(square=square, located=located), AFTER, 5.0)
    told = told_reports((asked,), plan(), WalkaboutOptions())
    assert f"this walk goes to {held} of them." in told
