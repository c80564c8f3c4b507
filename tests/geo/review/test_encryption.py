"""An encrypted workspace, on the real SQLCipher: nobody reads it without its key, and nothing else changes."""

import os
import sqlite3
import stat
import sys

import pytest

from geo.errors import BadInputError, MissingDataError, WorkspaceError
from geo.review import encryption
from geo.review.audit import read_audit, verify_audit
from geo.review.encrypting import encrypt_workspace, write_key_file
from geo.review.encryption import DatabaseKey, is_encrypted, new_key
from geo.review.forgettable import ByReference
from geo.review.forgetting import forget
from geo.review.workspace import Workspace
from tests.tinytown.council import TODAY, export, row

pytest.importorskip("sqlcipher3", reason="the extra planner[encryption] is not installed")
KEY = DatabaseKey("c0" * 32)
OTHER = DatabaseKey("0d" * 32)
TEXTS = (b"SQLite format 3", b"Saltings Day Centre", b"workspace_id", b"CREATE TABLE", b"assured shorthold")


@pytest.fixture
def given(monkeypatch):
    monkeypatch.setenv("PLANNER_DATABASE_KEY", KEY.digits)


@pytest.fixture
def council(filled):
    return filled


@pytest.fixture
def locked(council, given):  # noqa: ARG001 - the key is in the environment
    encrypt_workspace(council, KEY)
    return council


def files(workspace):
    return sorted(path.name for path in workspace.root.iterdir() if path.name.startswith((".", "planner")))


def raw(workspace):
    return b"".join(path.read_bytes() for path in workspace.root.glob("*planner.sql*"))


@pytest.mark.usefixtures("given")
def test_an_encrypted_workspace_holds_what_it_held_and_works_on(council, add):
    before = council.records()
    assert not is_encrypted(council.store.path)
    encrypt_workspace(council, KEY)
    assert files(council) == ["planner.sqlcipher"]
    assert is_encrypted(council.store.path)
    again = Workspace.open(council.root)
    assert again.records().equals(before)
    assert add(export(row(1), row(99)), feed="Saltings Day Centre").added == 1
    assert len(again.records()) == len(before) + 1


@pytest.mark.usefixtures("locked")
def test_not_a_known_text_is_in_the_bytes_on_the_disk(council, add):
    other = encryption.connect(council.store.path, timeout=1)  # keeps the write-ahead log on the disk
    other.execute("SELECT * FROM meta").fetchall()
    add(export(*(row(number) for number in range(1, 300))), feed="Night shelter")
    assert council.store.path.with_name("planner.sqlcipher-wal").stat().st_size > 0
    assert [text for text in (*TEXTS, b"Night shelter") if text in raw(council)] == []
    other.close()


def test_those_texts_are_in_a_plain_one(council):
    assert [text for text in TEXTS if text not in raw(council)] == []


