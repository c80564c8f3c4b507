"""Exact Poisson intervals: a published table, scipy's chi-squared, and their coverage."""

import numpy as np
import pytest
from scipy.stats import chi2, poisson

from geo.evidence.intervals import count_interval, poisson_interval


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (20, 12.217, 30.888)]
)
def test_the_limits_are_those_of_the_published_table(count: int, low: float, high: float) -> None:
    """As tabulated by Garwood (1936)."""
    found = poisson_interval([count])
    assert (found[0][0], found[1][0]) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_the_limits_are_half_those_of_chi_squared() -> None:
    counts = np.arange(1, 200)
    low, high = poisson_interval(counts, level=0.9)
    assert low == pytest.approx(chi2.ppf(0.05, 2 * counts) / 2)
    assert high == pytest.approx(chi2.ppf(0.95, 2 * counts + 2) / 2)


@pytest.mark.parametrize("mean", [0.3, 2.0, 7.5, 40.0])
def test_the_true_mean_is_covered_at_least_as_often_as_stated(mean: float) -> None:
    counts = np.arange(200)
    low, high = poisson_interval(counts)
    assert poisson.pmf(counts, mean)[(low <= mean) & (mean <= high)].sum() >= 0.95


@pytest.mark.parametrize("count", [0, 1, 5, 9])
def test_below_ten_events_the_limits_are_the_exact_ones(count: int) -> None:
    assert np.array(count_interval(count)).tolist() == np.array(poisson_interval(count)).tolist()


def test_from_ten_events_byars_limits_are_within_a_fifth_of_a_percent_of_the_exact_ones() -> None:
    """As PHE's technical guide on confidence intervals (2018) states of the 95 % limits."""
    counts = np.array([10, 11, 15, 20, 50, 65, 100, 388, 1_045, 1_000_000])
    for byar, exact in zip(count_interval(counts), poisson_interval(counts), strict=True):
        assert byar == pytest.approx(exact, rel=0.002)
        assert (byar != exact).all(), "they are Byar's, not the exact ones"


def test_byars_limits_of_a_hundred_events_are_those_one_works_out_by_hand() -> None:
    """100 (1 - 1/900 - 1.96/30)^3 and 101 (1 - 1/909 + 1.96/(3 sqrt 101))^3: Breslow and Day (1987), p. 69."""
    low, high = count_interval(100)
    assert float(low) == pytest.approx(81.36, abs=0.005)
    assert float(high) == pytest.approx(121.63, abs=0.005)


@pytest.mark.parametrize("mean", [0.3, 7.5, 12.0, 40.0])
def test_the_true_mean_is_covered_where_the_two_methods_meet(mean: float) -> None:
    counts = np.arange(200)
    low, high = count_interval(counts)
    assert poisson.pmf(counts, mean)[(low <= mean) & (mean <= high)].sum() >= 0.945


def test_limits_grow_with_the_count_and_any_count_has_some() -> None:
    low, high = count_interval(np.arange(2_000))
    assert (np.diff(low) > 0).all()
    assert (np.diff(high) > 0).all()
    assert np.isfinite([low, high]).all()
