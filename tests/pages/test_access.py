"""Who may open what on a server, without a browser: the pages of each role, and what is left out of sight."""

import logging
import os
import time
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.errors import BadInputError, PlannerError
from geo.review.agreements import Agreement, save_agreement
from geo.review.audit import read_audit
from geo.review.release_drafts import draft_release, make_release
from geo.review.release_tables import Ask, material_of
from pages.kit import access, session
from tests.pages.conftest import LEAD, OFFICER, PARTNER, TODAY, TOML, VIEWER

TEAM_PAGES = [
    "start",
    "referrals",
    "feeds",
    "map",
    "priorities",
    "trends",
    "gaps",
    "hubs",
    "sites",
    "releases",
    "data",
    "audit",
]


@pytest.fixture
def released(own_workspace):
    """A release for partners, one for the public and one under an agreement, each of other years."""
    material = material_of(own_workspace)
    for audience, period in (("partner", "2022-23"), ("public", "2023-24"), ("agreement", "2024-25")):
        draft = draft_release(own_workspace, Ask(audience, "ward", period), today=TODAY, material=material)
        make_release(own_workspace, draft, who="Lee", today=TODAY, editions=own_workspace.editions())
    return own_workspace


def _titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


def _buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def _details(workspace, what: str) -> list[tuple[str, str]]:
    return [(line.who, line.detail) for line in read_audit(workspace.store) if line.what == what]


def test_who_has_not_signed_in_sees_a_sentence_and_a_button(open_as, own_workspace, words) -> None:
    app = open_as()
    assert _buttons(app) == ["Sign in"]
    assert _titles(app) == ["Hotspot and Co-location Planner"]
    assert own_workspace.scenario.name not in words(app)
    assert _details(own_workspace, "sign-in") == []


@pytest.mark.parametrize(("email", "verified"), [("eve@evil.org", True), (OFFICER, False)])
def test_who_has_no_role_sees_a_sentence_and_sign_out(open_as, own_workspace, words, email, verified) -> None:
    app = open_as(email, email_verified=verified)
    assert _buttons(app) == ["Sign out"]
    assert "no role here" in words(app)
    assert own_workspace.scenario.name not in words(app)
    assert _details(own_workspace, "sign-in")[-1][1] == "refused: no role"


@pytest.mark.parametrize("somebody", ["", "eve@evil.org", PARTNER, VIEWER])
def test_the_team_pages_are_not_there_for_anybody_else(open_as, somebody) -> None:
    app = open_as(somebody)
    for page in TEAM_PAGES:
        with pytest.raises(Exception, match=page):
            app.switch_page(f"pages/{page}.py").run()


def test_the_team_has_every_page_and_the_name_in_the_log(open_as, own_workspace, words) -> None:
    for page in ("start", "audit"):
        app = open_as(OFFICER, page="" if page == "start" else page)
        assert "signed in as ola@council" in words(app)
        assert not app.exception
    assert str(own_workspace.root) not in words(app)
    assert _details(own_workspace, "sign-in") == [(OFFICER, "officer"), (OFFICER, "officer")]


def test_a_sign_in_is_noted_once_however_often_a_page_is_run(open_as, own_workspace) -> None:
    app = open_as(OFFICER)
    app.run()
    app.switch_page("pages/data.py").run()
    assert _details(own_workspace, "sign-in") == [(OFFICER, "officer")]


def test_another_list_of_roles_is_noted(open_as, own_workspace, secrets_file) -> None:
    open_as(OFFICER)
    open_as(OFFICER)
    assert len(_details(own_workspace, "role change")) == 1
    secrets_file.write_text(TOML.replace("vic@parish.gov.uk", 'vic@parish.gov.uk", "val@parish.gov.uk'), "utf-8")
    open_as(OFFICER)
    who, told = zip(*_details(own_workspace, "role change"), strict=True)
    assert OFFICER not in who
    assert "viewer: addresses 1" in told[0]
    assert "viewer: addresses 2" in told[1]


