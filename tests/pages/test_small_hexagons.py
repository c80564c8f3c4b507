"""Small hexagons are a choice of the Map page where the workspace keeps them, and are not even named elsewhere."""

import pytest

from geo.review.encrypting import encrypt_workspace
from geo.review.encryption import DatabaseKey
from geo.review.intake import keep, take_in
from tests.pages.conftest import TODAY

pytest.importorskip("sqlcipher3", reason="the extra planner[encryption] is not installed")
KEY = DatabaseKey("c0" * 32)
SMALL = "Small hexagons (about 0.1 km²)"


def _sizes(app) -> list[str]:
    return next(box for box in app.selectbox if box.label == "Show by").options


def _choose_nine(workspace) -> None:
    keeping = workspace.scenario.keeping.model_copy(update={"finest": 9})
    workspace.save_scenario(workspace.scenario.model_copy(update={"keeping": keeping}))


def test_a_plain_workspace_offers_none_whatever_its_options_say(open_page, own_workspace) -> None:
    _choose_nine(own_workspace)
    app = open_page("map", own_workspace)
    assert SMALL not in _sizes(app)
    assert not app.exception


def test_an_encrypted_one_that_chose_them_draws_them(open_page, own_workspace, monkeypatch) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_KEY", KEY.digits)
    encrypt_workspace(own_workspace, KEY)
    _choose_nine(own_workspace)
    rows = "".join(f"N-{number},H-{number},05/05/2024,ZZ1 0AG\n" for number in range(12))
    content = ("Case Ref,Household Ref,Date,Postcode\n" + rows).encode()
    keep(own_workspace, take_in(own_workspace, content, file_name="x.csv", feed="New", today=TODAY))
    app = open_page("map", own_workspace)
    next(box for box in app.selectbox if box.label == "Show by").select(SMALL).run()
    assert not app.exception
    assert not app.error
    said = " ".join(element.value for element in [*app.markdown, *app.caption])
    assert "taken in before so small hexagons were kept" in said
