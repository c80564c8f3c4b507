"""Smoothed rates: as Marshall and the gamma-Poisson model have them, between the raw rate and the mean."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import W

from geo.evidence.shrinkage import credible_interval, shrink_to_all, shrink_to_neighbours
from tests.geo.evidence.districts import rural_district

NONE = np.zeros(0)
PLACES = st.lists(st.tuples(st.integers(0, 1_000_000), st.floats(0.01, 1e6, allow_nan=False)), min_size=1, max_size=40)


def uneven_counts(grid, seed=0):
    homes = grid.cells["homes"].to_numpy()
    rng = np.random.default_rng(seed)
    return rng.poisson(0.02 * homes * rng.gamma(2, 0.5, len(homes))).astype(float), homes


def ring(n):
    """Neighbourhoods of places in a circle, each itself and the two beside it."""
    indices = np.array([sorted({(at - 1) % n, at, (at + 1) % n}) for at in range(n)])
    return np.arange(n + 1) * indices.shape[1], indices.ravel()


def test_every_rate_is_marshalls_as_esda_has_it() -> None:
    from esda.smoothing import Empirical_Bayes  # noqa: PLC0415 - takes seven seconds to import

    counts, homes = uneven_counts(rural_district(3))
    assert shrink_to_all(counts, homes).rate == pytest.approx(Empirical_Bayes(counts, homes).r.ravel(), rel=1e-12)


def test_every_local_rate_is_marshalls_as_esda_has_it() -> None:
    from esda.smoothing import Spatial_Empirical_Bayes  # noqa: PLC0415 - as above

    grid = rural_district(4)
    counts, homes = uneven_counts(grid)
    windows = np.split(grid.indices, grid.indptr[1:-1])
    weights = W(
        {row: [near for near in window if near != row] for row, window in enumerate(windows)}, silence_warnings=True
    )
    weights.id_order = list(range(len(homes)))
    ours = shrink_to_neighbours(counts, homes, indptr=grid.indptr, indices=grid.indices)
    with np.errstate(invalid="ignore"):
        theirs = Spatial_Empirical_Bayes(counts, homes, weights).r.ravel()
    told = np.isfinite(theirs)  # where nobody came from the whole neighbourhood esda divides nought by nought
    assert told.sum() > 400
    assert ours.rate[told] == pytest.approx(theirs[told], rel=1e-9)
    assert (ours.rate[~told] == 0).all()


def test_a_rate_is_the_posterior_mean_of_the_gamma_poisson_model() -> None:
    counts, homes = np.array([40.0, 0, 2, 9]), np.array([1000.0, 400, 100, 300])
    found = shrink_to_all(counts, homes)
    mean = counts.sum() / homes.sum()
    between = (homes * (counts / homes - mean) ** 2).sum() / homes.sum() - mean / homes.mean()
    shape, rate = mean**2 / between, mean / between
    assert found.rate == pytest.approx((shape + counts) / (rate + homes))
    assert found.weight == pytest.approx(homes / (rate + homes))


@settings(deadline=None)
@given(PLACES)
def test_a_smoothed_rate_lies_between_the_raw_one_and_the_mean(places) -> None:
    counts, homes = np.array(places).T
    indptr, indices = ring(len(counts))
    for found in (shrink_to_all(counts, homes), shrink_to_neighbours(counts, homes, indptr=indptr, indices=indices)):
        raw, slack = counts / homes, 1e-9 * (counts / homes + found.mean)
        assert (found.rate >= np.minimum(raw, found.mean) - slack).all()
        assert (found.rate <= np.maximum(raw, found.mean) + slack).all()
        assert ((found.weight >= 0) & (found.weight <= 1)).all()


@settings(deadline=None)
@given(PLACES)
def test_more_homes_never_have_a_smaller_weight(places) -> None:
    counts, homes = np.array(places).T
    order = np.argsort(homes)
    assert (np.diff(shrink_to_all(counts, homes).weight[order]) >= -1e-12).all()


@settings(deadline=None)
@given(PLACES, st.randoms())
def test_the_order_of_places_never_matters(places, random) -> None:
    shuffled = list(enumerate(places))
    random.shuffle(shuffled)
    order = [at for at, _ in shuffled]
    counts, homes = np.array(places).T
    straight, mixed = shrink_to_all(counts, homes), shrink_to_all(counts[order], homes[order])
    assert mixed.rate == pytest.approx(straight.rate[order], rel=1e-6, abs=1e-12)


@settings(deadline=None)
@given(PLACES)
def test_every_range_is_a_range_in_plain_numbers(places) -> None:
    counts, homes = np.array(places).T
    low, high = credible_interval(counts, homes)
    assert np.isfinite([low, high]).all()
    assert (low >= 0).all()
    assert (low <= high).all()


def test_a_range_holds_the_smoothed_rate() -> None:
    counts, homes = uneven_counts(rural_district(5))
    low, high = credible_interval(counts, homes)
    rate = shrink_to_all(counts, homes).rate
    assert ((low < rate) & (rate < high)).all()


def test_places_that_differ_by_no_more_than_luck_share_one_rate_and_its_range() -> None:
    counts, homes = np.array([10.0, 10, 11, 9]), np.full(4, 500.0)
    found = shrink_to_all(counts, homes)
    low, high = credible_interval(counts, homes)
    assert found.weight.tolist() == [0, 0, 0, 0]
    assert found.rate == pytest.approx(0.02)
    assert low == pytest.approx(0.0144, abs=2e-4), "that of 40 clients in 2,000 homes, and not a point"
    assert high == pytest.approx(0.0265, abs=4e-4)


def test_nobody_at_all_is_a_rate_of_nought_with_a_range() -> None:
    found, (low, high) = shrink_to_all([0, 0], [100.0, 300]), credible_interval([0, 0], [100.0, 300])
    assert (found.rate.tolist(), found.weight.tolist(), low.tolist()) == ([0, 0], [0, 0], [0, 0])
    assert high == pytest.approx(3.689 / 400, rel=1e-3)


def test_a_place_without_a_neighbour_borrows_from_everybody() -> None:
    counts, homes = np.array([9.0, 30, 2]), np.array([100.0, 1000, 700])
    alone = shrink_to_neighbours(counts, homes, indptr=np.arange(4), indices=np.arange(3))
    everywhere = shrink_to_all(counts, homes)
    assert alone.rate.tolist() == everywhere.rate.tolist()
    assert alone.weight.tolist() == everywhere.weight.tolist()


def test_no_place_has_no_rate() -> None:
    assert len(shrink_to_all(NONE, NONE).rate) == 0
    assert len(shrink_to_neighbours(NONE, NONE, indptr=np.zeros(1, dtype=int), indices=NONE.astype(int)).rate) == 0
    assert len(credible_interval(NONE, NONE)[0]) == 0


def test_the_range_of_a_place_holds_its_true_rate_about_as_often_as_stated() -> None:
    rng = np.random.default_rng(3)
    held = []
    for _ in range(60):
        homes = rng.lognormal(5, 1, 60)
        truth = 20 / homes.mean() * rng.gamma(4, 0.25, 60)
        low, high = credible_interval(rng.poisson(truth * homes), homes)
        held.append(((low <= truth) & (truth <= high)).mean())
    assert np.mean(held) >= 0.92
