"""The Map page's rates: map, table and files say the same, and no rate is coloured that has too little behind it."""

import json
import re

import pandas as pd
import pytest

from geo.editions import Edition
from geo.evidence.counts import Selection
from layers.rates import classes_for, legible
from pages.kit import evidence, geojson
from pages.kit.rates import rate_sentences, rate_table
from tests.pages.conftest import TODAY

RATE, SMOOTHED = "Clients per 1,000 homes", "The same, smoothed"


@pytest.fixture
def open_rates(open_page):
    """Open the Map page on a rate."""

    def opened(shown=RATE, *, by="", compared="", period="", workspace=None):
        app = open_page("map", workspace)
        app.radio[0].set_value(shown).run()
        for at, value in ((0, period), (1, compared), (3, by)):
            if value:
                app.selectbox[at].set_value(value).run()
        return app

    return opened


def maps_of(app) -> list[str]:
    return [element.proto.srcdoc for element in app.get("iframe")]


def filled(page: str) -> dict:
    found = re.search(r"planner\.fills\(map_\w+, (.*)\);", page)
    assert found is not None
    return json.loads(found[1])


def named_areas(workspace, names):
    """Save wards anew as the council's own areas, so that no record carries their code."""
    edition = Edition(dataset="areas", title="Own areas", rows=len(names), added=TODAY)
    workspace.save_areas("areas", workspace.areas("wards").head(len(names)).assign(code=names, name=names), edition)


@pytest.mark.parametrize("shown", [RATE, SMOOTHED])
def test_the_table_says_every_client_that_the_map_shows(open_rates, words, shown) -> None:
    app = open_rates(shown)
    assert [error.value for error in app.error] == []
    table, data = app.dataframe[0].value, filled(maps_of(app)[0])
    clients = next(fact["values"] for fact in data["facts"] if fact["label"] == "Clients")
    assert sorted(table["Clients"]) == sorted(clients)
    assert f"{sum(clients)} of " in words(app)


def test_a_hatched_hexagon_is_one_of_fewer_than_sixteen_clients(open_rates) -> None:
    data = filled(maps_of(open_rates())[0])
    clients = next(fact["values"] for fact in data["facts"] if fact["label"] == "Clients")
    hatched = [bool(data["styles"][index]["hatch"]) for index in data["classes"]]
    assert hatched == [count < 16 for count in clients]


def test_the_table_tells_which_rates_to_read_with_care(open_rates) -> None:
    table = open_rates().dataframe[0].value
    few = table["Clients"] < 16
    assert table.loc[few & (table["Homes"] > 0), "Read with care"].str.startswith("Fewer than 16 clients").all()
    assert not table.loc[~few, "Read with care"].str.contains("Fewer").any()
    assert (table["Clients"] >= 16).tolist() == sorted(table["Clients"] >= 16, reverse=True), "firm rates come first"


def test_two_years_stand_side_by_side_in_the_same_classes(open_rates) -> None:
    app = open_rates(compared="2022-23", by="Wards")
    first, second = maps_of(app)
    assert filled(first)["styles"] == filled(second)["styles"]
    legends = [
        page.split("planner.legend(")[1].split("Not on this map")[0].split(",", 1)[1] for page in (first, second)
    ]
    assert legends[0] == legends[1]


def test_the_smoothed_map_colours_more_than_the_raw_one_and_says_what_it_is(open_rates, words) -> None:
    raw, smoothed = open_rates(), open_rates(SMOOTHED)
    coloured = [sum(index < 5 for index in filled(maps_of(app)[0])["classes"]) for app in (raw, smoothed)]
    assert coloured[1] > coloured[0] > 0
    assert "It is a guess, not a finding" in words(smoothed)
    assert "Mostly the district's mean" in maps_of(smoothed)[0].replace("\\u0027", "'")
    assert "Try all years together or larger areas." in words(raw)


def test_what_the_rates_rest_on_is_said(open_rates, words) -> None:
    said = words(open_rates(period="All years together", by="Wards"))
    assert "The records cover 36 months; every rate is for one year." in said
    assert "Food banks from 2023-24" in said
    assert "All wards together: 11.7 clients per 1,000 homes a year" in said
    assert "Homes\\: households file." in said


def test_areas_of_ones_own_are_offered_where_they_are_loaded(open_page, own_workspace) -> None:
    assert "Your own named areas" not in open_page("map").selectbox[3].options
    named_areas(own_workspace, ["N1", "N2"])
    assert "Your own named areas" in open_page("map", own_workspace).selectbox[3].options


def test_records_older_than_the_areas_get_a_plain_word_instead_of_rates_of_nought(
    open_rates, own_workspace, words
) -> None:
    named_areas(own_workspace, ["N1", "N2"])
    app = open_rates(by="Your own named areas", workspace=own_workspace)
    assert "No record carries the code of one of the named areas" in app.error[0].value
    assert len(app.exception) == 0
    app.radio[0].set_value("Clients").run()
    assert [error.value for error in app.error] == []
    assert "inside the district but in none of these areas" in words(app)


def test_the_screen_and_the_sentences_agree(fictional) -> None:
    found = evidence.rates(fictional, Selection("2024-25"), by="ward")
    table = rate_table(found, {}, measure="rate")
    firm = int((table["Clients"] >= 16).sum())
    assert f"{firm} of 18 wards have 16 clients or more." in rate_sentences(found, "rate")[1]
    assert table["Clients per 1,000 homes a year"].max() == pytest.approx(
        legible(found.table["rate_per_1000_homes"]).max()
    )
    assert classes_for(found).lows[2] == pytest.approx(found.mean_per_1000_homes, rel=0.05)


def test_a_gis_gets_a_blank_and_never_a_nought_where_there_is_no_rate(fictional) -> None:
    found = evidence.rates(fictional, Selection(), by=8)
    drawn = json.loads(geojson.maker(found.table)())
    rates = {each["properties"]["cell"]: each["properties"] for each in drawn["features"]}
    homeless = [each for each in rates.values() if each["homes"] == 0]
    assert homeless
    assert {each["rate_per_1000_homes"] for each in homeless} == {None}
    assert len(rates) == len(found.table)


def test_a_table_of_nobody_known_has_blanks_and_no_nan_in_words(fictional) -> None:
    found = evidence.rates(fictional, Selection(), by=8)
    table = rate_table(found, {}, measure="smoothed")
    blank = table[table["Homes"] == 0]
    assert blank["95 % range of that rate"].eq("").all()
    assert blank["Its own share"].eq("").all()
    texts = pd.concat([table[name] for name in table.select_dtypes("str")])
    assert not texts.str.contains("nan|inf", case=False).any()
