"""What no map can show: by hand on a few rows, and that no row is lost on the way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.evidence.missing import NOT_KNOWN, find_missing
from geo.schema import FLAGS, NO_PLACE, STATUSES
from tests.geo.evidence.rows import at, records

COUNTED = [status for status in STATUSES if status != "duplicate"]


def missing(*rows, names=None):
    return find_missing(records(*rows), first_month=4, names=names)


def shares(found, by):
    table = found.shares[found.shares["by"] == by]
    return table.pivot_table(index="group", columns="what", values="rows", sort=False).astype(int)


def test_every_reason_is_counted_for_the_district_and_by_source_route_and_year():
    found = missing(
        at("A", "2024-05", status="no_fixed_abode", source="Prison", route="duty_to_refer"),
        at("B", "2024-05", status="missing", source="Prison", route="duty_to_refer"),
        at("C", "2023-05", institution=True),
        at("D", "2023-05", status="outside", district="E07000084"),
        at("A", "2024-05", status="duplicate"),
    )
    assert (found.rows, found.duplicates) == (4, 1)
    assert found.district()[NO_PLACE] == 2
    assert shares(found, "source").loc["Prison", [NO_PLACE, "no_fixed_abode", "missing", "located"]].tolist() == [
        2,
        1,
        1,
        0,
    ]
    assert shares(found, "route").loc["self", [NO_PLACE, "located", "outside", "institution"]].tolist() == [0, 1, 1, 1]
    assert shares(found, "period")[NO_PLACE].to_dict() == {"2023-24": 0, "2024-25": 2}


def test_a_share_has_a_range_that_is_wider_where_a_household_has_many_rows():
    lost = [{"status": "missing"} if number < 20 else {} for number in range(100)]
    single = missing(*[at(f"H{number}", "2024-05", **fields) for number, fields in enumerate(lost)])
    shared = missing(*[at(f"H{number // 2}", "2024-05", **fields) for number, fields in enumerate(lost)])
    ranges = []
    for found in (single, shared):
        row = found.shares[(found.shares["by"] == "district") & (found.shares["what"] == NO_PLACE)].iloc[0]
        assert row["share"] == pytest.approx(0.2)
        ranges.append(row["high"] - row["low"])
    assert ranges[1] > 1.3 * ranges[0]


def test_a_source_of_three_rows_is_too_few_to_tell():
    found = missing(*[at("", "2024-05", source="Chapel", status="missing")] * 3, *[at("", "2024-05")] * 30)
    chapel = found.shares[(found.shares["group"] == "Chapel") & (found.shares["what"] == NO_PLACE)].iloc[0]
    assert (chapel["rows"], chapel["of"]) == (3, 3)
    assert np.isnan(chapel["share"])


def test_rows_from_outside_are_counted_by_the_district_they_lie_in():
    found = missing(
        *[at("", "2024-05", status="outside", district="E07000091")] * 7,
        *[at("", "2024-05", status="outside", district="E06000045")] * 9,
        *[at("", "2024-05", status="outside")] * 11,
        at("", "2024-05", district=""),
        names={"E07000091": "New Forest"},
    )
    assert found.outside[["name", "rows"]].to_numpy().tolist() == [
        ["E06000045", 9],
        ["New Forest", 7],
        [NOT_KNOWN, 11],
    ]
    assert found.outside["share"].sum() == pytest.approx(1)


def test_no_fixed_abode_is_told_by_route_reason_and_age_one_at_a_time():
    found = missing(
        *[at("", "2024-05", status="no_fixed_abode", reason="left prison", age_band="25-34")] * 6,
        *[at("", "2024-05", reason="left prison", age_band="25-34")] * 6,
        *[at("", "2024-05", status="no_fixed_abode", reason="", age_band="18-24")] * 2,
    )
    table = found.no_fixed_abode.set_index(["field", "group"])
    assert table.loc[("reason", "left prison"), ["rows", "of", "share"]].tolist() == [6, 12, 0.5]
    assert table.loc[("age_band", "18-24"), ["rows", "of"]].tolist() == [2, 2]
    assert np.isnan(table.loc[("reason", "not stated"), "share"])
    assert set(found.no_fixed_abode["field"]) == {"route", "reason", "age_band"}


def test_without_records_there_is_nothing_missing_and_no_error():
    found = missing()
    assert (found.rows, found.duplicates, found.district()) == (0, 0, {})
    assert len(found.outside) == len(found.no_fixed_abode) == 0


def test_where_no_row_has_a_place_the_share_is_whole():
    found = missing(*[at("", "2024-05", status="missing")] * 8)
    row = found.shares[(found.shares["by"] == "district") & (found.shares["what"] == NO_PLACE)].iloc[0]
    assert (row["share"], row["high"]) == (1, 1)
    assert 0.6 < row["low"] < 0.7


_row = st.builds(
    at,
    st.sampled_from(["", "A", "B"]),
    st.sampled_from(["2023-11", "2024-05"]),
    status=st.sampled_from(STATUSES),
    source=st.sampled_from(["x", "y", ""]),
    route=st.sampled_from(["self", "not_stated"]),
    reason=st.sampled_from(["", "rent"]),
    institution=st.booleans(),
    district=st.sampled_from(["", "E1"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_row, max_size=20), st.randoms(use_true_random=False))
def test_no_row_vanishes_and_their_order_does_not_matter(rows, random):
    made = records(*rows)
    found = find_missing(made, first_month=4)
    assert found.rows + found.duplicates == len(made)
    status_rows = found.shares[found.shares["what"].isin(COUNTED)]
    assert (status_rows.groupby("by")["rows"].sum() == found.rows).all()
    for _, part in status_rows.groupby(["by", "group"]):
        assert part["rows"].sum() == part["of"].iloc[0]
    assert found.outside["rows"].sum() == (made["status"] == "outside").sum()
    themes = found.no_fixed_abode.groupby("field")[["rows", "of"]].sum()
    assert (themes["rows"] == (made["status"] == "no_fixed_abode").sum()).all()
    assert (themes["of"] == found.rows).all()
    for flag in FLAGS:
        assert (
            found.shares[found.shares["what"] == flag].groupby("by")["rows"].sum()
            == made.loc[made["status"] != "duplicate", flag].sum()
        ).all()
    order = list(range(len(made)))
    random.shuffle(order)
    again = find_missing(made.iloc[order].reset_index(drop=True), first_month=4)
    for name in ("shares", "outside", "no_fixed_abode"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(again, name))
