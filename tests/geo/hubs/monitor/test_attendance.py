"""People seen at each hub, set against whom the programme had within reach and against the other hubs."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import BadInputError
from geo.evidence.intervals import poisson_interval
from geo.hubs.monitor import attendance_of


def year(seen=(20, 20, 20), predicted=(40.0, 40.0, 40.0)):
    reach = np.array(predicted, dtype=float)
    return pd.DataFrame(
        {
            "hub": [f"Hub {number}" for number in range(len(reach))],
            "seen": list(seen),
            "predicted": reach,
            "predicted_low": 0.8 * reach,
            "predicted_high": 1.2 * reach,
        }
    )


def test_the_range_is_that_of_the_count_over_that_of_the_prediction() -> None:
    found = attendance_of(year()).table.iloc[0]
    low, high = poisson_interval(20)
    assert found["ratio"] == 0.5
    assert found["low"] == pytest.approx(float(low) / 48)
    assert found["high"] == pytest.approx(float(high) / 32)


def test_hubs_that_saw_as_many_as_the_others_show_no_clear_difference() -> None:
    assert set(attendance_of(year()).table["verdict"]) == {"no clear difference"}


def test_a_hub_that_saw_many_more_is_told_from_the_others() -> None:
    assert attendance_of(year(seen=(60, 15, 15))).table["verdict"].tolist()[0] == "more than the other hubs"
    assert attendance_of(year(seen=(2, 30, 30))).table["verdict"].tolist()[0] == "fewer than the other hubs"


def test_the_only_hub_and_a_hub_with_hardly_anybody_are_too_few_to_tell() -> None:
    assert attendance_of(year((9,), (40.0,))).table["verdict"].tolist() == ["too few to tell"]
    assert set(attendance_of(year((2, 3, 2))).table["verdict"]) == {"too few to tell"}


def test_all_hubs_together_add_up() -> None:
    found = attendance_of(year(seen=(10, 20, 30)))
    assert (found.seen, found.predicted, found.ratio) == (60, 120, 0.5)
    assert found.low < 0.5 < found.high
    assert "60 people were seen where about 120 were within reach: 50 for every 100" in found.sentence


def test_new_households_are_told_where_hubs_recorded_them() -> None:
    found = attendance_of(year().assign(households=[10, 0, 10], new_households=[4, 0, 2]))
    assert (found.households, found.new_households) == (20, 6)
    assert found.new_low < 0.3 < found.new_high
    assert found.table["new_share"].isna().tolist() == [False, True, False]
    assert "6 of 20 households were not on record before." in found.sentence
    assert np.isnan(attendance_of(year()).new_low)


def test_a_hub_where_nobody_was_predicted_has_no_ratio_but_is_listed() -> None:
    found = attendance_of(year(predicted=(0.0, 40.0, 40.0)))
    assert found.table["ratio"].isna().tolist() == [True, False, False]
    assert "nobody was predicted" in found.table["sentence"][0]
    assert found.seen == 60


def test_a_prediction_that_may_have_been_none_leaves_the_range_open() -> None:
    found = attendance_of(year().assign(predicted_low=0.0)).table
    assert np.isinf(found["high"]).all()
    assert "or more" in found["sentence"][0]


AWKWARD = {
    "lacks seen": lambda table: table.drop(columns="seen"),
    "each hub once": lambda table: table.assign(hub="Hall"),
    "whole numbers": lambda table: table.assign(seen=-1),
    "within its range": lambda table: table.assign(predicted_high=1.0),
    "no more new households": lambda table: table.assign(households=1, new_households=2),
}


@pytest.mark.parametrize("said", AWKWARD)
def test_a_table_that_cannot_be_used_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        attendance_of(AWKWARD[said](year()))
