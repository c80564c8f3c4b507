"""The database under strain: locked, full, read-only, on a share, and killed at any moment."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import WorkspaceError
from geo.review import store as store_module
from geo.review.journal import is_unc, mount_type
from geo.review.store import Store
from geo.review.workspace import Workspace
from tests.tinytown.council import boundary, edition, export, row

PROJECT = Path(__file__).resolve().parents[3]

# Takes files in, then forks: each child keeps one of them and is killed, or not. Everything slow is done once.
# argv: what to do, workspace. Prints a line for each child: feed, whether it was killed, rows found afterwards.
DRIVER = """
import os, random, signal, sys, time
from dataclasses import replace
from pathlib import Path
from geo.review import intake, store
from geo.review.workspace import Workspace
from tests.tinytown.council import TODAY, export, row

what, root = sys.argv[1], Path(sys.argv[2])
workspace = Workspace.open(root)
prepare = store.Store._prepare

rows = {"statements": 40}.get(what, 3000)
content = export(*(row(number) for number in range(1, rows + 1)))
first = intake.take_in(workspace, content, file_name="x.csv", feed="First", today=TODAY)

def take(feed):  # the same rows as if they came under another name
    records = first.records.assign(feed=feed, record=feed + first.records["record"])
    return replace(first, records=records, report=replace(first.report, feed=feed))

def fork_keep(taken, die_at=0):
    child = os.fork()
    if child:
        return child
    seen = [0]
    def count(statement):
        seen[0] += 1
        if seen[0] == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
    def watched(self, connection):
        prepare(self, connection)
        connection.set_trace_callback(count)
    store.Store._prepare = watched
    intake.keep(workspace, taken)
    os._exit(0)

def ended(child):
    return os.waitpid(child, 0)[1] != 0

def tell(feed, killed):
    again = Workspace.open(root)
    listed = feed in {one.name for one in again.feeds()}
    print(feed, killed, int((again.records()["feed"] == feed).sum()), listed, sep=",", flush=True)

if what == "statements":  # BEGIN, compare, 40 rows, feed, history, five of the audit log, revision, COMMIT
    for at in (1, 2, 3, 4, 20, 42, 43, 45, 48, 51, 80):
        tell(f"Feed {at}", ended(fork_keep(take(f"Feed {at}"), at)))
elif what == "moments":
    chance = random.Random(7)
    for number in range(12):
        child = fork_keep(take(f"Feed {number}"))
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        tell(f"Feed {number}", ended(child))
else:
    both = [fork_keep(taken) for taken in (take("Feed 1"), take("Feed 2"))]
    seen = set()
    while both:
        seen.add(len(workspace.records()))
        both = [child for child in both if os.waitpid(child, os.WNOHANG)[0] == 0]
    print(sorted(seen), flush=True)
