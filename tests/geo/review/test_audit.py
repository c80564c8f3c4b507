"""Nobody can change what the log says without its being seen."""

import sqlite3
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, WorkspaceError
from geo.review import audit as audit_module
from geo.review import store as store_module
from geo.review.audit import KINDS, AuditLine, append_line, line_digest, read_audit, verify_audit
from geo.review.audit_csv import audit_csv
from geo.review.intake import keep, take_in
from geo.review.signing import UNSIGNED, Signer
from geo.review.store import Store
from geo.review.workspace import Workspace
from tests.tinytown.council import TODAY, boundary, edition, export, row, wards

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
JO = Signer("jo", lambda: NOON)
TRIGGERS = ("audit_grows_at_its_end", "audit_is_not_changed", "audit_is_not_removed")


def said(workspace):
    return [(line.what, line.detail) for line in read_audit(workspace.store)]


@pytest.fixture
def signed(council):
    return Workspace.open(council.root, signer=JO)


@pytest.fixture
def tamper(council):
    """Do something to the database as somebody who knows SQL would."""

    def tampered(*statements):
        database = sqlite3.connect(council.store.path)
        for trigger in TRIGGERS:
            database.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()
        return verify_audit(council.store)

    return tampered


def test_a_new_workspace_s_log_begins_with_who_made_it(tmp_path):
    made = Workspace.create(tmp_path / "w", name="Tinytown", boundary=boundary(), boundary_edition=edition(), signer=JO)
    first = read_audit(made.store)[0]
    assert (first.number, first.when, first.who, first.what) == (1, "2026-05-01T12:00:00+00:00", "jo", "workspace made")
    assert [what for what, _ in said(made)] == ["workspace made", "scenario change", "dataset added"]


def test_an_import_is_logged_in_numbers_and_signed(signed):
    keep(signed, take_in(signed, export(row(1), row(2)), file_name="secret.csv", feed="Housing", today=TODAY))
    line = read_audit(signed.store)[-1]
    assert (line.who, line.what) == ("jo", "import")
    assert line.detail == "Housing: rows 2, new 2, updated 0, same 0"


def test_every_change_of_options_and_data_sets_is_logged_by_name(signed):
    before = len(said(signed))
    signed.save_scenario(signed.scenario.model_copy(update={"resolution": 7, "office_postcode": "ZZ1 1AA"}))
    signed.save_areas("wards", wards(), edition("wards"))
    signed.save_institutions({"a": "prison", "b": "hostel"})
    signed.save_institutions({"a": "prison"}, replace=True)
    signed.note("sign-in", "officer")
    assert said(signed)[before:] == [
        ("scenario change", "office_postcode, resolution"),
        ("dataset added", "wards: Tinytown, rows 2"),
        ("dataset added", "institutions: postcodes 2"),
        ("dataset added", "institutions: postcodes 1, in place of the earlier list"),
        ("sign-in", "officer"),
    ]
    assert verify_audit(signed.store).whole


def test_an_import_that_fails_leaves_no_line(council, monkeypatch):
    taken = take_in(council, export(row(1)), file_name="x.csv", feed="Housing", today=TODAY)
    before = said(council)
    monkeypatch.setattr("geo.review.intake.append_line", lambda *_, **__: 1 / 0)
    with pytest.raises(Exception, match="could not be read to its end"):
        keep(council, taken)
    assert (said(council), len(council.records())) == (before, 0)


def test_a_data_set_that_could_not_be_written_leaves_no_line(council, monkeypatch):
    before = said(council)

    def full(*_):
        message = "The disk is full."
        raise WorkspaceError(message)

    monkeypatch.setattr("geo.review.former.write_table", full)
    with pytest.raises(WorkspaceError):
        council.save_areas("wards", wards(), edition("wards"))
    assert said(council) == before


def test_a_data_set_is_not_replaced_while_its_line_cannot_be_written(council, monkeypatch):
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(council.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="Nothing was changed"):
        council.save_areas("wards", wards().head(1), edition("wards"))
    other.execute("ROLLBACK")
    other.close()
    assert len(council.areas("wards")) == 2


def test_no_value_of_a_row_is_in_the_log(council):
    content = export(row(7731, postcode="ZZ1 2AB", reason="Quillfeather", outcome="Marrowgate"))
    keep(council, take_in(council, content, file_name="Quillfeather.csv", feed="Housing", today=TODAY))
    log = audit_csv(read_audit(council.store)).decode()
    for value in ("7731", "ZZ1 2AB", "ZZ12AB", "Quillfeather", "Marrowgate"):
        assert value not in log


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'sam'",
        "DELETE FROM audit WHERE number = 1",
        "INSERT OR REPLACE INTO audit VALUES (1, '', 'sam', 'import', '', '')",
        "INSERT INTO audit VALUES (99, '', 'sam', 'import', '', '')",
        "INSERT INTO audit VALUES (0, '', 'sam', 'import', '', '')",
    ],
)
def test_the_database_itself_refuses_to_change_a_line(council, statement):
    database = sqlite3.connect(council.store.path)
    with pytest.raises(sqlite3.IntegrityError, match="audit log"):
        database.execute(statement)
    database.close()
    assert verify_audit(council.store).whole


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET who = 'sam' WHERE number = 2", 2),
        ("UPDATE audit SET detail = 'nothing' WHERE number = 1", 1),
        ("UPDATE audit SET at = '2020-01-01' WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 1", 1),
    ],
)
def test_a_line_changed_behind_the_planner_s_back_is_named(tamper, statement, broken):
    check = tamper(statement)
    assert check.broken == broken
    assert f"Line {broken} does not fit" in check.verdict


