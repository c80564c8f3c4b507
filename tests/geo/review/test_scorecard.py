"""The delivery plan's scorecard: five answers in words, and blank is never taken for nought."""

from datetime import date

import pytest

from geo.review.quarter_figures import set_figures
from geo.review.review_quarters import ReviewQuarter
from geo.review.scorecard import scorecard_of
from geo.scenario import DeliveryOptions
from tests.geo.review.hubs_held import record
from tests.geo.review.registers import load, signed
from tests.tinytown.council import TODAY

YEAR = "2024-25"
HUBS, WALKS, VISITS = range(4), range(4, 8), range(8, 12)


@pytest.fixture
def council(council):
    load(council)
    return signed(council)


def verdicts(council, rows, today=TODAY):
    found = scorecard_of(council, YEAR, today=today)
    return [found.rows[place].verdict for place in rows]


def give(council, number, **figures):
    set_figures(council, ReviewQuarter(YEAR, number, 4), figures, who="JS", today=TODAY)


def test_where_nothing_was_ever_written_down_nothing_is_known(council) -> None:
    found = scorecard_of(council, YEAR, today=TODAY)
    assert {row.verdict for row in found.rows} == {"not known yet"}
    assert found.sentence == "Targets of 2024-25, each in every quarter: not known yet 12."


def test_a_quarter_without_a_hub_is_missed_once_a_later_hub_is_on_record(council) -> None:
    record(council, "2024-05-14")
    record(council, "2024-11-14")
    assert verdicts(council, HUBS) == ["met", "not met", "met", "not known yet"]


def test_of_years_before_the_first_record_nobody_knows(council) -> None:
    record(council, "2025-05-14")
    assert verdicts(council, HUBS) == ["not known yet"] * 4


def test_a_quarter_under_way_is_not_over_unless_its_target_is_met_already(council) -> None:
    record(council, "2024-05-14")
    day = date(2024, 8, 1)
    assert verdicts(council, HUBS, day) == ["met", "quarter not over", "quarter not over", "quarter not over"]
    assert verdicts(council, VISITS, day) == ["not known yet", *["quarter not over"] * 3]


def test_walkabouts_and_visits_are_judged_by_the_figures_given(council) -> None:
    give(council, 1, walkabouts=2, reported=5, visited=5)
    give(council, 2, walkabouts=0, reported=5, visited=4)
    give(council, 3, reported=0)
    give(council, 4, reported=3)
    assert verdicts(council, WALKS) == ["met", "not met", "not known yet", "not known yet"]
    assert verdicts(council, VISITS) == ["met", "not met", "nothing to judge", "not known yet"]


def test_the_targets_are_settings(council) -> None:
    give(council, 1, walkabouts=1, reported=5, visited=4)
    record(council, "2024-05-14")
    delivery = DeliveryOptions(hubs_a_quarter=2, walkabouts_a_quarter=2, visited_share=0.8)
    council.save_scenario(council.scenario.model_copy(update={"delivery": delivery}))
    found = scorecard_of(council, YEAR, today=TODAY)
    assert [found.rows[place].verdict for place in (0, 4, 8)] == ["not met", "not met", "met"]
    assert "at least 80 %" in found.rows[8].target


def test_every_cell_of_the_table_says_its_verdict_in_words_with_a_sign_of_its_own(council) -> None:
    record(council, "2024-05-14")
    table = scorecard_of(council, YEAR, today=TODAY).table()
    assert table.columns.tolist() == ["Target", "2024-25 Q1", "2024-25 Q2", "2024-25 Q3", "2024-25 Q4"]
    assert table.iloc[0, 1] == "✓ met: 1 held"
    assert table.iloc[1, 1] == "? not known yet: no figure given"
