"""Two-step floating catchment: by hand on three places and two sites, and what must add up in any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.hubs.e2sfca import two_step


def test_three_places_and_two_sites_by_hand() -> None:
    """Site one is in full reach of A and half of B, site two in full reach of B and C."""
    weights = np.array([[1.0, 0.0], [0.5, 1.0], [0.0, 1.0]])
    found = two_step(np.array([10.0, 20, 30]), np.array([10.0, 25]), weights)
    assert found.demand.tolist() == [20, 50]  # 10 + 20 / 2; 20 + 30
    assert found.ratio.tolist() == [0.5, 0.5]  # 10 / 20; 25 / 50
    assert found.score.tolist() == [0.5, 0.75, 0.5]


def test_a_site_that_reaches_nobody_offers_nothing_and_a_place_out_of_reach_has_nothing() -> None:
    found = two_step(np.array([10.0, 5]), np.array([4.0, 7]), np.array([[1.0, 0.0], [0.0, 0.0]]))
    assert found.ratio.tolist() == [0.4, 0.0]
    assert found.score.tolist() == [0.4, 0.0]


@given(
    arrays(float, 6, elements=st.integers(0, 40).map(float)),
    arrays(float, 4, elements=st.integers(0, 30).map(float)),
    arrays(float, (6, 4), elements=st.sampled_from([0.0, 0.01, 0.3, 1.0])),
)
def test_the_places_given_out_are_all_places_of_sites_that_reach_anybody(clients, capacity, weights) -> None:
    found = two_step(clients, capacity, weights)
    assert float(clients @ found.score) == pytest.approx(float(capacity[found.demand > 0].sum()))
