import numpy as np
import pytest
from scipy.stats import binomtest

from geo.evidence.hotspots import find_hotspots
from geo.evidence.ordinary import fit_ordinary
from geo.evidence.unevenness import Unevenness, estimate_unevenness, share_variances, uneven_p
from geo.evidence.windows import Windows
from tests.geo.evidence.districts import counts_on, rural_district, windows_of


def windows_with_homes(grid):
    homes = grid.cells.homes.to_numpy()
    return Windows(homes / homes.sum(), grid.indptr, grid.indices)


def gamma_risk(rng, cells, cv):
    return rng.gamma(1 / cv**2, cv**2, cells)


@pytest.mark.parametrize(("cv", "within"), [(0.3, 0.06), (0.5, 0.08), (1.0, 0.12)])
def test_the_unevenness_that_was_put_in_is_found(cv, within):
    rng = np.random.default_rng(8)
    shares = windows_with_homes(rural_district(1)).shares
    found = []
    for _ in range(8):
        risk = gamma_risk(rng, len(shares), cv) * shares
        counts = rng.multinomial(5_000, risk / risk.sum())
        found.append(fit_ordinary(counts, 5_000 * shares, np.ones(len(shares))).cv)
    assert np.median(found) == pytest.approx(cv, abs=within)


def test_hot_cells_that_hold_a_third_of_all_clients_do_not_swell_it():
    rng = np.random.default_rng(9)
    shares = windows_with_homes(rural_district(1)).shares
    hot = rng.choice(np.flatnonzero(shares > 0.001), 20, replace=False)
    risk = shares.copy()
    risk[hot] *= 0.33 / 0.67 * (1 - shares[hot].sum()) / shares[hot].sum()
    counts = rng.multinomial(5_000, risk / risk.sum())
    found = fit_ordinary(counts, 5_000 * shares, np.ones(len(shares)))
    plain = np.sqrt(max(0, ((counts - 5_000 * shares) ** 2 - counts).sum() / ((5_000 * shares) ** 2).sum()))
    assert plain > 0.8
    assert found.cv_upper < 0.2
    assert found.level == pytest.approx(0.67 / (1 - shares[hot].sum()), abs=0.05)
    assert found.set_aside[hot].mean() > 0.9


def test_the_variance_of_a_window_s_share_is_that_of_a_long_simulation():
    grid = rural_district(3, rings=5)
    windows = windows_with_homes(grid)
    known = Unevenness(0.3, 0.3, 0.0, 1.0, 0, assumed=False)
    rng = np.random.default_rng(1)
    risk = rng.gamma(1 / 0.09, 0.09, (20_000, len(grid.cells))) * windows.shares
    drawn = risk / risk.sum(axis=1, keepdims=True)
    simulated = np.array([drawn[:, window].sum(axis=1).var() for window in windows_of(grid)])
    np.testing.assert_allclose(share_variances(windows, known), simulated, rtol=0.12)


def test_a_window_is_cold_only_against_the_ordinary_cells():
    grid = rural_district(3, rings=5)
    windows = windows_with_homes(grid)
    counts = np.floor(600 * windows.shares).astype(np.int64)
    counts[0] += 1_000 - counts.sum()
    even = Unevenness(0.02, 0.02, 0.02, 1.0, 0, assumed=False)
    lowered = Unevenness(0.02, 0.02, 0.02, 0.6, 1, assumed=False)
    p_plain, _ = uneven_p(windows.sums(counts), windows, 1_000, even)
    p_level, hot = uneven_p(windows.sums(counts), windows, 1_000, lowered)
    assert (p_plain < 0.001).sum() > (p_level < 0.001).sum()
    assert hot[p_level < 0.001].all()


def test_too_few_to_learn_from_is_said_and_a_usual_unevenness_assumed():
    grid = rural_district(0, rings=1)
    found = estimate_unevenness(np.ones(7, dtype=np.int64), windows_with_homes(grid))
    assert found.assumed
    assert found.cell_cv == 0.5


