"""The tab Where of the Walkabouts page: the sentence, the first places, the map, the table, how sure it is."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from geo.review.workspace import Workspace
from geo.walkabouts.squares import square_at
from pages.kit import session
from tests.geo.review.walks.walk_records import NOW
from tests.geo.review.walks.walk_where_town import report, walked_town
from tests.tinytown.council import make_council


def _screen(root):
    """Show the tab alone; the function runs in a script of its own."""
    from datetime import date  # noqa: PLC0415 - as above
    from pathlib import Path  # noqa: PLC0415 - as above

    from geo.review.workspace import Workspace  # noqa: PLC0415 - as above
    from pages.kit import walk_where_view  # noqa: PLC0415 - as above

    walk_where_view.show(Workspace.open(Path(root)), today=date(2025, 6, 1), fixed=False)


@pytest.fixture(autouse=True)
def _early_summer(monkeypatch):
    """Let the screen's clock stand still."""
    monkeypatch.setattr(session, "now", lambda _: NOW)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return walked_town(make_council(tmp_path_factory.mktemp("where") / "Tinytown"))


def _open(council):
    app = AppTest.from_function(_screen, args=(str(council.root),), default_timeout=60).run()
    assert [error.value for error in app.exception] == []
    return app


def _said(app):
    return "\n".join(str(one.value) for one in (*app.markdown, *app.caption))


def test_a_sentence_then_a_list_then_the_table_with_ranges_then_how_sure_it_is(town) -> None:
    app = _open(town)
    said = _said(app)
    assert said.index("4 places are known of") < said.index("2 reports open; never visited.")
    assert "24 people found at 8 visits, the last on 25 May 2025; higher than the district." in said
    assert "nobody found at 8 visits" in said
    assert "0 people" not in said
    table = app.dataframe[0].value
    assert {"From", "To", "Reports open", "Intelligence that counts", "People found"} <= set(table.columns)
    assert "Never visited is not nobody there" in said
    assert "never added up" in said


def test_another_band_shows_what_is_known_of_that_band(town) -> None:
    app = _open(town)
    app.button_group[0].set_value("day").run()
    assert "No place stands out above the district in the band day" in _said(app)
    assert app.dataframe[0].value["Visits"].sum() == 0


def test_a_workspace_that_knows_nothing_says_what_to_do(tmp_path) -> None:
    said = _said(_open(make_council(tmp_path / "Tinytown")))
    assert "take in reports, or record a walk" in said
    assert said.index("On the tab **Reports**") < said.index("On the tab **Record**") < said.index("which is a guess")
    assert "which is a guess" in said


def test_what_was_recorded_a_moment_ago_is_shown_though_no_file_of_the_workspace_changed(town, tmp_path) -> None:
    council = Workspace.open(shutil.copytree(town.root, tmp_path / "w"))
    app, before = _open(council), council.fingerprint()
    assert "4 places are known of" in _said(app)
    report(council, square_at(643_850, 423_850))
    assert council.fingerprint() == before
    assert "5 places are known of" in _said(app.run())
