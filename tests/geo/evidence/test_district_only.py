"""Episodes whose place may not be told are counted for the district and stand in no count by cell or area."""

import pytest

from geo.evidence.counts import Selection, count_selected_areas, count_selected_cells
from geo.evidence.episodes import find_episodes
from geo.evidence.sensitivity import LOST
from geo.schema import DISTRICT_ONLY
from tests.geo.evidence.rows import at, records

PLACED = {"h3_7": 7, "h3_8": 8, "ward": "W1"}
NOWHERE = {"h3_7": 0, "h3_8": 0, "ward": ""}


def episodes(*rows):
    return find_episodes(records(*rows), months=6, first_month=4)


def test_they_are_named_beside_every_map_and_none_is_lost():
    found = episodes(at("a", "2024-05", **PLACED), at("b", "2024-05"), at("c", "2024-05", status="missing"))
    for counts in (
        count_selected_cells(found, Selection(), resolution=8),
        count_selected_areas(found, Selection(), level="ward"),
    ):
        assert counts.unmapped == {DISTRICT_ONLY: 1, "missing": 1}
        assert counts.episodes == 3
    assert count_selected_cells(found, Selection(), resolution=7).located == 1


@pytest.mark.parametrize("first", [0, 1])
def test_an_episode_with_one_such_row_has_no_place_whichever_row_came_first(first):
    rows = [at("a", "2024-05", **NOWHERE), at("a", "2024-06", **PLACED)]
    months = ("2024-05", "2024-06")
    ordered = [row | {"month": month} for row, month in zip([rows[first], rows[1 - first]], months, strict=True)]
    (episode,) = episodes(*ordered).to_dict("records")
    assert (episode["status"], episode["h3_8"], episode["ward"]) == (DISTRICT_ONLY, 0, "")
    assert episode["rows"] == 2


def test_a_later_episode_of_an_ordinary_household_keeps_its_place():
    found = episodes(at("a", "2023-05", **NOWHERE), at("a", "2024-06", **PLACED))
    assert found["status"].tolist() == [DISTRICT_ONLY, "located"]


def test_a_row_in_no_ward_and_no_cell_but_outside_stays_outside():
    assert episodes(at("a", "2024-05", status="outside"))["status"].tolist() == ["outside"]


def test_the_question_of_what_if_they_came_back_counts_them_among_the_unmapped():
    assert DISTRICT_ONLY in LOST
