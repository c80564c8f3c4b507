"""The excess test on any division of the district: the same as on cells where it is the cells."""

import numpy as np
import pandas as pd
import pytest

from geo.evidence.hotspots import find_hotspots
from geo.evidence.units import alone, divide, hot_cells, rings
from tests.geo.evidence.districts import counts_on, grid_from
from tests.geo.evidence.homesteads import homesteads


def divided(homes, units, cells, near=alone):
    return divide(pd.Series(homes, dtype=float), pd.Series(units), pd.Series(cells), near=near)


def test_over_the_cells_themselves_it_is_the_excess_test():
    housed = homesteads(3)
    by_cell = housed.groupby("h3_8")["homes"].sum()
    grid = grid_from(by_cell.index.tolist(), by_cell.tolist())
    risk = np.where(np.arange(len(by_cell)) % 40 == 0, 12, 1) * by_cell.to_numpy()
    counts = counts_on(grid, np.random.default_rng(5).multinomial(900, risk / risk.sum()), elsewhere=7)
    table = find_hotspots(counts, grid, test="excess").table
    expected = table.loc[(table["q_uneven"] <= 0.1) & table["kind"].str.startswith("hot"), "cell"]
    assert len(expected) > 3
    units = divide(housed["homes"], housed["h3_8"], housed["h3_8"], near=rings(1))
    found, untested = hot_cells(counts.cells.set_index("cell")["count"], units, hot_q=0.1)
    assert found == frozenset(expected)
    assert untested == 7


def test_a_ward_stands_for_the_cells_whose_homes_it_holds_the_most_of():
    units = divided([6, 4, 5, 5], ["W1", "W2", "W2", "W2"], [81, 81, 82, 83])
    assert dict(zip(units.keys.tolist(), units.cells, strict=True)) == {"W1": {81}, "W2": {82, 83}}


def test_a_small_place_stands_for_the_cell_that_holds_half_of_it():
    units = divided([9, 5, 5], ["a", "b", "b"], [81, 81, 82])
    assert dict(zip(units.keys.tolist(), units.cells, strict=True)) == {"a": {81}, "b": {81, 82}}


def test_of_two_wards_with_equal_parts_of_a_cell_the_first_by_name_stands_for_it():
    units = divided([5, 5, 90], ["W2", "W1", "W2"], [81, 81, 82])
    assert dict(zip(units.keys.tolist(), units.cells, strict=True)) == {"W1": {81}, "W2": {82}}


def test_homes_beyond_every_ward_count_nowhere_and_their_clients_are_untested():
    units = divided([10, 30, 60], ["", "W1", "W2"], [81, 82, 83])
    np.testing.assert_allclose(units.windows.shares, [1 / 3, 2 / 3])
    _, untested = hot_cells(pd.Series({"": 4, "W1": 3, "W9": 2}), units, hot_q=0.1)
    assert untested == 6


@pytest.mark.parametrize("count", [0, 1, 1_000_000])
def test_one_place_alone_is_never_hot(count):
    units = divided([10], ["W1"], [81])
    assert hot_cells(pd.Series({"W1": count}), units, hot_q=0.1) == (frozenset(), 0)


def test_two_rings_take_in_the_cell_beyond_an_empty_one():
    housed = homesteads(3)
    cells = housed["h3_8"]
    one, two = (divide(housed["homes"], cells, cells, near=rings(number)) for number in (1, 2))
    assert np.diff(one.windows.indptr).max() <= 7
    assert 7 < np.diff(two.windows.indptr).max() <= 19
    assert (two.windows.share_sums() >= one.windows.share_sums() - 1e-12).all()
