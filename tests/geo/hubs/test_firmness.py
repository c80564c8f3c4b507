"""Firmness: exact laws for two sites, and the words."""

import numpy as np
import pytest
from scipy.special import betainc

from geo.hubs.firmness import places_held

DRAWS = 20_000


def _two_towns(first: int, second: int, *, seed: int = 7) -> np.ndarray:
    return places_held(lambda counts: counts, np.array([first, second], dtype=float), top=1, seed=seed, draws=DRAWS)


@pytest.mark.parametrize(("first", "second"), [(10, 10), (12, 9), (30, 20), (3, 1)])
def test_two_towns_trade_places_as_often_as_the_beta_law_says(first: int, second: int) -> None:
    """The larger of Gamma(a) and Gamma(b) is the first with chance I_0.5(b, a)."""
    held = _two_towns(first, second)
    assert held[0] == pytest.approx(betainc(second, first, 0.5), abs=4 * 0.5 / np.sqrt(DRAWS))
    assert held.sum() == pytest.approx(1)


def test_a_clear_first_is_firm() -> None:
    assert _two_towns(100, 10)[0] > 0.999


def test_the_same_seed_gives_the_same_answer() -> None:
    assert _two_towns(5, 4).tolist() == _two_towns(5, 4).tolist()
    assert _two_towns(5, 4).tolist() != _two_towns(5, 4, seed=8).tolist()


def test_equal_scores_keep_the_order_they_came_in() -> None:
    held = places_held(lambda counts: counts[:, [0, 0, 0]], np.array([4.0]), top=2, seed=1, draws=50)
    assert held.tolist() == [1.0, 1.0, 0.0]
