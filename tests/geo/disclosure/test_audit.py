"""What can be worked out: by hand, and against every table there can be, one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.disclosure.atoms import NO_ATOMS
from geo.disclosure.audit import audit
from geo.errors import BadInputError
from tests.geo.disclosure.tables import atoms_of, draft, hexagons, total_of, wards, year

LARGEST = 60  # of the counts that are tried one by one


def ranges(*tables, external=(), atoms=NO_ATOMS):
    return [(found.low, found.high) for found in audit(tables, atoms=atoms, external=external).ranges]


def test_one_hidden_count_is_what_the_total_leaves():
    """25 is 23 to 27 and 20 is 18 to 22, so the hidden one is 1 to 9 on paper."""
    assert ranges(draft([3, 20, 0])) == [(1, 9)]


def test_an_exact_total_narrows_it():
    found = audit([draft([3, 20, 0])], atoms=NO_ATOMS, external=[total_of(23)])
    assert [(one.low, one.high, one.impossible) for one in found.ranges] == [(1, 5, (6, 7))]
    assert not found.protected


def test_a_hidden_nought_in_an_area_of_few_homes_may_be_one():
    assert ranges(draft([0, 20, 30], homes=[60, 900, 900])) == [(0, 6)]


def test_two_hidden_counts_below_the_floor_of_homes_have_no_limit_but_the_total():
    assert ranges(draft([4, 30, 9], homes=[30, 30, 900])) == [(0, 39), (0, 39)]


def test_nothing_hidden_nothing_to_find():
    assert audit([draft([9, 0, 30])], atoms=NO_ATOMS).ranges == ()


def test_the_year_that_was_left_out_is_the_difference():
    """Hidden in 2024, but 2023 shows 15 and both years 15: so in 2024 there were at most 4."""
    both, first = draft([16, 40], wards(year(2023, 2024))), draft([15, 20], wards(year(2023)))
    assert ranges(both, first, draft([1, 20], wards(year(2024)))) == [(1, 4)]


def test_a_hexagon_that_is_a_ward_and_a_bit_tells_of_the_ward():
    """Hexagon 7 is ward A and a bit of B; the rest of B, hexagon 8, shows 30 as B does: so the bit is at most 4."""
    atoms = atoms_of((7, "A"), (7, "B"), (8, "B"))
    assert ranges(draft([7, 30]), atoms=atoms) == [(1, 9)]
    assert ranges(draft([7, 30]), draft([8, 29], hexagons()), atoms=atoms) == [(4, 9)]


def test_tables_that_contradict_one_another_get_a_sentence():
    with pytest.raises(BadInputError, match="cannot all be true"):
        audit([draft([3, 20]), draft([3, 40])], atoms=NO_ATOMS)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([0, 1, 2, 5, 7, 8, 9, 13]), min_size=2, max_size=3),
    st.sampled_from([None, 1, 5, 10]),
    st.lists(st.sampled_from([30.0, 70.0, 2000.0]), min_size=3, max_size=3),
)
def test_a_single_table_against_every_table_there_can_be(counts, rounded_to, homes):
    table = draft(counts, homes=homes[: len(counts)])
    external = []
    if rounded_to:
        half = rounded_to // 2
        external = [total_of((sum(counts) + half) // rounded_to * rounded_to, rounded_to=rounded_to)]
    found = {one.title: (one.low, one.high) for one in audit([table], atoms=NO_ATOMS, external=external).ranges}
    tried = by_trying(table, external)
    assert set(found) == set(tried)
    for title, (low, high) in tried.items():
        assert found[title] == (low, high) or (high == LARGEST and found[title][0] == low), title


def by_trying(table, external):
    """Enumerate every table with at most LARGEST clients an area that agrees with what is published."""
    figures = (*table.figures, table.total)
    axes = np.meshgrid(*[np.arange(LARGEST + 1)] * len(table.figures), indexing="ij")
    whole = [*axes, sum(axes)]
    inside = np.full(axes[0].shape, fill_value=True)
    for other in external:  # it counts clients without a place too, however many
        inside &= whole[-1] <= other.figures[0].interval[1]
    spans = {}
    for target, values in zip(figures, whole, strict=True):
        if target.value is None:
            agrees = [within(figure, count, figure is target) for figure, count in zip(figures, whole, strict=True)]
            left = values[inside & np.logical_and.reduce(agrees)]
            name = target.name or "the total"
            spans[f"{name} ({table.topic.in_words})"] = (left.min(), min(left.max(), LARGEST))
    return spans


def within(figure, count, is_target):
    least = 0 if figure.may_be_nought else 1
    if figure.value is not None:
        return (count >= max(figure.value - 2, 8)) & (count <= figure.value + 2) if figure.value else count == 0
    if is_target or figure.why == "few_homes":
        return count >= (least if is_target else 0)
    return (count >= least) & (count <= 7)


def test_a_million_clients_are_no_trouble():
    counts = np.array([3, 1_000_003, 999_998])
    assert ranges(draft(counts)) == [(1, 6)]
