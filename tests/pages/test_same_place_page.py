"""Same place?, on the Sites page: the pairs with their reasons, three answers each, and taking one back."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.review.register import registered_sites
from geo.review.workspace import Workspace
from tests.geo.review.twins import fill
from tests.pages.conftest import PROJECT
from tests.tinytown.council import make_council


@pytest.fixture
def town(tmp_path, monkeypatch) -> Workspace:
    council = make_council(tmp_path / "Tinytown")
    fill(council)
    monkeypatch.setenv("PLANNER_WORKSPACE", str(council.root))
    return council


def _page() -> AppTest:
    return AppTest.from_file(PROJECT / "pages" / "sites.py", default_timeout=120).run()


def _press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def test_pairs_are_shown_with_their_reasons_and_an_answer_joins_them_until_it_is_taken_back(town, words) -> None:
    app = _page()
    said = words(app)
    assert "**3 pairs of sites may be one place**, 1 of them probably" in said
    assert "**Tinytown Library** and **Tinytown Public Library**" in said
    assert "similar name, 28 m apart" in said
    assert len([button for button in app.button if button.label == "One roof, several services"]) == 3
    app.text_input(key="same_who").set_value("JS").run()
    _press(app, "The same place")
    assert not app.error
    assert "Kept" in words(app)
    assert len(registered_sites(town)) == 3
    _press(app, "Take it back")
    assert registered_sites(town).equals(town.sites())


def test_two_places_stay_apart_and_are_asked_about_no_more(town, words) -> None:
    app = _page()
    _press(app, "Two places")
    assert "**2 pairs of sites may be one place**, 0 of them probably" in words(app)
    assert len(registered_sites(town)) == 4


def test_the_sample_district_shows_its_pairs_and_lets_nobody_answer(monkeypatch, fictional) -> None:
    monkeypatch.setenv("PLANNER_WORKSPACE", str(fictional.root))
    app = _page()
    assert not app.exception
    assert not {"The same place", "Two places"} & {button.label for button in app.button}
