"""The snapshot night on a screen: planned, settled, its result entered; the sample district keeps nothing."""

import shutil
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from geo.review.walks.snapshot_kept import read_nights
from geo.review.walks.snapshot_results import read_results
from geo.review.workspace import Workspace
from pages.kit import access, session
from tests.tinytown.council import make_council
from tests.tinytown.snapshot_nights import AFTER, CHURCH, NIGHT, NOW, TODAY, know_places


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("night") / "w")
    know_places(council)
    return council.root


@pytest.fixture
def town(template, tmp_path, monkeypatch):
    monkeypatch.setattr(session, "now", lambda _: NOW)
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


def screen(root, today, *, fixed):
    from pathlib import Path  # noqa: PLC0415 - AppTest runs this body alone

    from geo.review.workspace import Workspace  # noqa: PLC0415 - as above
    from pages.kit import walk_snapshot_view  # noqa: PLC0415 - as above

    walk_snapshot_view.show(Workspace.open(Path(root)), today=today, fixed=fixed)


def opened(town, *, today=TODAY, fixed=False):
    return AppTest.from_function(
        screen, args=(str(town.root), today), kwargs={"fixed": fixed}, default_timeout=60
    ).run()


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def said(app):
    spoken = [*app.subheader, *app.markdown, *app.caption, *app.warning, *app.success, *app.error]
    return "\n".join(element.value for element in spoken)


def planned(app, partner=CHURCH):
    app.date_input[0].set_value(NIGHT)
    app.text_input[0].set_value(partner)
    return press(app, "Plan this night")


def field(app, kind, label):
    return next(one for one in getattr(app, kind) if one.label.startswith(label))


def test_only_a_lead_officer_settles_a_night_sees_it_and_hands_out_its_papers(town, monkeypatch):
    app = planned(opened(town))
    field(app, "checkbox", "St Ann's Church is neither").check()
    field(app, "text_input", "Who settles it").set_value("JS")
    app = press(app, "Settle this plan")
    papers = ("All papers (ZIP)", "Checklist weeks (ICS)", "GeoPackage")
    assert {*papers} <= {button.label for button in app.button}
    monkeypatch.setattr(access, "may", lambda right: right != "freeze")
    app = opened(town)
    assert "Only a lead officer may see which night it is" in said(app)
    assert not [
        one for one in app.toggle if one.label in ("Show the night", "Tell the night on the lead officer's paper too")
    ]
    assert not [button.label for button in app.button if button.label in papers]
    app = planned(app)
    assert "2 teams count 3 places" in said(app)
    assert "Only a lead officer may settle a night" in said(app)
    assert "Settle this plan" not in [button.label for button in app.button]
    assert not [button.label for button in app.button if button.label in papers]
    again = "A night of 2025 is settled already"
    assert again in said(app)
    app.date_input[0].set_value(NIGHT + timedelta(days=1))
    assert again in said(press(app, "Plan this night"))


def test_a_night_is_planned_settled_and_its_result_kept(town):
    app = planned(opened(town))
    assert not app.exception
    assert "2 teams count 3 places, from 00" in said(app)
    assert "Nothing speaks against this night." in said(app)
    assert "**Team 2** meets at 00:30" in said(app)
    field(app, "checkbox", "St Ann's Church is neither").check()
    field(app, "text_input", "Who settles it").set_value("JS")
    app = press(app, "Settle this plan")
    assert "Plan 1 of 2025 is settled by JS." in said(app)
    assert "12 to Thursday" not in said(app)
    assert [kept.plan.partner for kept in read_nights(town)] == [CHURCH]
    app = opened(town, today=AFTER)
    field(app, "number_input", "Bedded down, patch 1").set_value(2)
    field(app, "number_input", "The figure").set_value(2)
    field(app, "text_input", "Who enters it").set_value("AB")
    app = press(app, "Keep this result")
    assert not app.exception
    assert "The figure: 2." in said(app)
    assert "quarter's figures" in said(app)
    assert [one.result.total for one in read_results(town)] == [2]


def test_a_night_sooner_than_six_weeks_asks_why_and_keeps_it(town, monkeypatch):
    soon = NOW + timedelta(weeks=7)
    monkeypatch.setattr(session, "now", lambda _: soon)
    app = planned(opened(town, today=soon.date()))
    field(app, "checkbox", "St Ann's Church is neither").check()
    field(app, "text_input", "Who settles it").set_value("JS")
    app = press(app, "Settle this plan")
    assert "Give the reason" in said(app)
    field(app, "text_input", "Why sooner than 6 weeks").set_value("The partner was ill.")
    app = press(app, "Settle this plan")
    assert "Why this night all the same: The partner was ill." in said(app)
    assert [kept.plan.reason for kept in read_nights(town)] == ["The partner was ill."]


def test_the_result_of_a_night_planned_elsewhere_is_entered_in_one_row(town):
    app = opened(town, today=AFTER)
    next(one for one in app.date_input if one.key == "walk_elsewhere_night").set_value(NIGHT)
    for label in ("Bedded down, whole", "The figure, whole"):
        field(app, "number_input", label).set_value(2)
    for key, text in (("walk_elsewhere_by", CHURCH), ("walk_elsewhere_who", "AB")):
        next(one for one in app.text_input if one.key == key).set_value(text)
    app = press(app, "Keep this result")
    assert not app.exception
    assert "Wednesday 12 to Thursday 13 November 2025: 2.**" in said(app)
    assert [one.result.total for one in read_results(town)] == [2]


def test_a_plan_without_its_confirmation_or_a_night_out_of_the_window_is_a_sentence(town):
    app = planned(opened(town), partner="")
    assert "No independent partner is named yet" in said(app)
    app = press(app, "Settle this plan")
    assert "initials" in said(app)
    app.date_input[0].set_value(date(2025, 12, 10))
    assert "only nights that count" in said(press(app, "Plan this night"))
    assert read_nights(town) == ()


def test_the_sample_district_shows_the_plan_and_keeps_nothing(town):
    app = planned(opened(town, fixed=True))
    assert "2 teams count 3 places" in said(app)
    assert "keeps nothing" in said(app)
    assert not [button for button in app.button if button.label == "Settle this plan"]
