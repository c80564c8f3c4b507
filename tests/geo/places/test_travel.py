"""Minutes from places to sites: by hand, against networkx, and by what must always hold."""

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.places.streets_travel import along_streets
from geo.places.travel import PlacePoints, straight_line
from geo.scenario import ReachOptions, TravelOptions
from tests.geo.places.street_towns import CORNER, grid_town, oracle_graph, streets

ROAD = {"highway": "residential", "maxspeed": "40"}
WALK = ReachOptions(walk_km_per_hour=6, detour=1.5)  # 100 m a minute
HALF = TravelOptions(share_of_limit=0.6)  # 24 km/h where 40 is posted: 400 m a minute
SPOTS = {"A": (0, 0), "B": (1000, 0), "C": (1000, 1000), "D": (0, 1000)}


def at(*spots, spread=0.0) -> PlacePoints:
    return PlacePoints(np.array(spots, dtype=float).reshape(-1, 2) + CORNER, np.full(len(spots), float(spread)))


def there(*spots):
    return np.array(spots, dtype=float).reshape(-1, 2) + CORNER


def test_a_walk_round_the_corner_is_measured_along_the_streets() -> None:
    town = streets(SPOTS, [("ABC", ROAD)])
    found = along_streets(town, at((0, 0)), there((1000, 1000), (500, 0)), WALK)
    assert found.minutes[0] == pytest.approx([20, 5], abs=0.02)
    assert (found.label, found.along_streets) == ("on foot along streets at 6 km/h", True)


def test_the_way_to_the_street_is_walked_and_told() -> None:
    town = streets(SPOTS, [("ABC", ROAD)])
    found = along_streets(town, at((100, -200)), there((600, 50)), WALK)
    assert found.minutes[0, 0] == pytest.approx(2 + 5 + 0.5, abs=0.02)
    assert (found.place_snap_m[0], found.site_snap_m[0]) == (pytest.approx(200, abs=0.5), pytest.approx(50, abs=0.5))


def test_a_one_way_street_is_driven_round_the_block_and_walked_straight_back() -> None:
    town = streets(SPOTS, [("AB", ROAD | {"oneway": "yes"}), ("BC", ROAD), ("CD", ROAD), ("DA", ROAD)])
    by_car = along_streets(town, at((0, 0), (1000, 0)), there((1000, 0), (0, 0)), WALK, mode="drive", travel=HALF)
    assert by_car.minutes == pytest.approx(np.array([[2.5, 0], [0, 7.5]]), abs=0.02)
    on_foot = along_streets(town, at((1000, 0)), there((0, 0)), WALK)
    assert on_foot.minutes[0, 0] == pytest.approx(10, abs=0.02)


def test_behind_on_a_one_way_street_is_all_the_way_round() -> None:
    town = streets(SPOTS, [("AB", ROAD | {"oneway": "yes"}), ("BC", ROAD), ("CD", ROAD), ("DA", ROAD)])
    found = along_streets(town, at((600, 0)), there((700, 0), (500, 0)), WALK, mode="drive", travel=HALF)
    assert found.minutes[0] == pytest.approx([0.25, 9.75], abs=0.02)


def test_who_stands_at_the_mouth_of_a_one_way_street_may_leave_by_the_others() -> None:
    ways = [("AB", ROAD | {"oneway": "yes"}), ("BC", ROAD), ("CD", ROAD), ("DA", ROAD)]
    town = streets(SPOTS, ways)
    found = along_streets(town, at((-1, -1)), there((0, 1000)), WALK, mode="drive", travel=HALF)
    assert found.minutes[0, 0] == pytest.approx(2.5, abs=0.05)


def test_cars_keep_a_share_of_the_posted_limit_else_of_the_class_of_road() -> None:
    town = streets(SPOTS, [("AB", ROAD), ("BC", {"highway": "primary"})])
    options = TravelOptions(share_of_limit=0.5)
    found = along_streets(town, at((0, 0)), there((1000, 1000)), WALK, mode="drive", travel=options)
    assert found.minutes[0, 0] == pytest.approx(60 / 20 + 60 / 40, abs=0.02)
    assert found.label == "by car along streets at 50 % of the speed limit"


