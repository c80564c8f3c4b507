"""Presets on the Referrals page: chosen, uploaded, refused, and taken away."""

import pytest

from geo.review.presets.files import parse_preset
from pages.kit import tables

EXPORT = b"Nummer,Kam am,Wohnt in,Grund\n1,05/05/2025,ZZ1 0AG,7\n2,06/05/2025,ZZ1 0AG,7\n"
PRESET = b"""
[preset]
name = "Our system"
[columns]
date = "Kam am"
postcode = "Wohnt in"
reason = "Grund"
[meanings.reason]
7 = "end of social rented tenancy"
"""


@pytest.fixture
def page(open_page, own_workspace):
    """The Referrals page with an export of a new source, whose columns nobody could guess."""
    app = open_page("referrals", own_workspace)
    app.file_uploader[0].upload("export.csv", EXPORT, "text/csv").run()
    _choose(app, "Who is the file from?", "A new source")
    app.text_input[0].set_value("Day centre").run()
    return app


def _choose(app, label: str, value: str):
    next(box for box in app.selectbox if box.label.startswith(label)).set_value(value).run()


def _proposed(app) -> dict[str, str]:
    return {box.label: box.value for box in app.selectbox}


def _give(app, content: bytes):
    _choose(app, "Preset", "A file from another council")
    app.file_uploader[1].upload("ours.toml", content, "application/toml").run()


def test_a_file_from_another_council_fills_the_mapping_and_says_what_codes_mean(page, own_workspace, words) -> None:
    assert _proposed(page)["Postcode (needed)"] == ""
    _give(page, PRESET)
    assert _proposed(page)["Postcode (needed)"] == "Wohnt in"
    assert _proposed(page)["Date (needed)"] == "Kam am"
    assert "7 means end of social rented tenancy" in words(page)
    before = len(own_workspace.records())
    for label in ("Check the file", "Keep these records"):
        next(button for button in page.button if button.label == label).click().run()
    kept = own_workspace.records()
    assert len(kept) == before + 2
    assert set(kept[kept["feed"] == "Day centre"]["reason"].astype(str)) == {"end of social rented tenancy"}


def test_a_preset_that_does_not_fit_says_so(page, words) -> None:
    _choose(page, "Preset", "hope extract")
    assert "has none of the columns" in words(page)
    assert "Not verified: record reference" in words(page)


def test_a_hostile_preset_is_told_in_a_sentence(page) -> None:
    _give(page, b"[columns]\npostcode = 'SP10 1DP'")
    assert "looks like a client's data" in page.error[0].value
    assert "SP10" not in page.error[0].value


def test_the_confirmed_mapping_can_be_taken_away(page, monkeypatch) -> None:
    handed = []
    monkeypatch.setattr(tables, "hand_over", lambda content, **_named: handed.append(content))
    _give(page, PRESET)
    next(button for button in page.button if button.label == "Save this mapping as a file").click().run()
    saved = parse_preset(handed[0], file_name="preset.toml")
    assert saved.name == "Day centre"
    assert saved.columns == {"date": ("Kam am",), "postcode": ("Wohnt in",), "reason": ("Grund",)}
    assert saved.meanings == {"reason": {"7": "end of social rented tenancy"}}
