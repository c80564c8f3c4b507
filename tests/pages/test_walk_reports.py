"""Walkabouts, Reports: what is open comes first; reports come by form, by file and by a point on the map."""

import shutil
from datetime import time, timedelta
from pathlib import Path

import pytest

from geo.review.walks.reading import read_reports, reports_standing
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.workspace import Workspace
from pages.kit import click_map, session, walk_reports_forms
from tests.geo.review.walks.walk_report_files import NOW, SQUARE, file_of
from tests.tinytown.council import make_council

HERE = (641_010.0, 421_020.0)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("template") / "Tinytown")
    for days, place in ((0, HERE), (4, (643_000.0, 423_000.0))):
        moment = NOW - timedelta(days=days, hours=3)
        made = MadeReport(moment, moment, "StreetLink", GivenPlace(place))
        record_report(council, made, who="JS", now=NOW)
    return council.root


@pytest.fixture
def council(template, tmp_path, monkeypatch) -> Workspace:
    monkeypatch.setattr(session, "now", lambda _: NOW)
    return Workspace.open(Path(shutil.copytree(template, tmp_path / "w")))


def _field(app, label, kind):
    return next(one for one in getattr(app, kind) if one.label == label)


def _press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    return app


def _fill(app, **texts):
    _field(app, "Seen at", "time_input").set_value(time(5, 10))
    _field(app, "Who records it (name or initials)", "text_input").set_value("JS")
    for label, text in texts.items():
        _field(app, label.replace("_", " "), "text_input").set_value(text)
    return app


def test_the_fictional_district_shows_the_page_and_keeps_nothing(open_page, words) -> None:
    app = open_page("walkabouts")
    assert [error.value for error in app.error] == []
    assert "The sample district keeps nothing, so no report can be recorded here." in words(app)


def test_a_workspace_without_a_report_says_what_to_do_first(open_page, words, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(session, "now", lambda _: NOW)
    said = words(open_page("walkabouts", make_council(tmp_path / "Tinytown")))
    assert "**No report has been taken in yet.** First take in the file that StreetLink sends" in said
    assert "No report is open" not in said


def test_what_is_open_and_overdue_stands_first(open_page, words, council) -> None:
    said = words(open_page("walkabouts", council))
    assert "**2 reports are open, 1 of them overdue.**" in said
    overdue, due = said.index("Overdue by 60 hours"), said.index("Due by the end of Tuesday 3 June 2025")
    assert overdue < due
    assert "2025-26 Q1\\: 2 reports told of 2 people; one person may be reported several times." in said


def test_a_report_is_recorded_by_the_form_and_put_right(open_page, words, council) -> None:
    app = _press(_fill(open_page("walkabouts", council), Grid_reference=SQUARE), "Record this report")
    assert [error.value for error in app.error] == []
    assert "Recorded as number 3. Somebody is to be there by the end of Tuesday 3 June 2025." in words(app)
    record = _field(app, "Record", "selectbox")
    record.set_value(next(option for option in record.options if "number 3" in option)).run()
    assert _field(app, "Seen at", "time_input").value == time(5, 10)
    _field(app, "How many people", "number_input").set_value(2)
    app = _press(_fill(app, Grid_reference=SQUARE), "Record this report")
    assert [error.value for error in app.error] == []
    assert (read_reports(council)[-1].supersedes, read_reports(council)[-1].people) == (3, 2)


def test_a_form_without_a_time_or_a_place_is_told_and_keeps_nothing(open_page, council) -> None:
    app = _press(open_page("walkabouts", council), "Record this report")
    assert app.error[0].value.startswith("It does not say at what time somebody was seen.")
    app = _press(_fill(app), "Record this report")
    assert app.error[0].value == "It does not say where. Nothing was kept."
    assert len(read_reports(council)) == 2


def test_a_click_on_the_map_says_where(open_page, words, council, monkeypatch) -> None:
    monkeypatch.setattr(walk_reports_forms, "ask_point", lambda *_, **__: HERE)
    app = open_page("walkabouts", council)
    assert f"Chosen: the square **{SQUARE[:2]} {SQUARE[2:5]} {SQUARE[5:]}**." in words(app)
    _press(_fill(app), "Record this report")
    assert (read_reports(council)[-1].square, read_reports(council)[-1].located) == (SQUARE, "point")


def test_a_click_comes_back_as_metres_of_the_national_grid(council, monkeypatch) -> None:
    asked = {}

    def clicked(**given):
        asked.update(given)
        return [51.2075, -1.4789]

    monkeypatch.setattr(click_map, "_CLICKS", clicked)
    easting, northing = click_map.ask_point(council, title="Where", key="x")
    assert (round(easting), round(northing)) == (pytest.approx(436_500, abs=20), pytest.approx(145_500, abs=20))
    assert "clicked" in asked["page"]
    assert "<title>Where</title>" in asked["page"]
    monkeypatch.setattr(click_map, "_CLICKS", lambda **_: None)
    assert click_map.ask_point(council, title="Where", key="x") is None


def test_a_file_is_shown_row_by_row_before_it_is_taken_in(open_page, words, council) -> None:
    app = open_page("walkabouts", council)
    content = file_of({}, {"Alert ID": "2", "Time seen": ""})
    app.file_uploader[0].upload("reports.csv", content, "text/csv").run()
    said = words(app)
    assert "Of 2 rows it would take in 1 new report" in said
    assert "Row 3\\: it does not say at what time somebody was seen" in said
    assert "Description" in said
    assert "MARKER" not in said
    assert len(read_reports(council)) == 2
    assert "1 report taken in" in words(_press(app, "Take these reports in"))
    assert len(read_reports(council)) == 3


def test_a_heap_waits_for_somebody_to_say_that_it_was_checked(open_page, words, council) -> None:
    app = open_page("walkabouts", council)
    rows = ({"Alert ID": str(number)} for number in range(30))
    app.file_uploader[0].upload("reports.csv", file_of(*rows), "text/csv").run()
    assert "improbably many" in words(app)
    take_in = next(button for button in app.button if button.label == "Take these reports in")
    assert take_in.disabled
    _field(app, "These rows were checked, and they are right", "checkbox").check().run()
    _press(app, "Take these reports in")
    assert len(reports_standing(council)) == 32


def test_a_report_is_withdrawn(open_page, words, council) -> None:
    app = open_page("walkabouts", council)
    _field(app, "Who withdraws it (name or initials)", "text_input").set_value("JS")
    app = _press(app, "Withdraw it")
    assert [error.value for error in app.error] == []
    assert len(reports_standing(council)) == 1
    assert "1 report is open" in words(app)
