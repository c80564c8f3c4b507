"""Look at the first bytes of a file, or of every file of a folder, without reading the whole of any."""

import csv
import gzip
import io
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import BadInputError
from geo.places.zips import climbs, is_bomb
from geo.review.xlsx_tables import read_xlsx
from layers.recognise import recognise
from layers.recognised import Look, Recognised
from layers.source_file import SourceFile

HEAD_BYTES: Final = 262_144
MOST_FILES: Final = 3_000
_LARGEST_WORKBOOK: Final = 10_000_000
_LARGEST_ZIP: Final = 4 * 1024**3
_SHOWN_ROWS: Final = 50
_WORKBOOK: Final = "[Content_Types].xml"
_TELLING: Final = (".dbf", ".geojson", ".gpkg", ".csv", ".txt", ".json")
_LEFT_OUT: Final = frozenset({"downloads", "__macosx", "node_modules"})
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file and what it was recognised as.

    Attributes
    ----------
    given
        Where it is, or the file itself where a screen was handed it; a folder of postcode files stands for all of them.
    is_what
        What it is; None where it is nothing that the planner knows.
    size
        Bytes.
    """

    given: Path | SourceFile
    is_what: Recognised | None
    size: int

    @property
    def name(self) -> str:
        """Its name, without folders."""
        return self.given.name


def look_through(folder: Path) -> list[FoundFile]:
    """Recognise every file of a folder and of the folders in it, in the order of their names.

    Raises
    ------
    BadInputError
        It is no folder, or holds thousands of files.
    """
    if not folder.is_dir():
        message = f"There is no folder {folder}; name the folder that your downloads are in."
        raise BadInputError(message)
    paths = sorted(_files(folder))
    found = [FoundFile(path, recognised(path), path.stat().st_size) for path in paths]
    return _joined(found)


def recognised(given: Path | SourceFile) -> Recognised | None:
    """Tell what a file is; None where it is nothing that the planner knows, or cannot be read."""
    try:
        return recognise(_look(given))
    except (*_BROKEN, BadInputError, ValueError, struct.error):  # a damaged archive breaks in many ways
        return None


def _files(folder: Path) -> Iterator[Path]:
    """List files; hidden ones, those of workspaces, pipes and links that lead nowhere are left out."""
    seen = 0
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name.lower() not in _LEFT_OUT]
        if "planner.sqlite" in names:
            folders.clear()
            continue
        seen += len(names)
        if seen > MOST_FILES:
            message = f"{folder} holds more than {MOST_FILES:,} files; name the folder of your downloads alone."
            raise BadInputError(message)
        yield from (path for name in names if not name.startswith(".") and (path := Path(here) / name).is_file())


def _joined(found: list[FoundFile]) -> list[FoundFile]:
    """Take the files of an unpacked Code-Point Open, a hundred of them, for the one data set they are."""
    loose: dict[Path, list[FoundFile]] = {}
    for one in found:
        if isinstance(one.given, Path) and one.is_what and one.is_what.what == "OS Code-Point Open":
            loose.setdefault(one.given.parent, []).append(one)
    folders = {
        folder: files
        for folder, files in loose.items()
        if len(files) > 1 and all(isinstance(one.given, Path) and one.given.suffix.lower() == ".csv" for one in files)
    }
    gone = {id(one) for files in folders.values() for one in files}
    whole = [FoundFile(folder, files[0].is_what, sum(one.size for one in files)) for folder, files in folders.items()]
    return sorted([*(one for one in found if id(one) not in gone), *whole], key=lambda one: str(one.given))


def _look(given: Path | SourceFile) -> Look:
    start = _start(given)
    if start.startswith(b"\x1f\x8b"):
        with _opened(given) as stream, gzip.GzipFile(fileobj=stream) as inner:
            return _looked(given.name, inner.read(HEAD_BYTES))
    if start.startswith(b"PK"):
        return _zip(given)
    return _looked(given.name, start)


def _looked(name: str, head: bytes, members: tuple[str, ...] = ()) -> Look:
    return Look(name, head, members, whole=len(head) < HEAD_BYTES)


def _zip(given: Path | SourceFile) -> Look:
    with _opened(given) as stream, zipfile.ZipFile(stream) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        names = tuple(entry.filename for entry in entries)
        if climbs(names) or is_bomb(entries, max_bytes=_LARGEST_ZIP):
            return Look(given.name, b"")
        if _WORKBOOK in names:
            return _looked(given.name, _workbook(given))
        telling = min(entries, key=lambda entry: _rank(entry.filename), default=None)
        if telling is None:
            return Look(given.name, b"")
        with archive.open(telling) as member:
            return _looked(given.name, member.read(HEAD_BYTES), names)


def _rank(name: str) -> tuple[bool, int, str]:
    """Put first the member that tells most: none of the documents, columns of a Shapefile before anything else."""
    lower = name.lower()
    kind = next((at for at, ending in enumerate(_TELLING) if lower.endswith(ending)), len(_TELLING))
    documents = any(part in {"doc", "documents", "user guide"} for part in lower.split("/")[:-1])
    return documents or kind == len(_TELLING), kind, lower


def _workbook(given: Path | SourceFile) -> bytes:
    """Write the first rows of a workbook as the CSV they would be; nothing for one too large to look at."""
    content = b""
    with suppress(OSError):
        small = isinstance(given, SourceFile) or given.stat().st_size <= _LARGEST_WORKBOOK
        content = (given.content if isinstance(given, SourceFile) else given.read_bytes()) if small else b""
    if not content:
        return b""
    text = io.StringIO()
    csv.writer(text).writerows(cells for _, cells in read_xlsx(content, sheet="").rows[:_SHOWN_ROWS])
    return text.getvalue().encode("latin-1", errors="replace")


def _start(given: Path | SourceFile) -> bytes:
    with _opened(given) as stream:
        return stream.read(HEAD_BYTES)


def _opened(given: Path | SourceFile) -> io.BufferedIOBase:
    return io.BytesIO(given.content) if isinstance(given, SourceFile) else given.open("rb")
