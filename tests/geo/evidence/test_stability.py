"""How firm an area is: counted over runs, put in a word, and said in a sentence."""

import pytest

from geo.evidence.stability import Run, find_stability
from geo.scenario import StabilityOptions

HOT, COLD = (frozenset({1, 2}),), (frozenset({9}),)
YEARS = ("2022-23 left out", "2023-24 left out", "2024-25 left out")


def runs(*, years=(HOT, HOT, HOT), others=(HOT, HOT, HOT, HOT, HOT)):
    by_year = [Run(name, "year", hot) for name, hot in zip(YEARS, years, strict=False)]
    return [*by_year, *[Run(f"way {number}", "feed", hot) for number, hot in enumerate(others)]]


def judge(made, **options):
    found = find_stability({"Mill": [2, 3]}, made, clients=40, options=StabilityOptions(**options))
    return found.table.iloc[0]


def test_an_area_that_is_hot_in_every_run_is_firm():
    row = judge(runs())
    assert (row["word"], row["share"], bool(row["held_out"])) == ("firm", 1, True)
    assert row["note"] == "Hot in 8 of 8 other settings. It stays hot whichever review year is left out."


def test_an_area_that_a_single_year_makes_hot_is_not_firm_however_many_runs_find_it():
    row = judge(runs(years=(HOT, HOT, COLD), others=[HOT] * 20))
    assert row["share"] > 0.9
    assert (row["word"], bool(row["held_out"])) == ("fair", False)
    assert "Not hot with: 2024-25 left out." in row["note"]


def test_one_year_can_never_be_firm_and_the_note_says_so():
    row = judge(runs(years=()))
    assert (row["word"], row["share"], bool(row["held_out"])) == ("fair", 1, False)
    assert "only one review year, so it cannot be called firm" in row["note"]


@pytest.mark.parametrize(("cold", "word"), [(0, "firm"), (1, "firm"), (2, "fair"), (4, "fair"), (5, "fragile")])
def test_the_word_follows_the_share_of_runs(cold, word):
    made = runs(years=(HOT, HOT, HOT), others=[COLD] * cold + [HOT] * (5 - cold))
    assert judge(made)["word"] == word


def test_thresholds_are_options():
    assert judge(runs(others=[COLD] * 5), fair_share=0.3)["word"] == "fair"
    assert judge(runs(others=[COLD] * 5), fair_share=0.3, firm_share=0.3)["word"] == "firm"


def test_a_shifted_grid_counts_by_the_greater_part_of_its_draws():
    split = Run("a grid half a cell to the east", "shift", (*HOT, *COLD, *HOT, *COLD, *COLD))
    found = find_stability({"Mill": [1], "Quay": [9]}, [split], clients=9, options=StabilityOptions())
    assert found.detail[["area", "hot", "hot_draws", "draws"]].to_numpy().tolist() == [
        ["Mill", False, 2, 5],
        ["Quay", True, 3, 5],
    ]


def test_half_the_draws_are_not_the_greater_part():
    even = Run("a grid half a cell to the east", "shift", (*HOT, *COLD))
    assert judge([even])["hot_runs"] == 0


def test_a_long_list_of_cold_runs_is_cut_short():
    row = judge(runs(others=[COLD] * 5))
    assert "Not hot with: way 0; way 1; way 2; 2 more." in row["note"]


def test_a_year_without_which_it_is_gone_is_named_before_anything_else():
    row = judge([*runs(years=(), others=[COLD] * 5), Run("2023-24 left out", "year", COLD)])
    assert "Not hot with: 2023-24 left out; way 0; way 1; 3 more." in row["note"]


def test_no_run_at_all_is_said():
    row = judge([])
    assert (row["runs"], row["share"], row["word"]) == (0, 0, "fragile")
    assert row["note"] == "No other setting could be tried, so nothing is known of how firm it is."


def test_no_area_gives_empty_tables():
    found = find_stability({}, runs(), clients=0, options=StabilityOptions(), not_run={"wards": "none are loaded"})
    assert found.table.empty
    assert found.detail.empty
    assert found.not_run == {"wards": "none are loaded"}
    assert found.rule.startswith("Firm: hot at 90 % in at least 80 % of the other settings")


def test_every_area_meets_every_run_once():
    found = find_stability({"Mill": [1], "Quay": [9]}, runs(), clients=9, options=StabilityOptions())
    assert found.table["runs"].tolist() == [8, 8]
    assert found.detail.groupby("area", sort=False)["hot"].sum().tolist() == found.table["hot_runs"].tolist()
