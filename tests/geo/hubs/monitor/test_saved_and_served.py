"""Minutes saved and priority need served, on journeys and cells that can be added up by hand."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import BadInputError
from geo.hubs.monitor import minutes_saved, share_served


def test_whoever_lives_nearer_to_standing_help_saves_nothing_and_loses_nothing() -> None:
    found = minutes_saved([10, 30], [25, 5], [3, 1])
    assert (found.total, found.mean, found.median, found.nearer) == (45, 11.25, 15, 3)


def test_who_had_no_way_before_is_counted_apart() -> None:
    found = minutes_saved([10, 10], [np.inf, np.nan], [3, 2])
    assert (found.no_way_before, found.clients, found.total) == (5, 5, 0)
    assert np.isnan(found.mean)
    assert "5 had no way to any help before" in found.sentence


def test_nobody_vanishes() -> None:
    found = minutes_saved([10, np.inf, 3], [20, 20, np.inf], [3, 2, 4])
    assert found.clients + found.not_reached == 9
    assert found.not_reached == 2


def test_the_median_is_that_of_clients_not_of_places() -> None:
    assert minutes_saved([0, 0, 0], [1, 2, 50], [1, 1, 10]).median == 50


def test_nobody_within_reach_is_said_in_a_sentence() -> None:
    assert minutes_saved([np.inf], [4], [1]).sentence.startswith("No client was within reach")
    assert minutes_saved([], [], []).clients == 0


@pytest.mark.parametrize("journeys", [([1], [2, 3], [1]), ([-1], [2], [1]), ([1], [2], [np.nan])])
def test_impossible_journeys_are_refused_in_a_sentence(journeys) -> None:
    with pytest.raises(BadInputError, match="Minutes saved cannot be worked out"):
        minutes_saved(*journeys)


def cells(need, priority, served):
    return pd.DataFrame({"need": need, "priority": priority, "served": served})


def test_only_need_in_priority_areas_counts_and_the_rest_is_told() -> None:
    found = share_served(cells([30, 10, 50], [True, True, False], [True, False, True]))
    assert (found.served, found.need, found.elsewhere, found.share) == (30, 40, 50, 0.75)
    assert found.low < 0.75 < found.high
    assert "30 of 40 clients of the priority areas: 75 %" in found.sentence


def test_no_need_in_priority_areas_leaves_no_share() -> None:
    found = share_served(cells([5], [False], [True]))
    assert np.isnan(found.share)
    assert (found.low, found.high) == (0, 1)


def test_a_table_of_cells_that_cannot_be_used_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInputError, match="lacks served"):
        share_served(cells([1], [True], [True]).drop(columns="served"))
    with pytest.raises(BadInputError, match="0 or more"):
        share_served(cells([-1], [True], [True]))
