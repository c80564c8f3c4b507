"""Open a workspace's database, plain or encrypted at rest: the one place that chooses between the two.

An encrypted one is SQLCipher's (AES-256, an HMAC on every page), from the extra `planner[encryption]`. Its key is 32
random bytes given as 64 hexadecimal digits: in PLANNER_DATABASE_KEY, or in the file that PLANNER_DATABASE_KEY_FILE
names. The same tables, the same statements; the write-ahead log and the rollback journal are encrypted with it, and
temporary tables stay in memory.

The file's name tells which it is (`planner.sqlite`, `planner.sqlcipher`), never a look into it: a program that opens
and closes a database's file past SQLite takes SQLite's own locks away (https://sqlite.org/howtocorrupt.html, 2.2).
For the same reason no process may open one file with both libraries at once.
"""

import importlib
import os
import re
import secrets
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from geo.errors import BadInputError, MissingDataError
from geo.review.files import explained

KEY_NAME: Final = "PLANNER_DATABASE_KEY"
KEY_FILE_NAME: Final = "PLANNER_DATABASE_KEY_FILE"
_SEALED: Final = ".sqlcipher"
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_KEY_BYTES: Final = 32


@dataclass(frozen=True)
class DatabaseKey:
    """The key of an encrypted database; it never shows itself."""

    digits: str = field(repr=False)

    @property
    def quoted(self) -> str:
        """The key as SQLCipher takes it: raw, so that no passphrase has to be stretched at every opening."""
        return f"\"x'{self.digits}'\""


def connect(path: Path, *, timeout: float) -> sqlite3.Connection:
    """Open a database file, or make one; an encrypted one with the key of the environment.

    Parameters
    ----------
    timeout
        Seconds to wait for another program that is writing.

    Raises
    ------
    MissingDataError
        It is encrypted, and no key was given or the extra is not installed.
    BadInputError
        It is encrypted, and what was given is no key or not this database's.
    """
    if not is_encrypted(path):
        return sqlite3.connect(path, isolation_level=None, timeout=timeout)
    key = given_key()
    if key is None:
        message = (
            f"The workspace {path.parent} is encrypted; set {KEY_NAME} to its key, or {KEY_FILE_NAME} to the file that "
            "holds it, and open it again."
        )
        raise MissingDataError(message)
    return connect_encrypted(path, key, timeout=timeout)


def connect_encrypted(path: Path, key: DatabaseKey, *, timeout: float) -> sqlite3.Connection:
    """Open an encrypted database with a key, and see that it fits.

    Raises
    ------
    MissingDataError
        The extra is not installed.
    BadInputError
        The key is not this database's.
    """
    library = cipher_library()
    connection = library.connect(str(path), isolation_level=None, timeout=timeout)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes lines of its own to standard error
        connection.execute(f"PRAGMA key = {key.quoted}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except library.DatabaseError as error:
        connection.close()
        if "not a database" not in str(error):
            raise
        message = (
            f"The database key that was given does not open the workspace {path.parent}; set {KEY_NAME} or "
            f"{KEY_FILE_NAME} to the key it was encrypted with. If that is the key, the file is damaged: restore it "
            "from a copy."
        )
        raise BadInputError(message) from None
    return cast("sqlite3.Connection", connection)  # the same interface, DB-API 2.0 (PEP 249)


def sealed_path(plain: Path) -> Path:
    """Name the file that an encrypted database has in place of a plain one.

    Examples
    --------
    >>> sealed_path(Path("planner.sqlite")).name
    'planner.sqlcipher'
    """
    return plain.with_suffix(_SEALED)


def is_encrypted(path: Path) -> bool:
    """Tell whether a database file is an encrypted one, from its name."""
    return path.suffix == _SEALED


def given_key() -> DatabaseKey | None:
    """Fetch the key of the environment, or None where none is given.

    Raises
    ------
    MissingDataError
        The file that should hold it is not there.
    BadInputError
        What is there is no key.
    """
    text = os.environ.get(KEY_NAME, "").strip()
    if text:
        return _parse(text, KEY_NAME)
    named = os.environ.get(KEY_FILE_NAME, "").strip()
    return read_key_file(Path(named)) if named else None


def read_key_file(path: Path) -> DatabaseKey:
    """Read a key from a file.

    Raises
    ------
    MissingDataError
        There is no such file.
    BadInputError
        It holds no key.
    """
    if not path.is_file():
        message = f"There is no database key at {path}, which {KEY_FILE_NAME} names; put the key file back there."
        raise MissingDataError(message)
    with explained(path.parent):
        return _parse(path.read_text(encoding="utf-8", errors="replace").strip(), str(path))


def new_key() -> DatabaseKey:
    """Make a key of 32 bytes from the system's own source of randomness, as a key must be."""
    return DatabaseKey(secrets.token_hex(_KEY_BYTES))


def cipher_library() -> Any:  # noqa: ANN401 - sqlcipher3 carries no types; it speaks as sqlite3 does
    """Fetch SQLCipher.

    Raises
    ------
    MissingDataError
        The extra is not installed.
    """
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        message = (
            "Encryption needs one more package, which is not installed; install the planner with its extra: "
            'pip install "hotspot-planner[encryption]".'
        )
        raise MissingDataError(message) from None


def database_errors() -> tuple[type[Exception], ...]:
    """List what a database raises: SQLite's errors, and SQLCipher's own where it is installed."""
    try:
        return (sqlite3.Error, cipher_library().Error)
    except MissingDataError:
        return (sqlite3.Error,)


def _parse(text: str, where: str) -> DatabaseKey:
    digits = text.lower()
    if not _KEY.fullmatch(digits):
        message = f"{where} is not a database key; expected 64 hexadecimal digits."  # the text is the secret
        raise BadInputError(message)
    return DatabaseKey(digits)
