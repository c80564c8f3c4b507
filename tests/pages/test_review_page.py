"""The Review page: a pack made with one button, shown, kept, and one checked."""

import time

import pytest

from layers.pack import bundle, making, verify
from layers.pack.files import pack_files
from pages.kit.review_check import verdict_table
from tests.tinytown.packed import packed_copy

SLOW = ("report", "briefing", "maps/")


def _quick(pack, calendar):
    return tuple(one for one in pack_files(pack, calendar) if not one.name.startswith(SLOW))


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return packed_copy(tmp_path_factory, tmp_path_factory.mktemp("review") / "Tinytown")


@pytest.fixture
def made(open_page, council, monkeypatch):
    """The page after the button was pressed and the pack is there."""
    for module in (bundle, making, verify):
        monkeypatch.setattr(module, "pack_files", _quick)
    app = open_page("review", council)
    _field(app, "Your name or initials").set_value("JS")
    _button(app, "Make the pack").click().run()
    until = time.monotonic() + 60
    while not any(one.value == "The files" for one in app.subheader) and time.monotonic() < until:
        app.run()
    return app


def _button(app, label):
    return next(button for button in app.button if button.label == label)


def _field(app, label):
    return next(field for field in app.text_input if field.label == label)


def test_the_page_opens_with_its_one_button(open_page, words) -> None:
    app = open_page("review")
    assert [error.value for error in app.error] == []
    assert _button(app, "Make the pack")
    assert "You may go to other pages meanwhile" in words(app)


def test_nobody_named_makes_no_pack(open_page, council, words) -> None:
    app = open_page("review", council)
    _button(app, "Make the pack").click().run()
    assert "Say who makes the pack" in words(app)


def test_a_workspace_without_records_is_told_so(open_page, bare_workspace) -> None:
    app = open_page("review", bare_workspace)
    _field(app, "Your name or initials").set_value("JS")
    _button(app, "Make the pack").click().run()
    assert ["no records yet" in error.value for error in app.error] == [True]


def test_a_pack_is_made_shown_and_kept(made, words) -> None:
    said = words(made).replace("\\", "")  # as a reader sees it
    assert "For the housing team only: exact counts." in said
    assert "Homelessness mapping review 2024-25: Tinytown" in said
    pictures = [element.proto.body for element in made.get("html") if "<img" in element.proto.body]
    assert pictures
    assert all('alt="Map: ' in picture and "data:image/svg+xml" in picture for picture in pictures)
    labels = [button.label for button in made.button]
    assert "Everything in one zip" in labels
    assert "Layers for QGIS (GeoPackage)" in labels
    _field(made, "Who keeps it (name or initials)").set_value("JS")
    _button(made, "Keep it").click().run()
    assert "Kept as pack 1." in words(made)
    made.radio[0].set_value("Kept packs, and checking one").run()
    assert made.dataframe[0].value["By"].tolist() == ["JS"]


def test_what_differs_stands_first_in_the_verdict() -> None:
    found = verify.Verdict(
        "A pack",
        "team",
        "2024-25",
        "ab",
        tuple(verify.Finding(name, state, "told") for name, state in (("a", "same"), ("b", "differs"))),
    )
    assert verdict_table(found)["Part"].tolist() == ["b", "a"]
    assert found.sentence.startswith("Not the same: 1 of 2 parts")
