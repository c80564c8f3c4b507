"""Walks to and from stops along streets, on two short streets 60 km apart."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.places import bus_streets
from geo.places.bus import by_bus
from geo.places.bus_streets import street_walks
from geo.places.streets import Streets
from geo.places.travel import PlacePoints
from geo.scenario import Scenario
from geo.schema import STREETS
from tests.geo.places.buses import AT_TEN, FAR, FAR_HOME, FAR_HUB, PLAIN, WALK, timetable

SCENARIO = Scenario(bus=PLAIN, reach=WALK)
# From home 100 m north, 200 m east and 100 m south to the stop West: 4 minutes where the straight line takes 2.
ROUND_THE_BLOCK = [(599_800, 422_000), (599_800, 422_100), (600_000, 422_100), (600_000, 422_000)]
TO_THE_HUB = [(660_000, 422_000), (660_300, 422_000)]


@pytest.fixture(scope="module")
def streets():
    lines = [shapely.LineString(points) for points in (ROUND_THE_BLOCK, TO_THE_HUB)]
    numbers = {f"{mode}_{end}": [at, at + 2] for mode in ("walk", "drive") for end, at in (("from", 0), ("to", 1))}
    said = {"road": "residential", "km_per_hour": 0.0, "name": "", "lit": "not known"}
    table = {**said, "walk_ways": 3, "drive_ways": 3, **numbers}
    return Streets(STREETS.validate(gpd.GeoDataFrame(table, geometry=lines, crs=27700)[list(STREETS.columns)]))


def ask(streets, *homes, spread=0.0):
    made = timetable([["West 9:00", "East 9:40"]], stops=FAR)
    places = PlacePoints(np.array(homes, dtype=float), np.full(len(homes), spread))
    walks = street_walks(streets, made, places, [FAR_HUB], SCENARIO)
    return by_bus(made, places, [FAR_HUB], AT_TEN, PLAIN, on_foot=walks).typical


def test_the_walk_to_the_stop_follows_the_street(streets) -> None:
    """4 minutes' walk, 2 at the stop, the bus at 9:00: out at 8:54."""
    found = ask(streets, FAR_HOME)
    assert found.minutes[0, 0] == pytest.approx(66)
    assert found.along_streets
    assert "on foot along streets at 6 km/h" in found.label


def test_homes_spread_around_a_place_walk_further_along_streets_too(streets) -> None:
    """4 minutes from the middle and 3 for the spread: 5 in the root of the mean square."""
    assert ask(streets, FAR_HOME, spread=300.0).minutes[0, 0] == pytest.approx(67)


def test_a_place_without_a_street_is_cut_off(streets) -> None:
    found = ask(streets, FAR_HOME, (630_000.0, 422_000.0))
    assert np.isfinite(found.minutes[:, 0]).tolist() == [True, False]
    assert found.cut_off_places.tolist() == [False, True]


def test_places_are_measured_a_group_at_a_time(streets, monkeypatch) -> None:
    homes = [FAR_HOME, (599_800.0, 422_100.0), (630_000.0, 422_000.0), (600_000.0, 422_050.0), FAR_HOME]
    together = ask(streets, *homes).minutes
    monkeypatch.setattr(bus_streets, "_PLACES_AT_ONCE", 2)
    np.testing.assert_array_equal(ask(streets, *homes).minutes, together)
    assert together[:, 0] == pytest.approx([66, 65, np.inf, 62.5, 66])
