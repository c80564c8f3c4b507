"""Open a published file as it was downloaded: a zip, an unpacked folder or a loose CSV; refuse what is unsafe.

Nothing is ever unpacked to the disk: members are read as streams.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from geo.errors import BadInputError
from geo.places.zips import climbs, is_bomb

MAX_BYTES: Final = 4 * 1024**3  # the largest ONSPD is 1.3 GB
MAX_MEMBERS: Final = 2_000  # the largest ONSPD holds some 300 files
_METADATA: Final = "doc/metadata.txt"
_ENCRYPTED: Final = 0x1
_BROKEN_ZIP: Final = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError)


class GuardedStream(io.RawIOBase):
    """Read a CSV file, and stop at a NUL byte or beyond the size allowed.

    A zip states the size of each member, and may lie: what is really read is counted too.
    """

    def __init__(self, stream: IO[bytes], name: str, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._left = limit

    def readable(self) -> bool:
        """Say that it can be read, as `io` asks."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes, checked."""
        try:
            data = self._stream.read(size)
        except (*_BROKEN_ZIP, zipfile.zlib.error) as error:  # type: ignore[attr-defined]  # re-exported, not in the stubs
            raise BadInputError(_corrupt(self._name)) from error
        self._left -= len(data)
        if self._left < 0:
            raise BadInputError(_too_large(self._name))
        if b"\0" in data:
            message = f"{self._name} holds NUL bytes; expected a plain CSV file saved as UTF-8."
            raise BadInputError(message)
        return data

    def close(self) -> None:
        """Close the file beneath too."""
        self._stream.close()
        super().close()


@dataclass(frozen=True)
class Member:
    """One CSV file of a publication.

    Attributes
    ----------
    name
        Its path within the publication, with forward slashes; a loose file's own name.
    open
        Start reading it from the beginning.
    """

    name: str
    open: Callable[[], GuardedStream]

    @property
    def file_name(self) -> str:
        """Name the file without its folders."""
        return PurePosixPath(self.name).name


@dataclass(frozen=True)
class Publication:
    """Hold what a path was found to be.

    Attributes
    ----------
    path
        As it was given.
    members
        Its CSV files, sorted by name.
    metadata
        The text of `Doc/metadata.txt`; empty where there is none.
    sha256
        Digest of the file; of a folder, the digest of its CSV files' digests.
    """

    path: Path
    members: tuple[Member, ...]
    metadata: str
    sha256: str


def open_publication(path: Path) -> Publication:
    """Look at a path and list the CSV files it holds.

    Raises
    ------
    BadInputError
        There is nothing there, it is empty or corrupt, or a zip is unsafe.
    """
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        message = f"There is no file or folder {path.name}; check the path."
        raise BadInputError(message)
    if path.stat().st_size == 0:
        message = f"{path.name} is empty; expected a postcode file."
        raise BadInputError(message)
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"PK"
    if zipped or path.suffix.lower() == ".zip":
        return _zip(path)
    return Publication(path, (_loose(path, path.name),), "", _digest(path))


def _folder(path: Path) -> Publication:
    files = sorted(file for file in path.rglob("*") if file.is_file())
    tables = [file for file in files if file.suffix.lower() == ".csv"]
    if not tables:
        message = f"The folder {path.name} holds no CSV file; expected the files of Code-Point Open, ONSPD or NSPL."
        raise BadInputError(message)
    metadata = [file.read_text("latin-1") for file in files if file.as_posix().lower().endswith(_METADATA)]
    members = tuple(_loose(file, file.relative_to(path).as_posix()) for file in tables)
    digest = hashlib.sha256("".join(_digest(file) for file in tables).encode()).hexdigest()
    return Publication(path, members, "".join(metadata[:1]), digest)


def _loose(path: Path, name: str) -> Member:
    return Member(name, lambda: GuardedStream(path.open("rb"), path.name, MAX_BYTES))


def _zip(path: Path) -> Publication:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            _refuse_unsafe(path.name, entries)
            named = [entry for entry in entries if entry.filename.lower().endswith(_METADATA)]
            metadata = archive.read(named[0])[:100_000].decode("latin-1") if named else ""
    except _BROKEN_ZIP as error:
        raise BadInputError(_corrupt(path.name)) from error
    tables = sorted((entry for entry in entries if entry.filename.lower().endswith(".csv")), key=lambda e: e.filename)
    if not tables:
        message = f"{path.name} holds no CSV file; expected the zip of Code-Point Open (CSV), ONSPD or NSPL."
        raise BadInputError(message)
    return Publication(path, tuple(_zipped(path, entry) for entry in tables), metadata, _digest(path))


def _zipped(path: Path, entry: zipfile.ZipInfo) -> Member:
    def start() -> GuardedStream:
        try:
            stream = zipfile.ZipFile(path).open(entry)  # noqa: SIM115 - GuardedStream closes it, and it its archive
        except _BROKEN_ZIP as error:
            raise BadInputError(_corrupt(path.name)) from error
        return GuardedStream(stream, PurePosixPath(entry.filename).name, entry.file_size)

    return Member(entry.filename, start)


def _refuse_unsafe(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if climbs(entry.filename for entry in entries):
        message = f"{name} holds a file that would climb out of its folder; download it again from the publisher."
        raise BadInputError(message)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        message = f"{name} is protected by a password; save it again without one."
        raise BadInputError(message)
    if len(entries) > MAX_MEMBERS or is_bomb(entries, max_bytes=MAX_BYTES):
        raise BadInputError(_too_large(name))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _corrupt(name: str) -> str:
    return f"{name} is a corrupt zip file; download it again."


def _too_large(name: str) -> str:
    return f"{name} unpacks to far more than a postcode file holds; it may be a zip bomb, and was not read."