def test_a_bollard_sends_cars_round_and_lets_people_through() -> None:
    town = streets(SPOTS | {"X": (500, 0)}, [("AXB", ROAD), ("BCDA", ROAD)], X={"barrier": "bollard"})
    by_car = along_streets(town, at((400, 0)), there((600, 0)), WALK, mode="drive", travel=HALF)
    on_foot = along_streets(town, at((400, 0)), there((600, 0)), WALK)
    assert by_car.minutes[0, 0] == pytest.approx(3.8 * 2.5, abs=0.02)
    assert on_foot.minutes[0, 0] == pytest.approx(2, abs=0.02)


def test_a_place_and_a_site_far_from_every_street_are_cut_off_and_measured_to() -> None:
    town = streets(SPOTS, [("ABC", ROAD)])
    found = along_streets(town, at((0, 0), (0, -5000)), there((500, 0), (9000, 0)), WALK)
    assert found.cut_off_places.tolist() == [False, True]
    assert found.cut_off_sites.tolist() == [False, True]
    assert np.isfinite(found.minutes).tolist() == [[True, False], [False, False]]
    assert found.site_snap_m[1] == pytest.approx(8000, abs=2)


def test_a_site_on_streets_that_do_not_join_up_is_measured_from_those_that_do() -> None:
    spots = SPOTS | {"X": (3000, 0), "Y": (3100, 0)}
    town = streets(spots, [("ABC", ROAD), ("XY", ROAD)])
    found = along_streets(town, at((0, 0)), there((3050, 0)), WALK)
    assert found.cut_off_sites.tolist() == [True]


def test_nothing_longer_than_the_longest_journey_is_measured() -> None:
    town = streets(SPOTS, [("ABC", ROAD)])
    found = along_streets(
        town, at((0, 0)), there((1000, 0), (1000, 1000)), WALK, travel=TravelOptions(longest_minutes=15)
    )
    assert np.isfinite(found.minutes[0]).tolist() == [True, False]
    assert found.cutoff_minutes == 15


def test_the_spread_of_homes_enters_as_it_does_for_straight_lines() -> None:
    town = streets(SPOTS, [("ABC", ROAD)])
    found = along_streets(town, at((0, 0), spread=400), there((0, 0), (800, 0)), WALK)
    assert found.minutes[0] == pytest.approx([6, 10], abs=0.02)  # 400 m x 1.5 is 6 minutes; 6 and 8 make 10


def test_without_places_or_sites_the_matrix_is_empty() -> None:
    town = streets(SPOTS, [("ABC", ROAD)])
    assert along_streets(town, at(), there((0, 0)), WALK).minutes.shape == (0, 1)
    assert along_streets(town, at((0, 0)), there(), WALK).minutes.shape == (1, 0)


def test_without_a_street_everybody_is_cut_off() -> None:
    found = along_streets(streets(SPOTS, []), at((0, 0)), there((0, 0)), WALK, mode="drive")
    assert found.cut_off_places.all()
    assert found.cut_off_sites.all()
    assert np.isinf(found.minutes).all()


@pytest.mark.parametrize(
    "measure", [straight_line, lambda *args, **named: along_streets(streets(SPOTS, []), *args, **named)]
)
def test_a_bus_is_refused_in_a_sentence(measure) -> None:
    with pytest.raises(BadInputError, match="timetable"):
        measure(at((0, 0)), there((1, 1)), WALK, mode="bus")


def test_a_straight_line_says_what_it_is_on_foot_and_by_car() -> None:
    on_foot = straight_line(at((0, 0)), there((0, 1000)), WALK)
    by_car = straight_line(at((0, 0)), there((0, 1000)), WALK, mode="drive")
    assert on_foot.label == "on foot at 6 km/h, straight line x 1.5 (no streets loaded)"
    assert by_car.label == "by car at 30 km/h, straight line x 1.5 (no streets loaded)"
    assert (on_foot.minutes[0, 0], by_car.minutes[0, 0]) == (15, pytest.approx(3))
    assert (on_foot.along_streets, on_foot.cutoff_minutes) == (False, np.inf)


