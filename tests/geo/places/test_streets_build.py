"""Streets drawn by hand become a network: junctions, barriers, and what does not join up."""

import numpy as np
import pytest

from geo.places.streets import Streets
from geo.scenario import ReachOptions, TravelOptions
from tests.geo.places.street_towns import drawn, joined, streets

ROAD = {"highway": "residential"}
PATH = {"highway": "footway"}
# B is a bend; C is where the lane to E leaves the road from A to D.
SPOTS = {"A": (0, 0), "B": (100, 50), "C": (200, 0), "D": (300, 0), "E": (200, 100)}


def test_a_bend_is_no_junction_and_keeps_its_length() -> None:
    network = joined(drawn(SPOTS, [("ABCD", ROAD), ("CE", ROAD)]))
    assert len(network.table) == 3
    assert network.walk.junctions == 4
    assert sorted(network.table.length.round(1)) == [100.0, 100.0, pytest.approx(2 * np.hypot(100, 50), abs=0.2)]
    assert network.walk.km == pytest.approx((200 + 2 * np.hypot(100, 50)) / 1000, abs=0.001)


def test_a_bollard_stops_cars_and_nobody_on_foot() -> None:
    found = joined(drawn(SPOTS, [("ABCD", ROAD), ("CE", ROAD)], B={"barrier": "bollard"}))
    assert (found.walk.cut_pieces, found.walk.km) == (0, pytest.approx(0.424, abs=0.001))
    assert (found.drive.cut_pieces, found.drive.cut_km) == (1, pytest.approx(np.hypot(100, 50) / 1000, abs=0.001))


def test_a_gate_that_is_shut_parts_the_street_for_both() -> None:
    found = joined(drawn(SPOTS, [("ABCD", ROAD), ("CE", ROAD)], C={"barrier": "gate", "access": "no"}))
    assert (found.walk.cut_pieces, found.drive.cut_pieces) == (2, 2)  # the longest of the three pieces is kept


def test_streets_that_do_not_join_up_are_cut_and_counted() -> None:
    spots = SPOTS | {"X": (900, 900), "Y": (1000, 900), "Z": (990, 990)}
    found = joined(drawn(spots, [("ABCD", ROAD), ("CE", ROAD), ("XY", ROAD), ("YZ", PATH)]))
    assert found.walk.cut_pieces == found.drive.cut_pieces == 1
    assert found.walk.cut_km == pytest.approx(0.1905, abs=0.001)
    assert found.drive.cut_km == pytest.approx(0.1, abs=0.001)
    assert found.walk.largest_cut_km == found.walk.cut_km
    assert len(found.table) == 3


def test_totals_in_are_totals_out_in_kilometres() -> None:
    spots = SPOTS | {"X": (900, 900), "Y": (1000, 900)}
    found = joined(drawn(spots, [("ABCD", ROAD), ("CE", ROAD), ("XY", ROAD)]))
    assert found.walk.km + found.walk.cut_km == pytest.approx(0.5236, abs=0.001)


def test_a_one_way_street_into_nowhere_is_no_place_to_drive_to() -> None:
    found = joined(drawn(SPOTS, [("ABCD", ROAD), ("CE", ROAD | {"oneway": "yes"})]))
    assert (found.drive.cut_pieces, found.walk.cut_pieces) == (1, 0)


def test_a_roundabout_is_driven_round_one_way() -> None:
    spots = {"A": (0, 0), "B": (20, 20), "C": (40, 0), "D": (20, -20), "W": (-200, 0), "E": (240, 0)}
    found = joined(
        drawn(spots, [("ADCBA", {"highway": "primary", "junction": "roundabout"}), ("WA", ROAD), ("CE", ROAD)])
    )
    assert (found.drive.cut_pieces, found.drive.junctions) == (0, 4)


def test_two_streets_between_the_same_junctions_are_both_kept_and_the_quicker_counts() -> None:
    town = streets(SPOTS, [("ABC", ROAD), ("AC", ROAD), ("CD", ROAD)])
    network = town.network("walk", ReachOptions(), TravelOptions())
    assert len(network.lines) == 3
    assert network.backward.nnz == 4
    assert sorted((network.backward.data * 80).round()) == [100, 100, 200, 200]  # 80 m a minute


def test_a_street_that_ends_where_it_began_is_kept_to_stand_on() -> None:
    town = streets({"A": (0, 0), "B": (50, 50), "C": (50, -50), "D": (-100, 0)}, [("ABCA", ROAD), ("DA", ROAD)])
    assert len(town.table) == 2


def test_no_street_at_all_is_an_empty_network() -> None:
    found = joined(drawn({"A": (0, 0), "B": (1, 1)}, []))
    assert (len(found.table), found.walk.junctions, found.drive.km) == (0, 0, 0)
    assert Streets(found.table).network("drive", ReachOptions(), TravelOptions()).junctions == 0


def test_a_point_is_put_on_the_street_itself_not_on_its_end() -> None:
    town = streets({"A": (0, 0), "B": (1000, 0)}, [("AB", ROAD)])
    network = town.network("walk", ReachOptions(), TravelOptions())
    snapped = network.snap([[400_300, 400_040]])
    assert snapped.snap_m[0] == pytest.approx(40, abs=0.2)
    assert snapped.along_m[0] == pytest.approx(300, abs=0.5)


def test_nobody_sets_out_on_a_motorway() -> None:
    ways = [("AB", {"highway": "motorway", "oneway": "no"}), ("BC", ROAD)]
    town = streets({"A": (0, 0), "B": (1000, 0), "C": (1000, 500)}, ways)
    network = town.network("drive", ReachOptions(), TravelOptions())
    assert network.snap([[400_200, 400_000]]).snap_m[0] == pytest.approx(800, abs=1)
