"""Rows of domestic abuse keep their status and lose their place; their households' other rows too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.disclosure.district_only import is_district_only, keep_to_district, without_a_place
from tests.geo.evidence.rows import at, records

PLACED = {"h3_7": 7, "h3_8": 8, "ward": "W1", "lsoa": "L1", "area": "A1"}


@pytest.mark.parametrize(
    "said",
    [{"reason": "domestic abuse"}, {"source": "Women's Aid"}, {"feed": "Refuge outreach"}, {"source": "Yew  house"}],
)
def test_a_reason_a_source_a_feed_or_a_listed_name_tells(said):
    rows = records(at("a", "2024-05", **said), at("b", "2024-05", reason="rent arrears"))
    assert is_district_only(rows, ["Yew House"]).tolist() == [True, False]


def test_a_name_that_says_nothing_is_known_only_where_the_council_listed_it():
    rows = records(at("a", "2024-05", source="Yew House"))
    assert not is_district_only(rows).any()
    assert not is_district_only(rows, ["", "Yew"]).any()


def test_such_a_row_keeps_its_status_and_its_flags_and_loses_its_place():
    rows = records(at("a", "2024-05", institution=True, **PLACED))
    kept = keep_to_district(rows, is_district_only(rows.assign(reason="DV"))).iloc[0]
    assert (kept["status"], kept["institution"]) == ("located", True)
    assert kept[list(PLACED)].tolist() == [0, 0, "", "", ""]


def test_the_district_somebody_fled_from_is_not_told_either():
    rows = records(at("a", "2024-05", status="outside", district="E07000084", reason="domestic abuse"))
    assert keep_to_district(rows, is_district_only(rows))["district"].tolist() == [""]


def test_another_agencys_row_of_the_same_household_loses_its_place_too():
    rows = records(
        at("a", "2024-05", reason="domestic abuse", status="outside"),
        at("a", "2024-06", reason="eviction", **PLACED),
        at("b", "2024-06", reason="eviction", **PLACED),
        at("", "2024-05", reason="domestic abuse", **PLACED),
        at("", "2024-05", reason="eviction", **PLACED),
    )
    kept = keep_to_district(rows, is_district_only(rows))
    assert kept["ward"].tolist() == ["", "", "W1", "", "W1"]
    assert without_a_place(kept).tolist() == [False, True, False, True, False]


@settings(deadline=None)
@given(chosen=st.lists(st.booleans(), min_size=6, max_size=6))
def test_no_row_is_lost_and_the_input_stays_as_it_was(chosen):
    rows = records(*(at(f"h{number % 4}", "2024-05", **PLACED) for number in range(6)))
    before = rows.copy()
    kept = keep_to_district(rows, rows["record"].isin(rows["record"][chosen]))
    assert kept["status"].tolist() == rows["status"].tolist()
    assert rows.equals(before)
