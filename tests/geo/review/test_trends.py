"""Trends of a workspace: months that were not over, flags left out, homes by year, areas that changed."""

from datetime import date

import pandas as pd
import pytest

from geo.errors import MissingDataError
from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.trends import like_for_like_of, named, run_charts_of, trends_of, usable_records, usual_years
from tests.tinytown import council

SAID = IntakeOptions(address_kind="at_approach", date_kind="approach")
MONTHS = [f"{month:02d}/{year}" for year in (2023, 2024) for month in range(1, 13)]


@pytest.fixture
def workspace(tmp_path):
    return council.make_council(tmp_path / "council")


def add(workspace, days, *, added, feed="Housing", start=0, **fields):
    rows = [council.row(start + at, day=day, **fields) for at, day in enumerate(days)]
    content = council.export(*rows)
    taken = take_in(workspace, content, file_name="export.csv", feed=feed, today=added, options=SAID)
    keep(workspace, taken)


def monthly(until):
    """A household in each month from April 2023, written day first."""
    return [f"14/{month}" for month in MONTHS[3 : MONTHS.index(until) + 1]]


def test_the_month_that_was_not_over_when_the_file_was_added_is_left_out_and_counted(workspace):
    add(workspace, monthly("09/2024"), added=date(2024, 9, 20))
    records, apart = usable_records(workspace)
    assert records["month"].max() == "2024-08"
    assert apart == {"month_not_over": 1}
    found = like_for_like_of(workspace, earlier="2023-24", later="2024-25")
    assert found.months == (4, 5, 6, 7, 8)
    assert sum(found.rows.values()) == len(workspace.records())
    assert found.rows["month_not_over"] == 1


def test_a_file_added_on_the_last_day_of_a_month_has_the_whole_month(workspace):
    add(workspace, monthly("09/2024"), added=date(2024, 9, 30))
    assert usable_records(workspace)[1] == {}


def test_the_usual_years_are_the_last_two_that_are_over(workspace):
    add(workspace, ["14/05/2022", *monthly("09/2024")], added=date(2024, 9, 30))
    assert usual_years(workspace) == ("2022-23", "2023-24")


def test_where_fewer_than_two_years_are_over_the_last_two_are_compared(workspace):
    add(workspace, monthly("09/2024"), added=date(2024, 9, 30))
    assert usual_years(workspace) == ("2023-24", "2024-25")


def test_flags_that_are_left_out_everywhere_are_left_out_here_and_counted(workspace):
    add(workspace, monthly("09/2024"), added=date(2024, 9, 30))
    add(workspace, monthly("09/2024"), added=date(2024, 9, 30), feed="Office", start=100, postcode="ZZ1 9BA")
    workspace.save_scenario(workspace.scenario.model_copy(update={"leave_out": ("shared_point",)}))
    found = like_for_like_of(workspace, earlier="2023-24", later="2024-25")
    assert found.rows["left_out"] == 18
    assert sum(found.rows.values()) == 36
    assert run_charts_of(workspace, {}, resolution=8).rows["left_out"] == 18


def _homes(year, count):
    table = pd.DataFrame({"postcode": ["ZZ11AA", "ZZ12AA"], "people": [9.0, 90.0], "homes": [float(count), 40.0]})
    return table.assign(year=year)


@pytest.mark.parametrize(("by", "unit"), [("cell", ""), ("ward", "W1"), ("district", "district")])
def test_homes_of_either_year_are_set_against_its_clients(workspace, by, unit):
    add(workspace, [*monthly("12/2024"), "20/11/2024", "20/12/2024"], added=date(2025, 4, 30))
    homes = pd.concat([_homes(2023, 10), _homes(2024, 20)], ignore_index=True)
    workspace.save_homes(homes, council.edition("households"))
    found = like_for_like_of(workspace, earlier="2023-24", later="2024-25")
    trends = trends_of(workspace, found, by=by)
    assert trends.homes_used
    row = trends.table.set_index("unit").loc[unit] if unit else trends.table.iloc[0]
    before, after = (50, 60) if by == "district" else (10, 20)
    assert row["share_later"] == pytest.approx(after / (before + after))
    assert trends.without_homes == 0


def test_homes_of_one_year_cancel_out(workspace):
    add(workspace, monthly("12/2024"), added=date(2025, 4, 30))
    workspace.save_homes(_homes(0, 10), council.edition("households"))
    found = like_for_like_of(workspace, earlier="2023-24", later="2024-25")
    assert not trends_of(workspace, found, by="cell").homes_used


def test_clients_of_a_ward_that_is_not_loaded_any_more_are_told_to_be_in_none(workspace):
    add(workspace, monthly("12/2024"), added=date(2025, 4, 30))
    workspace.save_areas("wards", council.wards().iloc[1:].reset_index(drop=True), council.edition("wards"))
    found = like_for_like_of(workspace, earlier="2023-24", later="2024-25")
    trends = trends_of(workspace, found, by="ward")
    assert trends.table.empty
    assert trends.unmapped == {"no_area": (9, 9)}
    with pytest.raises(MissingDataError, match="no named areas of your own"):
        trends_of(workspace, found, by="area")


def test_every_unit_has_the_name_of_its_place(workspace):
    add(workspace, monthly("12/2024"), added=date(2025, 4, 30))
    found = like_for_like_of(workspace, earlier="2023-24", later="2024-25")
    names = {by: named(workspace, trends_of(workspace, found, by=by))["place"].tolist() for by in ("district", "ward")}
    assert names == {"district": ["Tinytown"], "ward": ["W1"]}
    assert named(workspace, trends_of(workspace, found, by="cell"))["place"].tolist() == ["W1"]
