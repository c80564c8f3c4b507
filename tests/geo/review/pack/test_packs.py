"""A pack tells everything of its review, adds up, and is told again from its aggregates digit for digit."""

import copy
import json

import pytest

from geo.errors import BadInputError
from geo.evidence.scan_null import NullStore
from geo.review.freezing import canonical
from geo.review.pack.content import CHANGES
from geo.review.pack.derive import pack_of
from geo.review.pack.figures import figures_of
from geo.review.pack.kept import digest_of
from geo.review.pack.recompute import recompute, trends_again

YEAR, LAST = {"W1": 127, "W2": 37}, {"W1": 83, "W2": 26}


def figure(pack, name):
    return next(one for one in pack.figures if one.name == name)


def changed(found, *, by=1):
    """The same aggregates with a count of the pooled years changed."""
    again = copy.deepcopy(found)
    cells = again["counted"]["pooled"]["cells"]
    cells[min(cells)] += by
    return again


def test_the_team_reads_every_section_in_order(packs) -> None:
    assert [section.name for section in packs["team"].sections] == [
        "summary", "maps", "priorities", "sites", "programme", "rough_sleeping", "hubs_held", "quality",
        "like_for_like", "method", "decisions", "actions", "indicators", "editions",
    ]  # fmt: skip


@pytest.mark.parametrize("audience", ["team", "partner", "public"])
def test_all_that_a_section_names_is_there_once_and_fits(packs, audience) -> None:
    pack = packs[audience]
    named = [name for section in pack.sections for name in section.tables]
    drawn = [name for section in pack.sections for name in section.maps]
    assert sorted(named) == sorted({table.name for table in pack.tables})
    assert sorted(drawn) == sorted({one.name for one in pack.maps})
    for table in pack.tables:
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(column.meaning.endswith(".") for column in table.columns)
    for one in pack.maps:
        table = pack.table(one.table)
        code = next(column.name for column in table.columns if column.kind == "code")
        shapes = {shape.code for shape in pack.shapes[one.level]}
        assert {value for value in table.column(code) if value} <= shapes
        assert one.alt.startswith("Map: ")
        assert table.column(one.value)
        assert not one.label or table.column(one.label)


def test_clients_add_up_from_the_figure_to_the_wards(packs, aggregates) -> None:
    pack, year = packs["team"], aggregates["team"]["counted"]["review"]
    wards = dict(zip(pack.table("wards").column("ward"), pack.table("wards").column("this_year"), strict=True))
    assert wards == YEAR
    assert sum(pack.table("cells").column("this_year")) == sum(YEAR.values()) == figure(pack, "clients_on_map").value
    assert figure(pack, "clients").value == sum(YEAR.values()) + sum(year["unmapped"].values()) == 187


def test_last_year_has_the_same_classes_and_its_own_numbers(packs) -> None:
    pack = packs["team"]
    assert pack.map("wards_this_year").classes == pack.map("wards_last_year").classes
    assert pack.map("cells_this_year").classes == pack.map("cells_last_year").classes
    assert list(pack.table("wards").column("last_year")) == list(LAST.values())
    assert set(pack.table("wards").column("change")) <= set(CHANGES)


def test_rates_carry_their_exact_range(packs) -> None:
    rate = figure(packs["team"], "rate_per_1000_homes")
    assert rate.value == pytest.approx(1000 * 164 / (1000 * 2 / 12), abs=0.01)  # the year's first two months on record
    assert rate.low < rate.value < rate.high


def test_the_tests_come_out_again_from_the_counts_of_the_pack(packs, aggregates) -> None:
    table = packs["team"].table("priority_tests")
    assert set(table.column("same")) == {"yes"}
    assert table.column("q") == table.column("q_again")
    again = recompute(aggregates["team"])
    assert [area.name for area in again.areas] == [
        row["area"] for row in aggregates["team"]["areas"]["analysis"]["numbers"]
    ]


def test_a_count_that_was_changed_shows_in_the_figures_and_in_the_tests(packs, aggregates) -> None:
    other = pack_of(changed(aggregates["team"]))
    assert other.table("cells") != packs["team"].table("cells")
    assert "no" in other.table("priority_tests").column("same")
    assert other.digest != packs["team"].digest
    assert "do not rely on them" not in " ".join(packs["team"].table("priority_tests").notes)


def test_the_same_aggregates_read_from_a_file_give_the_same_pack(packs, aggregates) -> None:
    for audience, found in aggregates.items():
        shuffled = {name: found[name] for name in sorted(found, reverse=True)}
        assert pack_of(json.loads(canonical(shuffled)), nulls=NullStore()) == packs[audience]
        assert packs[audience].digest == digest_of(found)


def test_trends_are_those_of_the_frozen_pairs(aggregates) -> None:
    found = copy.deepcopy(aggregates["team"])
    pairs = {"W1": [40, 90], "W2": [30, 31]}
    found["like_for_like"] |= {
        "wards": pairs,
        "cells": {},
        "totals": [75, 130],
        "months_earlier": 12,
        "months_later": 12,
    }
    wards = trends_again(found, "ward").table.set_index("unit")
    assert wards[["earlier", "later"]].to_numpy().tolist() == [[40, 90], [30, 31]]
    assert wards.loc["W1", "trend"] == "growing"
    district = trends_again(found, "district").table.iloc[0]
    assert (district["earlier"], district["later"]) == (75, 130)
    change = next(one for one in figures_of(found) if one.name == "change_like_for_like")
    assert (change.value, change.note) == (1.73, "From 75 to 130: growing.")


def test_decisions_actions_sites_and_the_programme_are_told(packs) -> None:
    pack = packs["team"]
    assert pack.table("decisions").column("sites") == ("Harbour Hall",)
    assert pack.table("actions").column("state") == ("late",)
    assert pack.table("sites").column("status") == ("agreed", "not contacted yet")
    assert pack.table("programme").column("within_reach") == (347,)
    assert pack.programme["year"] == "2025-26"
    assert pack.table("colocation_areas").column("name") == ("Harbour Hall",)
    assert any("Confirmatory" in word for word in pack.sections[2].words)


def test_figures_are_indicators_under_their_names(packs) -> None:
    table = packs["team"].table("indicators")
    assert table.column("name") == tuple(one.name for one in packs["team"].figures)
    assert table.column("name")[:4] == ("clients", "clients_on_map", "rate_per_1000_homes", "share_without_place")
    assert len(set(table.column("name"))) == len(table.rows)


def test_a_pack_says_with_what_it_was_made(aggregates, packs) -> None:
    found = aggregates["team"]
    assert found["operation"].startswith("EPSG:1314")
    assert dict(packs["team"].table("method").rows)["Seed"] == str(found["scenario"]["scan"]["seed"])
    assert {"python", "numpy", "hotspot-planner"} <= set(found["software"])
    assert "gazetteer" in packs["team"].table("editions").column("dataset")
    assert any("OS data" in line for line in packs["team"].attributions)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({}, "not the numbers of a pack"),
        ([1, 2], "not the numbers of a pack"),
        ({"format": 99, "audience": "team"}, "newer planner"),
        ({"format": 1, "audience": "team"}, "not as the planner wrote them"),
        ({"format": 1, "audience": "public", "releases": 3}, "not as the planner wrote them"),
    ],
)
def test_what_is_no_pack_is_refused_in_a_sentence(content, words) -> None:
    with pytest.raises(BadInputError, match=words):
        pack_of(content)
