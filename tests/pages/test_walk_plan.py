"""The tab Walk of the Walkabouts page: a walk asked for, planned, shown, handed out."""

import re
import shutil
from datetime import date, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from geo.review.walks.agencies import set_agency
from geo.review.walks.cards import read_cards
from geo.review.walks.next import walk_seed
from geo.review.walks.rota import rota_of
from geo.review.walks.rota_kept import keep_rota
from geo.review.workspace import Workspace
from geo.walkabouts.rota.agencies import make_agency
from pages.kit import session, walk_plan_form, walk_plan_view
from tests.tinytown.council import make_council
from tests.tinytown.walk_town import NOW, START, fill, lay_streets, spot

TODAY = date(2025, 6, 6)


def _screen(root, fixed):
    """Show the tab alone; the function runs in a script of its own."""
    from datetime import date  # noqa: PLC0415 - as above
    from pathlib import Path  # noqa: PLC0415 - as above

    from geo.review.workspace import Workspace  # noqa: PLC0415 - as above
    from pages.kit import walk_plan_view  # noqa: PLC0415 - as above

    walk_plan_view.show(Workspace.open(Path(root)), today=date(2025, 6, 6), fixed=fixed)


@pytest.fixture(autouse=True)
def _early_summer(monkeypatch):
    """Let the screen's clock stand still, and no search be long."""
    monkeypatch.setattr(session, "now", lambda _: NOW)
    monkeypatch.setattr(walk_plan_view, "_SECONDS", 2.0)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("walked") / "w")
    lay_streets(council)
    fill(council)
    return council.root


@pytest.fixture
def town(template, tmp_path, monkeypatch):
    root = shutil.copytree(template, tmp_path / "w")
    monkeypatch.setenv("PLANNER_WORKSPACE", str(root))
    return root


def _open(root, *, fixed=False):
    return AppTest.from_function(_screen, args=(str(root), fixed), default_timeout=60).run()


def _planned(app, *, minutes=60.0, start=START):
    next(one for one in app.text_input if one.label == "Starts at").input(start)
    next(one for one in app.number_input if one.label == "Minutes").set_value(minutes)
    return next(one for one in app.button if one.label == "Plan this walk").click().run()


def _said(app) -> str:
    spoken = [*app.subheader, *app.markdown, *app.caption, *app.success, *app.error]
    return "\n".join(element.value for element in spoken)


def test_the_form_begins_with_the_hour_of_the_chosen_part_of_the_day(town) -> None:
    app = _open(town)
    assert app.time_input[0].value == time(20, 30)
    app = next(one for one in app.selectbox if one.label == "Part of the day").select("early morning").run()
    assert app.time_input[0].value == time(5, 30)


def test_a_start_is_typed_or_pointed_at_in_one_place_and_a_typed_one_counts(town, monkeypatch) -> None:
    monkeypatch.setattr(walk_plan_form, "ask_point", lambda *_, **__: spot(6, 6))
    app = _open(town)
    assert "The walk starts at this point." in _said(app)
    assert app.expander[0].label == "Or point at the start on the map"
    app = _planned(app, start="")
    assert re.search(r"from near (Row|Lane) 6 and back", _said(app))
    app = _planned(app)
    assert "What is typed above counts" in _said(app)
    assert re.search(r"from near (Row|Lane) 5 and back", _said(app))


def test_a_walk_is_planned_shown_and_stays_while_the_reader_does_something_else(town) -> None:
    app = _planned(_open(town))
    assert not app.error
    said = _said(app)
    assert "Walk on Friday 6 June 2025, 20:30 to 21:" in said
    assert "Open reports: 2, of which 1 overdue; this walk goes to 2 of them." in said.replace("\\", "")
    assert "**Team 1**" in said
    assert "Walk on Friday 6 June 2025" in _said(app.run())
    worth = app.dataframe[-1].value
    assert {"Expected finds", "Open reports", "Intelligence"} <= set(worth.columns)
    assert "Total" not in worth.columns


def test_what_cannot_be_planned_is_a_sentence_and_the_form_stays(town) -> None:
    app = _planned(_open(town), minutes=10.0)
    assert "must be visited" in app.error[0].value
    assert [one for one in app.button if one.label == "Plan this walk"]
    assert not _planned(app, start="nowhere at all").subheader


def test_the_card_is_handed_out_and_its_files_offered(town) -> None:
    app = _planned(_open(town))
    for label, text in (("Given to", "Police"), ("Who hands it out", "JS")):
        next(one for one in app.text_input if one.label.startswith(label)).input(text)
    app = next(one for one in app.button if one.label == "Hand out this walk").click().run()
    (card,) = read_cards(Workspace.open(town))
    assert (card.recipient, card.who) == ("Police", "JS")
    assert f"Walk card {card.number}, for Police" in _said(app)
    assert [one for one in app.button if one.label == "Card, GPX and form (ZIP)"]


def test_the_sample_district_hands_nothing_out(town) -> None:
    app = _planned(_open(town, fixed=True))
    assert "keeps nothing" in _said(app)
    assert not [one for one in app.button if one.label == "Hand out this walk"]


def test_the_form_proposes_the_rota_s_next_walk_and_draws_by_its_seed(town) -> None:
    workspace = Workspace.open(town)
    walk = _settled(workspace)
    app = _open(town)
    assert f"The rota's next walk: {walk.weekday}" in _said(app)
    assert app.date_input[0].value == walk.day
    assert app.time_input[0].value == walk.begins.time()
    assert walk_seed(workspace, walk.begins) == walk.seed
    assert walk_seed(workspace, walk.begins + timedelta(days=400)) != walk.seed


def _settled(workspace):
    """Settle the rota of the summer, and give its first walk."""
    set_agency(workspace, make_agency("Outreach", powers="support, enforcement", people=3))
    rota = rota_of(workspace, (date(2025, 7, 1), date(2025, 9, 30)), today=TODAY)
    kept = keep_rota(workspace, rota, who="JS", why="", today=TODAY)
    return kept.rota.walks[0]
