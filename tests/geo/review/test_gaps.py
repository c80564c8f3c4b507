"""What is missing, what repeats and who is reached, worked out from a council's own folder."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import Selection
from geo.review.gaps import capture_of, district_names, missing_of, place_level, repeats_of, sensitivity_of
from geo.review.intake import keep, take_in
from geo.schema import CENSUS
from tests.tinytown import council

PLACES = ["ZZ1 1AA"] * 5 + ["ZZ1 2AA"] * 3 + ["ZZ1 9BA"] * 2 + ["ZZ99 3VZ", "", "ZZ2 1AA", council.OFFICE]


@pytest.fixture
def town(tmp_path):
    """A council with fourteen clients: two at the delivery office, one at its own office, two without a place."""

    def made(*, with_wards=True):
        workspace = council.make_council(tmp_path / "town", with_wards=with_wards)
        days = ["14/05/2024"] * 13 + ["14/05/2023"]
        rows = [
            council.row(at, postcode=code, day=day) for at, (code, day) in enumerate(zip(PLACES, days, strict=True))
        ]
        taken = take_in(workspace, council.export(*rows), file_name="e.csv", feed="Housing", today=council.TODAY)
        keep(workspace, taken)
        return workspace

    return made


def test_what_is_missing_is_told_for_a_year_and_for_all(town):
    workspace = town()
    assert missing_of(workspace).district()["no_place"] == 2
    assert missing_of(workspace).rows == len(PLACES)
    assert missing_of(workspace, period="2023-24").rows == 1
    assert missing_of(workspace, period="2023-24..2024-25").rows == len(PLACES)
    with pytest.raises(BadInputError, match="2023-24, 2024-25"):
        missing_of(workspace, period="1066-67")


def test_a_neighbour_is_named_where_the_council_s_own_areas_name_it(town):
    workspace = town()
    assert missing_of(workspace).outside["name"].tolist() == ["E07000999"]
    areas = gpd.GeoDataFrame(
        {"code": ["E07000999"], "name": ["Next Door"]}, geometry=[shapely.box(3, 53, 4, 54)], crs="EPSG:4326"
    )
    workspace.save_areas("areas", areas, council.edition("areas"))
    assert district_names(workspace)["E07000999"] == "Next Door"
    assert missing_of(workspace).outside["name"].tolist() == ["Next Door"]


def test_repeats_use_the_council_s_own_months(town):
    workspace = town()
    found = repeats_of(workspace)
    assert found.episode_months == workspace.scenario.episode_months
    assert found.of("district")["rows"].tolist() == [len(PLACES)]


def test_places_are_wards_where_wards_are_loaded(town):
    workspace = town()
    found = sensitivity_of(workspace, Selection(), measure="count")
    assert place_level(workspace) == "ward"
    assert found.table[["place", "clients", "now"]].to_numpy().tolist() == [["W2", 6, 1], ["W1", 5, 2]]
    assert found.table["without_both"].tolist() == [2, 1]
    assert (found.unmapped, found.outside, found.beyond) == (2, 1, 0)


def test_else_they_are_hexagons_with_a_name_each(town):
    workspace = town(with_wards=False)
    found = sensitivity_of(workspace, Selection(), measure="count")
    assert place_level(workspace) == "h3_8"
    assert found.table["place"].is_unique
    assert found.table["clients"].sum() + found.beyond == 11
    assert found.table["code"].str.fullmatch("[0-9a-f]{15}").all()


def test_records_left_out_by_the_reader_s_choice_are_in_no_variant(town):
    found = sensitivity_of(town(), Selection(leave_out=("institution",)), measure="count")
    assert found.left_out["without_institutions"] == 0
    assert found.episodes == len(PLACES) - 1


def test_without_a_census_the_sentence_says_how_to_add_one(town):
    workspace = town()
    with pytest.raises(MissingDataError, match="planner add census FILE"):
        capture_of(workspace, Selection())
    table = pd.DataFrame({"field": ["age_band"], "group": ["18-24"], "people": [9.0]})
    workspace.save_census(CENSUS.validate(table), council.edition("census"))
    assert "census" in {edition.dataset for edition in workspace.editions()}
    assert capture_of(workspace, Selection()).households == len(PLACES)
