"""The smallest risk that could have been seen: held to simulation, and to common sense."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.evidence.beta_binomial import beta_binomial_tails
from geo.evidence.excess import binomial_p
from geo.evidence.fdr import adjust_fdr
from geo.evidence.hotspots import find_hotspots
from geo.evidence.power import (
    LARGEST_RISK,
    critical_counts,
    detectable_risks,
    smallest_detectable_risk,
    tell_detectable,
)
from geo.evidence.unevenness import Unevenness, share_variances, uneven_p
from geo.evidence.windows import Windows
from tests.geo.evidence.districts import counts_on, grid_from, rural_district

clients = st.integers(30, 4_000)
homes = st.floats(0.002, 0.2)
cvs = st.sampled_from([0.0, 0.2, 0.5])


def smallest(share, total, cv, **options):
    """One window whose own share of the clients is uneven."""
    return risk_of(share, total, cv**2 * share**2 * (1 - share), **options)


def risk_of(share, total, variance, **options):
    found = smallest_detectable_risk(np.array([share]), np.array([variance]), total=total, tested=300, **options)
    return float(found[0])


def never_larger(after, before):
    """Blank is larger than any number."""
    return np.isnan(before) or after <= before * (1 + 1e-6)


@given(share=homes, total=clients, cv=cvs)
@settings(deadline=None, max_examples=40)
def test_twice_the_clients_never_need_a_larger_risk(share, total, cv):
    assert never_larger(smallest(share, 2 * total, cv), smallest(share, total, cv))


@given(share=st.floats(0.002, 0.1), total=clients, cv=cvs)
@settings(deadline=None, max_examples=40)
def test_twice_the_homes_of_a_small_part_of_the_district_never_need_a_larger_risk(share, total, cv):
    """Each of its cells is as uneven as the next, so that a larger window is the steadier one."""
    cell = 0.002
    small, large = (risk_of(part, total, cv**2 * part * cell * (1 - part)) for part in (share, 2 * share))
    assert never_larger(large, small)


@given(share=homes, total=clients, cv=cvs)
@settings(deadline=None, max_examples=40)
def test_one_client_more_costs_at_most_the_step_of_one_count(share, total, cv):
    before, after = smallest(share, total, cv), smallest(share, total + 1, cv)
    shares = np.array([share])
    counts = critical_counts(shares, cv**2 * shares**2 * (1 - shares), total=total, limit=0.05 / 300)
    most = before * (1 + 2 / counts[0])
    assert most > LARGEST_RISK or never_larger(after, most)


@given(share=homes, total=clients)
@settings(deadline=None, max_examples=20)
def test_a_surer_sight_a_stricter_level_and_more_unevenness_all_need_a_larger_risk(share, total):
    plain = smallest(share, total, 0.2)
    assert never_larger(plain, smallest(share, total, 0.2, chance=0.9))
    assert never_larger(plain, smallest(share, total, 0.2, level=0.01))
    assert never_larger(plain, smallest(share, total, 0.5))


def test_the_critical_count_is_the_first_that_is_hot():
    shares, variances = np.array([0.003, 0.02, 0.3]), np.array([0.0, 1e-4, 2e-3])
    counts = critical_counts(shares, variances, total=400, limit=0.05 / 100)

    def p(at):
        _, upper = beta_binomial_tails(at, 400, shares, variances)
        return np.maximum(np.minimum(1, 2 * upper), binomial_p(at, shares, 400))

    assert (p(counts) <= 0.05 / 100).all()
    assert (p(counts - 1) > 0.05 / 100).all()


@pytest.mark.parametrize("cv", [0.0, 0.4])
def test_a_long_simulation_sees_the_smallest_risk_in_four_of_five_districts(cv):
    """The whole test on forty places by themselves: uneven risks, one place raised, Benjamini-Hochberg over all."""
    rng = np.random.default_rng(17)
    places, total, districts = 40, 600, 2_000
    share = rng.dirichlet(np.full(places, 4.0))
    windows = Windows(share, np.arange(places + 1), np.arange(places))
    known = Unevenness(cv, cv, 0.0, 1.0, 0, assumed=False)
    variances = share_variances(windows, known)
    one = int(np.argsort(share)[places // 2])
    risk = smallest_detectable_risk(share, variances, total=total, tested=places)[one]
    seen = 0
    for _ in range(districts):
        weight = share * (rng.gamma(1 / cv**2, cv**2, places) if cv else 1)
        weight[one] *= risk
        counts = rng.multinomial(total, weight / weight.sum())
        uneven, hot = uneven_p(counts, windows, total, known)
        q = adjust_fdr(np.maximum(uneven, binomial_p(counts, share, total)))
        seen += bool(q[one] <= 0.05 and hot[one])
    assert seen / districts == pytest.approx(0.8, abs=0.035)


def test_with_three_clients_no_risk_however_large_would_be_seen():
    assert np.isnan(smallest(0.05, 3, 0.5))
    assert tell_detectable(smallest(0.05, 3, 0.5)).startswith("No risk, however large,")


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_no_homes_and_all_the_homes_leave_nothing_to_see(share):
    assert np.isnan(smallest(share, 500, 0.3))


def test_counts_of_a_million_give_a_number():
    assert 1 < smallest(0.01, 1_000_000, 0.3) < 4


def test_nobody_and_nowhere_give_an_answer():
    assert np.isnan(smallest(0.05, 0, 0.3))
    nothing = np.zeros(0)
    assert smallest_detectable_risk(nothing, nothing, total=9, tested=0).tolist() == []


def test_every_tested_cell_has_its_risk_and_busier_country_needs_less():
    grid = rural_district(7, rings=6)
    drawn = counts_on(grid, np.random.default_rng(1).multinomial(800, grid.cells.homes / grid.cells.homes.sum()))
    found = find_hotspots(drawn, grid, test="excess")
    risks = detectable_risks(found, grid)
    assert risks.index.tolist() == found.table["cell"].tolist()
    assert risks.between(1, 50).all()
    homes_of = found.table.set_index("cell")["expected"]
    assert risks[homes_of.nlargest(20).index].max() < risks[homes_of.nsmallest(20).index].min()


def test_cells_without_homes_are_left_out_as_they_are_in_the_test():
    full = rural_district(7, rings=3)
    homes = full.cells.homes.to_numpy().copy()
    homes[::5] = 0
    grid = grid_from(full.cells.cell.to_numpy(), homes)
    found = find_hotspots(counts_on(grid, np.where(homes > 0, 9, 0)), grid, test="excess")
    assert detectable_risks(found, grid).index.tolist() == grid.cells.cell[homes > 0].tolist()


def test_the_test_of_counts_and_another_grid_are_refused():
    grid, other = rural_district(7, rings=3), rural_district(7, rings=2)
    drawn = counts_on(grid, np.ones(len(grid.cells)))
    with pytest.raises(BadInputError, match="belongs to the excess test"):
        detectable_risks(find_hotspots(drawn, grid, test="counts"), grid)
    with pytest.raises(BadInputError, match="of the same cells"):
        detectable_risks(find_hotspots(drawn, grid, test="excess"), other)
