"""A part of the records left out: a year, a feed, the marked ones."""

import pytest

from geo.errors import BadInputError
from geo.evidence.counts import Selection
from geo.evidence.left_out import leave_out_parts
from tests.geo.evidence.rows import at, records


def parts_of(*rows, **selection):
    placed = ({"ward": "W1"} | row for row in rows)
    found = leave_out_parts(records(*placed), Selection(**selection), months=6, first_month=4)
    return {part.name: part for part in found}


def test_each_year_is_left_out_once():
    parts = parts_of(at("a", "2023-05"), at("b", "2024-05"), at("c", "2024-06"))
    assert len(parts["2023-24 left out"].clients) == 2
    assert len(parts["2024-25 left out"].clients) == 1


def test_one_year_only_cannot_be_left_out_and_that_is_said():
    part = parts_of(at("a", "2023-05"), at("b", "2023-06"))["each review year left out"]
    assert part.why_not == "all of them are of 2023-24"
    assert part.clients.empty


def test_a_household_that_another_feed_knows_too_stays_when_one_feed_is_left_out():
    parts = parts_of(
        at("a", "2023-05", feed="Advice"), at("a", "2023-06", feed="Housing"), at("b", "2023-06", feed="Housing")
    )
    assert set(parts["records from Advice left out"].clients["household"]) == {"a", "b"}
    assert set(parts["records from Housing left out"].clients["household"]) == {"a"}


def test_the_only_feed_of_a_year_may_be_left_out_of_a_span_of_years():
    parts = parts_of(
        at("a", "2022-05", feed="Housing"),
        at("b", "2023-05", feed="Advice"),
        at("c", "2021-05", feed="Advice"),
        period="2022-23..2023-24",
    )
    assert set(parts["records from Housing left out"].clients["household"]) == {"b"}


def test_a_source_that_came_by_one_feed_only_is_said():
    rows = [at("a", "2023-05", feed="North", source="Shelter"), at("b", "2023-05", feed="South")]
    part = parts_of(*rows, source="Shelter")["each source of records left out"]
    assert part.why_not == "all of them came from North"


def test_a_feed_without_which_nobody_would_be_left_is_said():
    rows = [  # without Advice, a's approaches are one episode of the year before
        at("a", "2022-10", feed="Advice"),
        at("a", "2023-01", feed="Housing"),
        at("a", "2023-05", feed="Housing"),
        at("b", "2023-05", feed="Advice"),
    ]
    parts = parts_of(*rows, period="2023-24")
    assert parts["records from Advice left out"].why_not == "nobody would be left"
    assert parts["records from Housing left out"].clients["household"].tolist() == ["b"]


def test_marked_records_are_left_out_and_their_absence_is_said():
    marked = parts_of(at("a", "2023-05", institution=True), at("b", "2023-05"))
    part = marked["records at institutions and shared points left out"]
    assert part.clients["household"].tolist() == ["b"]
    plain = parts_of(at("b", "2023-05"))["records at institutions and shared points left out"]
    assert plain.why_not == "there are none"
    already = parts_of(at("b", "2023-05"), leave_out=("institution", "shared_point"))
    assert already["records at institutions and shared points left out"].why_not == "they are left out already"
    every = parts_of(at("a", "2023-05", shared_point=True))["records at institutions and shared points left out"]
    assert every.why_not == "nobody would be left"


def test_nobody_located_leaves_nothing_to_leave_out():
    parts = parts_of(at("a", "2023-05", status="missing"))
    assert all(part.why_not for part in parts.values())
    assert parts["each review year left out"].why_not == "nobody is located"


def test_a_period_that_is_not_there_is_refused():
    with pytest.raises(BadInputError, match="no period '2019-20'"):
        parts_of(at("a", "2023-05"), period="2019-20")
