"""Who is behind the rows: by hand on a few, and that rows, episodes and repeats always add up."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.evidence.episodes import find_episodes
from geo.evidence.repeats import find_repeats
from tests.geo.evidence.rows import at, records


def repeats(*rows):
    return find_repeats(records(*rows), months=6, first_month=4)


def whole(found, period="all"):
    return found.of("district", period=period).iloc[0]


def three():
    """A household that is referred again by another agency and comes back next year, one without a reference, one."""
    return repeats(
        at("A", "2023-05", source="Housing"),
        at("A", "2023-07", source="Prison", route="duty_to_refer"),
        at("A", "2024-09", source="Prison", route="duty_to_refer"),
        at("", "2023-05", source="Food bank", route="not_stated", feed="Food"),
        at("B", "2024-05", source="GP", route="other_agency"),
        at("B", "2024-05", source="GP", status="duplicate"),
    )


def test_households_approaches_referrals_and_agencies_are_told_apart():
    row = whole(three())
    assert row[["rows", "approaches", "referrals", "route_not_stated", "duplicates"]].tolist() == [5, 1, 3, 1, 1]
    assert row[["households", "with_household", "without_household", "agencies"]].tolist() == [2, 4, 1, 2]
    assert row["unit"] == "household episodes, and rows where no household is given"


def test_a_second_row_within_months_is_a_repeat_and_a_later_one_a_return():
    row = whole(three())
    assert row[["episodes", "repeats", "came_back", "several_sources"]].tolist() == [4, 1, 1, 1]
    assert row["repeat_share"] == pytest.approx(1 / 4)
    assert row["came_back_share"] == pytest.approx(1 / 2)
    assert row["rows_per_episode"] == pytest.approx(5 / 4)
    assert whole(three(), "2023-24")[["rows", "episodes", "repeats", "came_back"]].tolist() == [3, 2, 1, 0]
    assert whole(three(), "2024-25")[["rows", "episodes", "repeats", "came_back"]].tolist() == [2, 2, 0, 1]


def test_a_source_that_only_refers_whom_another_knew_already_has_repeats_and_no_first_sight():
    prison = three().of("source", period="2023-24").set_index("group").loc["Prison"]
    assert prison[["rows", "episodes", "repeats", "several_sources"]].tolist() == [1, 0, 1, 1]
    assert pd.isna(prison["rows_per_episode"])


def test_a_feed_without_household_references_has_rows_not_households():
    food = three().of("feed").set_index("group").loc["Food"]
    assert (food["unit"], food["households"], food["rows"]) == ("rows, not households", 0, 1)
    assert pd.isna(food["repeat_share"])


def test_a_source_of_duplicates_alone_has_no_rows():
    found = repeats(at("A", "2023-05"), at("A", "2023-05", source="Copy", status="duplicate"))
    copy = found.of("source").set_index("group").loc["Copy"]
    assert copy[["rows", "duplicates", "episodes"]].tolist() == [0, 1, 0]


def test_without_records_the_table_is_empty():
    assert repeats().table.empty


_row = st.builds(
    at,
    st.sampled_from(["", "A", "B", "C"]),
    st.sampled_from(["2023-11", "2024-02", "2024-03", "2024-05", "2024-10", "2025-04"]),
    status=st.sampled_from(["located", "outside", "missing", "duplicate"]),
    source=st.sampled_from(["x", "y", ""]),
    feed=st.sampled_from(["F", "G"]),
    route=st.sampled_from(["self", "duty_to_refer", "other_agency", "not_stated"]),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(_row, min_size=1, max_size=16), st.randoms(use_true_random=False))
def test_rows_in_are_rows_out_and_their_order_does_not_matter(rows, random):
    made = records(*rows)
    found = find_repeats(made, months=6, first_month=4)
    table, district = found.table, whole(found)
    assert district["rows"] + district["duplicates"] == len(made)
    assert district["episodes"] == len(find_episodes(made, months=6, first_month=4))
    for _, part in table.groupby(["by", table["period"] == "all"]):
        for name in ("rows", "duplicates", "episodes", "repeats", "with_household"):
            assert part[name].sum() == district[name]
    assert (table["approaches"] + table["referrals"] + table["route_not_stated"] == table["rows"]).all()
    assert (table["with_household"] + table["without_household"] == table["rows"]).all()
    assert (table["episodes"] + table["repeats"] == table["rows"]).all()
    assert (table["repeats"] <= table["with_household"]).all()
    order = list(range(len(made)))
    random.shuffle(order)
    again = find_repeats(made.iloc[order].reset_index(drop=True), months=6, first_month=4)
    pd.testing.assert_frame_equal(table, again.table)