@pytest.mark.parametrize("mode", ["walk", "drive"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_minutes_are_those_of_networkx_with_every_point_put_into_the_graph(mode, seed) -> None:
    town, travel = grid_town(9, seed=seed), TravelOptions(longest_minutes=25)
    rng = np.random.default_rng(seed)
    starts = PlacePoints(rng.uniform(-50, 850, (40, 2)) + CORNER, np.zeros(40))
    ends = rng.uniform(-50, 850, (25, 2)) + CORNER
    found = along_streets(town, starts, ends, ReachOptions(), mode=mode, travel=travel)
    expected = by_networkx(town.network(mode, ReachOptions(), travel), starts.points, ends)
    expected += (found.place_snap_m[:, None] + found.site_snap_m[None, :]) / 80
    expected[expected > 25] = np.inf
    np.testing.assert_allclose(found.minutes, expected, rtol=1e-9)
    assert np.isfinite(expected).mean() > 0.1


def by_networkx(network, starts, ends):
    """Split every street at the points on it, and let networkx find the way."""
    points = np.vstack([starts, ends])
    street = np.array([int(np.argmin(shapely.distance(network.lines, shapely.Point(spot)))) for spot in points])
    along = shapely.line_locate_point(network.lines[street], shapely.points(points))
    graph = nx.DiGraph()
    for number, line in enumerate(network.lines):
        on = np.flatnonzero(street == number)
        stops = [("junction", int(network.start[number])), *(("point", int(row)) for row in on[np.argsort(along[on])])]
        stops.append(("junction", int(network.end[number])))
        metres = [0.0, *np.sort(along[on]).tolist(), float(line.length)]
        for tail, head, gap in zip(stops, stops[1:], np.diff(metres).tolist(), strict=False):
            if network.ways[number] & 1:
                graph.add_edge(tail, head, weight=gap * network.pace[number])
            if network.ways[number] & 2:
                graph.add_edge(head, tail, weight=gap * network.pace[number])
    found = np.full((len(starts), len(ends)), np.inf)
    for row in range(len(starts)):
        lengths = nx.single_source_dijkstra_path_length(graph, ("point", row))
        for column in range(len(ends)):
            found[row, column] = lengths.get(("point", len(starts) + column), np.inf)
    return found


def test_minutes_between_junctions_are_those_of_networkx() -> None:
    network = grid_town(12, seed=7).network("drive", ReachOptions(), TravelOptions())
    graph = oracle_graph(network)
    backward = network.backward.toarray().T
    for tail, head, minutes in graph.edges(data="weight"):
        assert backward[tail, head] == minutes
    assert np.count_nonzero(backward) == graph.number_of_edges()


coordinates = st.tuples(st.floats(-300, 1_300), st.floats(-300, 1_300))
TOWN = grid_town(11, seed=5)


@settings(max_examples=40, deadline=None)
@given(st.lists(coordinates, min_size=1, max_size=6), st.lists(coordinates, min_size=1, max_size=4))
def test_no_walk_is_shorter_than_the_straight_line_and_each_is_as_long_back(starts, ends) -> None:
    out = along_streets(TOWN, at(*starts), there(*ends), ReachOptions())
    back = along_streets(TOWN, at(*ends), there(*starts), ReachOptions())
    straight = straight_line(at(*starts), there(*ends), ReachOptions(detour=1))
    assert (out.minutes >= straight.minutes - 1e-6).all()
    np.testing.assert_allclose(out.minutes, back.minutes.T, rtol=1e-9, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_the_sites_changes_nothing(order) -> None:
    spots = [(100, 100), (300, 700), (900, 50), (0, 1000), (450, 450), (800, 800)]
    places = at((20, 20), (500, 900))
    plain = along_streets(TOWN, places, there(*spots), ReachOptions(), mode="drive").minutes
    turned = along_streets(TOWN, places, there(*[spots[row] for row in order]), ReachOptions(), mode="drive").minutes
    assert np.array_equal(plain[:, list(order)], turned)


def test_a_straight_line_is_the_root_mean_square_over_the_homes_of_a_cell() -> None:
    rng = np.random.default_rng(3)
    homes = rng.normal(0, 300, (4_000, 2))
    homes -= homes.mean(axis=0)
    spread = np.sqrt((homes**2).sum(axis=1).mean())
    found = straight_line(at((0, 0), spread=spread), there((700, -200)), ReachOptions(detour=1)).minutes[0, 0]
    assert found == pytest.approx(np.sqrt((((homes - [700, -200]) ** 2).sum(axis=1)).mean()) / 80, rel=1e-9)
