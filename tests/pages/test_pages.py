"""Every page, on the fictional district and on workspaces that lack things."""

import pytest

PAGES = ["start", "referrals", "map", "priorities", "trends", "gaps", "hubs", "releases", "data", "audit"]


def _maps(app) -> list[str]:
    return [element.proto.srcdoc for element in app.get("iframe")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_the_fictional_district_and_says_that_it_is_fictional(open_page, page) -> None:
    app = open_page(page, None)
    assert [error.value for error in app.error] == []
    assert len(app.exception) == 0
    assert app.title[0].value
    assert "fictional district" in app.info[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_empty_workspace_says_what_is_missing(open_page, bare_workspace, words, page) -> None:
    app = open_page(page, bare_workspace)
    said = words(app)
    assert "did not expect" not in said
    assert "fictional" not in said
    if page in {"map", "priorities", "trends", "gaps", "hubs", "releases"}:
        assert ["no records yet" in error.value for error in app.error] == [True]


def test_the_checklist_of_an_empty_workspace_begins_with_the_postcode_file(open_page, bare_workspace, words) -> None:
    said = words(open_page("start", bare_workspace))
    assert "0 of 9 things are ready. Next: **Postcode file**" in said
    assert ":red-badge[Missing]" in said


def test_the_fictional_district_has_everything_its_review_needs(open_page, words) -> None:
    assert "All 9 things that the review needs are ready" in words(open_page("start"))


def test_the_map_says_what_it_does_not_show(open_page, words) -> None:
    app = open_page("map")
    said = words(app)
    assert "household episodes are on this map" in said
    assert "no fixed abode" in said
    assert "Not on this map:" in _maps(app)[0]


def test_the_table_below_the_map_adds_up_to_what_the_map_shows(open_page) -> None:
    app = open_page("map")
    sentence = next(text.value for text in app.markdown if "are on this map" in text.value)
    assert app.dataframe[0].value["Clients"].sum() == int(sentence.split()[0].replace(",", ""))


def test_a_small_count_is_too_few_to_tell(open_page) -> None:
    table = open_page("map").dataframe[0].value
    said = table.set_index("Clients")["95 % range of that count"]
    assert set(said[said.index < 5]) == {"too few to tell"}
    assert "too few to tell" not in set(said[said.index >= 5])


def test_two_years_stand_side_by_side_in_the_same_classes(open_page) -> None:
    app = open_page("map")
    app.selectbox[1].set_value("2022-23").run()
    first, second = _maps(app)
    assert [heading.value for heading in app.subheader] == ["2022-23", "2024-25"]
    legends = [
        page.split("planner.legend(")[1].split("Not on this map")[0].split(",", 1)[1] for page in (first, second)
    ]
    assert legends[0] == legends[1]


def test_a_choice_is_drawn_by_wards(open_page) -> None:
    app = open_page("map")
    app.selectbox[3].set_value("Wards").run()
    assert [error.value for error in app.error] == []
    assert "Aldersea Eastfield" in set(app.dataframe[0].value["Place"])


def test_the_legend_explains_nought_for_wards_only(open_page) -> None:
    app = open_page("map")
    hexagons = _maps(app)[0].split("planner.legend(")[1]
    app.selectbox[3].set_value("Wards").run()
    wards = _maps(app)[0].split("planner.legend(")[1]
    assert '"label":"0"' not in hexagons
    assert '"label":"0"' in wards


def test_the_two_questions_have_different_answers(open_page) -> None:
    app = open_page("priorities")
    app.radio[0].set_value("Where are most clients?").run()
    most = app.dataframe[0].value
    app.radio[0].set_value("Where are there more clients than the homes explain?").run()
    excess = app.dataframe[0].value
    assert {"Aldersea", "Market Orrick"} <= set(most["Place"])
    assert set(most["Place"]) != set(excess["Place"])
    assert "Expected there from the homes" in excess.columns


def test_leaving_institutions_out_takes_them_out_of_the_count(open_page, words) -> None:
    app = open_page("map")
    app.pills[1].set_value(["Institution"]).run()
    assert "Left out as you chose:" in words(app)
    assert app.dataframe[0].value["At an institution"].sum() == 0


def test_the_data_page_names_edition_and_licence(open_page) -> None:
    table = open_page("data").dataframe[0].value.set_index("What")
    assert table.loc["GP surgeries", "Licence"] == "CC0"  # of the sample, which no publisher made
    assert "2025-05" in set(table["Edition"])


def test_the_fictional_district_takes_no_files(open_page, words) -> None:
    app = open_page("data")
    assert "takes no files" in words(app)
    assert len(app.file_uploader) == 0


def test_another_workspace_can_be_opened(open_page, own_workspace, words) -> None:
    app = open_page("start")
    app.text_input[0].set_value(str(own_workspace.root))
    next(button for button in app.button if button.label == "Open").click().run()
    assert "Saltmarsh Council" in words(app)
    assert "to try the planner on" not in words(app)


def test_a_folder_that_is_no_workspace_is_told_in_a_sentence(open_page, tmp_path) -> None:
    app = open_page("start")
    app.text_input[0].set_value(str(tmp_path))
    next(button for button in app.button if button.label == "Open").click().run()
    assert "is not a workspace" in app.error[0].value


def test_on_a_machine_of_ones_own_nobody_signs_in_and_everything_is_allowed(open_page, own_workspace, words) -> None:
    app = open_page("start", own_workspace)
    assert "Sign out" not in [button.label for button in app.button]
    assert "signed in" not in words(app)
    assert "Open another workspace" in [expander.label for expander in app.expander]
