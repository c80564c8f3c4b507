"""The sample district: what it lacks, what it says twice and whom it reaches, as they were planted."""

import csv

import pytest

from geo.evidence.capture import FEWER, MORE
from geo.evidence.counts import Selection
from geo.evidence.missing import find_missing
from geo.evidence.repeats import find_repeats
from geo.review.ages import BANDS
from geo.review.gaps import capture_of
from layers.census import read_census


@pytest.fixture(scope="module")
def missing(sample):
    return find_missing(sample.workspace.records(), first_month=4)


def test_the_statuses_and_flags_of_each_feed_are_those_planted(sample, missing) -> None:
    for name, planted in sample.truth["files"].items():
        feed = missing.shares[(missing.shares["by"] == "feed") & (missing.shares["group"] == name.split(".")[0])]
        found = dict(zip(feed["what"], feed["rows"], strict=True))
        expected = {status: rows for status, rows in planted["status"].items() if status != "duplicate"}
        assert {name: found[name] for name in expected} == expected
        assert {name: found[name] for name in planted["flags"]} == planted["flags"]


def test_rows_from_outside_lie_in_the_one_neighbour(sample, missing) -> None:
    assert missing.outside["district"].tolist() == ["Z07000002", ""]  # nobody's who fled is told
    assert missing.outside["rows"].sum() == sample.truth["all"]["status"]["outside"]


def test_the_range_of_no_fixed_abode_holds_the_share_planted(missing) -> None:
    row = missing.shares[(missing.shares["by"] == "district") & (missing.shares["what"] == "no_fixed_abode")].iloc[0]
    assert row["low"] < 0.11 < row["high"]


def test_households_are_as_many_as_planted_and_rows_half_as_many_again(sample) -> None:
    found = find_repeats(sample.workspace.records(), months=6, first_month=4)
    whole = found.of("district").iloc[0]
    assert whole["households"] == sample.truth["households"]
    assert whole["rows"] + whole["duplicates"] == sample.truth["all"]["rows"]
    assert 0.2 < whole["repeat_share"] < 0.28
    assert whole["came_back"] > 30
    assert "2022-23" not in set(found.table.loc[found.table["group"] == "referrals_food_banks", "period"])


def test_its_census_adds_up_to_its_people_and_its_homes(sample) -> None:
    table, _ = read_census(sample.folder / "census.csv", district="", today=sample.gazetteer.editions()[0].added)
    with (sample.folder / "households.csv").open(encoding="utf-8") as file:
        people = sum(int(row["people"]) for row in csv.DictReader(file))
    by_field = table.groupby("field")["people"].sum()
    assert by_field.to_dict() == {"age_band": people, "household_type": sample.truth["homes"]}
    assert table.loc[table["field"] == "age_band", "group"].tolist() == list(BANDS[:-1])


def test_the_young_come_more_than_their_share_and_the_old_less(sample) -> None:
    """Ages were drawn so that most clients are young, whoever lives in the district."""
    table, edition = read_census(sample.folder / "census.csv", district="", today=sample.gazetteer.editions()[0].added)
    sample.workspace.save_census(table, edition)
    said = capture_of(sample.workspace, Selection()).table.set_index("group")["said"]
    assert said["18-24"] == MORE
    assert said["65+"] == FEWER
