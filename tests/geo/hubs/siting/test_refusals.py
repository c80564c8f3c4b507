"""What cannot be asked or answered is one sentence that names the rule."""

from dataclasses import replace

import numpy as np
import pytest

from geo.errors import BadInputError, PlannerError
from geo.hubs.siting.choose import choose
from tests.geo.hubs.siting.questions import asks, question

LINE = question(
    [[1, 9, 20], [9, 1, 9], [20, 9, 1]],
    hubs=2,
    towns=("East", "East", "West"),
    points=[[0, 0], [3_000, 0], [9_000, 0]],
    prices=[2_000, 4_000, 6_000],
)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"hubs": 4}, "Only 3 sites may be chosen, and 4 hubs are asked for; ask for 3 or fewer."),
        ({"hubs": 3, "never": ("A",)}, "Only 2 sites may be chosen, and 3 hubs are asked for"),
        ({"hubs": 0}, "0 hubs are asked for; ask for 1 or more."),
        ({"never": ("A", "B", "C")}, "All 3 sites are refused"),
        ({"must_keep": ("A",), "never": ("A",)}, "A is both to be kept and never to be used"),
        ({"must_keep": ("A", "B", "C")}, "3 sites must be kept, and only 2 hubs are asked for"),
        (
            {"must_keep": ("B", "C"), "budget": 5_000},
            "The 2 sites that must be kept would cost £10,000, more than the budget of £5,000",
        ),
        ({"budget": 5_000}, "the cheapest choice costs £6,000, more than the budget of £5,000"),
        ({"must_keep": ("A", "B"), "one_per_town": True}, "A and B must both be kept, but both are in East"),
        ({"must_keep": ("A", "B"), "spacing_m": 5_000}, "A and B must both be kept, but are 3.0 km apart"),
        ({"hubs": 3, "one_per_town": True}, "The allowed sites are in 2 different towns, and 3 hubs"),
        (
            {"hubs": 3, "spacing_m": 5_000},
            "stands in the way is the spacing of 5 km. The most hubs that keep them all: 2",
        ),
        (
            {"budget": 9_000, "spacing_m": 8_000, "must_keep": ("B",)},
            "keeps all the rules beside B: what stands in the way is the spacing of 8 km",
        ),
        ({"must_keep": ("Z",)}, "There is no site 'Z' among the 3 that compete"),
    ],
)
def test_a_rule_that_cannot_be_met_is_named(rules, sentence) -> None:
    with pytest.raises(BadInputError) as refused:
        choose(asks(LINE, **rules))
    assert sentence in str(refused.value)


def test_the_rule_in_the_way_of_reaching_everybody_is_named() -> None:
    problem = replace(asks(LINE, budget=5_000), question="fewest", within_minutes=5.0)
    with pytest.raises(BadInputError, match=r"stands in the way is the budget of £5,000. Loosen that rule"):
        choose(problem)


def test_no_longest_journey_where_somebody_is_always_left_without_a_way() -> None:
    apart = question([[1, np.inf], [np.inf, 1]], asked="worst", hubs=1)
    with pytest.raises(BadInputError, match=r"somebody is always left without a way to any hub.* ask for 2"):
        choose(apart)
    assert choose(asks(apart, hubs=2)).value == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"need": np.zeros(3)}, "Nobody is counted in any place"),
        ({"need": np.array([1.0, -1, 1])}, "0 or more"),
        ({"minutes": np.full((3, 3), np.inf)}, "No site can be reached from any place with clients"),
        ({"minutes": np.full((3, 3), np.nan)}, "Minutes are 0 or more"),
        ({"minutes": np.ones((2, 3))}, "there are 3 places and 3 sites"),
        ({"beyond_minutes": 5.0}, "must count as 20 minutes at least"),
        ({"within_minutes": -1.0}, "0 or more"),
    ],
)
def test_a_question_without_an_answer_is_refused_in_a_sentence(change, sentence) -> None:
    with pytest.raises(BadInputError) as refused:
        choose(replace(LINE, **change))
    assert sentence in str(refused.value)


def test_limits_are_for_cover_and_average_only() -> None:
    limited = question([[1.0]], asked="worst", capacity=[3])
    with pytest.raises(BadInputError, match="cover and average only"):
        choose(limited)


def test_no_time_where_the_first_try_leads_nowhere_says_so() -> None:
    """The middle site reaches most and shuts out both others."""
    middle = question(
        [[1, 9, 30], [30, 1, 30], [30, 9, 1]], hubs=2, spacing_m=4_000, points=[[0, 0], [3_000, 0], [6_000, 0]]
    )
    assert choose(middle).names == ("A", "C")
    with pytest.raises(PlannerError, match="allow more time"):
        choose(middle, limit_seconds=0)


def test_a_site_nobody_can_get_to_competes_and_is_not_chosen() -> None:
    problem = question([[np.inf, 3], [np.inf, 4]], hubs=1)
    assert choose(problem).names == ("B",)
