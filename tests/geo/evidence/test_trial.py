"""One district is put through every test: the ones that should call something do, the others keep quiet."""

import numpy as np
import pandas as pd
import pytest

from geo.evidence.scan_null import NullStore
from geo.evidence.simulate import INDEPENDENT, draw_records, draw_weights, plant
from geo.evidence.trial import TESTS, VERDICTS, Bench, find_alarms, find_planted
from geo.scenario import PriorityOptions, ScanOptions, Scenario, TrendOptions
from tests.geo.evidence.districts import rural_district, windows_of
from tests.geo.evidence.scans import placed

SCENARIO = Scenario(scan=ScanOptions(replicates=999))


@pytest.fixture(scope="module")
def bench():
    return Bench(placed(rural_district(3, rings=5)), SCENARIO)


@pytest.fixture(scope="module")
def nulls():
    return NullStore()


@pytest.fixture(scope="module")
def window(bench):
    """The rows of a window with some 4 % of the homes."""
    homes = bench.grid.cells["homes"].to_numpy()
    held = [homes[rows].sum() / homes.sum() for rows in windows_of(bench.grid)]
    return windows_of(bench.grid)[int(np.abs(np.array(held) - 0.04).argmin())]


def district(bench, *, rows=None, times=1.0, years=2, seed=5):
    rng = np.random.default_rng(seed)
    weights = draw_weights(rng, INDEPENDENT, bench.grid)
    weights = weights if rows is None else plant(weights, rows, times)
    return draw_records(rng, INDEPENDENT, bench.grid, weights, cases=400, years=years)


def alarms(records, bench, nulls):
    return find_alarms(records, bench, rng=np.random.default_rng(1), nulls=nulls)


def test_nothing_is_called_where_clients_fall_on_homes_by_luck(bench, nulls):
    assert alarms(district(bench), bench, nulls) == set()


def test_every_test_of_place_calls_a_place_of_ten_times_the_risk(bench, nulls, window):
    called = alarms(district(bench, rows=window, times=10), bench, nulls)
    assert called == {"homes", "excess", "scan_homes", "scan", "priority", "either"}


def test_a_place_that_grows_is_called_by_the_trend(bench, nulls, window):
    quiet, busy = district(bench), district(bench, rows=window[:1], times=60)
    records = pd.concat([quiet[quiet["month"] < "2024-04"], busy[busy["month"] >= "2024-04"]], ignore_index=True)
    assert "trend" in alarms(records, bench, nulls)


def test_counts_are_dealt_out_anew_before_the_test_of_counts(bench, nulls, window):
    """All clients of ten neighbouring cells: Gi* would surely call them hot where they stand."""
    assert "counts" not in alarms(district(bench, rows=window, times=500), bench, nulls)


def test_a_planted_place_is_found_by_every_verdict_and_nothing_elsewhere(bench, nulls, window):
    records = district(bench, rows=window, times=10, years=1)
    assert find_planted(records, window, bench, nulls=nulls) == (set(VERDICTS), set())


def test_what_is_found_somewhere_else_counts_as_elsewhere(bench, nulls, window):
    records = district(bench, rows=window, times=10, years=1)
    homes = bench.grid.cells["homes"].to_numpy()
    cells = bench.grid.cells[["easting", "northing"]].to_numpy()
    away = np.linalg.norm(cells - cells[window[0]], axis=1)
    other = np.array([int(np.where(homes > 0, away, 0).argmax())])
    assert find_planted(records, other, bench, nulls=nulls) == (set(), set(VERDICTS))


def test_each_test_is_held_to_the_council_s_own_level(bench):
    assert bench.claims() == dict.fromkeys(TESTS, 0.05)
    strict = Scenario(priority=PriorityOptions(level=0.01), trends=TrendOptions(significance=0.1))
    assert Bench(bench.grid, strict).claims() == dict.fromkeys(TESTS, 0.01) | {"trend": 0.1}
