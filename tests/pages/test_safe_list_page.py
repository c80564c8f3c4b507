"""The section on safe places of the Data page: two officers keep the list, and nobody sees it."""

import pytest

from geo.review.safe_keeping import kept_list
from geo.review.safe_officers import name_officers, officers
from geo.review.signing import Signer
from geo.review.workspace import Workspace


@pytest.fixture
def jo(own_workspace, monkeypatch):
    monkeypatch.setattr("pages.kit.session.user_name", lambda: "jo")
    return Workspace.open(own_workspace.root, signer=Signer("jo", None))


def _press(app, label: str):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def _field(app, label: str):
    return next(field for field in app.text_input if field.label == label)


def test_the_sample_district_keeps_no_list(open_page, words) -> None:
    assert "Safe places" not in words(open_page("data"))


def test_two_officers_are_named_first(open_page, jo, words) -> None:
    app = open_page("data", jo)
    assert "Nobody has been named to keep the list yet" in words(app)
    _field(app, "First officer").set_value("jo")
    _field(app, "Second officer").set_value("Sam")
    _press(app, "Name them")
    assert officers(jo) == ("Sam", "jo")
    assert not app.exception


def test_an_officer_adds_a_place_and_never_sees_it_again(open_page, jo, words) -> None:
    name_officers(jo, ["jo"])
    app = open_page("data", jo)
    _field(app, "Postcode").set_value("ZZ3 4QX")
    _press(app, "Put on the list")
    said = words(app)
    assert "On the list: **1 place**" in said
    assert "until their export is added again" in said
    assert _field(app, "Postcode").value == ""
    assert "4QX" not in said
    assert kept_list(jo).places == 1
    _field(app, "Postcode").set_value("ZZ3 4QX")
    _press(app, "Take off the list")
    assert kept_list(jo).places == 0


def test_what_is_no_postcode_is_refused_and_not_repeated(open_page, jo, words) -> None:
    name_officers(jo, ["jo"])
    app = open_page("data", jo)
    _field(app, "Postcode").set_value("QX9")
    _press(app, "Put on the list")
    said = words(app)
    assert "Nothing was kept" in said
    assert "QX9" not in said
    assert kept_list(jo).places == 0


def test_anybody_else_is_told_whom_to_ask(open_page, jo, words) -> None:
    name_officers(jo, ["Ann", "Sam"])
    app = open_page("data", jo)
    assert "Kept by **Ann** and **Sam**" in words(app)
    assert "Put on the list" not in {button.label for button in app.button}
