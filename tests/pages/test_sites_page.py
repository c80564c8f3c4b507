"""The Sites page: the register, one site with its log, decisions, actions and files."""

import io
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.review.actions import read_actions
from geo.review.decisions import read_decisions
from geo.review.register import register
from geo.review.register_edit import CellEdit, edit_sites
from geo.review.register_import import plan_import
from geo.review.register_liaison import liaison_of
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from layers.register_workbook import register_workbook
from pages.kit import sites, sites_files
from tests.pages.conftest import PROJECT, TODAY

DESK = "Citizens Advice Orrick outreach"


@pytest.fixture
def open_sites(monkeypatch, fictional):
    def opened(workspace=None):
        monkeypatch.setenv("PLANNER_WORKSPACE", str((workspace or fictional).root))
        return AppTest.from_file(PROJECT / "pages" / "sites.py", default_timeout=120).run()

    return opened


def named(elements, label):
    return next(one for one in elements if one.label == label)


def press(app, label):
    named(app.button, label).click().run()


def at_site(app, workspace, name):
    table = register(workspace, today=TODAY).set_index("name")
    named(app.selectbox, "Site").set_value(str(table.loc[name, "site_id"])).run()
    return str(table.loc[name, "site_id"])


def test_the_headline_says_how_far_the_talks_are_and_what_is_due(open_sites, words) -> None:
    app = open_sites()
    assert "44 places known: 1 idea, 1 contacted, 1 visited, 2 agreed." in words(app)
    assert "are due for the annual check" in words(app)
    assert [tab.label for tab in app.tabs] == ["All sites", "One site", "Same place?", "Decisions", "Actions", "Files"]
    assert not app.exception


def test_the_sample_district_shows_all_and_changes_nothing(open_sites, fictional, words) -> None:
    app = open_sites()
    at_site(app, fictional, DESK)
    assert "keeps nothing" in words(app)
    said = " ".join(table.value.to_csv() for table in app.table)
    for text in (
        "Every Tuesday from May",
        "outreach lead",
        "Nobody else reaches Market Orrick",
        "Ask for a portable ramp",
    ):
        assert text in said
    assert not {"Keep what I wrote", "Write it down", "Write the decision", "Add it"} & {
        one.label for one in app.button
    }


def test_a_workspace_without_sites_has_a_page_too(open_sites, bare_workspace, words) -> None:
    app = open_sites(bare_workspace)
    assert "No place is known yet" in words(app)
    assert not app.exception
    assert not app.error


def test_an_entry_changes_how_a_site_stands(open_sites, own_workspace, words) -> None:
    app = open_sites(own_workspace)
    site = at_site(app, own_workspace, "Beckside Hall")
    named(app.text_input, "Who of us (role or initials)").set_value("JS")
    named(app.text_input, "With whom (a role)").set_value("bookings clerk")
    named(app.text_area, "About what").set_value("The steps")
    named(app.selectbox, "How it stands since then").set_value("refused")
    press(app, "Write it down")
    assert "Written down." in words(app)
    assert liaison_of(own_workspace)[site] == "refused"
    assert named(app.selectbox, "Site").value == site  # it stays open


def test_a_slip_in_a_form_is_told_and_what_was_written_stays(open_sites, own_workspace) -> None:
    app = open_sites(own_workspace)
    at_site(app, own_workspace, "Beckside Hall")
    named(app.text_input, "With whom (a role)").set_value("Mrs Jones")
    press(app, "Write it down")
    assert "is a role" in app.error[0].value
    assert named(app.text_input, "With whom (a role)").value == "Mrs Jones"


def test_a_fact_changed_in_the_form_is_kept_and_what_another_changed_meanwhile_is_told(
    open_sites, own_workspace, words
) -> None:
    app = open_sites(own_workspace)
    site = at_site(app, own_workspace, "Beckside Hall")
    sam = Workspace.open(own_workspace.root, signer=Signer("sam", lambda: datetime(2026, 5, 1, tzinfo=UTC)))
    edit_sites(sam, [CellEdit(site, "capacity", "50", "45")], today=TODAY)
    named(app.text_input, "Capacity").set_value("40")
    named(app.text_input, "Cost").set_value("free")
    press(app, "Keep it")
    assert "Kept." in words(app)
    assert "was changed by sam" in app.warning[0].value
    row = register(own_workspace, today=TODAY).set_index("site_id").loc[site]
    assert (row["capacity"], row["cost"]) == (45, "free")


def test_a_new_site_is_added_and_opened(open_sites, own_workspace, words) -> None:
    app = open_sites(own_workspace)
    named(app.text_input, "Name of the place").set_value("Scout hut")
    named(app.selectbox, "Category of the place").set_value("other")
    named(app.text_input, "Its postcode").set_value("ZZ1 8AB")
    press(app, "Add it")
    assert "Scout hut." in words(app)
    assert named(app.selectbox, "Site").value.startswith("register:")


def test_a_decision_and_an_action_are_written(open_sites, own_workspace) -> None:
    app = open_sites(own_workspace)
    table = register(own_workspace, today=TODAY).set_index("name")
    named(app.multiselect, "Site, or the sites of a set").set_value([table.loc["Beckside Hall", "site_id"]])
    named(app.text_area, "Why").set_value("Near the mill")
    named(app.text_input, "Who decided (name or initials)").set_value("Lee")
    press(app, "Write the decision")
    assert (read_decisions(own_workspace)[-1].why, read_decisions(own_workspace)[-1].who) == ("Near the mill", "Lee")
    named(app.text_area, "What is to be done").set_value("Ring the clerk")
    named(app.text_input, "Who does it").set_value("JS")
    press(app, "Write the action")
    last = read_actions(own_workspace)[-1]
    assert (last.what, last.owner) == ("Ring the clerk", "JS")
    named(app.selectbox, "Action").set_value(last.number)
    named(app.selectbox, "What became of it").set_value("done")
    press(app, "Change it")
    assert read_actions(own_workspace)[-1].status == "done"


def test_only_cells_that_were_written_in_become_edits(own_workspace) -> None:
    table = register(own_workspace, today=TODAY)
    before = sites.grid_of(table)
    assert sites.edits_of(table, before, before.copy()) == []
    after = before.copy()
    at = int(table.index[table["name"] == "Beckside Hall"][0])
    after.loc[at, "capacity"] = 40
    after.loc[at, "step_free"] = "yes"
    after.loc[at, "category"] = "Village hall"
    after.loc[at, "cost"] = None
    after.loc[at, "checked"] = pd.Timestamp("2026-04-30").date()
    after.loc[at, "notes"] = None
    found = {(edit.field, edit.before, edit.after) for edit in sites.edits_of(table, before, after)}
    assert found == {
        ("capacity", "50", "40"),
        ("step_free", "no", "yes"),
        ("category", "community_centre", "village_hall"),
        ("cost", "12 pounds an hour", ""),
        ("checked", "", "2026-04-30"),
        ("notes", "Two steps", ""),
    }


def test_what_a_workbook_would_change_is_laid_out_in_words(own_workspace) -> None:
    book = openpyxl.load_workbook(io.BytesIO(register_workbook(own_workspace, today=TODAY)))
    page = book["Sites"]
    number = next(cell.row for cell in page["B"] if cell.value == "Beckside Hall")
    page.cell(number, 3).value = "Village hall"
    out = io.BytesIO()
    book.save(out)
    plan = plan_import(own_workspace, out.getvalue(), today=TODAY)
    table = sites_files.plan_table(own_workspace, plan)
    assert table.to_numpy().tolist() == [["Beckside Hall", "Category", "Community centre", "Village hall"]]
