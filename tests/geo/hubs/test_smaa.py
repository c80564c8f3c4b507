"""Trying an order: exact laws for two sites, certain cases, and what must add up in any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc

from geo.hubs.smaa import Doubt, Tried, try_order
from geo.hubs.ties import tied_pairs, told_ranks, told_tie
from geo.hubs.weight_draws import WeightBox, draw_weights, weight_box

DRAWS = 20_000
EVEN = weight_box({"a": 1, "b": 1}, unsure=1)
HELD = weight_box({"a": 1, "b": 1}, unsure=0)


def _counts(counts: list[float], *, seed: int = 7, scale: float = 1.0, draws: int = DRAWS) -> Doubt:
    """Doubt the counts alone; a small scale leaves them nearly certain."""
    shape = np.array(counts, dtype=float) / scale
    return Doubt(shape, np.full(len(counts), scale), HELD, seed=seed, draws=draws)


def _two_towns(first: float, second: float, *, seed: int = 7) -> Tried:
    return try_order(lambda counts, _: counts, _counts([first, second], seed=seed), top=1)


def _by_weights(values: list[list[float]], box: WeightBox, *, top: int = 1) -> Tried:
    """Doubt the weights alone: every row holds a site's value on each criterion."""
    table = np.array(values, dtype=float)
    doubt = Doubt(np.array([1.0]), np.array([0.0]), box, seed=3, draws=DRAWS)
    return try_order(lambda _, weights: weights @ table.T, doubt, top=top)


@pytest.mark.parametrize(("first", "second"), [(10, 10), (12, 9), (30, 20), (3, 1)])
def test_two_towns_trade_places_as_often_as_the_beta_law_says(first: int, second: int) -> None:
    """The larger of Gamma(a) and Gamma(b) is the first with chance I_0.5(b, a)."""
    tried = _two_towns(first, second)
    assert tried.chance_first[0] == pytest.approx(betainc(second, first, 0.5), abs=4 * 0.5 / np.sqrt(DRAWS))
    assert tried.wins[0, 1] == tried.chance_first[0]
    assert tried.chance_first.sum() == pytest.approx(1)


def test_a_site_ahead_on_every_criterion_is_first_whatever_the_weights() -> None:
    tried = _by_weights([[0.9, 0.8], [0.5, 0.7]], EVEN)
    assert tried.chance_first.tolist() == [1.0, 0.0]
    assert not tied_pairs(tried.wins, below=0.95).any()
    assert (tried.rank_low.tolist(), tried.rank_high.tolist()) == ([1, 2], [1, 2])


def test_two_sites_that_mirror_each_other_are_each_first_half_the_time_and_tied() -> None:
    tried = _by_weights([[1, 0], [0, 1]], EVEN)
    assert tried.chance_first == pytest.approx([0.5, 0.5], abs=0.015)
    assert tied_pairs(tried.wins, below=0.95).tolist() == [[False, True], [True, False]]
    assert tried.central_weights[0, 0] == pytest.approx(0.75, abs=0.01)  # a is first where its weight is 0.5 to 1
    assert tried.expected_rank == pytest.approx([1.5, 1.5], abs=0.015)


def test_sites_of_equal_score_share_the_ranks_by_lot() -> None:
    tried = try_order(lambda counts, _: counts[:, [0, 0, 0]], _counts([4]), top=2)
    assert tried.chance_top == pytest.approx([2 / 3] * 3, abs=0.015)
    assert tried.wins == pytest.approx(np.full((3, 3), 0.5))


def test_known_weights_and_certain_counts_leave_the_plain_order() -> None:
    tried = try_order(lambda counts, _: counts, _counts([30, 20, 10], scale=1e-9, draws=200), top=3)
    assert tried.acceptability.tolist() == np.eye(3).tolist()
    assert tried.rank_high.tolist() == [1, 2, 3]


