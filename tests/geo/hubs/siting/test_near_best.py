"""Other sets, other numbers, what if, who gains, how firm: each against trying everything, or by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from geo.errors import BadInputError
from geo.hubs.siting.choose import choose
from geo.hubs.siting.curve import size_curve
from geo.hubs.siting.equity import equity_panel, gini
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.held import held_in_redraws
from geo.hubs.siting.near_best import near_best
from geo.hubs.siting.rules import rules_of
from geo.hubs.siting.what_if import what_if
from tests.geo.hubs.siting.questions import every_set, question, questions

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _answered(problem):
    try:
        return choose(problem)
    except BadInputError:
        return None


@FEW
@given(questions())
def test_other_sets_are_feasible_distinct_and_within_the_gap(problem) -> None:
    found = _answered(problem)
    assume(found is not None)
    others = near_best(found, within=0.1, most=4)
    rules = rules_of(problem, hubs=len(found.chosen))
    keys = {tuple(chosen) for chosen in others.sets}
    assert len(keys) == len(others.sets)
    assert tuple(found.chosen) not in keys
    for chosen, value in zip(others.sets, others.values, strict=True):
        assert rules.kept_by(chosen)
        assert value == pytest.approx(evaluate(problem, chosen).value)
        worse = found.value - value if problem.question == "cover" else value - found.value
        assert worse <= 0.1 * found.value + 1e-6


@FEW
@given(questions(asked=("cover", "average"), limited=False))
def test_the_list_is_complete_where_it_says_so(problem) -> None:
    found = _answered(problem)
    assume(found is not None)
    others = near_best(found, within=0.2, most=3)
    sign = -1 if problem.question == "cover" else 1
    limit = found.value * (1 + sign * 0.2)
    values = sorted(sign * evaluate(problem, chosen).value for chosen in every_set(problem, len(found.chosen)))
    near = [value for value in values if value <= sign * limit + 1e-6][1:]
    assert others.complete != "some"
    assert sorted(sign * value for value in others.values) == pytest.approx(near[:3])
    if others.complete == "all":
        assert len(near) == len(others.sets)


def test_two_surgeries_side_by_side_are_each_others_alternative() -> None:
    problem = question([[1, 2, 30], [30, 30, 1]], need=[9, 5], hubs=2)
    others = near_best(choose(problem), within=0.02)
    assert [chosen.tolist() for chosen in others.sets] == [[1, 2]]
    assert others.complete == "all"


@FEW
@given(questions(asked=("cover", "average", "fewest"), limited=False))
def test_the_curve_never_gets_worse_with_more_hubs(problem) -> None:
    found = _answered(problem)
    assume(found is not None and len(found.chosen))
    curve = size_curve(found, most=len(problem.sites), limit_seconds=5)
    values = curve["value"].dropna()
    falling = problem.question == "average"
    assert (values.is_monotonic_decreasing if falling else values.is_monotonic_increasing) or len(values) < 2
    assert (curve["note"].str.len() > 0)[curve["value"].isna()].all()


def test_a_curve_names_the_rule_that_ends_it() -> None:
    problem = question([[1, 30], [30, 1]], need=[5, 3], hubs=1, prices=[10, 10], budget=12.0)
    curve = size_curve(choose(problem), most=2)
    assert curve["value"].tolist() == [5, 5]
    assert "more than the budget of £12" in curve["note"].iloc[1]


def test_what_if_another_hall_is_taken() -> None:
    problem = question([[1, 30], [30, 1], [12, 5]], need=[5, 3, 1], hubs=1, prices=[10, 20], budget=12.0)
    change = what_if(problem, ("B",), known=choose(problem).chosen)
    assert (change.come, change.go) == (("B",), ("A",))
    assert (change.before.value, change.after.value) == (5, 4)
    assert (change.gained, change.lost, change.nearer, change.farther) == (4, 5, 4, 5)
    assert change.broken == ("£20, more than the budget of £12",)


def test_what_if_says_every_rule_that_a_set_breaks() -> None:
    problem = question(
        np.ones((1, 3)),
        hubs=2,
        towns=("East", "East", "West"),
        points=[[0, 0], [900, 0], [1_000, 0]],
        one_per_town=True,
        spacing_m=500.0,
        must_keep=("C",),
        never=("A",),
    )
    change = what_if(problem, ("A", "B"), known=np.array([2]))
    assert change.broken == ("C must be kept", "A must never be used", "A and B are both in East")
    assert "less than 0.5 km" in " ".join(what_if(problem, ("B", "C"), known=np.array([2])).broken)
    with pytest.raises(BadInputError, match="no site 'Z'"):
        what_if(problem, ("Z",), known=np.array([2]))


def test_nothing_chosen_is_what_stands_now() -> None:
    problem = question([[1], [1]], need=[5, 3], standing=[4, np.inf], hubs=1)
    change = what_if(problem, (), known=np.array([0]))
    assert (change.after.reached, change.after.newly_reached, change.after.no_way) == (5, 0, 3)


def test_the_panel_says_who_gains_and_who_is_left() -> None:
    problem = question(
        [[4, 30], [30, 8], [np.inf, np.inf]],
        need=[3, 1, 2],
        hubs=2,
        standing=[20, np.inf, np.inf],
        rural=np.array([False, True, False]),
    )
    panel = equity_panel(problem, np.array([0, 1])).set_index("measure")
    assert panel.loc["mean journey, of those measured"].tolist()[1:] == [20, 5]
    assert panel.loc["longest journey measured"].tolist()[1:] == [20, 8]
    assert panel.loc["within 10 minutes"].tolist()[1:] == [0, pytest.approx(4 / 6)]
    assert panel.loc["rural, within 10 minutes"].tolist()[1:] == [0, 1]
    assert panel.loc["further than was measured, or no way"].tolist()[1:] == [3, 2]
    assert panel.loc["Gini of journeys", "after"] == pytest.approx(0.15)  # (3 x 1 x |8 - 4|) / (4^2 x 5)


def test_before_anything_stands_the_panel_is_blank_and_not_infinite() -> None:
    panel = equity_panel(question([[4.0]]), np.array([0])).set_index("measure")
    assert np.isnan(panel.loc["mean journey, of those measured", "before"])
    assert "rural, within 10 minutes" not in panel.index


def test_gini_is_the_mean_difference_over_twice_the_mean() -> None:
    rng = np.random.default_rng(1)
    values, weights = rng.random(20), rng.integers(1, 5, 20).astype(float)
    gaps = np.abs(values[:, None] - values[None, :])
    mean = np.average(values, weights=weights)
    expected = weights @ gaps @ weights / weights.sum() ** 2 / (2 * mean)
    assert gini(values, weights) == pytest.approx(expected)


def test_a_town_of_hundreds_holds_and_a_choice_between_two_hamlets_does_not() -> None:
    problem = question([[1, 30, 30], [30, 1, 30], [30, 30, 1]], need=[300, 3, 2], hubs=2)
    found = choose(problem)
    held = held_in_redraws(found, seed=1, draws=200)
    assert held[0] == 1
    assert 0.5 < held[1] < 0.9
    assert held.tolist() == held_in_redraws(found, seed=1, draws=200).tolist()


def test_where_counts_do_not_matter_nothing_is_redrawn() -> None:
    problem = replace(question([[1.0], [2.0]]), question="worst")
    assert held_in_redraws(choose(problem), seed=1) is None
