"""Each feed has its agreement, and past its end the feed is refused."""

from datetime import date

import pytest

from geo.errors import BadInputError
from geo.review.agreements import LONGEST, Agreement, read_agreements, save_agreement
from geo.review.audit import read_audit
from tests.tinytown.council import TODAY, export, row


def agree(council, until, feed="Food bank"):
    return save_agreement(council, Agreement(feed, "Both", "DSA 12", "the review", until))


def test_a_feed_past_its_agreement_is_refused_and_keeps_what_it_had(council, add):
    add(export(row(1)), feed="Food bank")
    agree(council, date(2025, 5, 31), feed="food  BANK")
    with pytest.raises(BadInputError, match="agreement for Food bank ended on 31 May 2025"):
        add(export(row(2)), feed="FOOD bank")
    assert len(council.records()) == 1


@pytest.mark.parametrize("until", [TODAY, date(2030, 1, 1), None])
def test_on_its_last_day_and_without_an_end_a_feed_is_taken_in(council, add, until):
    agree(council, until)
    assert add(export(row(1)), feed="Food bank").added == 1


def test_a_feed_without_an_agreement_on_record_is_taken_in(council, add):
    agree(council, date(2020, 1, 1))
    assert add(export(row(1)), feed="Housing").added == 1


def test_an_agreement_is_kept_read_back_and_replaced(council):
    agree(council, date(2026, 1, 1))
    kept = agree(council, None)
    assert read_agreements(council) == {"Food bank": kept}
    assert kept.until is None
    assert [line.detail for line in read_audit(council.store)][-2:] == [
        "Food bank: until 2026-01-01",
        "Food bank: without an end",
    ]


@pytest.mark.parametrize(
    ("controller", "paper", "said"),
    [(" ", "DSA 12", "the controller"), ("Both", "", "the agreement"), ("Both", "x" * (LONGEST + 1), "300 characters")],
)
def test_an_agreement_that_says_too_little_or_too_much_is_not_kept(council, controller, paper, said):
    with pytest.raises(BadInputError, match=said):
        save_agreement(council, Agreement("Food bank", controller, paper, ""))
    assert read_agreements(council) == {}
