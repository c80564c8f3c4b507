"""What the Trends page says: what was compared, who was left out, what changed and how sure that is."""

import json

import pytest

from geo.evidence.trends import find_trends
from geo.review.trends import like_for_like_of
from layers.trends import TREND_LABELS


@pytest.fixture
def told(words):
    """Everything the page says, as a reader sees it."""
    return lambda app: words(app).replace("\\", "")


def asked(open_page, *, earlier="", later="", by=""):
    app = open_page("trends")
    for at, value in enumerate((earlier, later, by)):
        if value:
            app.selectbox[at].set_value(value).run()
    assert [error.value for error in app.error] == []
    return app


def test_the_last_two_whole_years_are_compared_and_the_district_is_told_first(open_page, told) -> None:
    app = asked(open_page)
    assert [box.value for box in app.selectbox[:2]] == ["2023-24", "2024-25"]
    said = told(app)
    assert "**The district from 2023-24 to 2024-25:** from 571 to 528: 0.92 times as many" in said
    assert "Exploratory" in said


def test_the_food_banks_that_began_in_year_two_are_named_and_are_no_growth(open_page, told) -> None:
    said = told(asked(open_page, earlier="2022-23", later="2023-24"))
    assert "Food banks began in April 2023: its 92 rows are left out." in said
    assert "from 531 to 519" in said
    assert "Steady." in said


def test_a_place_that_changed_is_told_in_a_sentence_and_in_the_table(open_page, told) -> None:
    app = asked(open_page, earlier="2022-23", later="2024-25", by="Wards")
    table = app.dataframe[1].value.set_index("Place")
    changed = table[table["Change"].isin(["New", "Growing", "Fading"])]
    assert set(changed["Change"]) == {"Growing", "Fading"}
    said = told(app)
    for place, row in changed.iterrows():
        assert f"**{place}:** from {row['2022-23']} to {row['2024-25']}: " in said
    assert table.loc[changed.index, "Against the rest of the district"].str.contains("times the change").all()


def test_nothing_sure_is_told_as_an_answer(open_page, told) -> None:
    said = told(asked(open_page, earlier="2022-23", later="2023-24"))
    assert "No single place has changed for sure" in said
    assert "an answer, not a fault" in said


def test_every_client_of_both_years_is_in_the_table_or_told_to_be_on_no_map(open_page, fictional, told) -> None:
    app = asked(open_page)
    table = app.dataframe[1].value
    found = like_for_like_of(fictional, earlier="2023-24", later="2024-25")
    lost = find_trends(found, by="cell").unmapped
    assert table["2023-24"].sum() + sum(before for before, _ in lost.values()) == len(found.episodes_earlier)
    assert f"Without a place on the map: {sum(before for before, _ in lost.values())} in 2023-24" in told(app)


def test_the_chart_by_quarter_has_a_table_and_words_for_who_cannot_see_it(open_page, told) -> None:
    app = asked(open_page)
    quarters = app.dataframe[0].value
    assert quarters["Quarter"].tolist() == [
        f"{year} Q{q}" for year in ("2022-23", "2023-24", "2024-25") for q in range(1, 5)
    ]
    assert "No lasting change: the quarters go up and down around 121.5" in told(app)
    [chart] = app.get("vega_lite_chart")
    assert "clients by quarter from 2022-23 Q1 to 2024-25 Q4, between 100 and 146" in chart.proto.alt
    app.selectbox[3].set_value("Saltpans").run()
    assert app.dataframe[0].value["Clients"].sum() < quarters["Clients"].sum() / 5


def test_the_page_shows_a_map_of_the_classes(open_page) -> None:
    [page] = [element.proto.srcdoc for element in asked(open_page, by="Wards").get("iframe")]
    legend = page.split("planner.legend(")[1]
    assert all(json.dumps(label)[1:-1] in legend for label in TREND_LABELS.values())


def test_a_district_with_one_year_is_told_what_a_trend_needs(open_page, own_workspace, told) -> None:
    with own_workspace.store.writing() as connection:
        connection.execute("DELETE FROM records WHERE month < '2024-04'")
    app = open_page("trends", own_workspace)
    assert "A trend needs records of two review years; there are records of 2024-25 only." in told(app)


def test_hubs_stand_apart_in_sentence_chart_and_table(open_page, own_workspace, told) -> None:
    scenario = own_workspace.scenario.model_copy(update={"hub_sources": ("Aldersea Open Door",)})
    own_workspace.save_scenario(scenario)
    app = open_page("trends", own_workspace)
    said = told(app)
    assert "hubs raise referrals by design: Aldersea Open Door, with 12 in 2023-24 and 11 in 2024-25." in said
    assert app.dataframe[0].value["By hubs, apart"].sum() > 0


@pytest.mark.parametrize("by", ["Large hexagons (about 5 km²)", "Wards"])
def test_the_places_may_be_larger(open_page, by) -> None:
    assert len(asked(open_page, by=by).dataframe[1].value) < 80


def test_where_nothing_can_be_compared_the_page_says_why_and_breaks_nothing(open_page, own_workspace, told) -> None:
    with own_workspace.store.writing() as connection:
        connection.execute("DELETE FROM records WHERE month < '2022-12'")
    app = open_page("trends", own_workspace)
    app.selectbox[0].set_value("2022-23").run()
    said = told(app)
    assert [error.value for error in app.error] == []
    assert "No trend can be told between these years" in said
    assert "Nothing is left to compare like for like" in said
    assert "Housing system began in December 2022" in said


def test_a_workspace_without_records_is_told_so(open_page, bare_workspace, told) -> None:
    assert "There are no records yet" in told(open_page("trends", bare_workspace))
