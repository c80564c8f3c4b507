"""Rates from a workspace: the right homes for the year, the right months, and a plain word where areas are too new."""

import pandas as pd
import pytest

from geo.errors import MissingDataError
from geo.evidence.counts import Selection, count_selected_areas, count_selected_cells
from geo.evidence.rate_notes import rate_notes
from geo.evidence.rate_tables import rates_table
from geo.review.maps import episodes_of, grid_of
from geo.review.rates import area_homes_of, area_rates_of, cell_rates_of
from geo.schema import HOMES
from tests.tinytown.council import edition, export, row, wards

# Of ward W1: ZZ1 1AA and ZZ1 1AB; of ward W2: ZZ1 2AA.
COUNTED = {2021: {"ZZ11AA": 400, "ZZ11AB": 100, "ZZ12AA": 250}, 2024: {"ZZ11AA": 800, "ZZ11AB": 200, "ZZ12AA": 250}}


def save_homes(council, years=(2021, 2024)):
    rows = [
        {"postcode": code, "people": 2.0 * homes, "homes": float(homes), "year": year}
        for year in years
        for code, homes in COUNTED[year].items()
    ]
    council.save_homes(HOMES.validate(pd.DataFrame(rows)), edition("households"))


def by_area(council, *, level="ward", **chosen):
    selection = Selection(**chosen)
    counts = count_selected_areas(episodes_of(council), selection, level=level)
    return area_rates_of(council, counts, area_homes_of(council, level=level, period=selection.period))


def by_cell(council, **chosen):
    selection = Selection(**chosen)
    counts = count_selected_cells(episodes_of(council), selection, resolution=8)
    return cell_rates_of(council, counts, grid_of(council, 8, period=selection.period))


@pytest.fixture
def busy(council, add):
    """Two years of records: 20 clients a year in W1, 10 in W2, one without an address."""
    places = ["ZZ1 1AA"] * 20 + ["ZZ1 2AA"] * 10 + [""]
    days = {2023: "01/04/2023", 2024: "31/03/2025"}
    rows = [
        row(1000 * year + at, postcode=code, day=day) for year, day in days.items() for at, code in enumerate(places)
    ]
    add(export(*rows))
    save_homes(council)
    return council


@pytest.mark.parametrize(("period", "homes"), [("2023-24", 500), ("2024-25", 1000), ("all", 1000)])
def test_each_year_is_set_against_its_own_homes(busy, period, homes):
    found = by_area(busy, period=period)
    table = found.table.set_index("code")
    assert table["homes"].to_dict() == {"W1": homes, "W2": 250}
    years = 2 if period == "all" else 1
    assert table["count"].to_dict() == {"W1": 20 * years, "W2": 10 * years}
    assert table["rate_per_1000_homes"].to_dict() == {"W1": 20 / homes * 1000, "W2": 40}
    assert found.homes_year == (2021 if period == "2023-24" else 2024)
    assert f"counted in {found.homes_year}" in rate_notes(found)[-1]


def test_cells_and_wards_hold_the_same_clients_and_homes(busy):
    cells, areas = by_cell(busy), by_area(busy)
    assert cells.table["count"].sum() == areas.table["count"].sum() == 60
    assert cells.table["homes"].sum() == areas.table["homes"].sum() == 1250
    for found in (cells, areas):
        assert found.located + sum(found.unmapped.values()) + found.left_out == found.episodes == 62
        assert found.months == 24
    assert cells.mean_per_1000_homes == areas.mean_per_1000_homes == pytest.approx(60 / 1.25 / 2)


def test_records_taken_in_before_the_areas_were_loaded_are_refused_a_rate(busy):
    busy.save_areas("areas", wards().assign(code=["N1", "N2"]), edition("areas"))
    with pytest.raises(MissingDataError, match=r"named areas of your own loaded now.*add the exports again"):
        by_area(busy, level="area")


def test_records_of_a_ward_that_was_replaced_are_told_and_not_lost(busy):
    busy.save_areas("wards", wards().assign(code=["W1", "W9"]), edition("wards"))
    found = by_area(busy)
    assert found.unmapped["no_area"] == 20
    assert found.located + sum(found.unmapped.values()) == found.episodes
    assert "20 clients inside the district carry no area" in " ".join(rate_notes(found))


def test_without_a_file_of_homes_live_postcodes_stand_in_and_people_are_unknown(council, add):
    add(export(row(1), row(2, postcode="ZZ1 2AA", day="01/05/2024")))
    found = by_area(council)
    assert found.table.set_index("code")["homes"].to_dict() == {"W1": 45, "W2": 45}
    assert found.table["rate_per_1000_people"].isna().all()
    assert rate_notes(found)[-1].startswith("Homes: live postcodes x 15. People are not known")


def test_areas_that_are_not_loaded_and_records_that_are_not_there_are_said(council):
    with pytest.raises(MissingDataError, match="no LSOAs; add them with: planner add boundary FILE --as lsoa"):
        area_homes_of(council, level="lsoa")
    with pytest.raises(MissingDataError, match="no records yet"):
        by_area(council)


def test_a_table_of_rates_ends_with_those_who_have_no_place(busy):
    for found, key in ((by_area(busy), "code"), (by_cell(busy), "cell")):
        table = rates_table(found, {"W1": "West"})
        assert table["count"].sum() == found.episodes
        assert table.iloc[-1]["status"] == "missing"
        assert table.iloc[-1].drop(["status", key, "place", "count"]).isna().all()
        assert set(table.loc[table["status"] == "located", key].str.len()) == {2 if key == "code" else 15}
    everybody = rates_table(by_area(busy, leave_out=("institution",)), {"W1": "West"})
    assert everybody["place"].tolist()[:2] == ["West", ""]
