"""The ground from which a site is reached: by hand."""

import numpy as np
import pytest
import shapely

from geo.errors import BadInputError
from geo.places.isochrone import isochrone
from geo.places.streets_travel import along_streets
from geo.places.travel import PlacePoints
from geo.scenario import ReachOptions, TravelOptions
from tests.geo.places.street_towns import CORNER, grid_town, streets

ROAD = {"highway": "residential", "maxspeed": "40"}
WALK = ReachOptions(walk_km_per_hour=6, detour=1.5)  # 100 m a minute
SPOTS = {"A": (0, 0), "B": (1000, 0), "C": (1000, 1000), "D": (0, 1000)}


def site(x, y):
    return (CORNER + x, CORNER + y)


def test_without_streets_it_is_a_circle_with_the_detour() -> None:
    found = isochrone(None, site(0, 0), (10, 5), WALK)
    assert found["minutes"].tolist() == [5, 10]
    assert np.sqrt(found.area / np.pi).tolist() == pytest.approx([1000 / 3, 2000 / 3], rel=0.01)
    assert "no streets loaded" in found["label"].iloc[0]
    assert found.crs.to_epsg() == 27700


def test_along_a_street_it_reaches_as_far_as_one_walks_in_both_directions() -> None:
    found = isochrone(streets(SPOTS, [("ABC", ROAD)]), site(500, 0), (2, 8), WALK)
    west, south, east, north = (side - CORNER for side in found.geometry.iloc[0].bounds)
    assert (west, east) == (pytest.approx(250, abs=5), pytest.approx(750, abs=5))
    assert (south, north) == (pytest.approx(-50, abs=5), pytest.approx(50, abs=5))
    assert found.geometry.iloc[1].bounds[3] - CORNER == pytest.approx(350, abs=5)  # 300 m round the corner, and 50


def test_by_car_it_is_where_one_can_come_from_not_where_one_can_go() -> None:
    town = streets(SPOTS, [("AB", ROAD | {"oneway": "yes"}), ("BC", ROAD), ("CD", ROAD), ("DA", ROAD)])
    travel = TravelOptions(share_of_limit=0.6)  # 400 m a minute
    found = isochrone(town, site(500, 0), (1,), WALK, mode="drive", travel=travel)
    west, _, east, _ = (side - CORNER for side in found.geometry.iloc[0].bounds)
    assert (west, east) == (pytest.approx(50, abs=10), pytest.approx(550, abs=10))


def test_each_band_holds_the_shorter_ones_and_agrees_with_the_minutes() -> None:
    town = grid_town(25, seed=4)
    door = site(1200, 1200)
    found = isochrone(town, door, (5, 10, 15), ReachOptions())
    for inner, outer in zip(found.geometry, found.geometry.iloc[1:], strict=False):
        assert outer.buffer(5).contains(inner)
    network = town.network("walk", ReachOptions(), TravelOptions())
    spots = np.array([line.interpolate(0.5, normalized=True).coords[0] for line in network.lines])
    minutes = along_streets(town, PlacePoints(spots, np.zeros(len(spots))), [door], ReachOptions()).minutes[:, 0]
    inside = shapely.contains_xy(found.geometry.iloc[1], spots)
    assert inside[minutes < 9.9].all()
    assert minutes[inside].max() < 12  # what lies within 50 m of a street that was reached


def test_a_site_far_from_every_street_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInputError, match="within 1,000 m of the site"):
        isochrone(streets(SPOTS, [("ABC", ROAD)]), site(9000, 0), (10,), WALK)


@pytest.mark.parametrize("minutes", [(), (0,), (-5, 10), (float("inf"),), (float("nan"),)])
def test_minutes_that_are_none_are_refused(minutes) -> None:
    with pytest.raises(BadInputError, match="above 0"):
        isochrone(None, site(0, 0), minutes, WALK)


def test_a_minute_that_does_not_suffice_to_reach_the_street_is_a_spot_at_the_door() -> None:
    found = isochrone(streets(SPOTS, [("ABC", ROAD)]), site(500, -400), (1,), WALK)
    assert 0 < found.area.iloc[0] <= np.pi * 50**2