def test_unevenness_that_neighbours_share_is_seen_between_windows():
    grid = rural_district(4)
    windows = windows_with_homes(grid)
    rng = np.random.default_rng(4)
    field = rng.standard_normal(len(windows.shares))
    smooth = np.array([field[window].sum() for window in windows_of(grid)]) / np.sqrt(7)
    together = np.exp(0.5 * smooth) * windows.shares
    apart = np.exp(0.5 * rng.permutation(smooth)) * windows.shares
    shared = estimate_unevenness(rng.multinomial(5_000, together / together.sum()), windows)
    alone = estimate_unevenness(rng.multinomial(5_000, apart / apart.sum()), windows)
    assert shared.window_cv > alone.window_cv + 0.05
    assert alone.cell_cv > alone.window_cv


# The calibration: what the pages claim, at modest size. `python -m tests.benchmarks.calibration` prints it in full.
DISTRICTS = 40


def alarms(cv, clients):
    """Count the districts, none with a hotspot, in which any cell is hot at 95 %: against homes, and unevenness."""
    rng = np.random.default_rng(clients)
    grid = rural_district(7)
    shares = windows_with_homes(grid).shares
    wrong = {"q": 0, "q_uneven": 0}
    for _ in range(DISTRICTS):
        risk = shares * (gamma_risk(rng, len(shares), cv) if cv else 1)
        table = find_hotspots(counts_on(grid, rng.multinomial(clients, risk / risk.sum())), grid, test="excess").table
        for column in wrong:
            wrong[column] += bool(((table[column] <= 0.05) & (table["window_count"] > table["expected"])).any())
    return wrong


def at_most_one_in_twenty(wrong):
    """Tell whether the exact 95 % interval leaves 5 % possible."""
    low, high = binomtest(wrong, DISTRICTS).proportion_ci()
    print(f"{wrong} of {DISTRICTS} districts with a false alarm ({low:.1%} to {high:.1%})")
    return low <= 0.05


@pytest.mark.parametrize("clients", [300, 2_000])
def test_an_even_district_raises_no_more_false_alarms_than_stated(clients):
    wrong = alarms(0, clients)
    assert at_most_one_in_twenty(wrong["q"])
    assert at_most_one_in_twenty(wrong["q_uneven"])


@pytest.mark.parametrize("clients", [300, 700])
def test_a_district_of_ordinary_unevenness_raises_no_more_false_alarms_than_stated(clients):
    assert at_most_one_in_twenty(alarms(0.5, clients)["q_uneven"])


def test_against_homes_alone_an_uneven_district_is_full_of_false_alarms_and_against_unevenness_it_is_not():
    wrong = alarms(0.5, 2_000)
    assert wrong["q"] > 0.8 * DISTRICTS
    assert at_most_one_in_twenty(wrong["q_uneven"])


@pytest.mark.parametrize(("clients", "found"), [(700, 0.7), (5_000, 0.97)])
def test_planted_clusters_are_hot_at_99_percent(clients, found):
    """A cell and its ring, 6 % of the clients each, relative risk 5 to 10, five at once."""
    rng = np.random.default_rng(11)
    grid = rural_district(7)
    homes = grid.cells.homes.to_numpy()
    rings = windows_of(grid)
    seen = []
    for _ in range(10):
        share = np.array([homes[ring].sum() for ring in rings]) / homes.sum()
        fits = np.flatnonzero((share > 0.06 / 0.7 / 10) & (share < 0.06 / 0.7 / 5))
        centres = apart(rng.permutation(fits), rings, 5)
        risk = homes.copy()
        for centre in centres:
            risk[rings[centre]] *= 0.06 / 0.7 / share[centre]
        table = find_hotspots(counts_on(grid, rng.multinomial(clients, risk / risk.sum())), grid, test="excess").table
        seen += [(table["kind"].to_numpy()[rings[centre]] == "hot99").any() for centre in centres]
    assert len(seen) >= 30
    assert np.mean(seen) >= found


def apart(candidates, rings, most):
    """Choose centres whose rings do not touch."""
    chosen, taken = [], set()
    for candidate in candidates:
        near = {int(cell) for member in rings[candidate] for cell in rings[member]}
        if not near & taken:
            chosen.append(candidate)
            taken |= near
    return chosen[:most]


def test_a_few_clients_over_very_many_places_are_too_few_to_call_any_hot():
    places = 2_000  # each expects so little that none of them may hold a client and be ordinary
    windows = Windows(np.full(places, 1 / places), np.arange(places + 1), np.arange(places))
    counts = np.zeros(places, dtype=np.int64)
    counts[:25] = 1
    p, _ = uneven_p(counts, windows, 25, estimate_unevenness(counts, windows))
    assert p.min() > 0.01
