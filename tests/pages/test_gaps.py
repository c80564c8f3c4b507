"""What the Gaps page says: who has no place, what repeats, how firm the first ten are, and which groups are reached."""

import re

import pytest

from geo.evidence.cohorts import FIELDS

SECTIONS = [
    "No place on the map",
    "Repeats",
    "Would the first ten change?",
    "Groups of clients",
    "Are all groups reached?",
]


@pytest.fixture
def section(open_page):
    """Open the page on one of its sections."""

    def opened(name, workspace=None):
        app = open_page("gaps", workspace)
        app.segmented_control[0].set_value(name).run()
        return app

    return opened


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_opens_without_an_error(section, name) -> None:
    app = section(name)
    assert [error.value for error in app.error] == []
    assert len(app.exception) == 0
    assert app.title[0].value == "Gaps"


def test_without_records_there_is_one_sentence(open_page, bare_workspace, words) -> None:
    app = open_page("gaps", bare_workspace)
    assert "There are no records yet" in words(app)
    assert len(app.error) == 1


def test_the_share_without_a_place_is_told_with_its_range(open_page, words) -> None:
    said = words(open_page("gaps"))
    assert "**393 of 2,090 rows have no place on the map: 19 %** (17 to 21 %)" in said
    assert "Another 97 are from outside the district" in said
    assert "rows, not households" in said


def test_a_chart_of_shares_has_words_for_who_cannot_see_it(open_page) -> None:
    charts = open_page("gaps").get("vega_lite_chart") or open_page("gaps").get("arrow_vega_lite_chart")
    assert len(charts) == 1
    assert "by source; the table below says the same" in charts[0].proto.alt


def test_rows_are_told_by_route_and_year_too(open_page) -> None:
    app = open_page("gaps")
    app.segmented_control[1].set_value("How they came").run()
    assert "Duty to Refer" in {str(cell) for table in app.table for cell in table.value.to_numpy().ravel()}


def test_households_rows_and_repeats_are_told_apart(section, words) -> None:
    said = words(section("Repeats"))
    assert "**2,090 rows from 1,515 households**" in said
    assert "826 approaches by themselves, 611 referrals by 8 agencies" in said
    assert "25 rows that are in a file twice" in said


def test_each_variant_of_the_first_ten_has_its_sentence(section, words) -> None:
    app = section("Would the first ten change?")
    assert "**Without institutions** (" in words(app)
    app.radio[0].set_value("Most clients above what the homes explain").run()
    assert "Pellingholt & Sandlewick drops out" in words(app)


def test_a_group_that_is_large_enough_is_tested_by_place(section, words) -> None:
    app = section("Groups of clients")
    assert FIELDS[0] == app.selectbox[1].value
    said = words(app)
    assert "stand" in said
    assert len(app.get("iframe")) == 1


def test_a_small_group_is_refused_in_a_sentence(section, words) -> None:
    app = section("Groups of clients")
    app.selectbox[1].set_value("reason").run()
    app.selectbox[2].set_value("fire, flood or other emergency").run()
    assert "Only 6 of this group have a place on the map" in words(app)
    assert len(app.get("iframe")) == 0


def test_domestic_abuse_has_no_map(section, words) -> None:
    app = section("Groups of clients")
    app.selectbox[1].set_value("reason").run()
    app.selectbox[2].set_value("domestic abuse").run()
    assert "counted for the whole district only" in words(app)
    assert len(app.get("iframe")) == 0


def test_clients_are_set_against_the_people_of_the_district(section, words) -> None:
    app = section("Are all groups reached?")
    table = app.table[0].value.set_index("Group")
    assert table.loc["65+", "Reached"] == "fewer than its share"
    assert table.loc["18-24", "Reached"] == "more than its share"
    told = re.search(r"type of household\*\*: ([\d,]+) clients compared; not compared: not stated (\d+)", words(app))
    assert int(told[1].replace(",", "")) + int(told[2]) == 1515


def test_without_a_census_the_page_says_how_to_add_one(section, own_workspace, words) -> None:
    (own_workspace.root / "layers" / "census.parquet").unlink()
    app = section("Are all groups reached?", own_workspace)
    assert "no census to compare with" in words(app)
