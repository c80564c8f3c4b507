import math
from dataclasses import replace
from threading import Thread

import numpy as np
import pandas as pd
import pytest
from scipy.special import gammaln
from scipy.stats import binomtest, multinomial

from geo.evidence import scan_null
from geo.evidence.clusters import find_clusters
from geo.evidence.scan_circles import draw_circles, likelihood_ratios
from geo.evidence.scan_kernel import largest_ratios
from geo.evidence.scan_null import Null, NullStore, rank_p, simulate_maxima
from geo.evidence.scan_risks import CV_LADDER, PLAIN, ClientLaw, Risks, ordinary_risks
from geo.evidence.scan_spread import overdispersion
from geo.evidence.unevenness import Unevenness
from geo.evidence.windows import Windows
from tests.geo.evidence.districts import counts_on, rural_district, windows_of
from tests.geo.evidence.scans import FOUR, QUICK, at_points, placed, spread
from tests.geo.evidence.slow_scan import exact_law


def windows_with_homes(grid):
    homes = grid.cells.homes.to_numpy()
    return Windows(homes / homes.sum(), grid.indptr, grid.indices)


def null_on(grid, total, risks=PLAIN, *, replicates=999, seed=1, share=0.25):
    cells = grid.cells
    east, north, homes = (cells[name].to_numpy() for name in ("easting", "northing", "homes"))
    circles = draw_circles(east, north, homes, population_share=share)
    return Null(circles, ClientLaw(windows_with_homes(grid), total, risks), replicates, seed)


def dirichlet_multinomial(alpha, clients):
    """The law of counts when equal homes have independent gamma risks of shape alpha."""

    def chance(counts):
        ways = math.lgamma(clients + 1) - sum(math.lgamma(count + 1) for count in counts)
        whole = gammaln(alpha * len(counts)) - gammaln(alpha * len(counts) + clients)
        return math.exp(ways + whole + sum(gammaln(alpha + count) - gammaln(alpha) for count in counts))

    return chance


@pytest.mark.parametrize("law", ["luck alone", "ordinary unevenness"])
def test_p_is_that_of_every_way_five_clients_can_fall_on_four_places(law):
    even = law == "luck alone"
    homes = np.array(FOUR[2]) if even else np.full(4, 15.0)
    grid = at_points(*FOUR[:2], homes)
    chance = multinomial(5, homes / homes.sum()).pmf if even else dirichlet_multinomial(4.0, 5)
    exact = exact_law(list(zip(*FOUR[:2], strict=True)), homes.tolist(), 5, 0.5, lambda counts: float(chance(counts)))
    null = null_on(grid, 5, PLAIN if even else Risks(0.5, 0.0), replicates=9_999, share=0.5)
    # Of equal places, e (1 - e) / 4 x 0.25 is the variance of a share, whatever the circle: 4 x 0.25 / 4 more than one.
    spread_by_hand = 1.0 if even else 1.25
    np.testing.assert_allclose(null.spreads, spread_by_hand)
    maxima = simulate_maxima(null)
    for ratio in exact:
        true_p = min(1.0, sum(weight for other, weight in exact.items() if other >= ratio - 1e-9))
        error = 4 * math.sqrt(true_p * (1 - true_p) / 10_000) + 1e-4
        assert rank_p(np.array([ratio / spread_by_hand]), maxima)[0] == pytest.approx(true_p, abs=error)


@pytest.mark.parametrize("risks", [PLAIN, Risks(0.4, 0.3)])
def test_the_compiled_loop_finds_what_numpy_finds_for_every_district(risks):
    null = null_on(placed(rural_district(2, rings=5)), 300, risks)
    circles = null.circles
    drawn = np.concatenate([null.clients.draw(np.random.default_rng(1), 150), np.eye(91, dtype=np.int64) * 300])
    plain = [likelihood_ratios(circles.sums(counts), circles.shares, 300) / null.spreads for counts in drawn]
    together = scan_at_once(null, drawn)
    np.testing.assert_allclose(together, [ratios[circles.ends].max() for ratios in plain], rtol=1e-12, atol=1e-12)
    assert [scan_at_once(null, counts[None])[0] for counts in drawn] == together.tolist()


def scan_at_once(null, drawn):
    circles, by_cell = null.circles, np.ascontiguousarray(drawn.T, dtype=float)
    total = float(null.clients.total)
    return largest_ratios(by_cell, circles.starts, circles.members, circles.ends, circles.shares, null.spreads, total)


def test_the_overdispersion_of_a_circle_is_that_of_a_long_simulation():
    null = null_on(placed(rural_district(7, rings=6)), 700, Risks(0.4, 0.3))
    circles, drawn = null.circles, null.clients.draw(np.random.default_rng(1), 4_000)
    places = np.random.default_rng(2).choice(np.flatnonzero(circles.ends), 300, replace=False)
    share = circles.shares[places]
    simulated = [drawn[:, circles.up_to(place)].sum(axis=1).var() for place in places]
    found = np.array(simulated) / (700 * share * (1 - share)) / null.spreads[places]
    assert np.median(found) == pytest.approx(1, abs=0.03)
    assert (abs(found - 1) < 0.15).all()
    assert null.spreads[places].max() > 3
    assert (overdispersion(circles, replace(null.clients, risks=PLAIN)) == 1).all()


def test_more_threads_change_nothing():
    null = null_on(placed(rural_district(2, rings=5)), 300, Risks(0.4, 0.3))
    alone = simulate_maxima(null, workers=1)
    assert simulate_maxima(null, workers=3).tolist() == alone.tolist()
    assert len(alone) == 999
    assert simulate_maxima(replace(null, seed=2)).tolist() != alone.tolist()


