"""Streets added on the Data page: uploaded, or named where the file is too large for that."""

import pytest

from geo.review.streets import streets_of
from tests.geo.places.street_files import osm_text
from tests.tinytown.council import make_council

HERE = osm_text((204_000, 276_000))  # from Andover to Tinytown


@pytest.fixture
def council(tmp_path):
    return make_council(tmp_path / "tinytown", with_wards=False)


@pytest.fixture
def form(open_page, council):
    """The form for streets."""
    app = open_page("data", council)
    return app.selectbox[0].set_value("streets").run()


def press_add(app):
    return next(button for button in app.button if button.label == "Add").click().run()


def test_an_upload_is_kept_and_told_with_what_was_left_out(form, council, words) -> None:
    form.file_uploader[0].set_value(("tiny.osm", HERE.encode(), "application/xml")).run()
    app = press_add(form)
    assert not app.exception
    assert "Added: OpenStreetMap, 6 rows. On foot" in words(app)
    assert "6 junctions, 5 km, all joined up" in words(app)
    assert "may not cover the whole district" in app.warning[0].value
    assert len(streets_of(council).table) == 6


def test_a_file_named_by_its_place_is_kept(form, council, words, tmp_path) -> None:
    (tmp_path / "county.osm").write_text(HERE, encoding="utf-8")
    form.text_input[0].set_value(str(tmp_path / "county.osm")).run()
    app = press_add(form)
    assert not app.exception
    assert "Added: OpenStreetMap" in words(app)
    assert council.has("streets")


def test_the_streets_of_another_place_are_refused_in_a_sentence(form, council) -> None:
    form.file_uploader[0].set_value(("andover.osm", osm_text().encode(), "application/xml")).run()
    app = press_add(form)
    assert [error.value.startswith("No street of andover.osm") for error in app.error] == [True]
    assert not council.has("streets")


def test_the_licence_of_the_streets_is_among_the_lines_for_papers(open_page, council, words, form) -> None:
    form.file_uploader[0].set_value(("tiny.osm", HERE.encode(), "application/xml")).run()
    press_add(form)
    assert "OpenStreetMap contributors, ODbL" in words(open_page("data", council))
