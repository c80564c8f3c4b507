"""The difference of two shares: its range holds the truth wherever it lies, and its words follow one rule."""

import numpy as np
import pytest
from scipy.stats import binom

from geo.errors import BadInputError
from geo.hubs.monitor import compare_shares
from geo.hubs.monitor.exact_difference import TwoSamples, difference_interval, difference_p, smallest_rise
from geo.scenario import MonitorOptions


@pytest.mark.parametrize(("first", "second"), [(4, 9), (7, 7), (3, 15)])
def test_the_range_holds_every_pair_of_true_shares_at_least_as_often_as_it_says(first: int, second: int) -> None:
    samples = TwoSamples(first, second)
    limits = np.array(
        [[difference_interval((x, y), samples, level=0.95) for y in range(second + 1)] for x in range(first + 1)]
    )
    tried = np.linspace(0.01, 0.99, 36)
    for p in tried:
        of_x = binom.pmf(np.arange(first + 1), first, p)
        for q in tried:
            held = (limits[..., 0] <= p - q) & (p - q <= limits[..., 1])
            assert of_x @ held @ binom.pmf(np.arange(second + 1), second, q) >= 0.95


def test_the_statistic_rises_with_the_first_count_and_falls_with_the_second() -> None:
    for samples in (TwoSamples(6, 11), TwoSamples(1, 5), TwoSamples(40, 7)):
        assert (np.diff(samples.z, axis=0) >= -1e-12).all()
        assert (np.diff(samples.z, axis=1) <= 1e-12).all()


def test_the_chance_of_a_region_is_the_sum_over_all_its_pairs() -> None:
    samples = TwoSamples(5, 8)
    region = samples.z >= 0.9
    p, q = 0.55, 0.3
    by_hand = binom.pmf(np.arange(6), 5, p) @ region @ binom.pmf(np.arange(9), 8, q)
    assert samples.chance(samples.reaching(0.9), np.array([p]), np.array([q]))[0] == pytest.approx(by_hand)


def test_the_test_and_the_range_agree_and_turning_the_groups_round_turns_the_range_round() -> None:
    for parts in ((12, 20), (15, 20), (9, 21), (2, 30), (19, 25)):
        samples = TwoSamples(22, 60)
        low, high = difference_interval(parts, samples, level=0.95)
        assert (difference_p(parts, samples) < 0.05) == (low > 0 or high < 0)
        turned = difference_interval(parts[::-1], samples.swapped(), level=0.95)
        np.testing.assert_allclose(turned, (-high, -low), atol=1e-6)


def test_a_difference_as_large_as_told_is_found_with_about_the_stated_chance() -> None:
    samples, share = TwoSamples(12, 20), 0.4
    rise = smallest_rise(samples, share, level=0.95, power=0.8)
    found = np.array([[difference_interval((x, y), samples, level=0.95)[0] > 0 for y in range(21)] for x in range(13)])
    seen = binom.pmf(np.arange(13), 12, share + rise) @ found @ binom.pmf(np.arange(21), 20, share)
    assert seen == pytest.approx(0.8, abs=0.05)


def test_a_clear_difference_is_called_higher_and_lower() -> None:
    found = compare_shares((25, 30), (60, 200), what="prevented at first contact")
    assert found.verdict == "higher"
    assert found.low > 0
    assert "25 of 30 by a hub (83 %), 60 of 200 others (30 %): +53 points" in found.sentence
    assert "no proof of cause" in found.sentence
    assert compare_shares((5, 30), (140, 200), what="owed the main duty").verdict == "lower"


def test_a_small_difference_between_many_is_no_clear_one_and_between_few_too_few_to_tell() -> None:
    assert compare_shares((41, 100), (80, 200), what="prevented").verdict == "no clear difference"
    few = compare_shares((4, 9), (80, 200), what="prevented")
    assert few.verdict == "too few to tell"
    assert few.smallest_rise > 0.2
    strict = MonitorOptions(telling_points=5)
    assert compare_shares((41, 100), (80, 200), what="prevented", options=strict).verdict == "too few to tell"


def test_an_empty_group_has_nothing_to_compare() -> None:
    found = compare_shares((0, 0), (10, 40), what="prevented")
    assert found.verdict == "too few to tell"
    assert "no household came by a hub" in found.sentence
    assert (found.low, found.high) == (-1, 1)
    assert np.isnan(found.share_hub)
    assert found.share_others == 0.25


def test_counts_of_a_whole_nation_still_have_an_exact_range() -> None:
    found = compare_shares((5_200, 10_000), (4_800, 10_000), what="prevented")
    assert found.verdict == "higher"
    assert found.low < 0.04 < found.high


@pytest.mark.parametrize("hub", [(5, 4), (-1, 4)])
def test_an_impossible_count_is_refused_in_a_sentence(hub) -> None:
    with pytest.raises(BadInputError, match="expected as many of a group"):
        compare_shares(hub, (1, 2), what="prevented")
