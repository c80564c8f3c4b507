import itertools
from math import comb

import numpy as np
import pytest

from geo.evidence.gi_star import SAMPLED_DRAWS, gi_star, permutation_law
from tests.geo.evidence.districts import rural_district, windows_of


def row_of_cells(n):
    """Cells in a row: every window is a cell and its neighbours on either side."""
    windows = [[j for j in (i - 1, i, i + 1) if 0 <= j < n] for i in range(n)]
    return windows, np.cumsum([0, *map(len, windows)]), np.concatenate(windows)


@pytest.mark.parametrize("seed", range(12))
def test_the_exact_law_is_the_share_of_all_ways_to_choose_the_cells(seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.uniform(0.3, 4), rng.integers(3, 10))
    windows, indptr, indices = row_of_cells(len(counts))
    found = gi_star(counts, indptr, indices)
    for cell, window in enumerate(windows):
        sums = np.array([sum(chosen) for chosen in itertools.combinations(counts.tolist(), len(window))])
        here = counts[window].sum()
        tails = (sums >= here).mean(), (sums <= here).mean()
        assert found.window_count[cell] == here
        assert found.p[cell] == pytest.approx(min(1, 2 * min(tails)), rel=1e-12)


def test_the_law_adds_to_one_and_has_the_mean_and_variance_of_a_draw_without_replacement():
    counts = np.random.default_rng(3).negative_binomial(0.5, 0.2, 547)
    values, held = np.unique(counts, return_counts=True)
    law = permutation_law(values, held, 7)
    sums = np.arange(law.shape[1])
    for k in range(1, 8):
        assert law[k].sum() == pytest.approx(1, abs=1e-12)
        mean = law[k] @ sums
        assert mean == pytest.approx(k * counts.mean(), rel=1e-12)
        assert law[k] @ (sums - mean) ** 2 == pytest.approx(k * counts.var() * (547 - k) / 546, rel=1e-10)


def test_the_chance_of_the_largest_sum_keeps_its_figures_however_small():
    counts = np.array([1] * 7 + [0] * 99_993)
    law = permutation_law(*np.unique(counts, return_counts=True), 7)
    assert law[7, 7] == pytest.approx(1 / comb(100_000, 7), rel=1e-12)


def esda_oracle():
    import esda  # noqa: PLC0415 - takes seconds to import, for these two tests only
    import libpysal.weights  # noqa: PLC0415 - the same

    return esda.G_Local, libpysal.weights.W


@pytest.mark.parametrize("clients", [60, 700, 5_000])
def test_z_is_the_gi_star_of_esda(clients):
    g_local, weigh = esda_oracle()
    grid = rural_district(clients)
    counts = np.random.default_rng(clients).multinomial(clients, grid.cells.homes / grid.cells.homes.sum())
    weights = weigh({row: window.tolist() for row, window in enumerate(windows_of(grid))}, silence_warnings=True)
    theirs = g_local(counts.astype(float), weights, transform="B", permutations=0, star=True)
    ours = gi_star(counts, grid.indptr, grid.indices)
    np.testing.assert_allclose(ours.z, theirs.Zs, rtol=1e-12, atol=1e-12)


@pytest.mark.filterwarnings(
    "ignore:The alternative hypothesis:DeprecationWarning"
)  # what p_sim is stays one-sided here
def test_holding_the_cell_s_own_count_gives_the_law_that_esda_samples():
    """The conditional law: x_i stays, k_i - 1 are drawn from the other cells."""
    g_local, weigh = esda_oracle()
    grid = rural_district(1, rings=4)
    counts = np.random.default_rng(1).negative_binomial(1, 0.4, len(grid.cells))
    windows = windows_of(grid)
    weights = weigh({row: window.tolist() for row, window in enumerate(windows)}, silence_warnings=True)
    draws = 1_999
    theirs = g_local(counts.astype(float), weights, transform="B", permutations=draws, star=True, seed=5, n_jobs=1)
    exact = np.array([conditional_upper(counts, row, window) for row, window in enumerate(windows)])
    # esda gives the smaller side; the upper one is comparable where it is the smaller.
    upper = exact < 0.4
    spread = np.sqrt(np.clip(exact * (1 - exact), 0, 1) / draws)
    assert upper.sum() > 10
    assert (np.abs(theirs.p_sim - exact)[upper] < 4.5 * spread[upper] + 2 / draws).all()


def conditional_upper(counts, row, window):
    others = np.delete(counts, row)
    law = permutation_law(*np.unique(others, return_counts=True), len(window) - 1)
    return law[len(window) - 1, max(counts[window].sum() - counts[row], 0) :].sum()


def test_a_long_shuffle_of_the_whole_map_gives_the_same_p():
    grid = rural_district(2, rings=4)
    rng = np.random.default_rng(2)
    counts = rng.negative_binomial(1, 0.3, len(grid.cells))
    exact = gi_star(counts, grid.indptr, grid.indices)
    draws = 20_000
    shuffled = rng.permuted(np.tile(counts, (draws, 1)), axis=1)
    for row in range(0, len(counts), 6):
        sums = shuffled[:, grid.indices[grid.indptr[row] : grid.indptr[row + 1]]].sum(axis=1)
        here = exact.window_count[row]
        sampled = min(1, 2 * min((sums >= here).mean(), (sums <= here).mean()))
        assert sampled == pytest.approx(exact.p[row], abs=4.5 * 2 * np.sqrt(0.25 / draws))


def test_a_lone_busy_cell_can_be_hot():
    _, indptr, indices = row_of_cells(900)
    counts = np.zeros(900, dtype=np.int64)
    counts[450] = 50
    counts[::10] += 1
    found = gi_star(counts, indptr, indices)
    assert found.p[450] == pytest.approx(2 * 3 / 900, rel=1e-9)


def test_counts_too_large_for_the_exact_law_are_sampled_and_say_so():
    _, indptr, indices = row_of_cells(60)
    counts = np.random.default_rng(4).integers(0, 30, 60)
    exact = gi_star(counts, indptr, indices)
    sampled = gi_star(counts, indptr, indices, exact_work=0)
    assert (exact.law, exact.draws, sampled.law, sampled.draws) == ("exact", 0, "sampled", SAMPLED_DRAWS)
    np.testing.assert_allclose(sampled.p, exact.p, atol=0.005)
    million = gi_star(counts * 1_000_003, indptr, indices)
    assert million.law == "sampled"
    np.testing.assert_allclose(million.p, exact.p, atol=0.005)


@pytest.mark.parametrize("counts", [[7], [0, 0, 0], [4, 4, 4], [1_000_000, 0, 0]])
def test_where_nothing_can_differ_p_is_one_and_z_is_a_number(counts):
    n = len(counts)
    found = gi_star(np.array(counts), np.arange(n + 1) * n, np.tile(np.arange(n), n))
    assert found.p.tolist() == [1.0] * n
    assert found.z.tolist() == [0.0] * n
