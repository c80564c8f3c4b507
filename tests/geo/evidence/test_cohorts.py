"""One group of clients by itself: which groups may have a map, and what is never told of an area."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.evidence.cohorts import (
    ENOUGH_IN_AREA,
    OTHERS,
    check_cohort,
    fewest_located,
    fit_cohort,
    list_cohorts,
    main_groups,
    parse_cohort,
    tell_groups,
)
from geo.evidence.counts import Cohort, Selection, count_selected_cells
from geo.evidence.episodes import find_episodes
from geo.evidence.power import smallest_detectable_risk
from tests.geo.evidence.rows import at, records

DA = "domestic abuse"


def episodes(*groups):
    """Make (how many, fields) into as many episodes."""
    rows = [at("", "2024-05", h3_8=8, **fields) for number, fields in groups for _ in range(number)]
    return find_episodes(records(*rows), months=6, first_month=4)


def asked(field, value, **others):
    return Selection(cohort=Cohort(field, value), **others)


def test_a_large_group_may_have_a_map_and_its_counts_are_its_own():
    found = episodes((120, {"age_band": "18-24"}), (200, {"age_band": "65+"}))
    selection = asked("age_band", "18-24")
    assert check_cohort(found, selection) == ""
    assert count_selected_cells(found, selection, resolution=8).located == 120


def test_a_group_of_29_on_the_map_is_refused_in_a_sentence():
    found = episodes((29, {"age_band": "18-24"}), (50, {"age_band": "18-24", "status": "missing"}), (99, {}))
    said = check_cohort(found, asked("age_band", "18-24"))
    assert said.startswith("Only 29 of this group have a place on the map; at least 30 are needed")


def test_a_group_that_could_not_show_five_times_the_risk_is_refused():
    fewest = fewest_located()
    short = check_cohort(episodes((fewest - 1, {"route": "self"})), asked("route", "self"))
    assert f"at least {fewest} are needed" in short
    assert check_cohort(episodes((fewest, {"route": "self"})), asked("route", "self")) == ""


def test_the_fewest_are_those_that_would_show_it_with_four_chances_of_five():
    assert fewest_located() == 80
    seen = [
        smallest_detectable_risk(np.array([0.05]), np.zeros(1), total=total, tested=400)[0] <= 5 for total in (79, 80)
    ]
    assert seen == [False, True]
    assert 30 <= fewest_located(0.2) < fewest_located()


def test_those_left_out_by_a_mark_do_not_count():
    found = episodes((60, {"route": "self", "institution": True}), (60, {"route": "self"}))
    assert check_cohort(found, asked("route", "self")) == ""
    assert "With 60 of this group" in check_cohort(found, asked("route", "self", leave_out=("institution",)))


@pytest.mark.parametrize("reason", [DA, "Domestic violence", "fleeing DV"])
def test_domestic_abuse_has_no_map_however_many_there_are(reason):
    said = check_cohort(episodes((5000, {"reason": reason})), asked("reason", reason))
    assert "whole district only" in said


def test_nor_has_a_source_that_is_a_service_for_it():
    found = episodes((500, {"source": "Domestic abuse service", "reason": "other"}))
    assert "whole district only" in check_cohort(found, asked("reason", "other", source="Domestic abuse service"))
    assert "whole district only" in check_cohort(found, Selection(source="Domestic abuse service"))
    assert check_cohort(found, Selection()) == ""


def test_a_group_nobody_is_of_is_answered_with_those_there_are():
    with pytest.raises(BadInputError, match="'65\\+'"):
        check_cohort(episodes((9, {"age_band": "65+"})), asked("age_band", "18-24"))


def test_every_group_is_listed_and_says_whether_it_may_have_a_map():
    found = episodes((90, {"reason": "rent arrears"}), (95, {"reason": DA}), (3, {"reason": "", "status": "missing"}))
    table = list_cohorts(found, Selection()).set_index(["field", "value"])
    reasons = table.loc["reason"]
    assert reasons.index.tolist() == [DA, "rent arrears", "not stated"]
    assert reasons["episodes"].tolist() == [95, 90, 3]
    assert reasons["located"].tolist() == [95, 90, 0]
    assert [bool(said) for said in reasons["refusal"]] == [True, False, True]
    assert (table.groupby("field")["episodes"].sum() == len(found)).all()


@pytest.mark.parametrize(
    ("text", "cohort"),
    [
        ("reason=Domestic abuse", Cohort("reason", "Domestic abuse")),
        ("AGE=18-24", Cohort("age_band", "18-24")),
        ("household type = couple", Cohort("household_type", "couple")),
    ],
)
def test_a_group_is_written_as_a_field_and_a_value(text, cohort):
    assert parse_cohort(text) == cohort


@pytest.mark.parametrize("text", ["", "reason", "reason=", "=18-24", "ward=W1", "sex=female", "age=18-24 reason=x"])
def test_what_names_no_group_is_told_how_one_is_written(text):
    with pytest.raises(BadInputError, match="age_band=18-24"):
        parse_cohort(text)


def test_capitals_do_not_matter():
    found = episodes((2, {"reason": "rent arrears"}))
    assert fit_cohort(found, Cohort("reason", "Rent Arrears")).value == "rent arrears"
    assert fit_cohort(found, Cohort("reason", "moonlight")).value == "moonlight"


def test_an_area_of_fifteen_is_too_few_to_tell():
    assert main_groups(episodes((15, {"reason": "rent arrears"})), "reason") == []
    assert tell_groups([]) == "too few to tell"
    assert main_groups(episodes((16, {"reason": "rent arrears"})), "reason") == [("rent arrears", 16)]


def test_small_groups_are_others_together():
    found = episodes((10, {"reason": "a"}), (4, {"reason": "b"}), (3, {"reason": "c"}))
    assert main_groups(found, "reason") == [("a", 10), (OTHERS, 7)]


def test_a_group_is_never_alone_among_the_others():
    found = episodes((10, {"reason": "a"}), (6, {"reason": "b"}), (4, {"reason": "c"}))
    assert main_groups(found, "reason") == [("a", 10), (OTHERS, 10)]
    assert main_groups(episodes((16, {"reason": "a"}), (2, {"reason": "c"})), "reason") == []


def test_domestic_abuse_is_never_named_and_cannot_be_worked_out():
    found = episodes((12, {"reason": "a"}), (9, {"reason": "b"}), (30, {"reason": DA}), (1, {"reason": "c"}))
    assert main_groups(found, "reason") == [("a", 12), (OTHERS, 40)]
    assert main_groups(episodes((40, {"reason": DA})), "reason") == []


def test_the_sex_of_a_household_is_not_told_for_an_area():
    found = episodes((9, {"household_type": "single adult, male"}), (9, {"household_type": "single adult, female"}))
    assert main_groups(found, "household_type") == [("single adult", 18)]


_reasons = st.lists(st.sampled_from(["a", "b", "c", "d", "", DA, "fleeing DV"]), max_size=60)


@settings(max_examples=80, deadline=None)
@given(_reasons)
def test_groups_add_up_and_nothing_small_or_secret_is_shown(reasons):
    found = episodes(*((1, {"reason": reason}) for reason in reasons))
    groups = main_groups(found, "reason")
    if len(reasons) < ENOUGH_IN_AREA:
        assert groups == []
    if groups:
        assert sum(count for _, count in groups) == len(reasons)
        assert all(count >= 5 for _, count in groups)
        assert not any("domestic" in name or "DV" in name for name, _ in groups)
        named = {name for name, _ in groups}
        hidden = {reason or "not stated" for reason in reasons} - named
        assert len(hidden) != 1
        if hidden & {DA, "fleeing DV"}:
            plain = [reason for reason in reasons if (reason or "not stated") in hidden - {DA, "fleeing DV"}]
            assert len(plain) >= 5
