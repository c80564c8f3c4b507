"""A file of referrals on the Referrals page: look, confirm, check, keep."""

import os
from pathlib import Path

import pytest

HEADER = "Case Ref,Household Ref,Approach Date,Postcode,Applicant name,Reason\n"
ROWS = [
    "N-1,H-1,05/05/2025,ZZ1 0AG,Maud Quillfeather,Domestic abuse",
    "N-2,H-2,06/05/2025,ZZ99 3VZ,Maud Quillfeather,End of private rented tenancy - assured shorthold",
    "N-3,H-3,07/05/2025,not a postcode,Maud Quillfeather,Other",
]
EXPORT = (HEADER + "\n".join(ROWS) + "\n").encode()


@pytest.fixture
def upload(open_page):
    """Open the Referrals page and hand it a file."""

    def handed(workspace, content: bytes = EXPORT, name: str = "export.csv"):
        app = open_page("referrals", workspace)
        app.file_uploader[0].upload(name, content, "text/csv").run()
        return app

    return handed


def _choose(app, label: str, value: str):
    next(box for box in app.selectbox if box.label.startswith(label)).set_value(value).run()


def _press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()


def _from_a_new_source(app, name: str = "Day centre"):
    _choose(app, "Who is the file from?", "A new source")
    app.text_input[0].set_value(name).run()


def _labels(app) -> set[str]:
    return {button.label for button in app.button}


def test_the_columns_are_proposed_and_only_a_confirmed_file_is_checked(upload, own_workspace) -> None:
    app = upload(own_workspace)
    _from_a_new_source(app)
    proposed = {box.label: box.value for box in app.selectbox}
    assert proposed["Postcode (needed)"] == "Postcode"
    assert proposed["Date (needed)"] == "Approach Date"
    assert proposed["Household reference"] == "Household Ref"
    assert "Keep these records" not in _labels(app)


def test_the_check_says_what_became_of_every_row_and_keeps_nothing(upload, own_workspace, words) -> None:
    before = own_workspace.fingerprint()
    app = upload(own_workspace)
    _from_a_new_source(app)
    _press(app, "Check the file")
    said = words(app)
    assert "**3 rows**: 1 inside the district" in said
    assert "**Not kept:** Applicant name." in said
    assert own_workspace.fingerprint() == before


def test_keeping_adds_the_rows_once_and_starts_afresh(upload, own_workspace, words) -> None:
    rows = len(own_workspace.records())
    app = upload(own_workspace)
    _from_a_new_source(app)
    _press(app, "Check the file")
    _press(app, "Keep these records")
    assert "Kept. Day centre: 3 new records" in words(app)
    assert len(own_workspace.records()) == rows + 3
    assert app.file_uploader[0].value is None


def test_a_change_after_the_check_asks_for_a_new_check(upload, own_workspace) -> None:
    app = upload(own_workspace)
    _from_a_new_source(app)
    _press(app, "Check the file")
    assert "Keep these records" in _labels(app)
    _choose(app, "Which address", "last_settled")
    assert "Keep these records" not in _labels(app)


def test_the_fictional_district_checks_but_never_keeps(upload, fictional, words) -> None:
    rows = len(fictional.records())
    app = upload(None)
    _from_a_new_source(app)
    _press(app, "Check the file")
    assert "keeps no files" in words(app)
    assert "Keep these records" not in _labels(app)
    assert len(fictional.records()) == rows


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"Postcode,Date\n", "header-only.csv"),
        (b"%PDF-1.7 nothing", "letter.csv"),
        (b"PK\x03\x04 broken", "broken.xlsx"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(upload, own_workspace, words, content, name) -> None:
    app = upload(own_workspace, content, name)
    assert len(app.error) == 1
    assert "did not expect" not in words(app)


def test_no_known_source_is_taken_for_granted(upload, own_workspace) -> None:
    app = upload(own_workspace)
    assert app.selectbox[0].value is None
    _press(app, "Check the file")
    assert "name" in app.error[0].value
    assert "Keep these records" not in _labels(app)


def test_columns_that_are_dropped_are_named_before_the_check(upload, own_workspace, words) -> None:
    app = upload(own_workspace, EXPORT.replace(b"Case Ref", b"Fall"))
    _from_a_new_source(app)
    assert "dropped: Fall, Applicant name" in words(app)
    assert "choose it above" in words(app)


def test_a_file_with_two_postcode_columns_waits_for_a_choice(upload, own_workspace) -> None:
    app = upload(own_workspace, EXPORT.replace(b"Applicant name", b"Old postcode"))
    _from_a_new_source(app)
    check = next(button for button in app.button if button.label == "Check the file")
    assert check.disabled
    _choose(app, "Postcode (needed)", "Postcode")
    assert not next(button for button in app.button if button.label == "Check the file").disabled


def test_a_wrong_date_names_its_row_and_keeps_nothing(upload, own_workspace) -> None:
    rows = len(own_workspace.records())
    app = upload(own_workspace, (HEADER + ROWS[0] + "\n" + ROWS[1].replace("06/05/2025", "31/31/2025")).encode())
    _from_a_new_source(app)
    _press(app, "Check the file")
    assert "3" in app.error[0].value
    assert "Keep these records" not in _labels(app)
    assert len(own_workspace.records()) == rows


def test_a_source_without_a_name_is_told_in_a_sentence(upload, own_workspace) -> None:
    app = upload(own_workspace)
    _from_a_new_source(app, "")
    _press(app, "Check the file")
    assert "name" in app.error[0].value


def test_nothing_of_a_checked_file_reaches_the_disk(upload, own_workspace) -> None:
    app = upload(own_workspace)
    _from_a_new_source(app)
    _press(app, "Check the file")
    _press(app, "Keep these records")
    found = [
        path
        for folder in (own_workspace.root, Path(os.environ["PLANNER_CONFIG_DIR"]))
        for path in folder.rglob("*")
        if path.is_file() and b"Quillfeather" in path.read_bytes()
    ]
    assert found == []