"""
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


def drive(what, root):
    script = [sys.executable, "-W", "ignore", "-c", DRIVER, what, str(root)]
    done = subprocess.run(script, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@needs_fork
def test_an_import_killed_at_any_statement_is_whole_or_absent(council):
    ends = [line.split(",") for line in drive("statements", council.root)]
    assert len(ends) == 11
    for feed, killed, kept, listed in ends:
        assert (kept, listed) == (("0", "False") if killed == "True" else ("40", "True")), feed
    assert {killed for _, killed, _, _ in ends} == {"True", "False"}  # the last ones come after the end


@needs_fork
def test_an_import_killed_at_a_random_moment_is_whole_or_absent(council):
    for line in drive("moments", council.root):
        feed, _, kept, listed = line.split(",")
        assert (kept, listed) in {("0", "False"), ("3000", "True")}, feed
    database = sqlite3.connect(council.store.path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


@needs_fork
def test_two_programs_import_at_once_while_a_third_reads(council):
    assert set(json.loads(drive("together", council.root)[-1])) <= {0, 3000, 6000}
    assert council.records().groupby("feed").size().to_dict() == {"Feed 1": 3000, "Feed 2": 3000}


def test_a_writer_waits_and_then_says_that_another_program_is_writing(council, monkeypatch):
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(council.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="Another program is writing"):
        council.save_institutions({"a": "prison"})
    assert council.institutions() == {}  # reading goes on meanwhile
    other.execute("ROLLBACK")
    other.close()
    council.save_institutions({"a": "prison"})


def test_a_disk_too_full_even_to_read_is_called_full(council, monkeypatch):
    def fail(*_args, **_options):
        message = "disk I/O error"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr(store_module.Store, "_prepare", fail)
    for free, said in ((0, "is full; make room"), (10**9, "did not answer")):
        monkeypatch.setattr(
            store_module.shutil, "disk_usage", lambda _folder, free=free: type("Usage", (), {"free": free})
        )
        with pytest.raises(WorkspaceError, match=said):
            council.status_counts()


def test_a_full_disk_keeps_nothing_of_an_import(council, monkeypatch, add):
    prepare = Store._prepare

    def small_disk(self, connection):
        prepare(self, connection)
        connection.execute("PRAGMA max_page_count = 20")  # SQLite's own "database or disk is full"

    monkeypatch.setattr(Store, "_prepare", small_disk)
    with pytest.raises(WorkspaceError, match="is full; make room"):
        add(export(*(row(number) for number in range(1, 2000))))
    monkeypatch.undo()
    assert council.records().empty
    assert council.feeds() == ()


def test_a_folder_that_cannot_be_written_is_told_so(tmp_path):
    """The administrator may write anywhere, so a file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match=r"cannot be|missing"):
        Workspace.create(tmp_path / "file" / "w", name="x", boundary=boundary(), boundary_edition=edition())


def test_a_read_only_database_is_told_so(council):
    with council.store.reading() as connection:
        connection.execute("PRAGMA query_only = ON")
    monkey = sqlite3.connect(f"{council.store.path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as refused:
        monkey.execute("DELETE FROM institutions")
    monkey.close()
    assert "cannot be written" in store_module._sentence(refused.value, council.store.path)


def test_without_wal_the_database_uses_another_journal_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "journal_mode", lambda _: "delete")
    store = Store.create(tmp_path / "planner.sqlite", {"workspace_id": "x"})
    assert store.meta("journal_mode") == "delete"
    with store.writing() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_workspace_moved_to_a_share_gives_up_wal(tmp_path, monkeypatch):
    store = Store.create(tmp_path / "planner.sqlite", {"workspace_id": "x"})
    assert store.meta("journal_mode") == "wal"
    monkeypatch.setattr(store_module, "journal_mode", lambda _: "delete")
    with store.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_share_that_others_hold_open_is_refused(tmp_path, monkeypatch):
    store = Store.create(tmp_path / "planner.sqlite", {"workspace_id": "x"})
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM meta").fetchall()
    monkeypatch.setattr(store_module, "journal_mode", lambda _: "delete")
    with pytest.raises(WorkspaceError, match=r"network share|Another program"):
        store.meta("workspace_id")
    other.close()


def test_shares_are_told_from_disks_of_this_machine():
    mounts = "/dev/sda1 / ext4 rw 0 0\n//srv/h /mnt/housing\\040team cifs rw 0 0\nsrv:/x /mnt/x nfs4 rw 0 0\n"
    assert mount_type(Path("/mnt/housing team/w"), mounts) == "cifs"
    assert mount_type(Path("/mnt/x"), mounts) == "nfs4"
    assert mount_type(Path("/mnt/xy"), mounts) == "ext4"
    assert is_unc("\\\\srv\\share\\w")
    assert not is_unc("\\\\?\\C:\\w")


def test_a_block_that_fails_keeps_nothing(council):
    def fail(connection):
        connection.execute("INSERT INTO institutions VALUES ('a', 'prison')")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), council.store.writing() as connection:
        fail(connection)
    assert council.institutions() == {}
