import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.evidence.clusters import find_clusters
from geo.evidence.scan_circles import draw_circles, likelihood_ratios
from geo.places.grid import HexGrid
from tests.geo.evidence.districts import counts_on, rural_district, windows_of
from tests.geo.evidence.scans import EVERYTHING, FOUR, at_points, cells_of, placed, spread
from tests.geo.evidence.slow_scan import clusters_apart


def test_the_circles_of_four_places_are_those_drawn_by_hand():
    circles = draw_circles(*(np.array(part) for part in FOUR), population_share=0.5)
    drawn = [circles.up_to(place).tolist() for place in np.flatnonzero(circles.ends)]
    assert drawn == [[0], [0, 1], [1], [1, 0], [2], [3]]
    assert circles.shares[circles.ends].tolist() == [0.1, 0.25, 0.15, 0.25, 0.4, 0.35]
    assert circles.radii_m[circles.ends].tolist() == [0, 700, 0, 700, 0, 0]


def test_places_equally_far_enter_together_or_not_at_all():
    east, north = np.array([0.0, 100, -100, 0, 900]), np.array([0.0, 0, 0, 250, 0])
    circles = draw_circles(east, north, np.ones(5), population_share=0.5)
    about_the_middle = [set(circles.up_to(place).tolist()) for place in range(circles.starts[1]) if circles.ends[place]]
    assert about_the_middle == [{0}]  # with both neighbours it would hold three of five
    wider = draw_circles(east, north, np.ones(5), population_share=0.6)
    about_the_middle = [set(wider.up_to(place).tolist()) for place in range(wider.starts[1]) if wider.ends[place]]
    assert about_the_middle == [{0}, {0, 1, 2}]


def test_the_likelihood_ratio_is_that_of_the_formula_by_hand():
    found = likelihood_ratios(np.array([6, 2, 10]), np.array([0.2, 0.2, 0.5]), 10)
    assert found.tolist() == pytest.approx([6 * math.log(3) + 4 * math.log(0.5), 0, 10 * math.log(2)])


def covariance_of(risks, windows):
    """What the risks of two cells have in common: their own, and the normal values that both are smoothed over."""
    return [
        [
            risks.own_cv**2 * (one is other) + risks.shared_cv**2 * len(one & other) / math.sqrt(len(one) * len(other))
            for other in windows
        ]
        for one in windows
    ]


def test_a_slow_scan_finds_the_same_clusters():
    rng = np.random.default_rng(5)
    for _ in range(12):
        places = int(rng.integers(8, 40))
        homes = rng.lognormal(3, 1, places)
        points = rng.normal(0, 3_000, (places, 2)).round(1)
        risk = homes * rng.gamma(1, 1, places)
        counts = rng.multinomial(int(rng.integers(3, 400)), risk / risk.sum())
        share = float(rng.uniform(0.1, 0.5))
        grid = at_points(points[:, 0], points[:, 1], homes)
        options = EVERYTHING.model_copy(update={"population_share": share})
        found = find_clusters(counts_on(grid, counts), grid, options=options)
        covariance = covariance_of(found.risks, [set(near) for near in windows_of(grid)])
        slow = clusters_apart(points.tolist(), counts.tolist(), homes.tolist(), share, covariance)
        numbers = grid.cells.cell.to_numpy()
        assert cells_of(found) == [{int(numbers[cell]) for cell in circle} for circle, _ in slow]
        np.testing.assert_allclose(found.table["llr"], [ratio for _, ratio in slow], rtol=1e-9, atol=1e-9)


def test_of_equal_circles_the_smaller_then_the_first_is_taken():
    grid = at_points([0.0, 3_000, 9_000, 20_000], [0.0] * 4, [10.0, 10, 10, 70])
    found = find_clusters(counts_on(grid, [5, 5, 0, 1]), grid, options=EVERYTHING)
    assert found.table["cells"].tolist() == [2]
    apart = find_clusters(counts_on(grid, [5, 0, 5, 1]), grid, options=EVERYTHING)
    assert apart.table["centre"].tolist() == grid.cells.cell[[0, 2]].tolist()


def test_the_order_of_cells_is_no_matter():
    grid = placed(rural_district(2, rings=5))
    counts = counts_on(grid, spread(grid, 200, seed=3) + 12 * (np.arange(91) == 40))
    shuffled = grid.cells.sample(frac=1, random_state=1).reset_index(drop=True)
    row = {cell: number for number, cell in enumerate(shuffled["cell"])}
    inside = [[row[grid.cells.cell[near]] for near in window] for window in windows_of(grid)]
    moved = [sorted(inside[number]) for number in np.argsort([row[cell] for cell in grid.cells.cell])]
    indptr = np.cumsum([0, *map(len, moved)])
    other = HexGrid(8, shuffled, grid.homes_source, indptr, np.concatenate(moved))
    turned = replace(counts, cells=counts.cells.iloc[::-1].reset_index(drop=True))
    expected = find_clusters(counts, grid, options=EVERYTHING)
    found = find_clusters(turned, other, options=EVERYTHING)
    pd.testing.assert_frame_equal(found.table, expected.table)
    pd.testing.assert_frame_equal(found.cells, expected.cells)
