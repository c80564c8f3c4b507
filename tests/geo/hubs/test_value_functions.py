"""Value functions: by hand, and what may not be set."""

import numpy as np
import pytest
from pydantic import ValidationError

from geo.hubs.value_functions import worth
from geo.scenario import ValueFunction, WeightRanges

CLIENTS = np.array([0.0, 5, 10, 20, 40])


def test_the_best_site_sets_the_scale_where_nothing_is_stated() -> None:
    assert worth(CLIENTS, ValueFunction()).tolist() == [0, 0.125, 0.25, 0.5, 1]


def test_between_a_stated_worst_and_best_the_value_is_a_straight_line() -> None:
    assert worth(CLIENTS, ValueFunction(worst=5, best=20)).tolist() == pytest.approx([0, 0, 1 / 3, 1, 1])


def test_the_first_clients_may_count_most() -> None:
    values = worth(CLIENTS, ValueFunction(half_worth=0.8))
    assert values[[0, 3, 4]].tolist() == pytest.approx([0, 0.8, 1])
    assert (np.diff(values) / np.diff(CLIENTS)).tolist() == sorted(np.diff(values) / np.diff(CLIENTS), reverse=True)


def test_every_draw_is_measured_by_its_own_best_site() -> None:
    assert worth(np.array([[1.0, 2], [10, 5]]), ValueFunction()).tolist() == [[0.5, 1], [1, 0.5]]


def test_nobody_reached_is_worth_nothing() -> None:
    assert worth(np.zeros(3), ValueFunction()).tolist() == [0, 0, 0]
    assert worth(np.array([3.0, 4]), ValueFunction(worst=9)).tolist() == [0, 0]


def test_a_best_amount_below_the_worst_is_refused() -> None:
    with pytest.raises(ValidationError, match="the best amount must be above the worst"):
        ValueFunction(worst=9, best=3)


@pytest.mark.parametrize("upside_down", [(0.5, 0.2), (-0.1, 0.2), (0.2,), (0.1, float("inf"))])
def test_ranges_of_weights_upside_down_are_refused(upside_down: tuple[float, ...]) -> None:
    with pytest.raises(ValidationError, match="the lowest first"):
        WeightRanges(need_reached=upside_down)
