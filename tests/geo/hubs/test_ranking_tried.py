"""What a ranking says of its own order, and what it answers to odd input: on the coast road."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import BadInputError
from geo.hubs.facts import Surroundings
from geo.hubs.need import clients_of
from geo.hubs.ranking import Choice, Ranking, rank_sites
from geo.scenario import (
    RankingOptions,
    RankingWeights,
    ReachOptions,
    Scenario,
    ValueFunction,
    ValueFunctions,
    WeightRanges,
)

TWINS = [("West hall", "village_hall", 0), ("East hall", "village_hall", 10_000)]
HALLS = [*TWINS, ("Far hall", "village_hall", 50_000)]
ONLY_NEED = RankingWeights(need_reached=1, new_reach=0, co_location=0, suitability=0)
NUMBERS = ["score", "chance_first", "chance_top", "expected_rank", "reached_low", "new_high", "amount_new_reach"]


def _rank(need, sites, **options) -> Ranking:
    return rank_sites(clients_of(*need), Surroundings(sites), scenario=Scenario(**options), choice=Choice(draws=400))


def test_two_halls_with_as_many_clients_each_are_tied(make_need, make_sites) -> None:
    ranked = _rank(make_need([(0, 20), (10_000, 20)]), make_sites(TWINS))
    assert ranked.table["chance_first"].tolist() == pytest.approx([0.5, 0.5], abs=0.08)
    assert ranked.table["tied_with_first"].tolist() == [False, True]
    assert ranked.table["tied_with"].tolist() == ["2", "1"]
    assert ranked.tie.startswith("Place 2 cannot be told apart from the first")


def test_a_hall_far_ahead_is_first_whatever_the_weights_and_the_luck(make_need, make_sites) -> None:
    ranked = _rank(make_need([(0, 90), (10_000, 9)]), make_sites(HALLS), ranking=RankingOptions(unsure=1))
    assert ranked.table["chance_first"].tolist() == [1, 0, 0]
    assert ranked.table[["rank_low", "rank_high"]].iloc[0].tolist() == [1, 1]
    assert ranked.tie == "The first place is ahead of every other in at least 95 % of the draws."


def test_the_range_of_a_weight_is_told_in_points(make_need, make_sites) -> None:
    ranges = RankingOptions(unsure=0, ranges=WeightRanges(need_reached=(0.2, 0.5)))
    ranked = _rank(make_need([(0, 9)]), make_sites(HALLS), ranking=ranges)
    assert ranked.lowest_weights == pytest.approx(
        {"need_reached": 20, "new_reach": 30, "co_location": 20, "suitability": 15}
    )
    assert ranked.highest_weights["need_reached"] == pytest.approx(50)


def test_a_value_function_of_the_scenario_changes_the_points_and_not_the_amounts(make_need, make_sites) -> None:
    need, sites = make_need([(0, 40), (10_000, 20)]), make_sites(TWINS)
    straight = _rank(need, sites, weights=ONLY_NEED)
    options = RankingOptions(values=ValueFunctions(need_reached=ValueFunction(half_worth=0.8)))
    bent = _rank(need, sites, weights=ONLY_NEED, ranking=options)
    assert straight.table["points_need_reached"].tolist() == pytest.approx([100, 50])
    assert bent.table["points_need_reached"].tolist() == pytest.approx([100, 80])
    assert bent.table["amount_need_reached"].tolist() == straight.table["amount_need_reached"].tolist()


def test_the_same_question_gets_the_same_answer(make_need, make_sites) -> None:
    first, second = (_rank(make_need([(0, 9), (10_000, 8)]), make_sites(HALLS)) for _ in range(2))
    pd.testing.assert_frame_equal(first.table, second.table)


@pytest.mark.parametrize(
    ("homes", "places"),
    [
        ([(0, 9)], HALLS[:1]),  # one site
        ([(0, 9)], HALLS[:2]),  # two sites, all clients in one cell
        ([(0, 1_000_000), (10_000, 999_999)], HALLS),  # a million counts
        ([(0, 1)], HALLS),  # one client
        ([(25_000, 9)], HALLS),  # nobody within reach of any site
        ([(0, 9)], [(f"Hall {n}", "village_hall", 0) for n in range(60)]),  # more twins than are set in pairs
    ],
)
def test_odd_districts_get_an_answer_without_a_hole(make_need, make_sites, homes, places) -> None:
    ranked = _rank(make_need(homes), make_sites(places))
    assert len(ranked.table) == len(places)
    assert np.isfinite(ranked.table[NUMBERS].to_numpy(dtype=float)).all()
    assert ranked.table["chance_first"].sum() == pytest.approx(1, abs=0.001 * len(places))
    assert "nan" not in " ".join([*ranked.table["sentence"], *ranked.notes, ranked.tie])


def test_where_nobody_is_within_reach_a_note_says_what_the_order_rests_on(make_need, make_sites) -> None:
    ranked = _rank(make_need([(25_000, 9)]), make_sites(HALLS))
    assert ranked.notes[0].startswith("No site is within 30 minutes of any client")


def test_one_site_is_not_said_to_be_ahead_of_others(make_need, make_sites) -> None:
    assert _rank(make_need([(0, 9)]), make_sites(HALLS[:1])).tie == "There is only one site to rank."


def test_all_weights_at_nothing_is_one_sentence(make_need, make_sites) -> None:
    nothing = RankingWeights(need_reached=0, new_reach=0, co_location=0, suitability=0)
    with pytest.raises(BadInputError, match="All weights of the ranking are 0"):
        _rank(make_need([(0, 9)]), make_sites(HALLS), weights=nothing)


def test_whoever_counts_alone_is_the_only_weight_that_is_tried(make_need, make_sites) -> None:
    ranked = _rank(make_need([(0, 9), (10_000, 3)]), make_sites(HALLS), weights=ONLY_NEED)
    assert ranked.tried.central_weights[0].tolist() == [1, 0, 0, 0]


def test_a_step_counts_everybody_within_the_cutoff_in_full(make_need, make_sites) -> None:
    ranked = _rank(make_need([(0, 9), (800, 5)]), make_sites(HALLS), reach=ReachOptions(decay="step"))
    first = ranked.table.iloc[0]
    assert first["amount_need_reached"] == first["households_reached"] == 14
