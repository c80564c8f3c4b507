"""A way told stretch by stretch: the same line, street by street, in the order walked."""

import numpy as np
import pytest
import shapely

from geo.places.street_ways import walking_ways
from geo.scenario import ReachOptions
from tests.geo.walkabouts.walk_towns import CORNER, grid, town


def _at(*spots):
    return np.add(spots, CORNER)


def test_a_way_is_told_street_by_street_with_its_light() -> None:
    streets = town(
        ("High Street", "lit", (0.0, 0.0), (100.0, 0.0)),
        ("High Street", "lit", (100.0, 0.0), (200.0, 0.0)),
        ("Dark Lane", "unlit", (200.0, 0.0), (200.0, 100.0)),
    )
    ways = walking_ways(streets, _at((0, 0), (200, 100)), ReachOptions())
    told = [(one.name, one.lit, one.line.length) for one in ways.stretches(0, 1)]
    assert told == [("High Street", "lit", 200), ("Dark Lane", "unlit", 100)]
    assert [one.name for one in ways.stretches(1, 0)] == ["Dark Lane", "High Street"]
    assert ways.stretches(0, 0) == ()


def test_the_stretches_together_are_the_way() -> None:
    rng = np.random.default_rng(4)
    points = rng.uniform(0, 700, (6, 2)) + CORNER
    ways = walking_ways(grid(8, unlit=("Row 3",)), points, ReachOptions(), unlit_factor=2)
    for i, j in ((0, 1), (2, 5), (4, 3)):
        stretches = ways.stretches(i, j)
        whole = np.vstack([shapely.get_coordinates(one.line) for one in stretches])
        assert shapely.LineString(whole).length == pytest.approx(ways.line(i, j).length)
        dark = sum(one.line.length for one in stretches if one.lit == "unlit")
        assert dark / ways.line(i, j).length == pytest.approx(ways.unlit_share(i, j))


def test_a_point_stands_on_its_street() -> None:
    streets = town(("High Street", "lit", (0.0, 0.0), (100.0, 0.0)))
    ways = walking_ways(streets, _at((40, 30), (10, 0)), ReachOptions())
    assert ways.spot(0) == (CORNER[0] + 40, CORNER[1])
