"""Decay curves: by hand, and as properties; homes and clients by minutes to a site."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hubs.bands import minute_bands
from geo.hubs.decay import FORMULAS, decay_curve, reach_weights, told_decay
from geo.scenario import Decay, ReachOptions


@given(
    st.lists(st.floats(0, 500), min_size=2, max_size=20),
    st.floats(1, 240),
    st.floats(0, 240),
    st.sampled_from(list(FORMULAS)),
)
def test_further_away_never_counts_more(minutes: list[float], cutoff: float, full: float, decay: Decay) -> None:
    options = ReachOptions(cutoff_minutes=cutoff, full_minutes=full, decay=decay)
    weights = reach_weights(np.sort(minutes), options)
    assert ((weights >= 0) & (weights <= 1)).all()
    assert (np.diff(weights) <= 1e-12).all()
    assert (weights[np.sort(minutes) > cutoff] == 0).all()
    assert (weights[np.sort(minutes) <= min(full, cutoff)] == 1).all()


@pytest.mark.parametrize(
    ("decay", "weights"),
    [
        ("linear", [1, 1, 0.5, 0, 0]),
        ("step", [1, 1, 1, 1, 0]),
        ("gaussian", [1, 1, 0.01**0.25, 0.01, 0]),
        ("exponential", [1, 1, 0.1, 0.01, 0]),
    ],
)
def test_each_curve_is_the_formula_that_is_printed(decay: Decay, weights: list[float]) -> None:
    minutes = np.array([0, 10, 20, 30, np.inf])
    assert reach_weights(minutes, ReachOptions(decay=decay)).tolist() == pytest.approx(weights)


@pytest.mark.parametrize("decay", FORMULAS)
def test_without_a_falling_part_the_reach_ends_at_the_cutoff(decay: Decay) -> None:
    options = ReachOptions(full_minutes=30, cutoff_minutes=30, decay=decay)
    assert reach_weights(np.array([29.9, 30.0, 30.1]), options).tolist() == [1.0, 1.0, 0.0]
    assert told_decay(options) == "everybody within 30 minutes counts in full, nobody beyond"


def test_the_curve_is_told_from_nought_to_the_cutoff() -> None:
    curve = decay_curve(ReachOptions(cutoff_minutes=12, full_minutes=0), lines=4)
    assert curve["minutes"].tolist() == [0, 3, 6, 9, 12]
    assert curve["weight"].tolist() == [1.0, 0.75, 0.5, 0.25, 0.0]


def test_whoever_has_no_way_to_a_site_is_beyond_every_band() -> None:
    minutes = np.array([3.0, 10, 10.1, np.inf])
    found = minute_bands(minutes, {"homes": np.array([1.0, 2, 4, 8])}, limits=(10, 30))
    assert found["homes"].tolist() == [3.0, 4.0, 8.0]
    assert found["to_minutes"].tolist() == [10, 30, np.inf]
