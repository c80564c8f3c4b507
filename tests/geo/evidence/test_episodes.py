import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.evidence.counts import Cohort, Selection, count_areas, count_cells, count_selected_cells, only_areas
from geo.evidence.episodes import find_episodes
from geo.evidence.periods import in_period, month_numbers, period_months, periods_of, review_year, span_of, years_of
from tests.geo.evidence.rows import at, records


def episodes(*rows, months=6):
    return find_episodes(records(*rows), months=months, first_month=4)


def test_a_household_within_six_months_counts_once_across_feeds():
    found = episodes(at("A", "2024-01"), at("A", "2024-07", feed="Food bank"), at("A", "2024-04"), at("B", "2024-02"))
    assert found[["household", "month", "rows"]].to_numpy().tolist() == [["A", "2024-01", 3], ["B", "2024-02", 1]]


def test_the_seventh_month_begins_a_new_episode_and_spans_are_counted_from_its_first_row():
    found = episodes(at("A", "2024-01"), at("A", "2024-06"), at("A", "2024-08"), at("A", "2025-02"), at("A", "2025-03"))
    assert found["month"].tolist() == ["2024-01", "2024-08", "2025-03"]
    assert found["rows"].tolist() == [2, 2, 1]


def test_rows_without_a_household_are_an_episode_each():
    assert len(episodes(at("", "2024-01"), at("", "2024-01"), at("", "2024-01"))) == 3


def test_duplicates_are_never_counted():
    found = episodes(at("A", "2024-01"), at("A", "2024-01", status="duplicate"), at("", "2024-01", status="duplicate"))
    assert found["rows"].tolist() == [1]


def test_an_episode_sits_where_its_first_located_row_is_and_keeps_the_month_and_source_of_its_first():
    found = episodes(
        at("A", "2024-03", status="no_fixed_abode", source="Prison"),
        at("A", "2024-05", source="Housing", h3_8=88, ward="W2", institution=True),
        at("A", "2024-06", source="Housing", h3_8=99, ward="W9"),
        at("B", "2024-03", status="missing"),
        at("B", "2024-04", status="outside"),
    )
    first, second = found.to_dict("records")
    assert (first["month"], first["source"], first["period"]) == ("2024-03", "Prison", "2023-24")
    assert (first["status"], first["h3_8"], first["ward"], first["institution"]) == ("located", 88, "W2", True)
    assert (second["status"], second["rows"]) == ("missing", 2)


def test_no_records_make_no_episodes():
    found = episodes()
    assert len(found) == 0
    assert count_cells(found, resolution=8).episodes == 0


_row = st.builds(
    at,
    st.sampled_from(["", "A", "B", "C"]),
    st.sampled_from(["2023-11", "2024-02", "2024-03", "2024-05", "2024-10", "2025-04"]),
    status=st.sampled_from(["located", "outside", "missing", "duplicate"]),
    source=st.sampled_from(["x", "y"]),
    institution=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_row, max_size=14), st.randoms(use_true_random=False))
def test_no_row_vanishes_and_their_order_does_not_matter(rows, random):
    made = records(*rows)
    found = find_episodes(made, months=6, first_month=4)
    assert found["rows"].sum() == (made["status"] != "duplicate").sum()
    order = list(range(len(made)))
    random.shuffle(order)
    again = find_episodes(made.iloc[order].reset_index(drop=True), months=6, first_month=4)
    pd.testing.assert_frame_equal(found, again)
    for period in [*periods_of(found), "all"]:
        counts = count_cells(found, resolution=8, period=period, leave_out=("institution",))
        assert counts.located + sum(counts.unmapped.values()) + counts.left_out == counts.episodes
        chosen = found if period == "all" else found[found["period"] == period]
        assert (counts.episodes, counts.rows) == (len(chosen), chosen["rows"].sum())


@pytest.mark.parametrize(
    ("households", "unit"),
    [
        (["A", "B"], "household episodes"),
        (["", ""], "rows, not households"),
        (["A", ""], "household episodes, and rows where no household is given"),
    ],
)
def test_the_unit_says_what_one_count_is(households, unit):
    found = episodes(*(at(household, "2024-05") for household in households))
    assert count_cells(found, resolution=7).unit == unit


def three():
    return episodes(
        at("A", "2024-05", h3_8=8, h3_7=7, ward="W1", source="Prison", feed="Agencies"),
        at("B", "2024-06", h3_8=8, h3_7=7, ward="W2", route="duty_to_refer", institution=True),
        at("C", "2023-05", h3_8=9, h3_7=7, ward=""),
        at("D", "2023-05", status="no_fixed_abode"),
    )


