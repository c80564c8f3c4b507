"""A bus timetable added on the Data page: uploaded, or named where it is too large for that."""

import pytest

from geo.review.bus import timetable_of
from tests.geo.places.buses import gtfs
from tests.tinytown.council import make_council


@pytest.fixture
def council(tmp_path):
    return make_council(tmp_path / "tinytown", with_wards=False)


@pytest.fixture
def form(open_page, council):
    """The form for a timetable."""
    app = open_page("data", council)
    return app.selectbox[0].set_value("timetable").run()


def press_add(app):
    return next(button for button in app.button if button.label == "Add").click().run()


def test_an_upload_is_kept_and_told_with_a_warning_if_it_has_ended(form, council, words) -> None:
    form.file_uploader[0].set_value(("bus.zip", gtfs(), "application/zip")).run()
    app = press_add(form)
    assert not app.exception
    assert "2 trips with 5 calls at 3 stops in and near the district" in words(app)
    assert "This timetable ended on 30 June 2025" in app.warning[0].value
    assert len(timetable_of(council).calls) == 5


def test_a_file_named_by_its_place_is_kept(form, council, words, tmp_path) -> None:
    (tmp_path / "gb.zip").write_bytes(gtfs())
    form.text_input[0].set_value(str(tmp_path / "gb.zip")).run()
    app = press_add(form)
    assert not app.exception
    assert "Added: Bus timetable in GTFS, Tiny Buses" in words(app)
    assert len(timetable_of(council).calls) == 5


def test_a_file_that_is_no_timetable_is_told_in_a_sentence(form, council, tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("no zip", encoding="utf-8")
    form.text_input[0].set_value(str(tmp_path / "notes.txt")).run()
    app = press_add(form)
    assert [error.value.startswith("notes.txt cannot be read") for error in app.error] == [True]
    assert not council.has("timetable")
