"""Ways on foot between points: the shortest as networkx finds them, the lit ones by hand, all as long as drawn."""

import itertools
from functools import partial

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.places.shortest import shortest_minutes
from geo.places.street_ways import walking_ways
from geo.scenario import ReachOptions, TravelOptions
from tests.geo.places.street_towns import CORNER, grid_town, streets

PACE = ReachOptions(walk_km_per_hour=6)  # 100 metres a minute
LIT = {"highway": "residential", "lit": "yes"}
DARK = {"highway": "footway", "lit": "no"}
# A short dark path from A to B, and a lit street round by C and D that is twice as long.
SPOTS = {"A": (0, 0), "B": (200, 0), "C": (0, 100), "D": (200, 100)}
about = partial(pytest.approx, abs=1e-4)  # the spots go by degrees, and come back within a millimetre
PARK = streets(SPOTS, [("AB", DARK | {"name": "Park Path"}), ("ACDB", LIT | {"name": "Ring Road"})])
ENDS = [(CORNER, CORNER + 60), (CORNER + 200, CORNER + 60)]  # on either side of the ring, 60 m above the path


@pytest.fixture(scope="module")
def town():
    made = grid_town(12, seed=5)
    made.table["walk_ways"] = made.table["drive_ways"]  # one-way signs that bind walkers too
    return made


@pytest.fixture(scope="module")
def points():
    rng = np.random.default_rng(8)
    return rng.uniform(-50, 1150, (25, 2)) + CORNER


def by_networkx(town, ways, factor: float) -> np.ndarray:
    """Weighted metres from point to point, by another hand: every street with a point on it is cut there."""
    network = town.network("walk", PACE, TravelOptions())
    graph = nx.DiGraph()
    for number, line in enumerate(network.lines):
        on = np.flatnonzero(ways.snapped.street == number)
        on = on[np.argsort(ways.snapped.along_m[on], kind="stable")]
        stops = [(0.0, int(network.start[number])), *((ways.snapped.along_m[i], f"p{i}") for i in on)]
        stops.append((line.length, int(network.end[number])))
        dear = factor if network.lit[number] == "unlit" else 1.0
        for (before, tail), (after, head) in itertools.pairwise(stops):
            for allowed, pair in ((1, (tail, head)), (2, (head, tail))):
                metres = (after - before) * dear
                if network.ways[number] & allowed and metres < graph.get_edge_data(*pair, {"w": np.inf})["w"]:
                    graph.add_edge(*pair, w=metres)
    found = [nx.single_source_dijkstra_path_length(graph, f"p{i}", weight="w") for i in range(len(ways.off))]
    return np.array([[row.get(f"p{j}", np.inf) for j in range(len(found))] for row in found])


def weighted(ways, factor: float) -> np.ndarray:
    count = range(len(ways.off))
    shares = np.array([[ways.unlit_share(i, j) for j in count] for i in count])
    return ways.minutes * 100 * (1 + shares * (factor - 1))


def test_without_a_wish_for_light_the_minutes_are_those_of_every_other_journey(town, points) -> None:
    ways = walking_ways(town, points, PACE)
    network = town.network("walk", PACE, TravelOptions())
    expected = shortest_minutes(network, ways.snapped, ways.snapped, limit=500)
    np.testing.assert_allclose(ways.minutes, expected, atol=1e-6)
    np.testing.assert_allclose(ways.minutes * 100, by_networkx(town, ways, 1.0), atol=1e-6)
    assert not np.allclose(ways.minutes, ways.minutes.T)  # the one-way signs are kept to


@pytest.mark.parametrize("factor", [1.5, 4.0])
def test_with_a_wish_for_light_the_weighted_ways_are_the_shortest(town, points, factor) -> None:
    ways = walking_ways(town, points, PACE, unlit_factor=factor)
    np.testing.assert_allclose(weighted(ways, factor), by_networkx(town, ways, factor), atol=1e-4)
    plain = walking_ways(town, points, PACE)
    assert (ways.minutes >= plain.minutes - 1e-9).all()
    assert (ways.minutes > plain.minutes + 0.1).any()


def test_every_line_begins_and_ends_at_its_points_and_is_as_long_as_its_minutes_say(town, points) -> None:
    ways = walking_ways(town, points, PACE, unlit_factor=2)
    network = town.network("walk", PACE, TravelOptions())
    on = shapely.line_interpolate_point(network.lines[ways.snapped.street], ways.snapped.along_m)
    ground = shapely.union_all(network.lines).buffer(0.01)
    for i in range(len(points)):
        for j in np.flatnonzero(np.isfinite(ways.minutes[i]) & (np.arange(len(points)) != i)).tolist():
            line = ways.line(i, j)
            assert line.length == pytest.approx(ways.minutes[i, j] * 100, abs=1e-6)
            ends = [shapely.Point(line.coords[at]) for at in (0, -1)]
            assert max(ends[0].distance(on[i]), ends[1].distance(on[j])) < 1e-6
            assert i or ground.covers(line)


