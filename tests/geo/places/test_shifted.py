"""Regular hexagons on the National Grid: nobody falls between two, and a shift by a whole cell is none."""

import math

import numpy as np
import pandas as pd
import pytest
from h3.api.basic_int import cell_area, grid_disk, latlng_to_cell
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.places.cells import cells_at
from geo.places.shifted import HALF_SHIFTS, NEIGHBOURS, HexLattice, lattice_over, neighbour_keys

ANDOVER = latlng_to_cell(51.2075, -1.4789, 8)
POINTS = np.random.default_rng(4).uniform([430_000, 140_000], [440_000, 150_000], (400, 2))
LATTICE = HexLattice(435_000, 145_000, spacing_m=880, bearing=0.4)
steps = st.integers(-9, 9)
parts = st.floats(-2, 2)


def partition(lattice):
    """Number the hexagons in the order in which the points meet them, so that names do not matter."""
    return pd.factorize(lattice.keys_at(*POINTS.T))[0].tolist()


@given(along_first=steps, along_second=steps)
def test_a_shift_by_whole_cells_changes_nothing(along_first, along_second):
    assert partition(LATTICE.shifted(along_first, along_second)) == partition(LATTICE)


@pytest.mark.parametrize("shift", HALF_SHIFTS)
def test_a_shift_by_half_a_cell_parts_the_points_otherwise_and_two_halves_are_a_whole(shift):
    once = LATTICE.shifted(*shift)
    assert partition(once) != partition(LATTICE)
    assert partition(once.shifted(*shift)) == partition(LATTICE)


def test_the_three_half_shifts_are_three_different_grids():
    assert len({tuple(partition(LATTICE.shifted(*shift))) for shift in HALF_SHIFTS}) == 3


@given(along_first=parts, along_second=parts, bearing=st.floats(-4, 4), spacing_m=st.floats(200, 5_000))
@settings(deadline=None)
def test_every_home_is_in_one_hexagon_and_every_hexagon_is_the_nearest(along_first, along_second, bearing, spacing_m):
    lattice = HexLattice(435_000, 145_000, spacing_m, bearing).shifted(along_first, along_second)
    keys = lattice.keys_at(*POINTS.T)
    homes = np.random.default_rng(1).integers(1, 60, len(POINTS)) * 1.1
    assert pd.Series(homes).groupby(keys).sum().sum() == pytest.approx(homes.sum(), abs=1e-9)
    # The nearest centre, found by looking at every centre about the point.
    axes = lattice._axes()
    origin = np.array([lattice.easting, lattice.northing])
    rough = np.floor((POINTS - origin) @ np.linalg.inv(axes))
    around = np.array([(one, two) for one in (-1, 0, 1, 2) for two in (-1, 0, 1, 2)])
    centres = origin + (rough[:, None, :] + around) @ axes
    away = np.linalg.norm(centres - POINTS[:, None, :], axis=-1)
    nearest = centres[np.arange(len(POINTS)), away.argmin(axis=1)]
    np.testing.assert_array_equal(lattice.keys_at(*nearest.T), keys)


def test_neighbours_lie_one_spacing_away_all_round():
    axes = LATTICE._axes()
    around = LATTICE.keys_at(*(np.array([435_000, 145_000]) + np.array(NEIGHBOURS) @ axes).T)
    assert sorted(neighbour_keys(LATTICE.keys_at([435_000], [145_000]))[0].tolist()) == sorted(around.tolist())
    np.testing.assert_allclose(np.linalg.norm(np.array(NEIGHBOURS) @ axes, axis=1), 880)


def test_the_grid_lies_over_the_h3_cells_it_is_made_for():
    cells = np.array(sorted(grid_disk(ANDOVER, 8)))
    lattice = lattice_over(cells)
    assert lattice.area_m2 == pytest.approx(np.mean([cell_area(cell, unit="m^2") for cell in cells]))
    east, north = (
        np.random.default_rng(2)
        .uniform(
            [lattice.easting - 1_500, lattice.northing - 1_500],
            [lattice.easting + 1_500, lattice.northing + 1_500],
            (500, 2),
        )
        .T
    )
    table = pd.DataFrame(
        {
            "h3": cells_at(east.astype("int32"), north.astype("int32"), resolution=8),
            "same": lattice.keys_at(east, north),
            "half": lattice.shifted(0.5, 0).keys_at(east, north),
        }
    )
    assert agreement(table, "same") > 0.9
    assert agreement(table, "half") < 0.7


def agreement(table, column):
    """Share of the points that lie in the hexagon which holds most of their H3 cell's points."""
    return table.groupby("h3")[column].agg(lambda keys: keys.value_counts().iloc[0]).sum() / len(table)


def test_the_order_of_the_cells_never_matters_and_one_cell_is_enough():
    cells = np.array(sorted(grid_disk(ANDOVER, 3)))
    assert lattice_over(cells) == lattice_over(cells[::-1])
    assert lattice_over(np.array([ANDOVER])).area_m2 == pytest.approx(cell_area(ANDOVER, unit="m^2"))


@pytest.mark.parametrize(("bearing", "words"), [(0, "east"), (math.tau / 8, "north-east"), (-math.tau / 4, "south")])
def test_a_shift_is_told_by_the_compass(bearing, words):
    assert HexLattice(0, 0, 1_000, bearing).compass(0.5, 0) == words
