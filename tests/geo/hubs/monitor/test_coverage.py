"""Districts whose truth is known: ranges hold it, and hubs that did nothing are not called a success."""

import pytest
from scipy.stats import binom

from tests.geo.hubs.monitor.simulated import Design, tried

RUNS = 120


@pytest.fixture(scope="module")
def without_effect():
    return tried(Design(), RUNS, seed=11)


@pytest.fixture(scope="module")
def doubled():
    return tried(Design(ratio=2.0), RUNS // 2, seed=12)


def test_ranges_hold_the_truth_as_often_as_they_say(without_effect, doubled) -> None:
    for found, runs in ((without_effect, RUNS), (doubled, RUNS // 2)):
        least = binom.ppf(0.001, runs, 0.95) / runs
        assert found["pooled held"] >= least
        assert found["place held"] >= least


def test_hubs_that_did_nothing_are_not_called_a_success_or_a_failure(without_effect) -> None:
    most = binom.ppf(0.999, RUNS, 0.05) / RUNS
    assert without_effect["pooled called"] <= most
    assert without_effect["a place called"] <= most


def test_before_and_after_alone_calls_them_a_failure_far_too_often(without_effect) -> None:
    assert without_effect["naive called"] >= 0.2


def test_hubs_that_doubled_their_clients_are_seen_more_often_than_not(doubled) -> None:
    assert doubled["rightly"] >= 0.6
    assert doubled["rightly"] > doubled["naive called"]
