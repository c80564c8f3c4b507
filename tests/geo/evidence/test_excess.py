import itertools

import numpy as np
import pytest
from scipy import integrate, stats

from geo.evidence.beta_binomial import _smooth, beta_binomial_tails
from geo.evidence.excess import binomial_p, binomial_z
from geo.evidence.fdr import adjust_fdr


@pytest.mark.parametrize("share", [0.1, 0.35, 0.9])
def test_the_binomial_p_counts_every_way_the_clients_can_fall(share):
    total = 6
    chance = dict.fromkeys(range(total + 1), 0.0)
    for fallen in itertools.product((0, 1), repeat=total):
        chance[sum(fallen)] += share ** sum(fallen) * (1 - share) ** (total - sum(fallen))
    for count in range(total + 1):
        upper = sum(weight for seen, weight in chance.items() if seen >= count)
        lower = sum(weight for seen, weight in chance.items() if seen <= count)
        found = binomial_p(np.array([count]), np.array([share]), total)[0]
        assert found == pytest.approx(min(1, 2 * min(upper, lower)), rel=1e-12)


def test_a_window_that_holds_every_home_or_no_client_is_no_surprise():
    assert binomial_p(np.array([9]), np.array([1.0]), 9).tolist() == [1.0]
    assert binomial_p(np.array([0]), np.array([0.2]), 0).tolist() == [1.0]
    assert binomial_z(np.array([9]), np.array([1.0]), 9).tolist() == [0.0]


@pytest.mark.parametrize("total", [1, 40, 3_000])
def test_beta_binomial_tails_are_those_of_scipy(total):
    rng = np.random.default_rng(total)
    shares = rng.uniform(0.001, 0.9, 60)
    variances = rng.uniform(0.05, 0.8, 60) ** 2 * shares**2 * (1 - shares)
    counts = rng.binomial(total, shares * rng.uniform(0.2, 1.1, 60))
    concentration = shares * (1 - shares) / variances - 1
    law = stats.betabinom(total, shares * concentration, (1 - shares) * concentration)
    lower, upper = beta_binomial_tails(counts, total, shares, variances)
    np.testing.assert_allclose(lower, law.cdf(counts), rtol=1e-8, atol=1e-14)
    np.testing.assert_allclose(upper, law.sf(counts - 1), rtol=1e-8, atol=1e-14)


def test_a_tail_beyond_the_reach_of_one_minus_the_other_keeps_its_figures():
    share, variance, total, count = 0.01, 1e-6, 2_000, 90
    concentration = share * (1 - share) / variance - 1
    prior = stats.beta(share * concentration, (1 - share) * concentration)
    mixed = integrate.quad(
        lambda risk: prior.pdf(risk) * stats.binom.sf(count - 1, total, risk), 0, 0.1, epsabs=0, limit=400
    )
    _, upper = beta_binomial_tails(np.array([count]), total, np.array([share]), np.array([variance]))
    assert upper[0] < 1e-15
    assert upper[0] == pytest.approx(mixed[0], rel=1e-5)


def test_without_extra_variance_it_is_the_binomial():
    lower, upper = beta_binomial_tails(np.array([4]), 20, np.array([0.1]), np.array([0.0]))
    assert lower[0] == pytest.approx(stats.binom.cdf(4, 20, 0.1))
    assert upper[0] == pytest.approx(stats.binom.sf(3, 20, 0.1))


def test_the_smooth_law_for_huge_totals_meets_the_summed_one():
    counts, shares = np.array([1_700, 2_000, 2_900]), np.full(3, 0.04)
    variances = (0.2 * shares) ** 2
    summed = beta_binomial_tails(counts, 50_000, shares, variances)
    smooth = _smooth(counts, 50_000, shares, variances)
    np.testing.assert_allclose(smooth, summed, rtol=0.02)


def test_the_step_up_procedure_is_that_of_benjamini_and_hochberg():
    p = np.random.default_rng(0).beta(0.4, 3, 200)
    q = adjust_fdr(p)
    for level in (0.01, 0.05, 0.1, 0.3):
        ranked = np.sort(p)
        passing = np.flatnonzero(ranked <= level * np.arange(1, 201) / 200)
        cut = ranked[passing.max()] if passing.size else -1.0
        assert set(np.flatnonzero(q <= level)) == set(np.flatnonzero(p <= cut))
    assert (np.diff(q[np.argsort(p)]) >= 0).all()
    assert adjust_fdr(np.array([])).size == 0
