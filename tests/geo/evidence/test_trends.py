from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from geo.errors import BadInputError
from geo.evidence.like_for_like import compare_like_for_like
from geo.evidence.tables import cell_names
from geo.evidence.trend_sentences import tell_against_rest, tell_change, tell_range
from geo.evidence.trends import find_trends, trend_of_cells
from geo.scenario import TrendOptions
from tests.geo.evidence.districts import rural_district
from tests.geo.evidence.rows import at, records

CELLS = [int(cell) for cell in rural_district(1, rings=2).cells["cell"]]


def compared(earlier, later, **fields):
    """Two years with so many households in each of some places, spread over the months."""
    years = ((2022, earlier), (2023, later))
    rows = [
        at(f"{year}-{place}-{number}", f"{year}-{4 + number % 9:02d}", h3_8=place, h3_7=place, ward=f"W{place}")
        | fields
        for year, counts in years
        for place, count in counts.items()
        for number in range(count)
    ]
    # Nobody's place, and so many that the file is there in every month of both years.
    rows += [
        at(f"n{year}{month}", f"{year}-{month:02d}", status="missing") for year in (2022, 2023) for month in (4, 12)
    ]
    rows += [at(f"m{year}", f"{year + 1}-03", status="no_fixed_abode") for year in (2022, 2023)]
    return compare_like_for_like(
        records(*rows), earlier="2022-23", later="2023-24", first_month=4, episode_months=6, hub_sources=()
    )


def trend_by_cell(found, **options):
    table = find_trends(found, by="cell", **options).table
    return dict(zip(table["cell"].tolist(), table["trend"].tolist(), strict=True))


def test_new_growing_steady_fading_and_too_few_by_hand():
    a, b, c, d, e, f = CELLS[:6]
    found = compared({a: 0, b: 20, c: 200, d: 40, e: 3, f: 30}, {a: 20, b: 60, c: 205, d: 10, e: 5})
    assert trend_by_cell(found) == {
        a: "new",
        b: "growing",
        c: "steady",
        d: "fading",
        e: "too few to tell",
        f: "fading",
    }
    said = {row["cell"]: tell_change(row) for row in find_trends(found, by="cell").table.to_dict("records")}
    assert said[a] == (
        "from none to 20: at least 4.9 times as many, and no upper limit can be given, for nobody came before. New."
    )
    assert said[b] == "from 20 to 60: 3.0 times as many (could be 1.78 to 5.3). Growing."
    assert said[e] == "from 3 to 5: 1.67 times as many (could be 0.32 to 11). Too few to tell."
    assert said[f].endswith("times as many. Fading: gone.")


def test_steady_is_a_range_that_the_council_may_narrow():
    found = compared({CELLS[0]: 200}, {CELLS[0]: 205})
    assert trend_by_cell(found, options=TrendOptions(steady_within=1.1)) == {CELLS[0]: "too few to tell"}


def test_many_places_tested_make_one_of_them_less_sure():
    pair = ({CELLS[0]: 5}, {CELLS[0]: 17})
    assert trend_by_cell(compared(*pair)) == {CELLS[0]: "growing"}
    many = dict.fromkeys(CELLS[1:], 3)
    assert trend_by_cell(compared(pair[0] | many, pair[1] | many))[CELLS[0]] == "too few to tell"


def test_the_district_counts_everybody_and_places_say_who_has_none():
    found = compared({CELLS[0]: 10}, {CELLS[0]: 14})
    [row] = find_trends(found, by="district").table.to_dict("records")
    assert (row["earlier"], row["later"]) == (13, 17)
    assert np.isnan(row["ratio_to_rest"])
    by_cell = find_trends(found, by="cell")
    assert by_cell.unmapped == {"missing": (2, 2), "no_fixed_abode": (1, 1)}


def test_a_rise_everywhere_is_no_local_one():
    rising = dict.fromkeys(CELLS, 30)
    found = compared(rising, dict.fromkeys(CELLS, 60))
    table = find_trends(found, by="cell").table
    assert set(table["trend"]) == {"growing"}
    assert table["ratio_to_rest"].tolist() == [1.0] * len(CELLS)
    assert {tell_against_rest(row, level=0.05) for row in table.to_dict("records")} == {"no clear difference"}
    one = find_trends(compared(rising, rising | {CELLS[0]: 90}), by="cell").table.iloc[0]
    assert one["cell"] == CELLS[0]
    assert tell_against_rest(one, level=0.05) == "3.0 times the change elsewhere"


def test_homes_built_since_explain_a_rise():
    found = compared({CELLS[0]: 60, CELLS[1]: 80}, {CELLS[0]: 120, CELLS[1]: 80})
    names = cell_names(pd.Series(CELLS[:2])).tolist()
    homes = pd.DataFrame({"earlier": [500.0, 500.0], "later": [1_000.0, 500.0]}, index=names)
    assert trend_by_cell(found) == {CELLS[0]: "growing", CELLS[1]: "steady"}
    with_homes = find_trends(found, by="cell", homes=homes)
    row = with_homes.table.set_index("cell").loc[CELLS[0]]
    assert row["ratio"] == pytest.approx(1.0)
    assert row["trend"] == "steady"
    assert with_homes.without_homes == 0


def test_a_place_without_homes_in_one_year_is_compared_by_its_counts():
    found = compared({}, {CELLS[0]: 20})
    names = cell_names(pd.Series(CELLS[:1])).tolist()
    homes = pd.DataFrame({"earlier": [0.0], "later": [200.0]}, index=names)
    trends = find_trends(found, by="cell", homes=homes)
    assert trends.table["trend"].tolist() == ["new"]
    assert trends.without_homes == 1


