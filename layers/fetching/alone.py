"""Let one planner at a time fetch a file into a folder, so that no two write to the same part."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from geo.review.files import explained
from layers.fetching import words
from layers.fetching.source import Source

_HELD: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.ENOENT})
"""What a system says where somebody else has the lock, or has just deleted the file."""


@contextmanager
def alone(source: Source, folder: Path) -> Iterator[None]:
    """Keep other planners from fetching the same file; a planner that is killed keeps nobody out.

    Raises
    ------
    FetchError
        Another planner is fetching it.
    WorkspaceError
        The folder cannot be written.
    """
    path = folder / f".{source.name}.lock"
    handle = _locked(path, folder)
    if handle is None:
        raise source.failure(words.TWO_AT_ONCE)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows deletes no open file: there it is deleted once it is closed
            path.unlink()
        os.close(handle)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def _locked(path: Path, folder: Path) -> int | None:
    """Open and lock a file; None where another planner holds it."""
    with explained(folder):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
        free = os.fstat(handle).st_ino == path.stat().st_ino  # not one that its last holder has just deleted
    except OSError as error:  # a share that knows no locks keeps nobody out
        free = error.errno not in _HELD
    if free:
        return handle
    os.close(handle)
    return None


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        import msvcrt  # noqa: PLC0415 - there is no other system that has it

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:

    def _lock(handle: int) -> None:
        import fcntl  # noqa: PLC0415 - there is no such thing on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
