"""Are all groups reached: clients against people, by hand, and where there is nothing to compare."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from geo.evidence import capture
from geo.evidence.capture import ABOUT, FEWER, MORE, TOO_FEW, find_capture
from geo.evidence.episodes import find_episodes
from geo.review.ages import NOT_STATED, UNDER
from geo.schema import CENSUS
from tests.geo.evidence.rows import at, records


def episodes(*groups, household=""):
    rows = [at(household, "2024-05", **fields) for number, fields in groups for _ in range(number)]
    return find_episodes(records(*rows), months=6, first_month=4)


def census(field="age_band", **groups):
    table = pd.DataFrame({"field": field, "group": list(groups), "people": list(groups.values())})
    return CENSUS.validate(table.astype({"people": "float64"}))


AGES = census(**{"under 16": 20_000, "16-24": 10_000, "25-64": 60_000, "65+": 30_000})


def test_young_people_come_more_than_their_share_and_old_ones_less():
    found = find_capture(
        episodes((90, {"age_band": "16-24"}), (180, {"age_band": "25-64"}), (30, {"age_band": "65+"})), AGES
    )
    table = found.table.set_index("group")
    assert table.index.tolist() == ["16-24", "25-64", "65+"]
    assert table["ratio"].tolist() == pytest.approx([3.0, 1.0, 0.3333], abs=1e-4)
    assert table["said"].tolist() == [MORE, ABOUT, FEWER]
    assert table["people_share"].tolist() == pytest.approx([0.1, 0.6, 0.3])


def test_the_range_is_the_exact_one_of_all_groups_together():
    found = find_capture(episodes((90, {"age_band": "16-24"}), (210, {"age_band": "25-64"})), AGES)
    row = found.table.iloc[0]
    oracle = binomtest(90, 300).proportion_ci(1 - 0.05 / 3, method="exact")
    assert (row["low"], row["high"]) == pytest.approx((oracle.low / 0.1, oracle.high / 0.1))


def test_those_of_unknown_age_and_children_are_counted_beside():
    found = find_capture(
        episodes((50, {"age_band": "25-64"}), (7, {"age_band": ""}), (2, {"age_band": "under 16"})), AGES
    )
    assert found.clients == {"age_band": 50}
    assert found.beside == {"age_band": {"not stated": 7, "under 16": 2}}


def test_a_few_clients_are_too_few_to_tell():
    found = find_capture(episodes((2, {"age_band": "16-24"}), (6, {"age_band": "25-64"})), AGES)
    assert found.table["said"].tolist() == [TOO_FEW] * 3


def test_a_household_counts_once_however_often_it_comes():
    rows = [at("A", month, age_band="16-24") for month in ("2023-04", "2024-04", "2025-04")]
    found = find_capture(find_episodes(records(*rows), months=6, first_month=4), AGES)
    assert (found.households, found.clients) == (1, {"age_band": 1})


def test_types_of_household_match_whatever_their_capitals_and_commas():
    table = census("household_type", **{"Single adult male": 300, "Couple": 700})
    found = find_capture(
        episodes((30, {"household_type": "single adult, male"}), (9, {"household_type": "other"})), table
    )
    assert found.table["clients"].tolist() == [30, 0]
    assert found.beside == {"household_type": {"other": 9}}


def test_sex_is_in_no_record_and_is_not_made_up():
    found = find_capture(episodes((30, {"household_type": "single adult, male"})), census("sex", male=1, female=1))
    assert found.not_compared == ("sex",)
    assert found.table.empty


def test_a_group_of_nobody_is_not_in_the_census():
    found = find_capture(episodes((30, {"age_band": "a"})), census(a=0, b=10))
    assert found.table["said"].tolist() == [capture.NOT_IN_CENSUS, FEWER]
    assert np.isnan(found.table["ratio"].iloc[0])


@pytest.mark.parametrize("made", [(), ((4, {"age_band": ""}),)])
def test_without_a_client_of_known_age_nothing_is_told(made):
    found = find_capture(episodes(*made), AGES)
    assert found.table["said"].tolist() == [TOO_FEW] * 3
    assert found.table[["client_share", "ratio", "low", "high"]].isna().all(axis=None)


def test_the_words_for_children_and_unknown_ages_are_those_of_the_records():
    assert capture._NOT_COUNTED == (UNDER, NOT_STATED)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["16-24", "25-64", "65+", "", "under 16", "other"]), max_size=60))
def test_nobody_is_lost(bands):
    found = find_capture(episodes(*((1, {"age_band": band}) for band in bands)), AGES)
    assert found.clients["age_band"] + sum(found.beside["age_band"].values()) == found.households == len(bands)
    assert found.table["clients"].sum() == found.clients["age_band"]
    told = found.table[["ratio", "low", "high"]].dropna()
    assert np.isfinite(told.to_numpy()).all()
    assert (told["low"] <= told["ratio"]).all()
    assert (told["ratio"] <= told["high"]).all()
