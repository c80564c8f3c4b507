"""The workspace's database: opened, written in whole steps, never left half written."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from geo.errors import BadInputError, WorkspaceError
from geo.review.encryption import connect, database_errors, sealed_path
from geo.review.files import explained
from geo.review.journal import journal_mode
from geo.review.store_tables import TABLES, UPGRADES, VERSION

_LEAST_BYTES: Final = 64 * 1024  # of the memory that the users of a write-ahead log share, 32 KB at least
BUSY_SECONDS: Final = 30.0  # the app and the command line may write at once; an import takes a second or two


class Store:
    """A workspace's SQLite file. Every use opens a connection of its own, so threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.plain_path = path

    @property
    def path(self) -> Path:
        """Where the database is: the encrypted file where there is one, else the plain one."""
        sealed = sealed_path(self.plain_path)
        return sealed if sealed.is_file() else self.plain_path

    @classmethod
    def create(cls, path: Path, meta: dict[str, str]) -> "Store":
        """Make the database with its tables and its first facts."""
        store = cls(path)
        with store.explaining():
            connection = connect(path, timeout=BUSY_SECONDS)
            try:
                mode = _set_journal(connection, path)
                connection.execute("BEGIN IMMEDIATE")
                for statement in TABLES:
                    connection.execute(statement)
                facts = {**meta, "revision": "0", "journal_mode": mode}
                connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
                connection.execute(f"PRAGMA user_version = {VERSION}")
                connection.execute("COMMIT")
            finally:
                connection.close()
        return store

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open one unchanging view of the database.

        Raises
        ------
        WorkspaceError, BadInputError
            The database is missing, damaged, locked or of a newer version.
        """
        with self._connection() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")

    @contextmanager
    def noting(self) -> Iterator[sqlite3.Connection]:
        """Open one transaction for notes about the work, which change no count: as `writing`, but no cache goes stale.

        Raises
        ------
        WorkspaceError
            As `writing`.
        """
        with self._transaction() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open one transaction: all of it is kept when the block ends well, none of it otherwise.

        Raises
        ------
        WorkspaceError
            The folder is read-only, the disk is full or another program has been writing for too long.
        """
        with self._transaction() as connection:
            yield connection
            connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")

    def rewrite(self) -> bool:
        """Write the database's files anew, so that nothing of a deleted row is left in any of them.

        Returns
        -------
        bool
            False where another program held the database open: the log of what was written cannot be emptied then.

        Raises
        ------
        WorkspaceError
            Another program is writing, or there is no room for a second copy.
        """
        with self._connection() as connection:
            for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
                connection.execute(step).fetchall()
            return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:  # SQLite has already rolled back where the disk is full
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def meta(self, key: str) -> str:
        """Read one fact, such as "workspace_id", "key_check", "revision"."""
        with self.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if not self.path.is_file():
            message = f"{self.path.parent} is not a workspace (it has no {self.path.name}); make one with planner new."
            raise BadInputError(message)
        with self.explaining():
            connection = connect(self.path, timeout=BUSY_SECONDS)
            try:
                self._prepare(connection)
                yield connection
            finally:
                connection.close()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            message = (
                f"The workspace {self.path.parent} was made by a newer planner (version {version}; this one reads "
                f"up to {VERSION}); update the planner and open it again."
            )
            raise BadInputError(message)
        if version < VERSION:
            _upgrade(connection)
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a record is spilled to a temporary folder
        connection.execute("PRAGMA secure_delete = ON")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal" and journal_mode(self.path.parent) != "wal":
            _set_journal(connection, self.path)

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Turn what the database or the disk refuses into one plain sentence."""
        try:
            with explained(self.path.parent):
                yield
        except database_errors() as error:  # from None: a constraint's message may quote a value
            raise WorkspaceError(_sentence(error, self.path)) from None


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring a workspace of an earlier planner up to this one's tables: all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])  # another program may have been first
        for statements in UPGRADES[version - 1 :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _set_journal(connection: sqlite3.Connection, path: Path) -> str:
    """Set the journal the folder can bear, and return the one SQLite then uses."""
    answer = str(connection.execute(f"PRAGMA journal_mode = {journal_mode(path.parent)}").fetchone()[0])
    if answer in {"wal", "delete"} and answer == journal_mode(path.parent):
        return answer
    answer = str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0])
    if answer == "wal":
        message = (
            f"The workspace {path.parent} is on a network share and another program holds it open; "
            "close the planner on the other machines and try again."
        )
        raise WorkspaceError(message)
    return answer


def _sentence(error: Exception, path: Path) -> str:
    folder = path.parent
    text = str(error).lower()
    if ("disk i/o" in text or "unable to open" in text) and _is_full(folder):
        text = "full"
    sentences = {
        "full": f"The disk that holds {folder} is full; make room and try again. Nothing was changed.",
        "locked": f"Another program is writing to the workspace {folder}; try again in a minute. Nothing was changed.",
        "busy": f"Another program is writing to the workspace {folder}; try again in a minute. Nothing was changed.",
        "readonly": f"The workspace {folder} cannot be written; ask for the right to write in the folder.",
        "unable to open": f"The workspace {folder} cannot be opened or written; check the rights on the folder.",
        "not a database": f"The file {path} is damaged or is not a workspace's; restore it from a copy.",
        "malformed": f"The file {path} is damaged; restore the workspace from a copy.",
        "disk i/o": f"The disk that holds {folder} did not answer; check it and try again. Nothing was changed.",
    }
    return next(
        (sentence for word, sentence in sentences.items() if word in text),
        f"The workspace {folder} could not be used ({type(error).__name__}); try again, or restore it from a copy.",
    )


def _is_full(folder: Path) -> bool:
    """Tell a full disk, of which SQLite says only that reading failed where it cannot make its shared memory."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_BYTES
    except OSError:
        return False
