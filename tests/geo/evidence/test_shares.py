"""Shares: by hand, against the tails they come from, and where there is nothing to share."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from geo.evidence.shares import rows_alike, share_interval, told_shares


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (1, 1), (3, 20), (236, 2090), (20, 20)])
def test_the_limits_are_those_of_clopper_and_pearson(part, whole):
    low, high = share_interval([part], [whole])
    oracle = binomtest(part, whole).proportion_ci(0.95, method="exact")
    assert (low[0], high[0]) == pytest.approx((oracle.low, oracle.high), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(0, 300), st.floats(0.5, 0.999))
def test_the_share_itself_lies_within_and_more_coverage_is_wider(part, rest, level):
    whole = part + rest
    low, high = share_interval([part], [whole], level=level)
    wider = share_interval([part], [whole], level=(1 + level) / 2)
    assert 0 <= wider[0][0] <= low[0] <= high[0] <= wider[1][0] <= 1
    if whole:
        assert low[0] - 1e-9 <= part / whole <= high[0] + 1e-9


def test_a_true_share_is_missed_in_at_most_one_district_of_twenty():
    counts = np.arange(61)
    low, high = share_interval(counts, np.full(61, 60))
    for true in (0.05, 0.11, 0.5):
        missed = binom.pmf(counts, 60, true)[(true < low) | (true > high)].sum()
        assert missed <= 0.05


def test_rows_of_one_household_are_one_piece_of_evidence():
    single = share_interval([10], [50])
    doubled = share_interval([20], [100], alike=rows_alike(pd.Series([f"H{number // 2}" for number in range(100)])))
    assert np.allclose(single, doubled)


def test_rows_without_a_household_stand_for_themselves():
    assert rows_alike(pd.Series(["", "", ""])) == 1
    assert rows_alike(pd.Series(["A"] * 4)) == 4
    assert rows_alike(pd.Series([], dtype=str)) == 1


def test_a_few_rows_are_too_few_to_tell_but_none_of_many_is_told():
    told = told_shares(pd.DataFrame({"rows": [4, 0, 5, 0, 3], "of": [100, 100, 100, 4, 0]}), part="rows", whole="of")
    assert told["share"].isna().tolist() == [True, False, False, True, True]
    assert told.loc[1, ["share", "low"]].tolist() == [0, 0]
    assert 0.03 < told.loc[1, "high"] < 0.04
    assert np.isfinite(told.dropna().to_numpy()).all()
