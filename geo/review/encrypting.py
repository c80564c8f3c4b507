"""Turn a plain workspace into an encrypted one, or give an encrypted one a new key: wholly, or not at all.

The encrypted copy is written beside the database, compared with it and put under its own name, all while nobody else
can read or write; then the bytes of the plain file are written over and it is removed. On a solid-state disk, on a
file system that keeps versions, and in backups the old bytes may live on out of anybody's reach: only a disk that is
encrypted as a whole, and deleted backups, help there.
"""

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, cast

from geo.errors import BadInputError, PlannerError, WorkspaceError
from geo.review import store as stores
from geo.review.audit import append_line
from geo.review.encryption import DatabaseKey, cipher_library, connect, connect_encrypted, is_encrypted, sealed_path
from geo.review.files import explained, sync_folder, write_bytes
from geo.review.journal import journal_mode
from geo.review.workspace import Workspace

_BLOCK: Final = 1024 * 1024


def encrypt_workspace(workspace: Workspace, key: DatabaseKey) -> None:
    """Encrypt the database of a workspace, or change the key of an encrypted one.

    Parameters
    ----------
    key
        From then on the only way to read it: whoever loses it loses the workspace.

    Raises
    ------
    WorkspaceError
        Another program has the database open, or there is no room for a second copy; nothing was changed.
    MissingDataError
        The extra is not installed, or the database is encrypted already and its present key was not given.
    """
    store = workspace.store
    if is_encrypted(store.path):
        with store.explaining():
            _change_key(workspace, key)
        _remove(store.plain_path)  # there only where a machine lost power at the worst moment
        return
    cipher_library()
    draft = store.plain_path.with_name(f".{store.plain_path.name}.{secrets.token_hex(4)}.new")
    try:
        with store.explaining(), closing(_held(store.plain_path)) as source:
            _export(source, draft, key)
            _sign(workspace, draft, key)
            draft.rename(sealed_path(store.plain_path))  # from here on the encrypted one is the database
            sync_folder(store.plain_path.parent)
            _overwrite(store.plain_path)  # still held, so that nobody can write to what is no longer the database
    except PlannerError:
        with suppress(PlannerError), store.explaining():
            _keep_journal(connect(store.path, timeout=stores.BUSY_SECONDS), store.path)
        raise
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    _remove(store.plain_path)


def write_key_file(path: Path, key: DatabaseKey, *, workspace: Workspace) -> None:
    """Write a new key to a file that only its user can read.

    Raises
    ------
    BadInputError
        The file exists, lies in the workspace, or its folder does not exist.
    WorkspaceError
        It cannot be written.
    """
    place = path.absolute()
    if place.resolve().is_relative_to(workspace.root.resolve()):
        message = "A key kept inside the workspace locks nothing; name a file elsewhere, and back it up apart from it."
        raise BadInputError(message)
    if place.exists() or not place.parent.is_dir():
        why = "is there already" if place.exists() else "has no folder to be written to"
        message = f"The key file {place} {why}; name a new file in a folder that exists."
        raise BadInputError(message)
    write_bytes(place, key.digits.encode())  # a new temporary file has mode 0600, and keeps it


def _held(path: Path) -> sqlite3.Connection:
    """Open a plain database with SQLCipher, and keep everybody else out until it is closed."""
    connection = cipher_library().connect(str(path), isolation_level=None, timeout=stores.BUSY_SECONDS)
    try:
        _leave_wal(connection, path)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)  # the same interface, DB-API 2.0 (PEP 249)


def _export(source: sqlite3.Connection, draft: Path, key: DatabaseKey) -> None:
    """Copy a database, encrypted, and see that every table of the copy holds what the original holds."""
    version = int(source.execute("PRAGMA user_version").fetchone()[0])
    source.execute(f"ATTACH DATABASE ? AS encrypted KEY {key.quoted}", (str(draft),))
    source.execute("SELECT sqlcipher_export('encrypted')").fetchall()
    source.execute(f"PRAGMA encrypted.user_version = {version}")
    for (name,) in source.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        lost = f"SELECT 1 FROM (SELECT * FROM main.{name} EXCEPT SELECT * FROM encrypted.{name}) LIMIT 1"  # noqa: S608 - our own tables
        if source.execute(lost).fetchone() is not None:
            message = "The encrypted copy of the workspace was not whole; nothing was changed. Try again."
            raise WorkspaceError(message)
    source.execute("DETACH DATABASE encrypted")


def _sign(workspace: Workspace, draft: Path, key: DatabaseKey) -> None:
    with closing(connect_encrypted(draft, key, timeout=stores.BUSY_SECONDS)) as connection:
        _keep_journal(connection, draft)
        connection.execute("BEGIN IMMEDIATE")
        append_line(connection, "encryption", "the database is encrypted", signer=workspace.signer)
        connection.execute("COMMIT")


def _change_key(workspace: Workspace, key: DatabaseKey) -> None:
    path = workspace.store.path
    with closing(connect(path, timeout=stores.BUSY_SECONDS)) as connection:
        _leave_wal(connection, path)
        connection.execute(f"PRAGMA rekey = {key.quoted}")
        connection.execute("BEGIN IMMEDIATE")
        append_line(connection, "key", "the database has a new key", signer=workspace.signer)
        connection.execute("COMMIT")
        _keep_journal(connection, path)


def _leave_wal(connection: sqlite3.Connection, path: Path) -> None:
    """Give up the write-ahead log, which SQLite allows only where nobody else has the database open."""
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        message = (
            f"Another program has the workspace {path.parent} open; close the planner everywhere and try again. "
            "Nothing was changed."
        )
        raise WorkspaceError(message)


def _keep_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Go back to the journal that the folder can bear."""
    connection.execute(f"PRAGMA journal_mode = {journal_mode(path.parent)}").fetchall()


def _remove(path: Path) -> None:
    """Write over a file and remove it; where there is none, do nothing."""
    with explained(path.parent):
        if path.is_file():
            _overwrite(path)
            path.unlink()


def _overwrite(path: Path) -> None:
    """Write noughts over every byte of a file."""
    size = path.stat().st_size
    with path.open("r+b") as stream:
        for start in range(0, size, _BLOCK):
            stream.write(bytes(min(_BLOCK, size - start)))
        stream.flush()
        os.fsync(stream.fileno())
