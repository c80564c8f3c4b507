"""Walks: by hand, against a scatter of points in a real hexagon, and as properties."""

import h3.api.basic_int as h3
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import to_national_grid, to_wgs84
from geo.hubs.reach import reach_weights, spread_within_cell_m, straight_line_minutes, travel_label
from geo.scenario import ReachOptions


def test_a_mile_in_a_straight_line_is_twenty_six_minutes_on_foot() -> None:
    minutes = straight_line_minutes([[0, 0]], [[1600, 0]], ReachOptions())  # 1600 m x 1.3 at 80 m a minute
    assert minutes.tolist() == [[26.0]]


def test_a_site_in_the_middle_of_a_cell_is_not_on_everybodys_doorstep() -> None:
    minutes = straight_line_minutes([[0, 0]], [[0, 0]], ReachOptions(), spread_m=[400])
    assert minutes[0, 0] == pytest.approx(400 * 1.3 / 80)


def test_nobody_to_start_from_or_nowhere_to_go_is_an_empty_table() -> None:
    assert straight_line_minutes([], [[0, 0]], ReachOptions()).shape == (0, 1)
    assert straight_line_minutes([[0, 0]], [], ReachOptions()).shape == (1, 0)


@pytest.mark.parametrize(("resolution", "offset_m"), [(7, 0), (8, 0), (8, 300), (8, 1500)])
def test_the_spread_stands_for_people_scattered_over_a_real_cell(resolution: int, offset_m: float) -> None:
    """Oracle: 200,000 points scattered over the very hexagon; the root-mean-square walk must agree."""
    lon, lat = to_wgs84([600_000.0], [500_000.0])
    cell = h3.latlng_to_cell(float(lat[0]), float(lon[0]), resolution)
    corners = np.array(h3.cell_to_boundary(cell))
    hexagon = shapely.Polygon(np.column_stack(to_national_grid(corners[:, 1], corners[:, 0])))
    rng = np.random.default_rng(1)
    west, south, east, north = hexagon.bounds
    people = rng.uniform([west, south], [east, north], size=(200_000, 2))
    people = people[shapely.contains_xy(hexagon, people)]
    site = [hexagon.centroid.x + offset_m, hexagon.centroid.y]
    one_by_one = straight_line_minutes(people, [site], ReachOptions())[:, 0]
    middle = [[hexagon.centroid.x, hexagon.centroid.y]]
    spread_m = spread_within_cell_m([h3.cell_area(cell, unit="m^2")])
    estimate = straight_line_minutes(middle, [site], ReachOptions(), spread_m=spread_m)[0, 0]
    assert estimate == pytest.approx(np.sqrt(np.mean(one_by_one**2)), rel=0.01)


@given(st.lists(st.floats(0, 500), min_size=2, max_size=20), st.floats(1, 240), st.floats(0, 240))
def test_further_away_never_counts_more(minutes: list[float], cutoff: float, full: float) -> None:
    options = ReachOptions(cutoff_minutes=cutoff, full_minutes=full)
    weights = reach_weights(np.sort(minutes), options)
    assert ((weights >= 0) & (weights <= 1)).all()
    assert (np.diff(weights) <= 0).all()
    assert (weights[np.sort(minutes) > cutoff] == 0).all()


def test_without_a_falling_part_the_reach_ends_at_the_cutoff() -> None:
    weights = reach_weights(np.array([29.9, 30.0, 30.1]), ReachOptions(full_minutes=30, cutoff_minutes=30))
    assert weights.tolist() == [1.0, 1.0, 0.0]


def test_every_output_says_that_walks_are_straight_lines() -> None:
    assert travel_label(ReachOptions()) == "on foot at 4.8 km/h, straight line x 1.3 (no streets loaded)"
