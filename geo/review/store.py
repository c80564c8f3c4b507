"""The workspace's database: opened, written in whole steps, never left half written."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from geo.errors import BadInputError, WorkspaceError
from geo.review.files import explained
from geo.review.journal import journal_mode
from geo.schema import FLAGS, RECORDS

VERSION: Final = 1
_LEAST_BYTES: Final = 64 * 1024  # of the memory that the users of a write-ahead log share, 32 KB at least
BUSY_SECONDS: Final = 30.0  # the app and the command line may write at once; an import takes a second or two

_WHOLE_NUMBERS: Final = frozenset({"h3_7", "h3_8", *FLAGS})
RECORD_COLUMNS: Final = tuple(RECORDS.columns)


def _record_table() -> str:
    kinds = {name: "INTEGER NOT NULL" if name in _WHOLE_NUMBERS else "TEXT NOT NULL" for name in RECORD_COLUMNS}
    kinds["record"] = "TEXT PRIMARY KEY"
    columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    # Without a rowid the rows lie in the order of their hashes, which says nothing of the order of the export.
    return f"CREATE TABLE records ({columns}) WITHOUT ROWID"


_TABLES: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE feeds (feed TEXT PRIMARY KEY, address_kind TEXT NOT NULL, date_kind TEXT NOT NULL,
    columns TEXT NOT NULL, last_import TEXT NOT NULL, imports INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE imports (number INTEGER PRIMARY KEY, feed TEXT NOT NULL, day TEXT NOT NULL, report TEXT NOT NULL)",
    "CREATE TABLE institutions (place TEXT PRIMARY KEY, kind TEXT NOT NULL) WITHOUT ROWID",
    _record_table(),
    "CREATE INDEX records_of_feed ON records (feed)",
)


class Store:
    """A workspace's SQLite file. Every use opens a connection of its own, so threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path, meta: dict[str, str]) -> "Store":
        """Make the database with its tables and its first facts."""
        store = cls(path)
        with store._explained():
            connection = sqlite3.connect(path, isolation_level=None)
            try:
                mode = _set_journal(connection, path)
                connection.execute("BEGIN IMMEDIATE")
                for statement in _TABLES:
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
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open one transaction: all of it is kept when the block ends well, none of it otherwise.

        Raises
        ------
        WorkspaceError
            The folder is read-only, the disk is full or another program has been writing for too long.
        """
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
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
        with self._explained():
            connection = sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_SECONDS)
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
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a record is spilled to a temporary folder
        connection.execute("PRAGMA secure_delete = ON")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal" and journal_mode(self.path.parent) != "wal":
            _set_journal(connection, self.path)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with explained(self.path.parent):
                yield
        except sqlite3.Error as error:  # from None: a constraint's message may quote a value
            raise WorkspaceError(_sentence(error, self.path)) from None


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


def _sentence(error: sqlite3.Error, path: Path) -> str:
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
