"""The law of a count against scipy, against convolution by hand, and against the product it stands for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma, lognorm, nbinom, poisson

from geo.hubs.monitor.interval import ratio_interval, smallest_changes, two_sided_p, usual_range
from geo.hubs.monitor.law import CountLaw

FEW = settings(max_examples=25, deadline=None)


def law(*places, weight=1.0):
    """Make the law of places, each (mean, size)."""
    means, sizes = zip(*places, strict=True)
    return CountLaw(np.array([weight]), np.array([means]), np.array([sizes]))


@pytest.mark.parametrize(("mean", "size"), [(0.3, 2.0), (7.0, 0.5), (40.0, 1e6), (3_000.0, 900.0)])
def test_one_place_is_scipys_negative_binomial(mean: float, size: float) -> None:
    counts = np.arange(int(2 * mean) + 5)
    for ratio in (1.0, 1.7):
        expected = nbinom.cdf(counts, size, size / (size + ratio * mean))
        np.testing.assert_allclose(law((mean, size)).up_to(len(counts) - 1, ratio), expected, atol=1e-10)


def test_several_places_are_the_convolution_of_each() -> None:
    parts = [(2.0, 3.0), (5.0, 0.7), (1.0, 20.0)]
    chances = np.ones(1)
    for mean, size in parts:
        chances = np.convolve(chances, nbinom.pmf(np.arange(60), size, size / (size + mean)))
    np.testing.assert_allclose(law(*parts).up_to(59), np.cumsum(chances)[:60], atol=1e-12)


def test_a_mixture_weighs_its_parts() -> None:
    mixed = CountLaw(np.array([0.25, 0.75]), np.array([[2.0], [8.0]]), np.array([[3.0], [3.0]]))
    expected = 0.25 * law((2.0, 3.0)).up_to(9) + 0.75 * law((8.0, 3.0)).up_to(9)
    np.testing.assert_allclose(mixed.up_to(9), expected)
    assert mixed.mean == 6.5


def test_the_gamma_that_stands_for_rate_times_drift_is_close_to_their_product() -> None:
    shape, drift, mean = 12.0, 0.3, 10.0
    size = 1 / ((1 + 1 / shape) * (1 + drift**2) - 1)
    nodes = (np.arange(400) + 0.5) / 400
    rates = mean * np.outer(
        gamma.ppf(nodes, shape, scale=1 / shape),
        lognorm.ppf(nodes, np.sqrt(np.log1p(drift**2)), scale=(1 + drift**2) ** -0.5),
    )
    counts = np.arange(40)
    product = np.array([poisson.cdf(count, rates).mean() for count in counts])
    assert np.abs(product - law((mean, size)).up_to(39)).max() < 0.01


def test_the_usual_range_leaves_out_at_most_its_share_on_either_side() -> None:
    found = law((9.0, 4.0), (3.0, 8.0))
    low, high = usual_range(found, level=0.95)
    below = found.up_to(high + 1)
    assert below[low - 1] <= 0.025 < below[low]
    assert 1 - below[high] <= 0.025 < 1 - below[high - 1]
    assert two_sided_p(found, high + 1) <= 0.05 < two_sided_p(found, high)


def test_a_change_as_large_as_told_is_seen_with_the_stated_chance() -> None:
    found = law((30.0, 40.0))
    rise, fall = smallest_changes(found, level=0.95, power=0.8)
    low, high = usual_range(found, level=0.95)
    assert 1 - found.up_to(high, rise)[-1] == pytest.approx(0.8, abs=1e-6)
    assert found.up_to(low - 1, fall)[-1] == pytest.approx(0.8, abs=1e-6)


def test_where_nobody_is_expected_no_fall_can_be_seen() -> None:
    rise, fall = smallest_changes(law((0.5, 2.0)), level=0.95, power=0.8)
    assert rise > 5
    assert np.isnan(fall)


@FEW
@given(st.floats(0.5, 60), st.floats(2, 500), st.integers(0, 90))
def test_the_range_holds_the_ratio_and_its_ends_are_where_a_tail_speaks_against_it(mean, size, count) -> None:
    found = law((mean, size))
    low, high = ratio_interval(found, count, level=0.95)
    assert low <= count / mean <= high
    assert found.up_to(count, high)[-1] == pytest.approx(0.025, abs=1e-6)
    if count:
        assert 1 - found.up_to(count - 1, low)[-1] == pytest.approx(0.025, abs=1e-6)
    else:
        assert low == 0


@FEW
@given(st.floats(1, 30), st.floats(2, 100), st.integers(1, 40), st.floats(1.5, 6))
def test_the_range_of_a_ratio_scales_with_what_was_expected(mean, size, count, factor) -> None:
    once, more = (ratio_interval(law((each, size)), count, level=0.95) for each in (mean, factor * mean))
    np.testing.assert_allclose(np.array(once) / factor, more, rtol=1e-5)
