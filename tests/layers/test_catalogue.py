"""Every open data set has an entry, in its layer's own file, and is told to be due by its rhythm."""

import ast
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from geo.editions import Dataset, Edition
from layers import catalogue
from layers.catalogue import CATALOGUE, OWN, as_document, standings
from layers.fetchers import fetched_names

LAYERS = Path(catalogue.__file__).parent
TODAY = date(2026, 5, 1)


def standing(name, *editions):
    return next(one for one in standings(editions, today=TODAY) if one.entry.title == name)


def edition(title, dataset="gazetteer", said="2025-11", added=TODAY):
    return Edition(dataset=dataset, title=title, edition=said, rows=1, added=added)


def test_every_data_set_but_the_councils_own_has_an_entry() -> None:
    assert {entry.dataset for entry in CATALOGUE} == set(get_args(Dataset)) - set(OWN)


def test_the_catalogue_gathers_every_layer_that_has_one() -> None:
    own = {
        path.stem
        for path in LAYERS.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "CATALOGUE"
    }
    named = {
        node.id for node in ast.walk(ast.parse(Path(catalogue.__file__).read_text())) if isinstance(node, ast.Name)
    }
    assert own - {"catalogue"} <= named


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.title)
def test_an_entry_says_all_that_an_officer_needs(entry) -> None:
    told = as_document(standings((), today=TODAY)[CATALOGUE.index(entry)])
    for name in ("title", "publisher", "licence", "attribution", "page", "format", "changes", "used_for", "by_hand"):
        assert told[name], name
    assert told["page"].startswith("https://")
    assert told["by_hand"].startswith("planner add ")
    assert told["can_be_fetched"] == bool(told["endpoint"]) == told["command"].startswith("planner fetch ")


def test_what_can_be_fetched_is_in_the_catalogue_and_the_other_way_round() -> None:
    assert {entry.access.fetch for entry in CATALOGUE} - {""} == set(fetched_names())


def test_an_edition_is_due_once_it_is_older_than_its_rhythm() -> None:
    assert standing("OS Code-Point Open", edition("OS Code-Point Open")).due
    fresh = standing(
        "OS Code-Point Open", edition("OS Code-Point Open"), edition("OS Code-Point Open", said="2026.1.0")
    )
    assert (fresh.due, fresh.months, fresh.state) == (False, 3, "3 months old")
    undated = edition("Give Food food banks", "food_banks", "", date(2026, 1, 20))
    assert standing("Give Food food banks", undated).state == "4 months old; due for a new edition"


def test_a_councils_own_file_is_named_and_never_due() -> None:
    own = edition("Homes and people", "households", "", date(2019, 1, 1))
    found = standing("Census postcode headcounts", own)
    assert (found.due, found.wanted, found.state) == (False, False, "your own: Homes and people")
    assert standing("Census postcode headcounts").wanted
    assert not standing("ONS Postcode Directory").wanted  # large, and only for those who want ended postcodes
