from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, MissingDataError
from geo.evidence.quarters import Quarters
from geo.evidence.run_charts import find_run_charts
from geo.evidence.run_signals import find_signals, judge
from geo.evidence.trend_sentences import tell_chart
from tests.geo.evidence.rows import at, records

NAMES = [f"Q{number}" for number in range(1, 40)]


def rows_of(counts, *, feed="Housing", first=2020 * 12 + 3, every=3, **fields):
    """So many households in each quarter, spread over its months."""
    return [
        at(f"{feed}{fields.get('source', '')}-{quarter}-{number}", _month(first + every * quarter + number % every))
        | {"feed": feed, "source": feed}
        | fields
        for quarter, count in enumerate(counts)
        for number in range(count)
    ]


def _month(number):
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def charts(*rows, groups=None, **options):
    asked = {"resolution": 8, "first_month": 4, "episode_months": 6, "hub_sources": ()} | options
    return find_run_charts(records(*rows), groups or {}, **asked)


def counts_of(chart):
    return chart.table["count"].tolist()


STEADY = [9, 12, 10, 13, 9, 12, 10, 13, 9, 12, 10, 13]


def test_quarters_are_counted_from_the_review_years_first_month():
    found = charts(*rows_of(STEADY))
    [chart] = found.charts
    assert counts_of(chart) == STEADY
    assert chart.table["quarter"].tolist()[:5] == ["2020-21 Q1", "2020-21 Q2", "2020-21 Q3", "2020-21 Q4", "2021-22 Q1"]
    assert chart.table["begins"].tolist()[:2] == ["2020-04", "2020-07"]
    assert (chart.median, chart.useful, chart.verdict) == (11, 12, "no signal")
    by_june = Quarters.within(2020 * 12 + 5, 2021 * 12 + 4, first_month=6)
    assert (by_june.names()[0], by_june.begins()[0], len(by_june)) == ("2020-21 Q1", "2020-06", 4)


def test_a_quarter_that_is_not_over_is_left_out_and_told():
    half = rows_of([8], first=2023 * 12 + 3, every=2, source="Housing")
    found = charts(*rows_of(STEADY), *half)
    assert counts_of(found.charts[0]) == STEADY
    assert found.rows == {"charted": sum(STEADY), "other_quarters": 8}
    assert found.notes == ("What came after 2022-23 Q4 is left out, for that quarter is not over on record.",)


def test_a_feed_that_began_on_the_way_is_named_and_left_out():
    late = rows_of([6] * 8, feed="Food banks", first=2021 * 12 + 3)
    found = charts(*rows_of(STEADY), *late)
    assert [(aside.name, aside.why, aside.rows) for aside in found.set_aside] == [
        ("Food banks", "began in April 2021", 48)
    ]
    assert counts_of(found.charts[0]) == STEADY


def test_an_agency_that_began_on_the_way_is_named_and_left_out_and_a_small_one_is_not():
    begun = rows_of([5] * 6, first=2021 * 12 + 9, source="Probation")
    small = rows_of([1, 0, 1], first=2021 * 12 + 9, source="Prison")
    found = charts(*rows_of(STEADY), *begun, *small)
    assert [(aside.kind, aside.name, aside.why) for aside in found.set_aside] == [
        ("agency", "Probation", "began in October 2021")
    ]
    assert sum(counts_of(found.charts[0])) == sum(STEADY) + 2


def test_hubs_stand_in_a_column_of_their_own():
    hub = rows_of([0, 0, 0, 0, 0, 0, 30, 30, 30, 30, 30, 30], feed="Pop-up hub", h3_8=7)
    found = charts(*rows_of(STEADY, h3_8=7), *hub, groups={"Quay": [7], "Moor": [8]})
    district, quay, moor = found.charts
    assert found.hubs == ("Pop-up hub",)
    assert district.table["hubs"].sum() == quay.table["hubs"].sum() == 180
    assert counts_of(district) == counts_of(quay) == STEADY
    assert district.verdict == "no signal"
    assert counts_of(moor) == [0] * 12
    assert (moor.verdict, tell_chart(moor)) == ("too few", "Too few to tell: half of the quarters hold fewer than 2.")


