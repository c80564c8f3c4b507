"""The section on safe places as it is for people who sign in: a lead keeps the list, an officer is told whom to ask."""

import pytest

from geo.review.safe_keeping import kept_list
from geo.review.safe_officers import name_officers, officers
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from tests.pages.conftest import LEAD, OFFICER

KEEPING = "Put on the list"


@pytest.fixture
def as_lead(own_workspace):
    return Workspace.open(own_workspace.root, signer=Signer(LEAD, None, signed_in=True, is_lead=True))


def _labels(app) -> list[str]:
    return [button.label for button in app.button]


def _press(app, label: str):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def _field(app, label: str):
    return next(field for field in app.text_input if field.label == label)


def test_a_lead_keeps_the_list_before_anybody_is_named_and_names_officers(open_as, as_lead, words) -> None:
    app = open_as(LEAD, page="data")
    assert "Kept by the lead officers. Ask them" in words(app)
    _field(app, "Postcode").set_value("ZZ3 4QX")
    _press(app, KEEPING)
    assert not app.exception
    assert kept_list(as_lead).places == 1
    _field(app, "First officer").set_value(OFFICER)
    _press(app, "Name them")
    assert officers(as_lead) == (OFFICER,)
    assert KEEPING in _labels(open_as(OFFICER, page="data"))


def test_an_officer_who_is_not_named_is_told_whom_to_ask_and_no_number(open_as, as_lead, words) -> None:
    for named in ((), ("jo",)):
        if named:
            name_officers(as_lead, named)
        app = open_as(OFFICER, page="data")
        said = words(app)
        assert "Kept by the lead officers" in said
        assert "On the list" not in said
        assert not {KEEPING, "Name them"} & set(_labels(app))


def test_a_lead_struck_out_keeps_the_list_no_more_from_the_next_click(open_as, secrets_file, as_lead) -> None:
    app = open_as(LEAD, page="data")
    _field(app, "Postcode").set_value("ZZ3 4QX")
    text = secrets_file.read_text(encoding="utf-8").replace('role = "lead"', 'role = "officer"')
    secrets_file.write_text(text, encoding="utf-8")
    _press(app, KEEPING)
    assert KEEPING not in _labels(app)
    assert kept_list(as_lead).places == 0