@pytest.mark.usefixtures("locked")
def test_a_plain_sqlite_reads_nothing_of_it(council):
    database = sqlite3.connect(council.store.path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        database.execute("SELECT * FROM records")
    database.close()


@pytest.mark.usefixtures("locked")
def test_without_the_key_it_does_not_open_and_says_what_to_set(council, monkeypatch):
    monkeypatch.delenv("PLANNER_DATABASE_KEY")
    with pytest.raises(MissingDataError, match="is encrypted; set PLANNER_DATABASE_KEY"):
        Workspace.open(council.root)


@pytest.mark.usefixtures("locked")
def test_with_a_wrong_key_it_does_not_open_and_standard_error_stays_clean(council, monkeypatch, capfd):
    monkeypatch.setenv("PLANNER_DATABASE_KEY", OTHER.digits)
    with pytest.raises(BadInputError, match="does not open the workspace") as refused:
        Workspace.open(council.root)
    assert OTHER.digits not in str(refused.value)
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("locked")
def test_without_the_extra_it_says_which_one_to_install(council, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    with pytest.raises(MissingDataError, match=r"hotspot-planner\[encryption\]"):
        Workspace.open(council.root)


def test_a_plain_workspace_needs_neither_key_nor_extra(council, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    monkeypatch.setenv("PLANNER_DATABASE_KEY", "not a key")
    assert len(Workspace.open(council.root).records()) == 29


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize("text", ["short", "zz" * 32, "c0" * 31])
def test_what_is_no_key_is_refused_without_being_quoted(council, monkeypatch, text):
    monkeypatch.setenv("PLANNER_DATABASE_KEY", text)
    with pytest.raises(BadInputError, match="PLANNER_DATABASE_KEY is not a database key") as refused:
        Workspace.open(council.root)
    assert text not in str(refused.value)


@pytest.mark.usefixtures("locked")
def test_a_key_file_opens_it(council, monkeypatch, tmp_path):
    monkeypatch.delenv("PLANNER_DATABASE_KEY")
    monkeypatch.setenv("PLANNER_DATABASE_KEY_FILE", str(tmp_path / "database.key"))
    with pytest.raises(MissingDataError, match="There is no database key at"):
        Workspace.open(council.root)
    write_key_file(tmp_path / "database.key", KEY, workspace=council)
    assert len(Workspace.open(council.root).records()) == 29
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "database.key").stat().st_mode) == 0o600


def test_a_key_file_is_neither_laid_into_the_workspace_nor_over_another_file(council, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    for place, said in (
        (council.root / "database.key", "inside the workspace"),
        (council.root / "layers" / ".." / "database.key", "inside the workspace"),
        (tmp_path / "letter.txt", "is there already"),
        (tmp_path / "nowhere" / "database.key", "no folder"),
    ):
        with pytest.raises(BadInputError, match=said):
            write_key_file(place, KEY, workspace=council)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_a_key_never_shows_itself():
    assert KEY.digits not in repr(KEY)
    assert new_key().digits != new_key().digits


@pytest.mark.usefixtures("locked")
def test_a_new_key_shuts_the_old_one_out(council, monkeypatch):
    encrypt_workspace(council, OTHER)
    with pytest.raises(BadInputError, match="does not open"):
        Workspace.open(council.root)
    monkeypatch.setenv("PLANNER_DATABASE_KEY", OTHER.digits)
    assert len(Workspace.open(council.root).records()) == 29
    assert [line.what for line in read_audit(council.store)][-2:] == ["encryption", "key"]
    assert verify_audit(council.store).whole


@pytest.mark.usefixtures("locked")
def test_the_log_keeps_its_guards_and_its_chain(council):
    assert verify_audit(council.store).whole
    with pytest.raises(WorkspaceError), council.store.noting() as connection:
        connection.execute("DELETE FROM audit")
    assert verify_audit(council.store).whole


@pytest.mark.usefixtures("locked")
def test_it_keeps_the_write_ahead_log_and_wipes_what_it_deletes(council):
    with council.store.reading() as connection:
        settings = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "secure_delete")]
        assert settings == ["wal", 1]
        assert connection.execute("PRAGMA temp_store").fetchone()[0] == 2  # memory


@pytest.mark.usefixtures("locked")
def test_a_person_is_forgotten_in_an_encrypted_workspace_too(council):
    done = forget(council, ByReference("H3", council.key()), today=TODAY)
    assert (done.rows, done.rewritten) == (1, True)
    assert len(council.records()) == 28


@pytest.mark.usefixtures("locked")
def test_a_damaged_encrypted_file_is_told_so(council):
    council.store.path.write_bytes(b"x" * 8192)
    with pytest.raises(BadInputError, match="If that is the key, the file is damaged"):
        council.records()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
@pytest.mark.usefixtures("locked")
def test_many_readers_and_writers_share_an_encrypted_workspace(council):
    children = []
    for number in range(4):
        child = os.fork()
        if not child:
            for turn in range(5):
                council.save_institutions({f"{number}-{turn}": "prison"})
                council.records()
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert len(council.institutions()) == 20
    assert verify_audit(council.store).whole