def test_a_dark_path_is_walked_until_its_darkness_counts_for_more_than_the_way_round() -> None:
    wide = streets(SPOTS | {"C": (0, 300), "D": (200, 300)}, [("AB", DARK), ("ACDB", LIT)])
    short, lit = (walking_ways(wide, ENDS, PACE, unlit_factor=factor) for factor in (1.0, 3.0))
    assert (short.minutes[0, 1], short.unlit_share(0, 1)) == (about(3.2), about(200 / 320))
    assert (lit.minutes[0, 1], lit.unlit_share(0, 1)) == (about(6.8), 0)
    assert lit.line(0, 1).length == about(680, abs=0.01)
    assert "a metre of an unlit street counts as 3" in lit.told


def test_where_lighting_is_not_known_it_counts_as_lit_and_that_is_said() -> None:
    unsaid = streets(SPOTS, [("AB", {"highway": "footway"}), ("ACDB", LIT)])
    ways = walking_ways(unsaid, [(CORNER, CORNER), (CORNER + 200, CORNER)], PACE, unlit_factor=9)
    assert (ways.minutes[0, 1], ways.unknown_share(0, 1), ways.unlit_share(0, 1)) == (about(2), about(1), 0)
    assert "does not tell count as lit: 100%" in ways.told


def test_where_two_ways_count_the_same_there_is_light() -> None:
    even = streets(SPOTS, [("AB", DARK), ("ACDB", LIT)])
    even.table.geometry = shapely.set_precision(even.table.geometry.to_numpy(), 1)  # to whole metres: 200 and 400
    ways = walking_ways(even, [(CORNER, CORNER), (CORNER + 200, CORNER)], PACE, unlit_factor=2)
    assert ways.minutes.tolist() == [[0, 4], [4, 0]]
    assert ways.unlit_share(0, 1) == ways.unlit_share(1, 0) == 0


def test_a_street_gives_its_name_and_a_path_without_one_that_of_a_street_near_it() -> None:
    spots = {"A": (0, 0), "B": (0, 50), "C": (0, 800)}
    made = streets(spots, [("AB", LIT | {"name": "Bell Street"}), ("BC", DARK)])
    places = [(CORNER + 5, CORNER + at) for at in (20, 90, 700)] + [(CORNER + 900, CORNER)]
    ways = walking_ways(made, places, PACE)
    assert ways.street_names.tolist() == ["Bell Street", "near Bell Street", "", ""]
    assert ways.lit.tolist() == ["lit", "unlit", "unlit", "not known"]
    assert ways.off.tolist() == [False, False, False, True]


def test_a_point_off_the_network_has_no_way_and_no_line() -> None:
    ways = walking_ways(PARK, [*ENDS, (CORNER + 5000, CORNER), (np.nan, np.nan)], PACE)
    assert ways.off.tolist() == [False, False, True, True]
    assert np.isinf(ways.minutes[2:, :2]).all()
    assert np.isinf(ways.minutes[:2, 2:]).all()
    assert (np.diag(ways.minutes) == 0).all()
    assert ways.line(0, 2).is_empty
    assert ways.line(2, 0).is_empty
    assert ways.line(1, 1).is_empty
    assert ways.unlit_share(0, 2) == 0


def test_points_at_one_place_are_no_minutes_apart_even_on_a_one_way_street() -> None:
    ring = streets(SPOTS, [("ABDCA", LIT | {"oneway:foot": "yes"})])
    ways = walking_ways(ring, [(CORNER + 50, CORNER), (CORNER + 50, CORNER), (CORNER + 150, CORNER)], PACE)
    assert ways.minutes.round(6).tolist() == [[0, 0, 1], [0, 0, 1], [5, 5, 0]]  # back only by the rest of the ring


def test_no_points_and_no_streets_give_an_empty_answer() -> None:
    assert walking_ways(PARK, np.empty((0, 2)), PACE).minutes.shape == (0, 0)
    nowhere = type(PARK)(PARK.table.iloc[:0])
    ways = walking_ways(nowhere, ENDS, PACE, unlit_factor=2)
    assert ways.off.all()
    assert ways.line(0, 1).is_empty
    assert walking_ways(nowhere, np.empty((0, 2)), PACE).minutes.shape == (0, 0)


@pytest.mark.parametrize("factor", [0.5, 0, -1, float("nan"), float("inf")])
def test_a_factor_that_makes_darkness_dear_to_nobody_is_refused(factor) -> None:
    with pytest.raises(BadInputError, match="give a number of 1 or more"):
        walking_ways(PARK, ENDS, PACE, unlit_factor=factor)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000), factor=st.sampled_from([1.0, 2.0, 5.0]))
def test_where_walkers_may_go_both_ways_the_matrix_is_symmetric_and_keeps_the_triangle(seed, factor) -> None:
    town = grid_town(5, seed=seed)
    spots = np.random.default_rng(seed).uniform(0, 400, (6, 2)) + CORNER
    ways = walking_ways(town, spots, PACE, unlit_factor=factor)
    np.testing.assert_allclose(ways.minutes, ways.minutes.T, atol=1e-6)
    cost = weighted(ways, factor)
    detours = cost[:, :, None] + cost[None, :, :]
    assert (cost <= np.min(detours, axis=1) + 1e-4).all()