@given(st.lists(st.integers(1, 9), min_size=2, max_size=7), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_every_rank_is_held_by_somebody_and_every_site_holds_some_rank(counts: list[int], seed: int) -> None:
    tried = try_order(lambda drawn, _: drawn, _counts(counts, seed=seed, draws=300), top=len(counts))
    assert tried.acceptability.sum(axis=0) == pytest.approx(np.ones(len(counts)))
    assert tried.acceptability.sum(axis=1) == pytest.approx(np.ones(len(counts)))
    assert tried.wins + tried.wins.T == pytest.approx(np.ones((len(counts), len(counts))))
    assert tried.expected_rank.sum() == pytest.approx(sum(range(1, len(counts) + 1)))


def test_the_same_seed_gives_the_same_answer() -> None:
    assert _two_towns(5, 4).chance_first.tolist() == _two_towns(5, 4).chance_first.tolist()
    assert _two_towns(5, 4).chance_first.tolist() != _two_towns(5, 4, seed=8).chance_first.tolist()


def test_a_site_that_is_never_first_has_no_central_weights() -> None:
    assert np.isnan(_by_weights([[1, 1], [0, 0]], EVEN).central_weights[1]).all()


def test_one_site_is_always_first() -> None:
    tried = try_order(lambda counts, _: counts, _counts([4], draws=20), top=1)
    assert tried.chance_first.tolist() == [1.0]
    assert not tied_pairs(tried.wins, below=0.95).any()


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ([0, 0, 0, 0], [1, 1, 1, 1]),
        ([0.1, 0.2, 0.1, 0.0], [0.5, 0.5, 0.4, 0.3]),
        ([0.05, 0.15, 0.1, 0.2], [0.9, 0.3, 0.2, 0.3]),
    ],
)
def test_weights_are_drawn_as_evenly_as_rejection_does(low: list[float], high: list[float]) -> None:
    """Oracle: points of the whole simplex, of which those within the ranges are kept."""
    rng = np.random.default_rng(1)
    every = rng.dirichlet([1, 1, 1, 1], size=400_000)
    kept = every[((every >= low) & (every <= high)).all(axis=1)]
    drawn = draw_weights(WeightBox(kept[0], np.array(low), np.array(high)), draws=DRAWS, rng=rng)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(DRAWS))
    assert ((drawn >= np.array(low) - 1e-12) & (drawn <= np.array(high) + 1e-12)).all()
    for part in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(drawn, part, axis=0) == pytest.approx(np.quantile(kept, part, axis=0), abs=0.012)
    assert np.cov(drawn.T) == pytest.approx(np.cov(kept.T), abs=0.002)


def test_ranges_that_leave_one_choice_draw_it_always() -> None:
    held = WeightBox(np.full(4, 0.25), np.full(4, 0.25), np.full(4, 0.5))
    drawn = draw_weights(held, draws=50, rng=np.random.default_rng(1))
    assert drawn == pytest.approx(np.full((50, 4), 0.25))


def test_a_range_beside_the_chosen_weight_is_stretched_to_hold_it() -> None:
    box = weight_box({"a": 3, "b": 1}, unsure=0, ranges={"b": (2, 3)})
    assert (box.low.tolist(), box.high.tolist()) == ([0.75, 0.25], [0.75, 0.75])


def test_ties_are_told_in_plain_words() -> None:
    assert told_ranks([9, 2, 3, 4, 6]) == "2 to 4, 6 and 9"
    assert told_tie([3], below=0.95, sites=20).startswith("Place 3 cannot be told apart from the first")
    assert told_tie([], below=0.9, sites=20) == "The first place is ahead of every other in at least 90 % of the draws."


def test_being_tied_is_not_handed_on() -> None:
    """A rarely beats B, B rarely C, and yet A mostly beats C."""
    wins = np.array([[0.5, 0.9, 0.97], [0.1, 0.5, 0.9], [0.03, 0.1, 0.5]])
    assert tied_pairs(wins, below=0.95).tolist() == [[False, True, False], [True, False, True], [False, True, False]]
