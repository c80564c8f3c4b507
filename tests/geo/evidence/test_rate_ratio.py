import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact

from geo.evidence.rate_ratio import compare_two_counts, compare_with_rest

COUNTS = st.integers(0, 400)


def test_six_against_none_is_the_first_that_chance_seldom_makes():
    found = compare_two_counts([0, 0], [5, 6], 0.5)
    assert found.p.tolist() == pytest.approx([2 * 0.5**5, 2 * 0.5**6])
    assert np.isnan(found.ratio).all()
    assert np.isnan(found.high).all()
    assert found.low[1] == pytest.approx(0.025 ** (1 / 6) / (1 - 0.025 ** (1 / 6)))


def test_nobody_in_both_says_nothing():
    found = compare_two_counts([0], [0], 0.5)
    assert found.p.tolist() == [1.0]
    assert np.isnan([found.ratio[0], found.low[0], found.high[0]]).all()


@given(COUNTS, COUNTS, st.sampled_from([0.5, 1 / 3, 0.52, 0.9]))
def test_p_and_interval_are_those_of_the_binomial_given_the_sum(earlier, later, share):
    found = compare_two_counts([earlier], [later], share)
    if earlier + later == 0:
        assert found.p[0] == 1
        return
    tails = [binomtest(later, earlier + later, share, alternative=side).pvalue for side in ("less", "greater")]
    assert found.p[0] == pytest.approx(min(1.0, 2 * min(tails)), rel=1e-9)
    low, high = binomtest(later, earlier + later, share).proportion_ci(0.95, method="exact")
    odds = (1 - share) / share
    assert found.low[0] == pytest.approx(low / (1 - low) * odds, rel=1e-7)
    if earlier:
        assert found.ratio[0] == pytest.approx(later / earlier * odds)
        assert found.high[0] == pytest.approx(high / (1 - high) * odds, rel=1e-7)
        assert found.low[0] <= found.ratio[0] <= found.high[0]


@given(COUNTS, COUNTS)
def test_turning_time_round_turns_the_ratio_over(earlier, later):
    forward, back = compare_two_counts([earlier], [later], 0.5), compare_two_counts([later], [earlier], 0.5)
    assert forward.p[0] == pytest.approx(back.p[0])
    if earlier and later:
        assert forward.ratio[0] == pytest.approx(1 / back.ratio[0])
        assert forward.high[0] == pytest.approx(1 / back.low[0])


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_against_the_rest_is_fishers_exact_test(earlier, later, rest_earlier, rest_later):
    found = compare_with_rest([earlier], [later], (earlier + rest_earlier, later + rest_later))
    tails = [
        fisher_exact([[later, earlier], [rest_later, rest_earlier]], alternative=side).pvalue
        for side in ("less", "greater")
    ]
    assert found.p[0] == pytest.approx(min(1.0, 2 * min(tails)), rel=1e-6, abs=1e-12)
    if earlier and rest_earlier and rest_later:
        assert found.ratio[0] == pytest.approx(later / earlier / (rest_later / rest_earlier))
    else:
        assert np.isnan(found.ratio[0])


def test_counts_of_a_million_are_still_exact():
    found = compare_two_counts([1_000_000, 1_000_000], [1_000_000, 1_010_000], 0.5)
    assert found.p[0] == pytest.approx(1, abs=1e-3)
    assert found.p[1] < 1e-10
    assert (found.low < found.ratio).all()
    assert (found.ratio < found.high).all()
    rest = compare_with_rest([1_000_000], [1_010_000], (2_000_000, 2_020_000))
    assert rest.p[0] == pytest.approx(1, abs=1e-2)