def test_lines_cut_off_at_the_end_are_missed(council, tamper):
    lines = len(read_audit(council.store))
    check = tamper(f"DELETE FROM audit WHERE number >= {lines - 1}")  # noqa: S608 - a test's own number
    assert check.broken == lines - 1
    assert check.verdict == f"The log ends too early: {lines} lines were written and {lines - 2} are left."
    assert not tamper("DELETE FROM audit").whole


def test_a_line_added_past_the_planner_does_not_fit(council, tamper):
    lines = read_audit(council.store)
    words = (len(lines) + 1, "", "sam", "release", "none")
    digest = line_digest(lines[-1].digest, words)  # whoever knows the rule can chain it
    check = tamper(f"INSERT INTO audit VALUES ({words[0]}, '', 'sam', 'release', 'none', '{digest}')")  # noqa: S608 - a test's own numbers
    assert check.broken == len(lines) + 1


def test_another_workspace_s_log_does_not_fit(council, tmp_path):
    other = Workspace.create(tmp_path / "other", name="Other", boundary=boundary(), boundary_edition=edition())
    lines = read_audit(other.store)
    assert audit_module._first_broken(lines, other.store.meta("workspace_id")) == 0
    assert audit_module._first_broken(lines, council.store.meta("workspace_id")) == 1


def test_a_log_made_anew_fits_but_not_with_a_digest_written_down(council):
    noted = read_audit(council.store)[-1].digest
    council.note("release", "3")
    assert verify_audit(council.store, noted=noted.upper() + " ").whole
    forged = verify_audit(council.store, noted="0" * 64)
    assert not forged.whole
    assert "made anew or set back" in forged.verdict


def test_a_kind_of_line_that_nobody_would_look_for_is_refused(council):
    with pytest.raises(BadInputError, match="no kind of line"):
        council.note("gossip", "x")


def test_a_long_or_broken_text_lies_on_one_short_line(council):
    council.note("release", "a\nb\x00c" + "d" * 9_999)
    line = read_audit(council.store)[-1]
    assert line.detail.startswith("a b c")
    assert len(line.detail) == audit_module.LONGEST
    assert verify_audit(council.store).whole


def test_a_spreadsheet_runs_nothing_from_the_log():
    line = AuditLine(1, "", "=cmd|' /C calc'!A0", "import", "@SUM(A1)", "ab")
    text = audit_csv([line]).decode("utf-8-sig")
    assert ",'=cmd" in text
    assert ",'@SUM" in text


def test_a_locked_database_says_so(council, monkeypatch):
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(council.store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(WorkspaceError, match="Another program is writing"):
        council.note("release", "1")
    other.execute("ROLLBACK")
    other.close()
    assert verify_audit(council.store).whole


WORDS = st.text(max_size=20)
ENTRIES = st.lists(st.tuples(WORDS, st.sampled_from(KINDS), WORDS), min_size=2, max_size=6)


def chained(entries):
    lines, previous = [], "id"
    for number, (who, what, detail) in enumerate(entries, start=1):
        words = (number, "2026-05-01T12:00:00+00:00", who, what, detail)
        previous = line_digest(previous, words)
        lines.append(AuditLine(*words, previous))
    return lines


@given(entries=ENTRIES, data=st.data())
def test_any_line_changed_removed_or_moved_is_found(entries, data):
    lines = chained(entries)
    assert audit_module._first_broken(tuple(lines), "id") == 0
    at = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["changed", "removed", "moved", "again"]))
    spoiled, other = list(lines), data.draw(st.integers(0, len(lines) - 1).filter(lambda place: place != at))
    if how == "changed":
        field = data.draw(st.sampled_from(["when", "who", "what", "detail", "digest"]))
        text = data.draw(WORDS.filter(lambda text: text != getattr(lines[at], field)))
        spoiled[at] = AuditLine(**{**vars(lines[at]), field: text})
    elif how == "removed":
        del spoiled[at]
    elif how == "moved":
        spoiled[at], spoiled[other] = spoiled[other], spoiled[at]
    else:
        spoiled.insert(other, lines[at])
    broken = audit_module._first_broken(tuple(spoiled), "id")
    cut = audit_module._cut_off(tuple(spoiled), len(lines), lines[-1].digest)
    assert broken or cut
    assert (broken or cut) <= len(lines) + 1


@settings(max_examples=20, deadline=None)
@given(entries=ENTRIES)
def test_whatever_is_written_is_read_back_and_fits(entries, tmp_path_factory):
    store = Store.create(tmp_path_factory.mktemp("log") / "planner.sqlite", {"workspace_id": "id"})
    for who, what, detail in entries:
        with store.noting() as connection:
            append_line(connection, what, detail, signer=Signer(who, None))
    check = verify_audit(store)
    assert (check.whole, check.lines) == (True, len(entries))
    assert check.last == read_audit(store)[-1].digest


def test_a_script_that_does_not_say_who_it_is_leaves_an_unsigned_line(council):
    assert council.signer is UNSIGNED
    council.note("release", "1")
    line = read_audit(council.store)[-1]
    assert (line.who, line.when) == ("", "")
