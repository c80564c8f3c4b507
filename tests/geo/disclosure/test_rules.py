"""Rules by hand: what is hidden, what is rounded, which options are refused."""

import pytest
from pydantic import ValidationError

from geo.disclosure.rules import EXACT, HOUSE_DEFAULT, rule_for
from geo.errors import BadInputError
from geo.scenario import DisclosureOptions
from tests.geo.disclosure.tables import PUBLIC, draft, texts


def test_the_house_default_is_the_one_of_the_domain():
    assert (PUBLIC.threshold, PUBLIC.round_to, PUBLIC.zero_homes, PUBLIC.hexagon_share) == (7, 5, 100, 0.8)


@pytest.mark.parametrize(
    ("count", "homes", "shown"),
    [
        (0, 2000, "0"),
        (1, 2000, "c"),
        (7, 2000, "c"),
        (8, 2000, "10"),
        (12, 2000, "10"),
        (13, 2000, "15"),
        (1_000_003, 2000, "1,000,005"),
        (0, 100, "0"),
        (0, 99, "c"),
        (8, 99, "10"),
        (40, 39, "c"),
        (0, 0, "c"),
    ],
)
def test_one_count_by_the_rule(count, homes, shown):
    assert texts(draft([count], homes=homes)) == [shown]


def test_a_total_is_a_count_too():
    assert draft([2, 3]).total.text == "c"
    assert draft([9, 9]).total.text == "20"
    assert draft([0, 0]).total.text == "0"


def test_teams_and_agreements_see_exact_counts():
    assert rule_for("team", HOUSE_DEFAULT) == rule_for("agreement", HOUSE_DEFAULT) == EXACT
    exact = draft([3, 0, 12], audience="team", rule=EXACT, homes=10)
    assert (texts(exact), exact.total.text) == (["3", "0", "12"], "15")


@pytest.mark.parametrize(
    ("option", "looser", "stricter"),
    [
        ("threshold", 5, 9),
        ("round_to", 3, 10),
        ("zero_homes", 50, 500),
        ("homes_floor", 10, 100),
        ("hexagon_share", 0.5, 0.9),
    ],
)
def test_the_public_rule_may_be_stricter_and_never_looser(option, looser, stricter):
    with pytest.raises(BadInputError, match=rf"Option 'disclosure.{option}' is {looser}, which is looser"):
        rule_for("public", DisclosureOptions(**{option: looser}))
    for audience in ("public", "partner"):
        assert getattr(rule_for(audience, DisclosureOptions(**{option: stricter})), option) == stricter
    assert getattr(rule_for("partner", DisclosureOptions(**{option: looser})), option) == looser


def test_a_rounding_that_would_show_a_count_as_nought_is_refused():
    with pytest.raises(ValidationError, match="would round a count of 8 to nought"):
        DisclosureOptions(round_to=20)


def test_an_unknown_audience_gets_a_sentence():
    with pytest.raises(BadInputError, match="choose one of: team, partner, agreement, public"):
        rule_for("press", HOUSE_DEFAULT)


@pytest.mark.parametrize("round_to", [1, 2, 5, 7, 10, 16])
def test_every_count_lies_in_the_interval_of_what_is_shown_for_it_and_no_other_does(round_to):
    rule = rule_for("partner", DisclosureOptions(round_to=round_to))
    for count in range(rule.threshold + 1, 60):
        low, high = rule.interval(rule.rounded(count))
        shown_alike = [other for other in range(8, 90) if rule.rounded(other) == rule.rounded(count)]
        assert (low, high) == (min(shown_alike), max(shown_alike))