def test_where_there_is_no_cluster_one_is_seldom_found():
    grid = placed(rural_district(7, rings=6))
    store, wrong = NullStore(), {"p": 0, "p_uneven": 0}
    for seed in range(80):
        table = find_clusters(counts_on(grid, spread(grid, 250, seed=seed)), grid, options=QUICK, nulls=store).table
        for law in wrong:
            wrong[law] += bool((table[law] <= 0.05).any())
    low = {law: binomtest(seen, 80).proportion_ci().low for law, seen in wrong.items()}
    print(f"of 80 districts with a false alarm: {wrong}")
    assert wrong["p"] > 0  # a test that never calls anything has no size to hold
    assert low["p"] <= 0.05
    assert low["p_uneven"] <= 0.05


def test_places_of_uneven_risk_are_called_clusters_by_homes_alone_and_not_by_ordinary_unevenness():
    grid = placed(rural_district(7, rings=9))
    rng, homes, store = np.random.default_rng(2), grid.cells.homes.to_numpy(), NullStore()
    wrong = {"p": 0, "p_uneven": 0}
    for _ in range(20):
        risk = homes * rng.gamma(4, 0.25, len(homes))
        counts = counts_on(grid, rng.multinomial(2_000, risk / risk.sum()))
        table = find_clusters(counts, grid, options=QUICK, nulls=store).table
        for law in wrong:
            wrong[law] += bool((table[law] <= 0.05).any())
    assert wrong["p"] >= 14
    assert wrong["p_uneven"] <= 4


@pytest.mark.parametrize(("cell_cv", "window_cv"), [(0.5, 0.38), (0.5, 0.3), (0.4, 0.45)])
def test_simulated_districts_are_as_uneven_as_was_learnt(cell_cv, window_cv):
    grid = rural_district(7, rings=8)
    windows = windows_with_homes(grid)
    risks = ordinary_risks(Unevenness(cell_cv, cell_cv, window_cv, 1.0, 0, assumed=False), windows)
    drawn = ClientLaw(windows, 50_000_000, risks).draw(np.random.default_rng(1), 4_000) / 50_000_000
    by_window = np.array([drawn[:, near].sum(axis=1) for near in windows_of(grid)]).T / windows.share_sums()
    overlap = 1 / np.diff(windows.indptr)
    between = np.sqrt(np.average((by_window - by_window.mean(axis=0)).var(axis=0), weights=overlap))
    assert window_cv - 0.02 < between < window_cv + 0.06  # the parts are rounded up, and the total is held
    within = np.sqrt(np.mean((drawn / windows.shares).var(axis=0)))
    assert max(cell_cv, window_cv) - 0.03 < within


def test_unevenness_that_cells_have_alone_is_not_taken_for_shared():
    windows = windows_with_homes(rural_district(7))
    parts = windows.shares[windows.indices]
    squares = np.add.reduceat(parts**2, windows.indptr[:-1]) / windows.share_sums() ** 2
    left = np.sqrt(np.average(squares, weights=1 / np.diff(windows.indptr)))
    assert ordinary_risks(Unevenness(0.5, 0.5, 0.5 * left, 1.0, 0, assumed=False), windows) == Risks(0.5, 0.0)
    assert ordinary_risks(Unevenness(9.0, 9.0, 0.0, 1.0, 0, assumed=False), windows).own_cv == CV_LADDER[-1]


def test_cells_without_neighbours_share_nothing():
    alone = Windows(np.full(30, 1 / 30), np.arange(31), np.arange(30))
    assert ordinary_risks(Unevenness(0.3, 0.3, 0.3, 1.0, 0, assumed=False), alone) == Risks(0.3, 0.0)


def test_a_law_is_simulated_once_for_a_district_and_a_total(monkeypatch):
    simulated = []
    monkeypatch.setattr(
        scan_null, "simulate_maxima", lambda null, **_: simulated.append(null) or simulate_maxima(null, workers=1)
    )
    grid = placed(rural_district(2, rings=5))
    store = NullStore()
    first = find_clusters(counts_on(grid, spread(grid, 200, seed=3)), grid, options=QUICK, nulls=store)
    again = find_clusters(counts_on(grid, spread(grid, 200, seed=3)), grid, options=QUICK, nulls=store)
    assert len({null.key() for null in simulated}) == len(simulated) == len(store)
    pd.testing.assert_frame_equal(first.table, again.table)
    known = len(store)
    find_clusters(counts_on(grid, spread(grid, 201, seed=3)), grid, options=QUICK, nulls=store)
    assert len(store) > known
    without = find_clusters(counts_on(grid, spread(grid, 200, seed=3)), grid, options=QUICK)
    pd.testing.assert_frame_equal(without.table, first.table)


def test_a_store_keeps_the_laws_last_used_and_no_more_whoever_asks():
    store = NullStore(most=3)
    for key in ("a", "b", "c"):
        store.keep(key, np.zeros(1))
    assert store.find("a") is not None
    store.keep("d", np.zeros(1))
    assert store.find("b") is None
    assert store.find("a") is not None
    asking = [Thread(target=lambda i=i: [store.keep(f"{i}{j}", np.zeros(1)) for j in range(200)]) for i in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(store) == 3


def test_equal_ratios_count_against_the_cluster_though_rounding_parts_them():
    maxima = np.array([1.0, 2.0 * (1 - 1e-12), 2.0 * (1 + 1e-12)])
    assert rank_p(np.array([2.0, 2.1]), maxima).tolist() == [0.75, 0.25]
