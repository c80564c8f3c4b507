"""A workspace is encrypted wholly or not at all, and nothing that anybody writes meanwhile is lost."""

import subprocess
import sys

import pytest

from geo.errors import WorkspaceError
from geo.review import encrypting
from geo.review import store as store_module
from geo.review.encrypting import encrypt_workspace
from geo.review.encryption import DatabaseKey
from geo.review.workspace import Workspace

pytest.importorskip("sqlcipher3", reason="the extra planner[encryption] is not installed")
KEY = DatabaseKey("c0" * 32)


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


@pytest.mark.usefixtures("given")
def test_the_plain_file_is_written_over_before_it_is_let_go(council, monkeypatch):
    seen = []
    unlink = encrypting.Path.unlink

    def look(path, **options):
        if path == council.store.plain_path:
            seen.append(path.read_bytes())
        unlink(path, **options)

    monkeypatch.setattr(encrypting.Path, "unlink", look)
    encrypt_workspace(council, KEY)
    assert len(seen) == 1
    assert len(seen[0]) > 4096
    assert set(seen[0]) == {0}
    assert files(council) == ["planner.sqlcipher"]


def hold(workspace, statement):
    """Hold the database open from another process, since SQLite's locks tell processes apart, not libraries."""
    script = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "[c.execute(part).fetchall() for part in sys.argv[2].split(';')]; print('held', flush=True); time.sleep(60)"
    )
    arguments = [sys.executable, "-c", script, str(workspace.store.path), statement]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("statement", ["SELECT * FROM meta", "BEGIN;SELECT * FROM meta", "BEGIN IMMEDIATE"])
def test_while_another_program_has_it_open_nothing_is_changed(council, monkeypatch, statement):
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    other = hold(council, statement)
    with pytest.raises(WorkspaceError, match="Nothing was changed"):
        encrypt_workspace(council, KEY)
    other.kill()
    other.communicate()
    assert len(council.records()) == 29
    assert files(council) == ["planner.sqlite"]
    encrypt_workspace(council, KEY)
    assert len(council.records()) == 29


@pytest.mark.usefixtures("given")
def test_nobody_can_write_while_the_copy_is_made_and_what_they_try_later_is_not_lost(council, monkeypatch):
    """A program that waits for its turn meets the encrypted workspace or an error, never a file that is going."""
    said = []
    sign = encrypting._sign

    def write_meanwhile(*arguments):
        sign(*arguments)
        script = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0.1).execute('DELETE FROM institutions')"
        done = subprocess.run(
            [sys.executable, "-c", script, str(council.store.plain_path)], capture_output=True, text=True, check=False
        )
        said.append(done.stderr)

    monkeypatch.setattr(encrypting, "_sign", write_meanwhile)
    encrypt_workspace(council, KEY)
    assert len(said) == 1
    assert "database is locked" in said[0]
    council.save_institutions({"late": "prison"})
    assert council.institutions() == {"late": "prison"}


@pytest.mark.usefixtures("given")
def test_a_failure_on_the_way_leaves_the_plain_one_as_it_was(council, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(encrypting, "_sign", full)
    with pytest.raises(WorkspaceError, match="is full; make room"):
        encrypt_workspace(council, KEY)
    assert len(council.records()) == 29
    assert files(council) == ["planner.sqlite"]
    with council.store.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.usefixtures("locked")
def test_a_plain_file_left_by_a_power_cut_is_never_read_and_is_removed(council):
    left = council.store.plain_path
    left.write_bytes(b"SQLite format 3\0 half of it")
    assert len(Workspace.open(council.root).records()) == 29
    encrypt_workspace(council, KEY)
    assert files(council) == ["planner.sqlcipher"]
