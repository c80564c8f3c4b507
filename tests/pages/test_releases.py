"""The Releases page: what each choice keeps, the check of one table, freezing it, and what others published."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.review.external_tables import read_external
from geo.review.release_drafts import draft_release, make_release
from geo.review.release_tables import Ask, material_of
from geo.review.releases import read_releases
from tests.pages.conftest import PROJECT, TODAY


@pytest.fixture
def plain(words):
    """Everything the page says, without the backslashes that keep names from being read as Markdown."""
    return lambda app: words(app).replace("\\", "")


@pytest.fixture
def open_releases(monkeypatch, fictional):
    def opened(workspace=None):
        monkeypatch.setenv("PLANNER_WORKSPACE", str((workspace or fictional).root))
        monkeypatch.setattr("pages.kit.session.today", lambda: TODAY)
        return AppTest.from_file(PROJECT / "pages" / "releases.py", default_timeout=120).run()

    return opened


def _press(app, label):
    next(button for button in app.button if button.label.startswith(label)).click().run()


def _box(app, label):
    return next(box for box in app.selectbox if box.label == label)


def _field(app, label, nth=0):
    return [field for field in app.text_input if field.label.startswith(label)][nth]


def _losses(app):
    return next(frame.value for frame in app.dataframe if "Given out" in frame.value)


def _give_out(workspace, level="ward"):
    asked = Ask("public", level, "2022-23..2024-25")
    checked = draft_release(workspace, asked, today=TODAY, material=material_of(workspace))
    return make_release(workspace, checked, who="JS", today=TODAY, editions=workspace.editions())


def test_the_page_says_how_much_each_choice_keeps_and_proposes_the_best(open_releases, plain) -> None:
    app = open_releases()
    said = plain(app)
    assert not app.exception
    assert "Nothing has been given out yet" in said
    assert "**Best: wards" in said
    assert "no other kind can follow" in said
    table = _losses(app)
    assert set(table["By"]) == {"wards", "hexagons (about 5 km2)", "merged hexagons"}
    assert set(table["Years"]) == {"2024-25", "2023-24 to 2024-25", "2022-23 to 2024-25"}


def test_the_sample_district_can_be_checked_but_gives_nothing_out(open_releases, plain) -> None:
    app = open_releases()
    _press(app, "Check this table")
    assert "can be given out" in app.success[0].value
    assert "nothing can be given out of it here" in plain(app)
    assert "nothing can be entered here" in plain(app)
    assert {button.label for button in app.button} == {"Check this table"}


def test_a_table_is_checked_and_given_out_only_with_a_name_and_a_tick(open_releases, own_workspace) -> None:
    app = open_releases(own_workspace)
    _press(app, "Check this table")
    _press(app, "Give it out")
    assert "Tick the box first" in app.warning[-1].value
    app.checkbox[0].check()
    _press(app, "Give it out")
    assert "Say who gives the table out" in app.error[0].value
    assert read_releases(own_workspace) == ()
    _field(app, "Your name or initials").set_value("JS")
    _press(app, "Give it out")
    assert not app.exception
    (made,) = read_releases(own_workspace)
    assert (made.number, made.who, made.audience) == (1, "JS", "public")
    assert _box(app, "Open one").value == 1
    assert app.dataframe[1].value["Area"].tolist()[-1] == "Total"
    assert len(app.get("iframe")) == 1


def test_what_can_no_longer_be_given_out_says_why(open_releases, own_workspace, plain) -> None:
    _give_out(own_workspace)
    app = open_releases(own_workspace)
    refused = _losses(app).set_index(["By", "Years"])["Why not"]
    assert "have been published by ward" in refused["merged hexagons", "2022-23 to 2024-25"]
    assert "merged hexagons, 2022-23 to 2024-25: These clients of" in plain(app)
    _box(app, "By which areas?").set_value("h3_7").run()
    _box(app, "Which years?").set_value("2022-23..2024-25").run()
    _press(app, "Check this table")
    assert "have been published by ward" in app.error[0].value
    assert "Give it out and freeze it" not in {button.label for button in app.button}


def test_a_source_is_offered_for_the_whole_district_and_refused_for_wards(open_releases) -> None:
    app = open_releases()
    _box(app, "Which clients?").set_value("With source Probation").run()
    assert set(_losses(app)["By"]) == {"the whole district"}
    _box(app, "By which areas?").set_value("ward").run()
    _press(app, "Check this table")
    assert "leave the team for the whole district only" in app.error[0].value


def test_a_check_is_of_one_choice_only(open_releases) -> None:
    app = open_releases()
    _press(app, "Check this table")
    assert app.success
    _box(app, "For whom?").set_value("partner").run()
    assert not app.success


def test_a_released_table_is_opened_with_its_files(open_releases, own_workspace, plain) -> None:
    _give_out(own_workspace)
    app = open_releases(own_workspace)
    assert app.get("iframe") == []
    _box(app, "Open one").set_value(1).run()
    assert "Not on the map (no place known, from elsewhere, or kept back for safety)" in plain(app)
    files = {"Table (CSV)", "Map for a GIS (GeoJSON)", "Map (HTML)"}
    assert files <= {button.label for button in app.button}
    _press(app, "Table (CSV)")
    (handed,) = app.get("bidi_component")
    assert "release-1.csv" in str(handed.proto)


def test_a_number_that_others_published_is_entered_and_withdrawn(open_releases, own_workspace, plain) -> None:
    app = open_releases(own_workspace)
    for label, text in {
        "What it was published as": "H-CLIC 2024 Q2",
        "First month": "2024-04",
        "Last month": "2024-06",
        "The number": "130",
        "Your name or initials": "JS",
    }.items():
        _field(app, label).set_value(text)
    _press(app, "Keep this number")
    assert [one.table.name for one in read_external(own_workspace)] == ["H-CLIC 2024 Q2"]
    _box(app, "Which one?").set_value(1).run()
    _press(app, "Withdraw it")
    assert read_external(own_workspace) == ()
    assert "None has been entered" in plain(app)


def test_a_number_without_its_months_is_refused(open_releases, own_workspace) -> None:
    app = open_releases(own_workspace)
    _field(app, "What it was published as").set_value("FOI 7")
    _field(app, "The number").set_value("12")
    _press(app, "Keep this number")
    assert "needs a first and a last month" in app.error[0].value
    assert read_external(own_workspace) == ()
