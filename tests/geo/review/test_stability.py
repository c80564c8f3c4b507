"""Stability out of a workspace: Tinytown, where hardly anything can be tried, and says so."""

import pandas as pd
import pytest

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import Selection
from geo.review.stability import housed_of, stability_of
from tests.tinytown.council import edition, export, row

HOMES = pd.DataFrame({"postcode": ["ZZ11AA", "ZZ12AA"], "people": [80.0, 20.0], "homes": [40.0, 9.0], "year": 2021})


def cells_of(council, *postcodes):
    found = council.gazetteer().lookup(postcodes)
    return sorted(found["h3_8"].tolist())


def tried(council, areas, resolution=8, **selection):
    return stability_of(council, areas, selection=Selection(**selection), resolution=resolution)


def two_years(add):
    rows = [row(n, postcode="ZZ1 1AA", day=f"14/05/{2023 + n % 2}") for n in range(30)]
    add(export(*rows, row(98, postcode="ZZ1 9BA"), row(99, postcode="ZZ1 2AB")))


def test_homes_stand_where_the_postcodes_are_and_none_is_lost(council):
    live = housed_of(council)
    assert live["homes"].tolist() == [15.0] * 6
    assert live.set_index("postcode")["ward"].loc[["ZZ11AA", "ZZ12AA"]].tolist() == ["W1", "W2"]
    council.save_homes(HOMES, edition("households"))
    counted = housed_of(council)
    assert counted["homes"].sum() == 49


def test_a_town_of_two_years_gets_an_answer_and_what_could_not_be_tried_is_named(council, add):
    two_years(add)
    steps = []
    found = stability_of(
        council,
        {"West": cells_of(council, "ZZ1 1AA")},
        selection=Selection(),
        resolution=8,
        progress=lambda step, done: steps.append((step, done)),
    )
    row = found.table.iloc[0]
    assert (row["area"], row["runs"]) == ("West", len(found.detail))
    assert set(found.detail["kind"]) == {"resolution", "rings", "areas", "year", "shift", "marks"}
    assert found.not_run == {
        "small census areas (LSOAs)": "none are loaded",
        "each source of records left out": "all of them came from Housing",
    }
    assert found.clients == 32
    assert steps[-1] == ("Done", 1.0)
    assert tried(council, {"West": cells_of(council, "ZZ1 1AA")}).table.equals(found.table)


def test_clients_where_nobody_lives_are_untested_in_every_grid(council, add):
    two_years(add)
    found = tried(council, {"West": cells_of(council, "ZZ1 1AA")})
    shifted = found.detail.loc[found.detail["kind"] == "shift", "untested"]
    assert shifted.tolist() == [1, 1, 1], "the client at the delivery office"


def test_coarse_cells_are_tried_as_fine_ones(council, add):
    two_years(add)
    coarse = council.gazetteer().lookup(["ZZ1 1AA"])["h3_7"].tolist()
    found = tried(council, {"West": coarse}, resolution=7)
    assert "hexagons of the other size (resolution 8)" in found.detail["run"].tolist()


def test_no_hot_area_is_no_work(council, add):
    two_years(add)
    assert tried(council, {}).table.empty


def test_a_single_year_asked_for_cannot_be_firm(council, add):
    two_years(add)
    found = tried(council, {"West": cells_of(council, "ZZ1 1AA")}, period="2024-25")
    assert found.not_run["each review year left out"] == "all of them are of 2024-25"
    assert "cannot be called firm" in found.table["note"].iloc[0]


def test_an_area_of_cells_that_nobody_lives_in_is_refused(council, add):
    two_years(add)
    with pytest.raises(BadInputError, match="The area 'Nowhere' has no cell with homes"):
        tried(council, {"Nowhere": [1]})


def test_a_resolution_that_is_not_kept_is_refused(council):
    with pytest.raises(BadInputError, match="Resolution 9 is not kept"):
        tried(council, {"West": [1]}, resolution=9)


def test_homes_of_nobody_are_nothing_to_compare_with(council, add):
    two_years(add)
    council.save_homes(HOMES.assign(homes=0.0), edition("households"))
    with pytest.raises(MissingDataError, match="No postcode of the district has homes"):
        tried(council, {"West": [1]})


def test_records_none_of_which_is_on_the_map_leave_every_setting_untried(council, add):
    add(export(row(1, postcode="ZZ99 3VZ")))
    found = tried(council, {"West": cells_of(council, "ZZ1 1AA")})
    assert found.table["note"].tolist() == ["No other setting could be tried, so nothing is known of how firm it is."]
    assert found.table["share"].tolist() == [0]
