"""The comparison as a screen: two periods side by side, the change, the same in words, and files to take away."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from geo.review.freezing import freeze
from geo.review.looks import looks_by_kind
from geo.review.workspace import Workspace
from tests.pages.conftest import TODAY
from tests.tinytown.council import make_council
from tests.tinytown.little import nothing, one_year_in_one_cell, two_years


def screen() -> None:
    import os  # noqa: PLC0415 - AppTest runs this function's text by itself
    from pathlib import Path  # noqa: PLC0415 - as above

    from geo.review.workspace import Workspace as Opened  # noqa: PLC0415 - as above
    from pages.kit.compare_view import show  # noqa: PLC0415 - as above
    from pages.kit.frame import calm_errors  # noqa: PLC0415 - as above

    with calm_errors():
        show(Opened.open(Path(os.environ["PLANNER_WORKSPACE"])))


@pytest.fixture
def opened(monkeypatch):
    """Open the view on a workspace, with choices by the label of their field."""

    def start(workspace, **chosen):
        monkeypatch.setenv("PLANNER_WORKSPACE", str(workspace.root))
        app = AppTest.from_function(screen, default_timeout=120).run()
        for label, value in chosen.items():
            field = {"count": app.radio}.get(label, app.selectbox)
            next(one for one in field if one.label.lower().startswith(label)).set_value(value).run()
        assert [failure.value for failure in app.exception] == []
        return app

    return start


def pages_of(app):
    return [element.proto.srcdoc for element in app.get("iframe")]


def classes(page):
    found = re.search(r"planner\.fills\(map_\w+, (.*)\);", page)
    assert found is not None
    return re.search(r'"styles":(\[.*?\]),"facts"', found[1])[1]


def test_the_last_two_years_stand_side_by_side_in_the_same_classes_with_the_change_below(
    opened, fictional, words
) -> None:
    app = opened(fictional)
    earlier, later, change = pages_of(app)
    assert "Where clients came from, 2023-24" in earlier
    assert "Where clients came from, 2024-25" in later
    assert classes(earlier) == classes(later)
    assert "Too few to tell" in change
    said = words(app).replace("\\", "")
    assert "**The district, 2024-25 against 2023-24:** from 571 to 528: 0.92 times as many" in said
    assert "In none of 75 places with anybody a change is sure. In 75 there are too few to tell." in said
    assert "Exploratory" in said


def test_the_table_adds_up_with_those_who_are_on_no_map(opened, fictional, words) -> None:
    app = opened(fictional)
    table = app.dataframe[0].value
    assert list(table)[:4] == ["Place", "Change", "2023-24", "2024-25"]
    assert f"{table['2023-24'].sum()} are on this map; {571 - table['2023-24'].sum()} have no place on it." in words(
        app
    )


def test_two_years_together_are_compared_with_one_by_the_year(opened, fictional, words) -> None:
    pooled = "2022-23 to 2023-24 (2 years together)"
    app = opened(fictional, earlier=pooled, compare="Wards")
    assert "24 months on record and 2024-25 has 12, so counts are compared a year." in words(app)
    assert "2022-23 to 2023-24 a year" in app.dataframe[0].value
    assert "**Hesselmere & Gullholme:** from 46.5 to 22 a year: 0.47 times as many" in words(app).replace("\\", "")


def test_as_recorded_counts_the_source_that_began_and_says_so(opened, fictional, words) -> None:
    app = opened(fictional, earlier="2022-23", count="As recorded")
    said = words(app).replace("\\", "")
    assert "Food banks began in April 2023, and its 104 rows are counted here" in said
    assert next(box for box in app.selectbox if box.label == "Later period").options == [
        "2024-25",
        "2023-24",
        "2023-24 to 2024-25 (2 years together)",
    ]


def test_each_different_comparison_is_one_look_and_nothing_is_asked_twice(opened, own_workspace) -> None:
    with own_workspace.store.writing() as connection:
        connection.execute("DELETE FROM looks")
    app = opened(own_workspace, compare="Wards")
    app.run()
    looked = looks_by_kind(Workspace.open(own_workspace.root), "2024-25")
    assert looked == {"comparison by cell, like for like": 1, "comparison by ward, like for like": 1}


def test_what_was_frozen_of_these_years_is_held_against_todays_records(opened, own_workspace, words) -> None:
    counted = {"period": "2022-23", "left_out": [], "unit": "household episodes", "unmapped": {}, "episodes": 500}
    content = {"counted": counted | {"set_aside": 0}, "options": {"episode_months": 6, "review_first_month": 4}}
    freeze(own_workspace, review="2022-23", content=content, who="JS", today=TODAY)
    assert "frozen on" not in words(opened(own_workspace))
    said = words(opened(own_workspace, earlier="2022-23")).replace("\\", "")
    assert "The review of 2022-23, frozen on 1 May 2026, counted 500 household episodes in 2022-23; today's" in said


def test_it_stands_on_the_review_page(open_page, words) -> None:
    app = open_page("review")
    [choice] = [one for one in app.radio if any(option.startswith("Compare") for option in one.options)]
    choice.set_value(next(option for option in choice.options if option.startswith("Compare"))).run()
    assert [error.value for error in app.error] == []
    assert "The district, 2024-25 against 2023-24" in words(app)


@pytest.mark.parametrize("file", ["Places (CSV)", "Map for a GIS (GeoJSON)", "The three maps (HTML)"])
def test_every_file_can_be_made_and_says_that_it_is_for_the_team(opened, monkeypatch, fictional, file) -> None:
    made = []
    monkeypatch.setattr("pages.kit.tables.hand_over", lambda content, **about: made.append((content, about)))
    app = opened(fictional, compare="Wards")
    next(button for button in app.button if button.label == file).click().run()
    [(content, about)] = made
    assert "team-only" in about["file_name"]
    assert re.search(rb"team only", content)


@pytest.mark.parametrize(
    ("situation", "sentence"),
    [
        (nothing, "There are no records yet"),
        (one_year_in_one_cell, "A trend needs records of two review years"),
        (two_years, "places with anybody a change is sure"),
    ],
)
def test_a_council_that_knows_hardly_anything_gets_a_sentence(opened, tmp_path, words, situation, sentence) -> None:
    council = make_council(tmp_path / "council")
    situation(council)
    said = words(opened(council, **({"count": "As recorded"} if situation is two_years else {})))
    assert sentence in said
    assert not re.search(r"\b(nan|inf|NaN|NaT)\b", said)