def test_a_name_struck_out_is_out_at_the_next_click(open_as, secrets_file, words) -> None:
    app = open_as(OFFICER)
    assert "Review of" in _titles(app)[0]
    secrets_file.write_text(TOML.replace(OFFICER, "other@council.gov.uk"), encoding="utf-8")
    app.run()
    assert "no role here" in words(app)
    assert len(app.dataframe) == 0


def test_a_list_that_breaks_locks_everybody_out_and_tells_no_word_of_it(open_as, secrets_file, words, caplog) -> None:
    app = open_as(OFFICER)
    secrets_file.write_text(TOML.replace('role = "officer"', 'role = "bosslike"'), encoding="utf-8")
    with caplog.at_level(logging.ERROR, logger="planner"):
        app.run()
    assert "Nobody can sign in" in app.error[0].value
    assert "bosslike" not in words(app) + caplog.text
    assert "'planner members no. 2 role'" in caplog.text
    assert _titles(app) == []
    secrets_file.unlink()
    app.run()
    assert "Nobody can sign in" in app.error[0].value
    assert _titles(app) == []


def test_an_app_started_by_hand_with_a_sign_in_of_streamlit_is_open_to_nobody(open_as, monkeypatch) -> None:
    monkeypatch.delenv("PLANNER_SIGN_IN")
    app = open_as(LEAD)
    assert "Nobody can sign in" in app.error[0].value
    assert _titles(app) == []


def test_an_old_sign_in_has_ended(open_as) -> None:
    app = open_as(OFFICER, iat=int(time.time()) - 11 * 3600)
    assert _buttons(app) == ["Sign in"]


def test_signing_out_ends_the_sign_in_in_every_tab(open_as) -> None:
    ticket = {"iat": int(time.time()), "nonce": "one sign-in"}
    here, there = open_as(OFFICER, **ticket), open_as(OFFICER, **ticket)
    next(button for button in here.button if button.label == "Sign out").click().run()
    assert _buttons(here) == ["Sign in"]
    there.run()
    assert _buttons(there) == ["Sign in"]
    assert "Sign out" in _buttons(open_as(OFFICER))


def test_the_lead_may_have_something_forgotten_and_an_officer_may_not(open_as) -> None:
    labels = {who: _buttons(open_as(who, page="audit")) for who in (LEAD, OFFICER)}
    assert "See how many rows that is" in labels[LEAD]
    assert "See how many rows that is" not in labels[OFFICER]


def test_a_server_opens_its_one_workspace_and_no_other(open_as, fictional, words) -> None:
    app = open_as(LEAD)
    assert "Open another workspace" not in [expander.label for expander in app.expander]
    app.session_state["workspace_folder"] = str(fictional.root)
    app.query_params["workspace"] = str(fictional.root)
    app.run()
    assert "A fictional district" not in words(app)
    listed = Path(os.environ["PLANNER_CONFIG_DIR"]) / "workspaces.txt"
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(f"{fictional.root}\n", encoding="utf-8")
    assert not any(label.startswith("Open ") for label in _buttons(app.run()))
    with pytest.raises(BadInputError, match="no other one"):
        session.choose_workspace(fictional.root)


def test_a_server_without_a_workspace_opens_none(open_as, monkeypatch) -> None:
    monkeypatch.setenv("PLANNER_WORKSPACE", "")
    app = open_as(LEAD)
    assert "without a workspace" in app.error[0].value
    assert _titles(app) == []


def test_no_folder_of_the_server_can_be_named(open_as) -> None:
    app = open_as(LEAD, page="data")
    app.selectbox[0].set_value("gazetteer").run()
    assert not [field.label for field in app.text_input if "older" in field.label]


