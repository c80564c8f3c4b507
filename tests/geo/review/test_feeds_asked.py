"""What is asked of each feed, whether it came, what to remind of, and how good its rows are."""

from datetime import date, timedelta

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.feed_plans import FeedPlan, read_plans, set_plan
from geo.review.feed_quality import quality_by_file, quality_by_quarter
from geo.review.feed_reminders import reminders_of
from geo.review.feed_states import feed_states
from geo.review.feed_words import state_words
from tests.geo.review.counting import agree, lines, sent, take
from tests.tinytown.council import TODAY, export, row

FEED = "Food bank"
ENDED = date(2025, 3, 31)  # the last quarter that is over on TODAY, 1 June 2025


def plan(council, **said):
    return set_plan(council, FeedPlan(**{"feed": FEED, "owner": "Food bank coordinator", **said}))


def state(council, today=TODAY):
    (found,) = [one for one in feed_states(council, today) if one.feed == FEED]
    return found


def said(council, today=TODAY):
    return [one.sentence for one in reminders_of(feed_states(council, today), district="Tinytown", today=today)]


def test_a_plan_is_kept_read_back_replaced_and_logged(council):
    plan(council)
    kept = plan(council, feed="food  BANK", role="processor", due_days=20)
    assert read_plans(council) == {FEED: kept}
    assert [line.detail for line in read_audit(council.store)][
        -1
    ] == f"{FEED}: processor, due 20 days after each quarter"


@pytest.mark.parametrize("owner", ["", "Gwen Jones", "jo@x.org", "call 07700 900123", "12 Mill Road", "x" * 61])
def test_an_owner_is_a_role_or_a_team_and_never_a_person(council, owner):
    with pytest.raises(BadInputError, match="a role or a team") as caught:
        plan(council, owner=owner)
    assert not owner or owner not in str(caught.value)
    assert read_plans(council) == {}


@pytest.mark.parametrize("wrong", [{"role": "owner"}, {"due_days": -1}, {"due_days": 91}])
def test_a_role_and_days_that_are_none_are_refused(council, wrong):
    with pytest.raises(BadInputError, match="Nothing was kept"):
        plan(council, **wrong)


@pytest.mark.parametrize(
    ("last", "today", "arrival"),
    [
        (date(2025, 4, 2), TODAY, "received"),
        (date(2025, 3, 31), date(2025, 4, 30), "due"),
        (date(2025, 3, 31), date(2025, 5, 1), "overdue"),
    ],
)
def test_a_file_is_received_due_or_overdue(council, add, last, today, arrival):
    add(export(row(1)), feed=FEED, today=last)
    plan(council, due_days=30)
    found = state(council, today)
    assert (found.arrival, found.due, found.last_received) == (arrival, ENDED + timedelta(days=30), last)
    assert found.quarter.name == "2024-25 Q4"


def test_counts_are_a_file_that_came(council):
    plan(council)
    assert state(council).arrival == "overdue"
    take(council, sent(council))
    found = state(council)
    assert (found.arrival, found.sends, found.rows) == ("received", "counts", 0)


def test_a_feed_that_nothing_is_asked_of_is_never_late(council, add):
    add(export(row(1)), feed=FEED, today=date(2025, 1, 1))
    assert state(council).arrival == "not asked"
    plan(council, due_days=0)
    assert (state(council).arrival, state(council).due) == ("not asked", None)


@pytest.mark.parametrize(
    ("until", "paper"),
    [
        (None, "lasts"),
        (TODAY + timedelta(61), "lasts"),
        (TODAY + timedelta(60), "ends soon"),
        (TODAY, "ends soon"),
        (TODAY - timedelta(1), "ended"),
    ],
)
def test_an_agreement_lasts_ends_soon_or_has_ended(council, until, paper):
    assert feed_states(council, TODAY) == ()
    agree(council, until)
    assert state(council).paper == paper


def test_what_is_overdue_comes_first_and_can_be_pasted_into_a_mail(council, add):
    add(export(row(1)), feed=FEED, today=date(2025, 1, 1))
    add(export(row(1)), feed="Housing")
    plan(council)
    agree(council, TODAY + timedelta(10))
    first, second, *rest = reminders_of(feed_states(council, TODAY), district="Tinytown", today=TODAY)
    assert first.sentence == "Food bank: the file for 2024-25 Q4 was due on 30 April 2025, 32 days ago."
    assert first.mail.startswith("Dear Food bank coordinator,\n\nPlease send us your file for January to March 2025")
    assert second.sentence == "Food bank: the agreement ends on 11 June 2025, in 10 days."
    assert [one.sentence for one in rest] == [
        "Housing: say who owns it and when it is due and under which agreement it is held."
    ]
    assert rest[0].mail == ""


def test_an_ended_agreement_is_reminded_of_until_a_new_end_is_recorded(council):
    plan(council, due_days=0)
    agree(council, date(2025, 5, 31))
    assert said(council) == [
        "Food bank: the agreement ended on 31 May 2025; its files are refused until a new end is recorded."
    ]
    agree(council, date(2026, 5, 31))
    assert said(council) == []
    assert "DSA 12, until 31 May 2026 (in force)." in " ".join(state_words(state(council)))


def test_quality_is_told_by_quarter_and_by_file(council, add):
    spring = [*lines({"W1": 3, "nowhere": 1}), row(1)]
    add(export(*spring), feed=FEED, today=date(2024, 6, 1))
    later = lines({"W1": 1, "nowhere": 1}, day="14/08/2024", start=50, reason="")
    add(export(*[line.replace(",H50,", ",,") for line in later]), feed=FEED)
    first, second = quality_by_quarter(council).to_dict("records")
    assert (first["quarter"], first["rows"], first["placed"], first["household"]) == ("2024-25 Q1", 4, 0.75, 1.0)
    assert (second["quarter"], second["placed"], second["household"]) == ("2024-25 Q2", 0.5, 0.5)
    assert (first["no_reason"], second["no_reason"]) == (0.0, 1.0)
    files = quality_by_file(council)
    assert files["rows"].tolist() == [5, 2]
    assert files["placed"].tolist() == [0.75, 0.5]
    assert files["new"].tolist() == [5, 2]


def test_without_records_there_is_no_quality_to_tell(council):
    assert quality_by_quarter(council).empty
    assert quality_by_file(council).empty
