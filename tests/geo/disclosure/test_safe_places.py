"""Refuges and other safe accommodation are recognised however they are written."""

import pandas as pd
import pytest

from geo.disclosure.safe_places import is_safe_place


def _refused(**cells: str) -> bool:
    return bool(is_safe_place(pd.DataFrame([cells], dtype=str)).iloc[0])


@pytest.mark.parametrize(
    "name",
    [
        "Andover Refuge",
        "ANDOVER REFUGES",
        "Women's Aid",
        "Womens Aid Hampshire",
        "Women\u2019s  Aid",
        "WOMENSAID",
        "Safe house 3",
        "Safe-House",
        "safehouses",
        "Domestic Abuse Service",
        "Sexual Violence Support",
        "Sanctuary scheme flat",
        "R\u00e9fuge",
        "Re\u200bfuge",
        "Ref\u00aduge",
        "Dispersed accommodation unit",
        "Survivors of trafficking",
        "Rape Crisis",
        "women's shelter",
        "\uff32efuge",  # a full-width R
        "WomensRefuge",
        "HavenRefuge2",
        "R e f u g e",
        "re-fuge",
        "Ref\nuge",
        "R\u0435fuge",  # a Cyrillic e
        "W\u043emen's Aid",  # a Cyrillic o
        "DomesticAbuse hub",
        "D.V. service",
        "Safe lodging",
        "Flat for women fleeing domestic violence",
        "The Refuge, Wildlife Trust",  # refused too: better a hall too few
    ],
)
def test_a_safe_place_is_refused_however_it_is_written(name: str) -> None:
    assert _refused(name=name)


@pytest.mark.parametrize(
    "name",
    [
        "Refugee Welcome Caf\u00e9",
        "RefugeeSupport",
        "Refugees' Lunch Club",
        "Andover Foodbank",
        "Shelter Advice Centre",
        "St Mary's Church Hall",
        "Safeway Hall",
        "",
    ],
)
def test_an_ordinary_place_is_not_refused(name: str) -> None:
    assert not _refused(name=name)


def test_every_column_is_looked_at() -> None:
    assert _refused(name="Number 12", notes="next door to the women's refuge")
    assert _refused(name="Number 12", category="refuge")


def test_a_name_cut_over_two_columns_is_recognised() -> None:
    assert _refused(name="Andover Women's", location_name="Aid")


@pytest.mark.parametrize("column", ["social_facility:for", "social_facility_for", "Social facility: for"])
def test_any_openstreetmap_tag_for_whom_a_facility_is_refuses_it(column: str) -> None:
    assert bool(is_safe_place(pd.DataFrame({"name": ["Number 12"], column: ["child"]})).iloc[0])
    assert not bool(is_safe_place(pd.DataFrame({"name": ["Number 12"], column: [""]})).iloc[0])


def test_the_openstreetmap_tag_of_a_shelter_refuses_it_and_that_of_a_food_bank_does_not() -> None:
    assert _refused(name="Number 12", social_facility="shelter")
    assert not _refused(name="Number 12", social_facility="food_bank")


@pytest.mark.parametrize(
    "tags",
    [
        {"amenity": "refugee_site"},
        {"amenity": "shelter"},
        {"social_facility": "group_home"},
        {"disused:social_facility": "shelter"},
        {"was:social_facility:for": "woman"},
        {"refugee": "yes"},
        {"other_tags": '"amenity"=>"social_facility","social_facility:for"=>"woman"'},
        {"other_tags": '"social_facility"=>"shelter"'},
        {"name": "Karma Nirvana"},
        {"notes": "asylum seekers' accommodation"},
        {"name": "Crisis House"},
    ],
)
def test_other_tags_and_names_of_safe_accommodation_refuse_it(tags: dict[str, str]) -> None:
    assert bool(is_safe_place(pd.DataFrame([{"name": "Number 12"} | tags])).iloc[0])


@pytest.mark.parametrize(
    "tags",
    [
        {"amenity": "community_centre"},
        {"social_facility": "soup_kitchen"},
        {"refugee": "no"},
        {"refugee": ""},
        {"other_tags": '"amenity"=>"social_facility","social_facility"=>"food_bank"'},
        {"name": "Crisis Skylight"},
    ],
)
def test_ordinary_tags_do_not(tags: dict[str, str]) -> None:
    assert not bool(is_safe_place(pd.DataFrame([{"name": "Number 12"} | tags])).iloc[0])


def test_missing_cells_and_an_empty_table_do_no_harm() -> None:
    assert not is_safe_place(pd.DataFrame({"name": [None], "x": [3.5]})).any()
    assert len(is_safe_place(pd.DataFrame({"name": []}))) == 0
