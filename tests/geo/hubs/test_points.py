"""Where clients live: the spread of a cell against a scatter of points in a real hexagon."""

import h3.api.basic_int as h3
import numpy as np
import pytest
import shapely

from geo.crs import to_national_grid, to_wgs84
from geo.hubs.points import home_points, spread_in_cells_m
from geo.places.travel import PlacePoints, straight_line
from geo.scenario import ReachOptions


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
    site = [[hexagon.centroid.x + offset_m, hexagon.centroid.y]]
    one_by_one = straight_line(PlacePoints(people, np.zeros(len(people))), site, ReachOptions()).minutes
    middle = PlacePoints(np.array([[hexagon.centroid.x, hexagon.centroid.y]]), spread_in_cells_m(np.array([cell])))
    estimate = straight_line(middle, site, ReachOptions()).minutes[0, 0]
    assert estimate == pytest.approx(np.sqrt(np.mean(one_by_one**2)), rel=0.01)


def test_homes_stand_at_the_mean_point_of_their_cell(make_need) -> None:
    _, grid = make_need([(0, 1), (700, 0)])
    places = home_points(grid.cells)
    assert places.points[:, 0].tolist() == [600_000.0, 600_700.0]
    assert places.spread_m == pytest.approx([340, 340], rel=0.1)
