"""Rates by cell and by area: by hand, with what cannot be divided, and with nobody lost."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import AreaCounts, Selection, count_cells
from geo.evidence.episodes import find_episodes
from geo.evidence.exposure import covered_months, later_feeds
from geo.evidence.rate_notes import rate_notes
from geo.evidence.rates import UNRELIABLE_BELOW, find_rates
from geo.places.area_homes import AreaHomes
from geo.places.grid import HexGrid
from tests.geo.evidence.districts import counts_on, grid_from, rural_district
from tests.geo.evidence.rows import at, records

SMALL = rural_district(1, rings=2)


def district(*homes, newer=(), live=(), people=None):
    """Make a row of cells with these homes."""
    cells = SMALL.cells["cell"].to_numpy()[: len(homes)]
    made = grid_from(cells, [float(number) for number in homes])
    table = made.cells.assign(people=made.cells["homes"] * 2.0 if people is None else people)
    if newer:
        table = table.assign(newer_postcodes=np.array(newer), live_postcodes=np.array(live))
    return replace(made, cells=table)


def areas_with(*homes):
    codes = [f"A{at}" for at in range(len(homes))]
    table = pd.DataFrame(
        {
            "code": pd.Series(codes, dtype="str"),
            "homes": np.array(homes, dtype=float),
            "people": np.array(homes, dtype=float) * 2,
            "newer_postcodes": np.int64(0),
            "live_postcodes": np.int64(30),
        }
    )
    indptr = np.arange(len(homes) + 1) * len(homes)
    return AreaHomes(table, "households file", 0.0, indptr, np.tile(np.arange(len(homes)), len(homes)))


def area_counts(counts, unmapped=None):
    table = pd.DataFrame({"code": list(counts), "count": list(counts.values()), "institution": 0, "shared_point": 0})
    lost = unmapped or {}
    total = sum(counts.values()) + sum(lost.values())
    return AreaCounts(table, "ward", Selection("2024-25"), "household episodes", total, total, lost, 0)


def finite(table):
    """Tell whether every figure is a plain number or a blank that is documented."""
    numbers = table.select_dtypes("number").drop(columns=[name for name in table if name == "cell"])
    blank = numbers.isna()
    homeless = (table["homes"] == 0).to_numpy()
    by_homes = [name for name in numbers if name.endswith("homes") and name != "homes"]
    assert (blank[by_homes].to_numpy() == homeless[:, None]).all()
    assert not np.isinf(numbers.to_numpy(dtype=float)).any()
    return True


def test_a_rate_is_clients_by_thousand_homes_and_year() -> None:
    table = find_rates(counts_on(district(2000, 500), [30, 4]), district(2000, 500), months=24).table
    assert table["rate_per_1000_homes"].tolist() == [30 / 2 / 2, 4 / 2 / 0.5]
    assert table["rate_per_1000_people"].tolist() == [30 / 2 / 4, 4 / 2 / 1]
    assert table.loc[0, ["low_per_1000_homes", "high_per_1000_homes"]].tolist() == pytest.approx(
        [20.24 / 4, 42.83 / 4], abs=0.005
    )
    assert table.loc[1, ["low_per_1000_homes", "high_per_1000_homes"]].tolist() == pytest.approx(
        [1.09, 10.24], abs=0.005
    )


def test_half_a_year_of_records_is_not_called_half_a_rate() -> None:
    grid = district(1000, 1000)
    whole = find_rates(counts_on(grid, [40, 20]), grid, months=12).table
    half = find_rates(counts_on(grid, [20, 10]), grid, months=6).table
    assert half["rate_per_1000_homes"].tolist() == whole["rate_per_1000_homes"].tolist()


@pytest.mark.parametrize(("count", "unreliable"), [(15, True), (16, False)])
def test_a_rate_of_fewer_than_sixteen_is_unreliable(count, unreliable) -> None:
    grid = district(300, 300)
    assert find_rates(counts_on(grid, [count, 0]), grid, months=12).table.loc[0, "unreliable"] == unreliable
    assert UNRELIABLE_BELOW == 16


def test_clients_without_a_home_on_record_have_no_rate_and_are_told() -> None:
    grid = district(1000, 0, 500)
    found = find_rates(counts_on(grid, [20, 3, 5], elsewhere=4), grid, months=12)
    assert finite(found.table)
    assert len(found.table) == 4
    assert found.no_homes == 7
    assert found.mean_per_1000_homes == pytest.approx(25 / 1.5)
    assert "7 clients came from 2 places without a home on record" in " ".join(rate_notes(found))
    blank = found.table[found.table["homes"] == 0]
    assert (
        blank[["rate_per_1000_homes", "smoothed_per_1000_homes", "smoothed_weight", "local_weight"]]
        .isna()
        .all(axis=None)
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([0, 1, 15, 400, 10**6])), min_size=2, max_size=7))
def test_nobody_is_lost_and_every_figure_is_a_number_or_a_blank_that_is_told(places) -> None:
    counts, homes = zip(*places, strict=True)
    grid = district(*homes)
    if not any(homes):
        with pytest.raises(MissingDataError):
            find_rates(counts_on(grid, counts), grid, months=12)
        return
    given_counts = replace(counts_on(grid, counts, elsewhere=3), unmapped={"missing": 2}, left_out=1)
    given_counts = replace(given_counts, episodes=given_counts.episodes + 3)
    found = find_rates(given_counts, grid, months=7)
    assert found.located + sum(found.unmapped.values()) + found.left_out == found.episodes
    assert finite(found.table)
    again = find_rates(replace(given_counts, cells=given_counts.cells.iloc[::-1]), grid, months=7)
    pd.testing.assert_frame_equal(again.table, found.table)


def test_a_place_with_homes_and_no_client_is_a_rate_of_nought_with_a_range() -> None:
    grid = district(1000, 1000)
    table = find_rates(counts_on(grid, [25, 0]), grid, months=12).table
    assert table["rate_per_1000_homes"].tolist() == [25, 0]
    assert table.loc[1, "high_per_1000_homes"] == pytest.approx(3.689, abs=1e-3)
    assert 0 < table.loc[1, "smoothed_per_1000_homes"] < 12.5


def test_more_homes_earn_more_weight_and_the_mean_is_the_districts() -> None:
    grid = rural_district(8, rings=4)
    homes = grid.cells["homes"].to_numpy()
    counts = np.random.default_rng(1).poisson(0.02 * homes * np.random.default_rng(2).gamma(2, 0.5, len(homes)))
    found = find_rates(counts_on(grid, counts), grid, months=12)
    table = found.table.sort_values("homes")
    assert (np.diff(table["smoothed_weight"]) >= 0).all()
    expected = (1 - table["smoothed_weight"]) * found.mean_per_1000_homes + table["smoothed_weight"] * table[
        "rate_per_1000_homes"
    ]
    assert table["smoothed_per_1000_homes"].tolist() == pytest.approx(expected.tolist())
    assert found.mean_low < found.mean_per_1000_homes < found.mean_high


def test_the_smoothing_by_neighbours_asks_those_with_homes_only() -> None:
    full = district(*[300] * 7)
    homes = full.cells["homes"].to_numpy().copy()
    homes[2] = 0
    grid = district(*homes)
    counts = [9, 4, 0, 12, 3, 20, 5]
    alone = grid_from(full.cells["cell"].to_numpy()[homes > 0], homes[homes > 0])
    found = find_rates(counts_on(grid, counts), grid, months=12).table
    expected = find_rates(counts_on(alone, [9, 4, 12, 3, 20, 5]), alone, months=12).table
    assert found["local_per_1000_homes"].tolist() == expected["local_per_1000_homes"].tolist()


@pytest.mark.parametrize(
    ("newer", "live", "marked"), [(1, 2, False), (2, 20, True), (2, 21, False), (3, 21, True), (0, 0, False)]
)
def test_a_place_is_marked_newer_from_two_postcodes_and_a_tenth(newer, live, marked) -> None:
    grid = district(300, 300, newer=(newer, 0), live=(live, 20))
    found = find_rates(counts_on(grid, [20, 1]), grid, months=12)
    assert found.table["newer"].tolist() == [marked, False]
    assert any("newer than the homes" in note for note in rate_notes(found)) == marked


def test_people_that_are_not_known_leave_a_blank() -> None:
    grid = district(300, 300, people=np.nan)
    found = find_rates(counts_on(grid, [20, 1]), grid, months=12)
    assert found.table[["rate_per_1000_people", "low_per_1000_people", "high_per_1000_people"]].isna().all(axis=None)
    assert "People are not known" in " ".join(rate_notes(found))


def test_areas_have_rates_and_those_without_anybody_are_left_out() -> None:
    found = find_rates(area_counts({"A1": 18, "A2": 5}), areas_with(400, 900, 250, 0), months=12)
    assert found.table["code"].tolist() == ["A0", "A1", "A2"]
    assert found.table["rate_per_1000_homes"].tolist() == [0, 20, 20]
    assert (found.level, found.resolution) == ("ward", 0)


def test_clients_that_carry_no_area_are_told_to_make_the_rates_too_low() -> None:
    found = find_rates(area_counts({"A0": 18}, {"no_area": 4}), areas_with(400), months=12)
    assert "4 clients inside the district carry no area" in " ".join(rate_notes(found))
    assert found.located + sum(found.unmapped.values()) == found.episodes


def test_what_does_not_fit_together_is_refused() -> None:
    grid = district(300, 300)
    counts = counts_on(grid, [1, 2])
    with pytest.raises(BadInputError, match="same cells"):
        find_rates(counts, HexGrid(7, grid.cells, "x", grid.indptr, grid.indices), months=12)
    with pytest.raises(BadInputError, match="same cells"):
        find_rates(counts, areas_with(400), months=12)
    with pytest.raises(BadInputError, match="no month"):
        find_rates(counts, grid, months=0)


def years(period, *rows, source=""):
    return covered_months(records(*rows), Selection(period, source), first_month=4)


def test_a_year_not_over_yet_ends_with_its_last_month_on_record() -> None:
    rows = [at("a", "2023-04"), at("b", "2024-09")]
    assert years("2024-25", *rows) == 6
    assert years("2023-24", *rows) == 12
    assert years("2023-24..2024-25", *rows) == years("all", *rows) == 18


def test_a_source_covers_as_long_as_the_exports_that_name_it() -> None:
    rows = [
        at("a", "2022-04"),
        at("b", "2025-03"),
        at("c", "2023-04", feed="Food banks", source="Pantry"),
        at("d", "2025-03", feed="Food banks", source="Larder"),
    ]
    assert years("all", *rows) == 36
    assert years("all", *rows, source="Pantry") == 24, "the export goes on, though this pantry sent one client only"
    assert years("2022-23", *rows, source="Pantry") == 0


def test_exports_that_begin_later_are_named() -> None:
    rows = records(at("a", "2022-04"), at("b", "2024-03"), at("c", "2023-09", feed="Food banks"))
    assert later_feeds(rows, Selection("all"), first_month=4) == {"Food banks": "2023-24"}
    assert later_feeds(rows, Selection("2023-24"), first_month=4) == {}
    assert later_feeds(rows, Selection("all", "Food banks"), first_month=4) == {}
    assert later_feeds(rows, Selection("2022-23..2023-24", "Food banks"), first_month=4) == {}
    assert later_feeds(rows, Selection("2022-23..2023-24"), first_month=4) == {"Food banks": "2023-24"}
    grid = district(300, 300)
    found = replace(find_rates(counts_on(grid, [1, 2]), grid, months=24), later_feeds={"Food banks": "2023-24"})
    assert "Some records begin later (Food banks from 2023-24)" in " ".join(rate_notes(found))


@pytest.mark.parametrize(
    ("period", "months", "words"),
    [
        ("2024-25", 12, "Every rate is for one year."),
        ("2024-25", 6, "cover 6 of the 12 months of 2024-25"),
        ("2022-23..2024-25", 30, "cover 30 of the 36 months"),
        ("all", 30, "cover 30 months"),
    ],
)
def test_the_months_covered_are_said(period, months, words) -> None:
    grid = district(300, 300)
    counts = replace(counts_on(grid, [1, 2]), selection=Selection(period))
    assert words in rate_notes(find_rates(counts, grid, months=months))[0]


def test_the_homes_are_said_with_the_year_they_were_counted_in() -> None:
    grid = district(300, 300)
    found = replace(find_rates(counts_on(grid, [1, 2]), grid, months=12), homes_year=2021)
    assert rate_notes(found)[-1] == "Homes: households file, counted in 2021."


def test_three_cells_and_a_single_client_get_an_answer_from_records() -> None:
    grid = district(150, 15, 30)
    cell = int(grid.cells["cell"].iloc[1])
    episodes = find_episodes(records(at("a", "2024-05", h3_8=cell)), months=6, first_month=4)
    found = find_rates(count_cells(episodes, resolution=8), grid, months=1)
    assert finite(found.table)
    assert found.table.set_index("cell").loc[cell, "rate_per_1000_homes"] == pytest.approx(12 / 0.015)
