"""How statements become sums over atoms, months and kinds of clients; and when linear programming is exact."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geo.disclosure.atoms import NO_ATOMS, place_atoms
from geo.disclosure.intruder import what_it_tells, what_others_tell
from geo.disclosure.slices import cut_clients, cut_time
from geo.disclosure.system import build_system, is_network
from geo.disclosure.topics import Geography, Period, Topic
from tests.geo.disclosure.tables import atoms_of, draft, total_of, wards, year


def test_one_table_is_a_row_for_each_area_and_one_for_the_total():
    system = build_system(what_it_tells(draft([3, 12, 20])), NO_ATOMS)
    assert system.matrix.toarray().sum(axis=1).tolist() == [1, 1, 1, 3]
    assert system.network


def test_an_official_total_has_room_for_clients_without_a_place():
    system = build_system((*what_it_tells(draft([3, 12])), *what_others_tell(total_of(15))), NO_ATOMS)
    assert system.matrix.toarray().sum(axis=1).tolist() == [1, 1, 2, 3]


def test_the_same_count_twice_is_one_row_with_both_bounds():
    system = build_system((*what_it_tells(draft([3, 12])), *what_it_tells(draft([3, 12]))), NO_ATOMS)
    assert system.matrix.shape[0] == 3
    assert system.row_of.tolist() == [0, 1, 2, 0, 1, 2]


def test_wards_and_hexagons_are_tied_by_the_postcodes_they_share():
    atoms = atoms_of((7, "A"), (7, "B"), (8, "B"))
    places = [(Geography("ward"), "B"), (Geography("h3_7"), "7"), (Geography("ward"), "Z"), (Geography("ward"), "")]
    found = place_atoms(atoms, places).astype(int).tolist()
    assert found == [[0, 1, 1, 0, 0], [1, 1, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 1, 0]]


def test_merged_hexagons_hold_their_cells():
    atoms = atoms_of((7, "A"), (7, "B")).assign(h3_8=[81, 82])
    merged = Geography("merged", ((81, "M"), (82, "N")))
    assert place_atoms(atoms, [(merged, "M")])[0].tolist() == [True, False, False]


def test_a_year_holds_its_quarters_and_a_span_its_years():
    quarter = Period("Q2", "2024-07", "2024-09")
    cut = cut_time([year(2024), quarter, year(2023, 2024), year(2021)])
    assert cut.sum(axis=1).tolist() == [3, 1, 4, 1]
    assert (cut[1] <= cut[0]).all()
    assert (cut[0] <= cut[2]).all()


def test_kinds_of_clients_are_cut_no_finer_than_the_filters_ask():
    route, reason = ("route", "self"), ("reason", "eviction")
    assert cut_clients([()]).shape == (1, 1)
    assert cut_clients([(), (route,), (("route", "other"),)]).shape == (3, 3)
    assert cut_clients([(), (route,), (reason,), (route, reason)]).shape == (4, 4)
    many = [()] + [((f"field {number}", value),) for number in range(6) for value in ("a", "b")]
    assert cut_clients(many).shape == (13, 3**6)


def test_years_and_pooled_years_by_one_geography_are_a_network_and_overlapping_filters_are_not():
    yearly = [what_it_tells(draft([9, 12], wards(year(first)))) for first in (2023, 2024)]
    pooled = what_it_tells(draft([18, 24], wards(year(2023, 2024))))
    assert build_system((*yearly[0], *yearly[1], *pooled), NO_ATOMS).network
    alone = what_it_tells(draft([9, 12], wards(year(2023, 2024), (("route", "self"),))))
    assert not build_system((*yearly[0], *yearly[1], *pooled, *alone), NO_ATOMS).network


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=5, unique_by=tuple))
def test_what_is_called_a_network_is_totally_unimodular(rows):
    """By the definition: every square part has determinant -1, 0 or 1."""
    matrix = np.array([row for row in rows if any(row)] or [[True] * 4], dtype=float)
    if not is_network(csr_array(matrix)):
        return
    for size in range(2, min(matrix.shape) + 1):
        for part in product(combinations(range(len(matrix)), size), combinations(range(4), size)):
            assert round(np.linalg.det(matrix[np.ix_(*part)])) in (-1, 0, 1)


def test_the_smallest_odd_cycle_is_no_network():
    assert not is_network(csr_array(np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=float)))


def test_a_table_by_the_whole_district_is_one_number():
    topic = Topic(Geography("district"), year(2024))
    assert place_atoms(atoms_of((7, "A")), [(topic.geography, "*")]).all()
    with pytest.raises(KeyError):
        place_atoms(atoms_of((7, "A")), [(Geography("street"), "A")])
