"""The Map page's homes and deprivation: the table says what the map says, and areas are described, not people."""

import json
import re

import pytest

from tests.tinytown.council import TODAY, make_council
from tests.tinytown.deprived import NEW_LSOA, england, extract, file_of, with_lsoas


@pytest.fixture(scope="module")
def council(_own_environment, tmp_path_factory):
    from layers.deprivation import add_deprivation  # noqa: PLC0415 - as late as the workspace it fills

    workspace = with_lsoas(make_council(tmp_path_factory.mktemp("ground") / "w"))
    add_deprivation(workspace, file_of(england()), today=TODAY)
    return workspace


@pytest.fixture
def draw(open_page):
    """Open the Map page on one of the two."""

    def opened(what, workspace, *, by=""):
        app = open_page("map", workspace)
        app.radio[0].set_value(what).run()
        if by:
            next(box for box in app.selectbox if box.label == "Show by").set_value(by).run()
        return app

    return opened


def filled(app) -> dict:
    found = re.search(r"planner\.fills\(map_\w+, (.*)\);", app.get("iframe")[0].proto.srcdoc)
    assert found is not None
    return json.loads(found[1])


def values(data, label):
    return next(fact["values"] for fact in data["facts"] if fact["label"].startswith(label))


def test_deprivation_by_hexagon_says_the_same_in_map_and_table(draw, council, words) -> None:
    app = draw("Deprivation", council)
    assert [error.value for error in app.error] == []
    table, said = app.dataframe[0].value, words(app)
    tenths = [tenth for tenth in values(filled(app), "Tenth of England") if tenth is not None]
    assert sorted(table["Tenth of England"].dropna()) == sorted(tenths) != []
    assert "These numbers describe areas, not people" in said
    assert "Nobody is given a score, and none enters a ranking" in said
    assert NEW_LSOA in said
    assert "ranks and tenths are never averaged" in said
    assert "Ministry of Housing, Communities and Local Government" in app.get("iframe")[0].proto.srcdoc


def test_deprivation_by_census_area_hatches_what_has_no_value(draw, council) -> None:
    app = draw("Deprivation", council, by="Small census areas (LSOA)")
    data, table = filled(app), app.dataframe[0].value
    hatched = [bool(data["styles"][index]["hatch"]) for index in data["classes"]]
    assert sum(hatched) == 1
    assert table["Tenth of England"].isna().sum() == 1
    assert table["Code"].iloc[-1] == NEW_LSOA, "what is not known comes last"


def test_homes_need_no_record_of_a_client(draw, council, words) -> None:
    app = draw("Homes", council)
    assert [error.value for error in app.error] == []
    assert sorted(app.dataframe[0].value["Homes"]) == sorted(values(filled(app), "Homes"))
    assert "90 homes in" in words(app)
    wards = draw("Homes", council, by="Wards")
    assert wards.dataframe[0].value["Homes"].tolist() == [45, 45]


def test_files_can_be_taken_away(draw, council) -> None:
    labels = [button.label for button in draw("Deprivation", council).button]
    assert {"Table (CSV)", "Map for a GIS (GeoJSON)", "Map (HTML)"} <= set(labels)


def test_without_indices_or_with_an_extract_a_sentence_says_what_to_do(draw, tmp_path) -> None:
    from layers.deprivation import add_deprivation  # noqa: PLC0415 - as above

    bare = with_lsoas(make_council(tmp_path / "w", with_wards=False))
    assert "has no indices of deprivation" in draw("Deprivation", bare).error[0].value
    add_deprivation(bare, file_of(extract()), today=TODAY)
    assert "show deprivation by census area" in draw("Deprivation", bare).error[0].value
    assert draw("Deprivation", bare, by="Small census areas (LSOA)").dataframe[0].value["Code"].tolist()[-1] == NEW_LSOA