def test_fewer_than_ten_useful_quarters_show_a_chart_and_claim_nothing():
    [chart] = charts(*rows_of([3, 3, 3, 3, 9, 9, 9, 9])).charts
    assert (chart.verdict, chart.signals) == ("too short", ())
    assert len(chart.table) == 8
    assert "No lasting change is claimed: 8 of 8 quarters" in tell_chart(chart)


def test_a_lasting_change_is_found_and_told():
    [chart] = charts(*rows_of([5, 6, 4, 5, 6, 5, 12, 11, 13, 12, 11, 14])).charts
    assert chart.verdict == "signal"
    assert "6 quarters in a row (2021-22 Q3 to 2022-23 Q4) lie above the middle" in tell_chart(chart)


def test_a_household_counts_once_in_the_quarter_it_first_came():
    again = [at("again", "2020-05"), at("again", "2020-08"), at("again", "2021-05")]
    [chart] = charts(*rows_of(STEADY), *again).charts
    assert np.subtract(counts_of(chart), STEADY).tolist() == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


def test_shift_passes_over_points_on_the_median_and_needs_six():
    up = np.array([1, 2, 1, 2, 1, 5, 9, 8, 5, 9, 8, 9, 9, 5])
    assert [(s.kind, s.direction, s.first, s.last, s.quarters) for s in find_signals(up, NAMES)] == [
        ("shift", "up", "Q7", "Q13", 6)
    ]
    five = np.array([1, 9, 1, 2, 1, 2, 1, 5, 9, 8, 9, 8, 9])
    assert find_signals(five, NAMES) == ()


def test_trend_needs_five_points_and_passes_over_a_repeat():
    rising = np.array([9, 1, 3, 3, 5, 7, 8, 2, 9, 1, 9, 2])
    [found] = find_signals(rising, NAMES)
    assert (found.kind, found.direction, found.first, found.last, found.quarters) == ("trend", "up", "Q2", "Q7", 5)
    assert find_signals(np.array([9, 1, 3, 3, 5, 7, 2, 9, 1, 9, 2]), NAMES) == ()


def _longest_side(counts):
    sides = [np.sign(count - np.median(counts)) for count in counts if count != np.median(counts)]
    return max((len(list(run)) for _, run in groupby(sides)), default=0)


def _longest_climb(counts):
    kept = [key for key, _ in groupby(counts)]
    steps = [np.sign(b - a) for a, b in pairwise(kept)]
    return max((len(list(run)) + 1 for _, run in groupby(steps)), default=1)


@given(st.lists(st.integers(0, 9), max_size=24))
def test_signals_are_those_that_a_slow_count_by_hand_finds(counts):
    kinds = {signal.kind for signal in find_signals(np.array(counts, dtype=np.int64), NAMES)} if counts else set()
    assert ("shift" in kinds) == (_longest_side(counts) >= 6)
    assert ("trend" in kinds) == (_longest_climb(counts) >= 5)
    verdict, signals = judge(np.array(counts, dtype=np.int64), NAMES)
    assert bool(signals) == (verdict == "signal")


def test_awkward_records_get_a_chart_or_a_sentence():
    with pytest.raises(MissingDataError, match="no records yet"):
        charts()
    with pytest.raises(BadInputError, match="choose 7 or 8"):
        charts(at("a", "2023-04"), resolution=9)
    [one] = charts(at("a", "2023-05")).charts
    assert one.table.empty
    assert "no whole quarter" in tell_chart(one)
    only_hubs = charts(at("a", "2023-05", source="The Hub"))
    assert only_hubs.charts[0].table.empty
    assert sum(only_hubs.rows.values()) == 1


ROW = st.builds(
    at,
    st.sampled_from(["", "a", "b", "c"]),
    st.integers(2020 * 12, 2023 * 12).map(_month),
    feed=st.sampled_from(["Housing", "Advice", "Hub"]),
    source=st.sampled_from(["Housing", "GP", "the hub"]),
    status=st.sampled_from(["located", "outside", "duplicate"]),
)


@settings(max_examples=10, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=40))
def test_every_row_is_told_what_became_of_it(drawn):
    rows = [*rows_of([2] * 6), *drawn]
    found = charts(*rows)
    assert sum(found.rows.values()) == len(rows)
    assert sum(counts_of(found.charts[0])) <= found.rows.get("charted", 0)
