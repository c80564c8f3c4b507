"""Whether hubs worked, on a Tinytown that can be followed by hand and on districts with a known truth."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import BadInputError, MissingDataError
from geo.hubs.monitor import effect_of_hubs
from geo.scenario import MonitorOptions
from tests.geo.hubs.monitor.simulated import Design, draw, places

LIKE_OTHERS, FOUR_TIMES = 10, 40


def tinytown(after=LIKE_OTHERS, *, before=10, homes=1_000.0, others=40, hubs=2):
    """Make places of equal homes where ten clients came in both years, give or take two, but for those with a hub."""
    usual = 10 + np.tile([-2, 0, 2, 0], others // 4)
    counts = np.concatenate([[before] * hubs, usual]), np.concatenate([[after] * hubs, np.roll(usual, 1)])
    near = np.arange(others + hubs) < hubs
    return places(counts[0], np.full(others + hubs, homes), counts[1], near)


def test_places_that_go_on_as_others_do_show_no_effect() -> None:
    found = effect_of_hubs(tinytown())
    assert found.pooled.expected == pytest.approx(20, rel=0.03)
    assert found.pooled.verdict == "no more and no fewer than luck explains"
    assert found.pooled.low < 1 < found.pooled.high
    assert found.trend == pytest.approx(1, abs=0.05)
    assert found.compared == 40


def test_four_times_as_many_are_more_than_expected_at_each_place_and_together() -> None:
    found = effect_of_hubs(tinytown(FOUR_TIMES))
    assert found.pooled.verdict == "more than expected"
    assert found.table["verdict"].tolist() == ["more than expected"] * 2
    assert found.pooled.ratio == pytest.approx(4, rel=0.05)
    assert found.pooled.after == found.table["after"].sum() == 80


def test_nobody_at_a_hub_any_more_is_fewer_than_expected() -> None:
    found = effect_of_hubs(tinytown(0))
    assert found.pooled.verdict == "fewer than expected"
    assert (found.pooled.ratio, found.pooled.low) == (0, 0)


def test_a_place_that_was_high_by_luck_is_expected_to_fall_back() -> None:
    found = effect_of_hubs(tinytown(12, before=22))
    assert found.pooled.expected < 30  # of 44 before: elsewhere rates hardly differ, so most of the excess was luck
    assert found.pooled.verdict == "no more and no fewer than luck explains"


def test_a_trend_that_all_places_share_is_no_effect() -> None:
    table = tinytown()
    doubled = table.assign(after=2 * table["after"])
    assert effect_of_hubs(doubled).pooled.verdict == "no more and no fewer than luck explains"
    assert effect_of_hubs(doubled).trend == pytest.approx(2, abs=0.1)


def test_twice_the_homes_explain_twice_the_clients() -> None:
    table = tinytown(20)
    grown = table.assign(home_years_after=table["home_years_after"] * np.where(table["near_hub"], 2, 1))
    assert effect_of_hubs(table).pooled.ratio == pytest.approx(2, rel=0.05)
    assert effect_of_hubs(grown).pooled.ratio == pytest.approx(1, rel=0.05)


def test_homes_may_be_counted_in_any_unit() -> None:
    one, other = (effect_of_hubs(tinytown(20, homes=homes)).pooled for homes in (1.0, 5_000.0))
    assert one.low == pytest.approx(other.low)
    assert one.high == pytest.approx(other.high)


def test_more_homes_and_clients_make_a_narrower_range() -> None:
    few, many = tinytown(), tinytown()
    many[["before", "after"]] *= 10
    wide, narrow = effect_of_hubs(few).pooled, effect_of_hubs(many).pooled
    assert narrow.high / narrow.low < wide.high / wide.low
    assert narrow.smallest_rise < wide.smallest_rise


def test_the_order_of_rows_changes_nothing_and_the_input_stays_as_it_was() -> None:
    table = draw(np.random.default_rng(3), Design())
    before = table.copy()
    shuffled = table.sample(frac=1, random_state=1)
    one, other = effect_of_hubs(table), effect_of_hubs(shuffled)
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.sentence == other.sentence
    pd.testing.assert_frame_equal(table, before)


def test_what_hub_places_had_afterwards_does_not_change_what_is_expected_there() -> None:
    low, high = effect_of_hubs(tinytown(3)).pooled, effect_of_hubs(tinytown(30)).pooled
    assert low.expected == high.expected
    assert (low.usual_low, low.usual_high) == (high.usual_low, high.usual_high)


def test_where_not_even_a_doubling_would_show_it_is_too_few_to_tell() -> None:
    table = tinytown()
    table[["before", "after"]] //= 5
    found = effect_of_hubs(table)
    assert found.pooled.verdict == "too few to tell"
    assert found.pooled.smallest_rise > 2
    assert "Too few to tell." in found.sentence


def test_the_sentence_tells_counts_range_verdict_and_what_could_have_been_seen() -> None:
    found = effect_of_hubs(tinytown(FOUR_TIMES))
    for part in ("80 clients came", "where about 20", "95 % range", "More than expected.", "80 % chance"):
        assert part in found.sentence
    assert any("referrals by design" in note for note in found.notes)


def test_too_few_places_without_a_hub_are_refused_in_a_sentence() -> None:
    with pytest.raises(MissingDataError, match="8 places are without a hub, and at least 10 are needed"):
        effect_of_hubs(tinytown(others=8))


def test_too_few_clients_without_a_hub_are_refused_in_a_sentence() -> None:
    table = tinytown()
    with pytest.raises(MissingDataError, match="had 0 clients in one of the years"):
        effect_of_hubs(table.assign(after=np.where(table["near_hub"], 5, 0)))


def test_places_with_about_as_many_homes_are_compared_and_all_where_too_few_are_alike() -> None:
    table = tinytown()
    large = table.assign(home_years_before=1_000.0, home_years_after=np.where(table.index < 22, 1_000.0, 9_000.0))
    alike = effect_of_hubs(large)
    assert alike.compared == 20
    assert "20 places without a hub, with about as many homes" in alike.notes[0]
    every = effect_of_hubs(large, options=MonitorOptions(least_places=25))
    assert every.compared == 40
    assert "only 20 were with about as many homes" in every.notes[0]
    assert effect_of_hubs(large, options=MonitorOptions(comparison="all")).compared == 40
    assert effect_of_hubs(large, options=MonitorOptions(comparison="rate")).compared == 40


def test_a_place_without_homes_is_left_out_and_told() -> None:
    table = tinytown()
    table.loc[41, "home_years_after"] = 0.0
    found = effect_of_hubs(table)
    lost = int(table.loc[41, ["before", "after"]].sum())
    assert f"1 place has no homes on record in one of the years and is left out, with {lost} clients." in found.notes


AWKWARD = {
    "lacks near_hub": lambda table: table.drop(columns="near_hub"),
    "No place is near a hub": lambda table: table.assign(near_hub=False),
    "near a hub .* no homes": lambda table: table.assign(home_years_after=0.0),
    "each place once": lambda table: table.assign(place="The same"),
    "0 or more": lambda table: table.assign(after=-1),
    "not whole": lambda table: table.assign(after=0.5),
    "not a number": lambda table: table.assign(home_years_before=np.inf),
    "cannot be used": lambda table: table.assign(before="many"),
}


@pytest.mark.parametrize("said", AWKWARD)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        effect_of_hubs(AWKWARD[said](tinytown()))