def test_groups_of_cells_come_in_their_order_and_may_be_empty():
    found = compared({CELLS[0]: 10, CELLS[1]: 10, CELLS[2]: 80}, {CELLS[0]: 30, CELLS[1]: 25, CELLS[2]: 80})
    groups = {"Quay": CELLS[:2], "Nobody": [CELLS[3]], "Elsewhere": {CELLS[2]}}
    table = trend_of_cells(found, groups, 8)
    assert table["unit"].tolist() == ["Quay", "Nobody", "Elsewhere"]
    assert table["trend"].tolist() == ["growing", "too few to tell", "steady"]
    assert table[["earlier", "later"]].to_numpy().tolist() == [[20, 55], [0, 0], [80, 80]]
    assert table["ratio_to_rest"][0] == pytest.approx(55 / 20)
    assert (tell_change(table.iloc[1]), tell_range(table.iloc[1])) == (
        "nobody in either year. Too few to tell.",
        "nobody came",
    )
    assert trend_of_cells(found, {}, 8).empty


def test_wards_leave_out_who_is_in_none():
    found = compared({1: 10}, {1: 12})
    none = found.episodes_later.assign(ward=found.episodes_later["ward"].where(found.episodes_later.index > 4, ""))
    trends = find_trends(replace(found, episodes_later=none), by="ward")
    assert trends.unmapped["no_area"][0] == 0
    assert trends.table["later"].sum() + sum(after for _, after in trends.unmapped.values()) == 15


def test_a_resolution_that_is_not_kept_is_one_sentence():
    found = compared({1: 10}, {1: 12})
    with pytest.raises(BadInputError, match="choose 7 or 8"):
        find_trends(found, by="cell", resolution=9)
    with pytest.raises(BadInputError, match="choose 7 or 8"):
        trend_of_cells(found, {"a": [1]}, 9)


@pytest.mark.parametrize("by", ["district", "cell", "ward", "lsoa", "area"])
def test_nothing_left_to_compare_is_an_empty_table_in_plain_numbers(by):
    found = compared({CELLS[0]: 3}, {CELLS[0]: 4})
    nothing = replace(
        found,
        episodes_earlier=found.episodes_earlier.iloc[:0],
        episodes_later=found.episodes_later.iloc[:0],
        months_earlier=0,
        months_later=0,
    )
    trends = find_trends(nothing, by=by)
    assert len(trends.table) == (by == "district")
    assert trends.tested == 0
    assert set(trends.table["trend"]) <= {"too few to tell"}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6),
    st.sampled_from(["district", "cell", "ward", "lsoa", "area"]),
)
def test_totals_in_are_totals_out_and_every_figure_is_plain(pairs, by):
    sides = [{CELLS[place]: pair[side] for place, pair in enumerate(pairs)} for side in (0, 1)]
    found = compared(*sides)
    trends = find_trends(found, by=by)
    for side, name in enumerate(("earlier", "later")):
        lost = sum(both[side] for both in trends.unmapped.values())
        assert trends.table[name].sum() + lost == len(getattr(found, f"episodes_{name}"))
    assert not np.isinf(trends.table.select_dtypes("number").to_numpy(dtype=float)).any()
    assert trends.table[["p", "q", "share_later"]].notna().all(axis=None)
    assert (trends.table["ratio"].isna() == (trends.table["earlier"] == 0)).all()
    for row in trends.table.to_dict("records"):
        assert "nan" not in tell_change(row) + tell_range(row) + tell_against_rest(row, level=0.05)


def test_a_million_in_one_place_gets_an_answer():
    found = compared({CELLS[0]: 1}, {CELLS[0]: 1})
    lean = found.episodes_earlier.loc[found.episodes_earlier["h3_8"] > 0, ["status", "h3_8"]]
    sides = [lean.iloc[np.zeros(count, dtype=int)] for count in (1_000_000, 995_000)]
    [row] = find_trends(replace(found, episodes_earlier=sides[0], episodes_later=sides[1]), by="cell").table.to_dict(
        "records"
    )
    assert (row["earlier"], row["later"], row["trend"]) == (1_000_000, 995_000, "fading")
    assert tell_change(row) == "from 1,000,000 to 995,000: 0.99 times as many (could be 0.99 to 1.00). Fading."


@pytest.mark.parametrize("clients", [300, 3_000])
def test_with_no_change_few_districts_have_any_place_that_is_called_changed(clients):
    grid = rural_district(3)
    homes = grid.cells["homes"].to_numpy()
    found = compared({CELLS[0]: 1}, {CELLS[0]: 1})
    one = found.episodes_earlier.loc[found.episodes_earlier["status"] == "located", ["status", "h3_8"]]
    rng = np.random.default_rng(5)

    def year():
        drawn = rng.choice(grid.cells["cell"], rng.poisson(clients), p=homes / homes.sum())
        return one.iloc[np.zeros(len(drawn), dtype=int)].assign(h3_8=drawn)

    wrong = 0
    for _ in range(200):
        kinds = find_trends(replace(found, episodes_earlier=year(), episodes_later=year()), by="cell").kinds()
        wrong += bool({"new", "growing", "fading"} & set(kinds))
    low, high = binomtest(wrong, 200).proportion_ci()
    print(f"{wrong} of 200 steady districts with a place called changed ({low:.1%} to {high:.1%})")
    assert low <= 0.05