def test_counts_by_cell_say_what_is_at_institutions_and_what_has_no_place():
    counts = count_cells(three(), resolution=8)
    assert counts.cells[["cell", "count", "institution"]].to_numpy().tolist() == [[8, 2, 1], [9, 1, 0]]
    assert counts.unmapped == {"no_fixed_abode": 1}
    assert count_cells(three(), resolution=7).cells["count"].tolist() == [3]


def test_a_source_is_the_row_s_own_or_the_feed_it_came_by():
    assert count_cells(three(), resolution=8, source="Prison").episodes == 1
    assert count_cells(three(), resolution=8, source="Agencies").episodes == 1
    assert count_cells(three(), resolution=8, source="Housing").episodes == 3
    assert count_cells(three(), resolution=8, route="duty_to_refer", period="2024-25").episodes == 1


def test_areas_count_like_cells_and_name_those_in_no_area():
    counts = count_areas(three(), level="ward")
    assert counts.areas[["code", "count"]].to_numpy().tolist() == [["W1", 1], ["W2", 1]]
    assert counts.unmapped == {"no_fixed_abode": 1, "no_area": 1}


def test_clients_of_a_ward_that_was_replaced_are_in_no_area():
    counts = count_areas(three(), level="ward")
    today = only_areas(counts, ["W1", "W3"])
    assert today.areas["code"].tolist() == ["W1"]
    assert today.unmapped == {"no_fixed_abode": 1, "no_area": 2}
    assert int(today.areas["count"].sum()) + sum(today.unmapped.values()) == today.episodes
    assert only_areas(counts, ["W1", "W2"]) is counts


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"period": "1999-00"}, "'2023-24', '2024-25'"),
        ({"source": "Nobody"}, "'Agencies', 'Housing', 'Prison'"),
        ({"route": "carrier pigeon"}, "'duty_to_refer'"),
        ({"leave_out": ("wet",)}, "'institution'"),
        ({"resolution": 9}, "7 or 8"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(asked, there):
    with pytest.raises(BadInputError, match=there):
        count_cells(three(), **({"resolution": 8} | asked))


def test_a_review_year_begins_in_its_first_month():
    months = pd.Series(["2024-03", "2024-04", "2025-03", "1999-12", "2000-01"], index=[5, 3, 1, 2, 4])
    assert review_year(months, first_month=4).tolist() == ["2023-24", "2024-25", "2024-25", "1999-00", "1999-00"]
    assert review_year(months, first_month=1).iloc[0] == "2024-25"
    assert review_year(months, first_month=4).index.tolist() == [5, 3, 1, 2, 4]
    assert np.diff(month_numbers(months))[0] == 1


def test_a_month_that_is_none_is_refused_without_quoting_it():
    with pytest.raises(BadInputError) as told:
        review_year(pd.Series(["2024-13"]), first_month=4)
    assert "2024-13" not in str(told.value)


def test_several_review_years_are_counted_together():
    found = episodes(at("A", "2022-05"), at("B", "2023-05"), at("C", "2024-05"))
    assert count_cells(found, resolution=8, period="2023-24..2024-25").episodes == 2
    assert count_cells(found, resolution=8, period="2022-23..2024-25").episodes == 3
    with pytest.raises(BadInputError, match="There is no period '2025-26'"):
        count_cells(found, resolution=8, period="2024-25..2025-26")


@pytest.mark.parametrize("period", ["2024", "2024-26", "May", "2024-25..", "..2024-25", "2024-25..x"])
def test_what_is_no_period_gets_a_sentence(period):
    if period == "2024-25..":  # an open end is its first year
        assert years_of(period) == ["2024-25"]
        return
    with pytest.raises(BadInputError, match="is no period"):
        years_of(period)


def test_a_span_is_written_and_read_back():
    years = ["2022-23", "2023-24", "2024-25"]
    assert years_of(span_of(years)) == years
    assert in_period(pd.Series(["2021-22", *years]), "all").tolist() == [True] * 4
    assert in_period(pd.Series(["2021-22", *years]), "2022-23..2023-24").tolist() == [False, True, True, False]


def test_a_year_that_is_not_over_covers_only_its_months_on_record():
    months = pd.Series(["2022-06", "2024-12"])
    for period, expected in (("2023-24", 12), ("2024-25", 9), ("2022-23", 10), ("all", 31)):
        first, last = period_months(period, months, first_month=4)
        assert last - first + 1 == expected, period


def test_one_group_is_counted_and_an_unknown_one_is_named():
    found = episodes(at("A", "2024-05", reason="Eviction"), at("B", "2024-05", reason="Fire"))
    chosen = Selection(cohort=Cohort("reason", "Fire"))
    assert count_selected_cells(found, chosen, resolution=8).episodes == 1
    with pytest.raises(BadInputError, match="There is no reason 'Flood'; there is: 'Eviction', 'Fire'"):
        count_selected_cells(found, Selection(cohort=Cohort("reason", "Flood")), resolution=8)
