"""The sample district's trends: what was planted to grow grows, and a feed that began is no growth."""

import h3.api.basic_int as h3
import pytest

from geo.crs import to_wgs84
from geo.evidence.like_for_like import compare_like_for_like
from geo.evidence.periods import review_year
from geo.evidence.rate_ratio import compare_two_counts
from geo.evidence.run_charts import find_run_charts
from geo.evidence.trends import find_trends, trend_of_cells

OPTIONS = {"first_month": 4, "episode_months": 6, "hub_sources": ()}


@pytest.fixture(scope="module")
def records(sample):
    return sample.workspace.records()


@pytest.fixture(scope="module")
def clusters(sample):
    """The cells of each planted cluster: the one at its centre and those around it."""
    groups = {}
    for cluster in sample.truth["clusters"]:
        lon, lat = to_wgs84([cluster["easting"]], [cluster["northing"]])
        groups[cluster["name"]] = h3.grid_disk(h3.latlng_to_cell(float(lat[0]), float(lon[0]), 8), 1)
    return groups


def compared(records, earlier, later):
    return compare_like_for_like(records, earlier=earlier, later=later, **OPTIONS)


def test_the_food_banks_that_began_in_year_two_look_like_growth_only_to_who_counts_everything(records) -> None:
    rows = records[records["status"] != "duplicate"]
    everything = review_year(rows["month"], first_month=4).value_counts()
    naive = compare_two_counts([everything["2022-23"]], [everything["2023-24"]], 0.5)
    assert naive.ratio[0] > 1.05
    found = compared(records, "2022-23", "2023-24")
    [aside] = found.set_aside
    assert aside.why == "began in April 2023"
    assert "food" in aside.name.lower()
    [fair] = find_trends(found, by="district").table.to_dict("records")
    assert fair["ratio"] < naive.ratio[0]
    assert fair["low"] < 1 < fair["high"]
    assert fair["trend"] == "steady"


def test_what_was_planted_to_grow_grows_and_what_was_planted_to_fade_fades(records, clusters) -> None:
    first_to_last = trend_of_cells(compared(records, "2022-23", "2024-25"), clusters, 8).set_index("unit")["trend"]
    assert first_to_last.to_dict() == {"Saltpans": "growing", "Tanyard": "too few to tell", "Hesselmere": "fading"}


@pytest.mark.parametrize("years", [("2022-23", "2023-24"), ("2023-24", "2024-25")])
def test_from_year_to_year_nothing_is_called_the_opposite_of_what_was_planted(records, clusters, years) -> None:
    trend = trend_of_cells(compared(records, *years), clusters, 8).set_index("unit")["trend"]
    assert trend["Saltpans"] != "fading"
    assert trend["Hesselmere"] not in {"growing", "new"}
    assert trend["Tanyard"] in {"steady", "too few to tell"}


def test_the_quarters_leave_the_food_banks_out_and_claim_nothing_of_the_district(records, clusters) -> None:
    found = find_run_charts(records, clusters, resolution=8, **OPTIONS)
    assert [aside.why for aside in found.set_aside] == ["began in April 2023"]
    assert sum(found.rows.values()) == len(records)
    district = found.charts[0]
    assert (len(district.table), district.verdict) == (12, "no signal")
    hesselmere = next(chart for chart in found.charts if chart.name == "Hesselmere")
    shifts = [signal.direction for signal in hesselmere.signals if signal.kind == "shift"]
    assert shifts in ([], ["up", "down"])  # above the middle first and below it last is what fading looks like
    assert ("trend", "up") not in {(signal.kind, signal.direction) for signal in hesselmere.signals}
