"""Exact Poisson intervals: a published table, scipy's chi-squared, and their coverage."""

import numpy as np
import pytest
from scipy.stats import chi2, poisson

from geo.evidence.intervals import poisson_interval


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
