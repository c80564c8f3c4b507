"""The Audit page: the log and its verdict, what is kept, and the form that forgets."""

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from geo.review.audit import read_audit, verify_audit
from geo.review.forgetting import erased_since
from pages.kit import uploads
from tests.pages.conftest import PROJECT, TODAY


@pytest.fixture
def open_audit(monkeypatch, fictional):
    def opened(workspace=None):
        monkeypatch.setenv("PLANNER_WORKSPACE", str((workspace or fictional).root))
        return AppTest.from_file(PROJECT / "pages" / "audit.py", default_timeout=120).run()

    return opened


def _press(app, label: str):
    next(button for button in app.button if button.label.startswith(label)).click().run()


def _labels(app) -> set[str]:
    return {button.label for button in app.button}


def test_the_page_says_that_the_log_is_whole_and_lists_it(open_audit, own_workspace, words) -> None:
    app = open_audit(own_workspace)
    lines = read_audit(own_workspace.store)
    assert f"All {len(lines)} lines fit together" in words(app)
    table = app.dataframe[0].value
    assert table["No."].tolist() == list(range(len(lines), 0, -1))
    assert table["What"].iloc[-1] == "workspace made"
    assert app.code[0].value == lines[-1].digest
    assert not app.exception


def test_a_line_changed_behind_its_back_is_shown_in_red(open_audit, own_workspace) -> None:
    with own_workspace.store.noting() as connection:
        connection.execute("DROP TRIGGER audit_is_not_changed")
        connection.execute("UPDATE audit SET detail = 'nothing' WHERE number = 3")
    assert "Line 3 does not fit" in open_audit(own_workspace).error[0].value


def test_the_sample_district_has_nothing_to_forget(open_audit, words) -> None:
    app = open_audit()
    assert "nothing to forget" in words(app)
    assert "See how many rows that is" not in _labels(app)


def test_a_household_is_looked_for_first_and_then_removed(open_audit, own_workspace, words, monkeypatch) -> None:
    monkeypatch.setattr("pages.kit.session.user_name", lambda: "jo")
    rows = len(own_workspace.records())
    reference = _some_household()
    app = open_audit(own_workspace)
    app.text_input[0].set_value(reference).run()
    _press(app, "See how many rows")
    assert "would be removed" in words(app)
    assert len(own_workspace.records()) == rows
    remove = next(button for button in app.button if button.label == "Remove them for good")
    assert remove.disabled
    app.checkbox[0].check().run()
    _press(app, "Remove them for good")
    gone = rows - len(own_workspace.records())
    assert gone >= 1
    assert f"Removed {gone} row" in words(app)
    assert erased_since(own_workspace, TODAY) == gone
    assert app.text_input[0].value == ""
    assert reference not in words(app)
    last = read_audit(own_workspace.store)[-1]
    assert (last.who, last.what) == ("jo", "forgetting")
    assert last.when
    assert verify_audit(own_workspace.store).whole


def test_another_question_than_the_one_looked_for_removes_nothing(open_audit, own_workspace) -> None:
    app = open_audit(own_workspace)
    app.text_input[0].set_value(_some_household()).run()
    _press(app, "See how many rows")
    app.text_input[0].set_value("somebody else").run()
    assert "Remove them for good" not in _labels(app)


def test_a_reference_nobody_has_removes_nothing(open_audit, own_workspace, words) -> None:
    app = open_audit(own_workspace)
    app.text_input[0].set_value("never seen").run()
    _press(app, "See how many rows")
    assert "**0 rows** would be removed" in words(app)
    assert "Remove them for good" not in _labels(app)


def test_a_source_is_chosen_from_those_that_are_kept(open_audit, own_workspace, words) -> None:
    app = open_audit(own_workspace)
    app.radio[0].set_value("A source or a referring agency").run()
    app.selectbox[0].set_value("Food banks").run()
    _press(app, "See how many rows")
    assert "Food banks has no other rows" in words(app)


def test_a_review_year_that_is_none_is_told_in_a_sentence(open_audit, own_workspace, words) -> None:
    app = open_audit(own_workspace)
    app.radio[0].set_value("A review year").run()
    app.text_input[0].set_value("last year").run()
    _press(app, "See how many rows")
    assert len(app.error) == 1
    assert "did not expect" not in words(app)


def test_without_a_limit_nothing_is_too_old(open_audit, own_workspace) -> None:
    keeping = own_workspace.scenario.keeping.model_copy(update={"keep_years": 0})
    walkabouts = own_workspace.scenario.walkabouts.model_copy(update={"keep_months": 0})
    changed = {"keeping": keeping, "walkabouts": walkabouts}
    own_workspace.save_scenario(own_workspace.scenario.model_copy(update=changed))
    app = open_audit(own_workspace)
    app.radio[0].set_value("What is older than your limit").run()
    assert "There is no limit of age" in app.error[0].value


def test_an_upload_is_let_go_of_once_it_is_kept(monkeypatch) -> None:
    manager = MemoryUploadedFileManager("/upload")
    for tab in ("this tab", "another tab"):
        manager.add_file(tab, UploadedFileRec("file", "export.csv", "text/csv", b"x" * 5_000_000))
    tab = type("Context", (), {"uploaded_file_mgr": manager, "session_id": "this tab"})()
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda **_: tab)
    uploads.drop_uploads()
    assert manager.get_files("this tab", ["file"]) == []
    assert len(manager.get_files("another tab", ["file"])) == 1


def _some_household() -> str:
    """A household of the sample's own export."""
    lines = (PROJECT / "data" / "sample" / "referrals_housing_system.csv").read_text(encoding="utf-8-sig").splitlines()
    column = lines[0].split(",").index("Household Ref")
    return next(found for line in lines[1:] if (found := line.split(",")[column]))