@pytest.mark.usefixtures("released")
def test_a_partner_sees_what_was_given_to_partners_and_the_public(open_as) -> None:
    app = open_as(PARTNER)
    assert _titles(app) == ["Releases"]
    told = " ".join(app.selectbox[0].options)
    assert ("2022-23" in told, "2023-24" in told, "2024-25" in told) == (True, True, False)
    shown = set(app.dataframe[0].value["Clients"])
    assert all(text == "c" or int(text.replace(",", "")) % 5 == 0 for text in shown)
    assert not app.exception


@pytest.mark.usefixtures("released")
def test_a_viewer_sees_what_was_given_to_the_public(open_as) -> None:
    app = open_as(VIEWER)
    told = " ".join(app.selectbox[0].options)
    assert ("2022-23" in told, "2023-24" in told, "2024-25" in told) == (False, True, False)
    with pytest.raises(Exception, match="own_feed"):
        app.switch_page("pages/own_feed.py").run()


def test_before_anything_is_given_out_a_partner_is_told_so(open_as, words) -> None:
    assert "Nothing has been given out yet" in words(open_as(PARTNER))


def test_a_partner_without_an_agreement_cannot_add_a_file(open_as) -> None:
    app = open_as(PARTNER, page="own_feed")
    assert "no sharing agreement" in app.error[0].value
    # What is left is suppressed counts, made on the partner's own machine: they need no agreement.
    assert [one.label for one in app.file_uploader] == ["File of counts (.json, made by planner aggregate)"]
    assert "No file of your own" in open_as("pia@nofeed.org.uk", page="own_feed").error[0].value


def test_a_partner_adds_its_own_file_and_is_told_the_numbers_of_that_file_alone(open_as, own_workspace, words) -> None:
    agreed = Agreement("Food banks", "The food bank", "ISA 7", "the review", date(2030, 1, 1))
    save_agreement(own_workspace, agreed)
    before = own_workspace.records()
    rows = ["P-1,H-1,05/05/2025,ZZ1 0AG", "P-2,H-2,06/05/2025,ZZ1 0AG", "P-3,H-3,07/05/2025,", "P-4,H-4,08/05/2025,NFA"]
    content = "\n".join(["Case Ref,Household Ref,Date,Postcode", *rows]) + "\n"
    app = open_as(PARTNER, page="own_feed")
    assert "added as **Food banks**" in words(app)
    app.file_uploader[0].upload("mine.csv", content.encode(), "text/csv").run()
    next(button for button in app.button if button.label == "Check the file").click().run()
    told = app.table[0].value
    assert dict(zip(told.iloc[:, 0], told["Rows"], strict=True)) == {
        "With a postcode": 2,
        "Blank": 1,
        "No fixed abode": 1,
    }
    assert not app.selectbox or all("Housing" not in option for box in app.selectbox for option in box.options)
    next(button for button in app.button if button.label.startswith("Send these")).click().run()
    assert "Kept. Food banks: 4 rows" in words(app)
    after = own_workspace.records()
    assert len(after) == len(before) + 4
    assert set(after.loc[~after["record"].isin(before["record"]), "feed"]) == {"Food banks"}
    assert _details(own_workspace, "import")[-1][0] == PARTNER


def test_a_partner_is_told_of_no_folder_and_the_team_is(monkeypatch, own_workspace) -> None:
    monkeypatch.setenv("PLANNER_WORKSPACE", str(own_workspace.root))
    error = PlannerError(f"The folder {own_workspace.root} cannot be read.")
    own = BadInputError("The file has no column for the date.")
    monkeypatch.setattr(access, "on_server", lambda: True)
    monkeypatch.setattr(access, "may", lambda _: False)
    assert str(own_workspace.root) not in access.told(error)
    assert access.told(own) == str(own)
    assert "housing team" in access.told(BadInputError(f"restore {own_workspace.root}"))
    monkeypatch.setattr(access, "may", lambda _: True)
    assert access.told(error) == str(error)
