"""Simulated districts are what they claim to be: rows, households, agencies, risk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import MissingDataError
from geo.evidence.episodes import find_episodes
from geo.evidence.simulate import (
    CV,
    FEEDS,
    FIRST_MONTH,
    INDEPENDENT,
    NULLS,
    UNEVEN,
    YEARS,
    draw_records,
    draw_weights,
    plant,
)
from tests.geo.evidence.districts import CENTRE, grid_from, rural_district, windows_of

CASES = 400
DESIGNS = {design.key: design for design in NULLS}
EACH = pytest.mark.parametrize("design", NULLS, ids=DESIGNS)


@pytest.fixture(scope="module")
def grid():
    return rural_district(3, rings=5)


def drawn(design, grid, *, cases=CASES, years=2, seed=1):
    rng = np.random.default_rng(seed)
    return draw_records(rng, design, grid, draw_weights(rng, design, grid), cases=cases, years=years)


def collapsed(records, months=6):
    return find_episodes(records, months=months, first_month=FIRST_MONTH)


@EACH
def test_each_year_counts_as_many_clients_as_were_asked_for(design, grid):
    assert collapsed(drawn(design, grid))["period"].value_counts().to_dict() == dict.fromkeys(YEARS, CASES)


@EACH
def test_one_year_is_the_last(design, grid):
    assert set(collapsed(drawn(design, grid, years=1))["period"]) == {YEARS[-1]}


@EACH
def test_the_rows_of_a_household_are_of_one_place_and_at_most_six_months_apart(design, grid):
    records = drawn(design, grid)
    number = records["month"].str[:4].astype(int) * 12 + records["month"].str[5:].astype(int)
    known = records[records["household"] != ""].assign(number=number).groupby("household")
    assert (known["h3_8"].nunique() == 1).all()
    assert (known["number"].max() - known["number"].min() <= 6).all()


def test_households_that_come_back_have_one_and_two_fifths_rows_each(grid):
    records = drawn(DESIGNS["repeats"], grid, cases=20_000, years=1)
    assert records["household"].nunique() == 20_000
    assert len(records) / 20_000 == pytest.approx(1.4, abs=0.02)


def test_without_a_reference_the_rows_are_given_and_nobody_knows_whose_they_are():
    grid = rural_district(7)
    records = drawn(DESIGNS["repeats_without_reference"], grid, cases=50_000, years=1)
    assert len(records) == 50_000
    assert set(records["household"]) == {""}
    # The rows of one household still stand in one cell, which is why they look like a hotspot: the counts of cells
    # vary more than luck explains, by E[rows^2] / E[rows] = (1.4^2 + 0.4) / 1.4.
    counts = records["h3_8"].value_counts().reindex(grid.cells["cell"], fill_value=0).to_numpy()
    expected = 50_000 * (grid.cells["homes"] / grid.cells["homes"].sum()).to_numpy()
    assert ((counts - expected) ** 2 / expected).sum() / (len(grid.cells) - 1) == pytest.approx(2.36 / 1.4, rel=0.2)


def test_each_agency_refers_a_household_once(grid):
    records = drawn(DESIGNS["agencies"], grid)
    by_household = records.groupby("household")["feed"]
    assert set(by_household.size()) == {1, 2, 3}
    assert (by_household.size() == by_household.nunique()).all()
    assert set(records["feed"]) == set(FEEDS)


def test_a_shorter_span_of_months_counts_some_households_twice(grid):
    assert len(collapsed(drawn(DESIGNS["agencies"], grid), months=2)) > 2 * CASES


@EACH
def test_nobody_is_placed_where_nobody_lives(design):
    homes = rural_district(3, rings=3).cells["homes"].to_numpy().copy()
    homes[::2] = 0
    grid = grid_from(rural_district(3, rings=3).cells["cell"].to_numpy(), homes)
    records = drawn(design, grid)
    assert set(records["h3_8"]) <= set(grid.cells["cell"][grid.cells["homes"] > 0])


def risks(design, *, cells=2_000, seed=4):
    """Draw the risks of cells with equal homes."""
    whole = rural_district(0, rings=30).cells["cell"].to_numpy()[:cells]
    grid = grid_from(whole, np.full(cells, 10.0))
    return draw_weights(np.random.default_rng(seed), design, grid) * cells, windows_of(grid)


@pytest.mark.parametrize("key", ["uneven", "uneven_shared"])
def test_uneven_risk_has_the_coefficient_of_variation_it_claims(key):
    found, _ = risks(DESIGNS[key])
    assert found.std() == pytest.approx(CV, abs=0.06)


def test_neighbours_share_their_risk_only_where_they_should():
    alike = {}
    for key in ("uneven", "uneven_shared"):
        found, windows = risks(DESIGNS[key])
        around = np.array([found[np.setdiff1d(window, [row])].mean() for row, window in enumerate(windows)])
        alike[key] = np.corrcoef(found, around)[0, 1]
    assert abs(alike["uneven"]) < 0.1
    assert alike["uneven_shared"] > 0.5


@given(st.integers(0, 2**32), st.floats(0.1, 50), st.sets(st.integers(0, 36), min_size=1, max_size=20))
def test_planting_changes_the_planted_alone(seed, times, cells):
    grid = rural_district(3, rings=3)
    weights = draw_weights(np.random.default_rng(seed), UNEVEN, grid)
    before, rows = weights.copy(), np.array(sorted(cells))
    raised = plant(weights, rows, times)
    rest = np.setdiff1d(np.arange(len(weights)), rows)
    assert raised.sum() == pytest.approx(1)
    assert raised[rows] / weights[rows] == pytest.approx(times * (raised[rest] / weights[rest])[0])
    assert (weights == before).all()


def test_the_same_seed_draws_the_same_district(grid):
    assert drawn(UNEVEN, grid).equals(drawn(UNEVEN, grid))
    assert not drawn(UNEVEN, grid).equals(drawn(UNEVEN, grid, seed=2))


def test_a_district_without_homes_is_refused_in_a_sentence():
    with pytest.raises(MissingDataError, match="add households"):
        draw_weights(np.random.default_rng(1), INDEPENDENT, grid_from([CENTRE], [0.0]))
