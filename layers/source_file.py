"""A published file as it was given: its name, its bytes, and the table inside a zip or gzip of it."""

import gzip
import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from geo.editions import Dataset, Edition
from geo.errors import BadInputError
from geo.places.zips import climbs, is_bomb
from geo.review.tables import MAX_BYTES as MAX_TABLE_BYTES

MAX_BYTES: Final = 400_000_000  # ONS's full-resolution LSOA boundaries of England and Wales fit
_WORKBOOK: Final = "[Content_Types].xml"
_DATED: Final = re.compile(r"(?<!\d)(20\d\d[-_]?(?:0[1-9]|1[0-2]))(?!\d)")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file in memory: one that a screen was handed, or one read from the disk."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its digest, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def month(self) -> str:
        """The edition its name tells, such as "2024-01"; empty where it tells none."""
        found = _DATED.search(self.name)
        return f"{found[1][:4]}-{found[1][-2:]}" if found else ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a data set, under which licence, and the line that every map must carry for it."""

    dataset: Dataset
    title: str
    licence: str = ""
    attribution: str = ""

    def edition(self, file: SourceFile, *, rows: int, today: date, note: str = "") -> Edition:
        """Record where a table came from."""
        return Edition(
            dataset=self.dataset,
            title=self.title,
            edition=file.month,
            licence=self.licence,
            attribution=self.attribution,
            file_name=file.name,
            sha256=file.sha256,
            rows=rows,
            added=today,
            note=note,
        )


def load(given: Path | SourceFile) -> SourceFile:
    """Take a file into memory.

    Raises
    ------
    BadInputError
        It is missing, a folder, empty or too large.
    """
    file = given if isinstance(given, SourceFile) else _from_disk(given)
    if not file.content:
        message = f"{file.name} is empty; download or export it again."
        raise BadInputError(message)
    if len(file.content) > MAX_BYTES:
        raise BadInputError(_too_large(file.name))
    return file


def table_bytes(file: SourceFile) -> bytes:
    """Give the bytes of the table, out of a gzip or a zip of one CSV where it is packed.

    Raises
    ------
    BadInputError
        The archive is damaged, unpacks to too much, or holds no table or several.
    """
    if file.content.startswith(b"\x1f\x8b"):
        return _gunzip(file)
    if file.content.startswith(b"PK") and _WORKBOOK not in zip_names(file):
        return _unzip(file)
    if len(file.content) > MAX_TABLE_BYTES:
        raise BadInputError(_too_large(file.name, MAX_TABLE_BYTES))
    return file.content


def zip_names(file: SourceFile) -> list[str]:
    """List the files in a zip, refusing one that unpacks to too much or climbs out of its folder.

    Raises
    ------
    BadInputError
        The zip is damaged or unsafe.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BadInputError(_damaged(file.name)) from error
    if climbs(entry.filename for entry in entries):
        message = f"{file.name} holds a file that would climb out of its folder; it was not opened."
        raise BadInputError(message)
    if is_bomb(entries, max_bytes=MAX_BYTES):
        message = f"{file.name} unpacks to far more than such a file holds, as a zip bomb does; it was not opened."
        raise BadInputError(message)
    return [entry.filename for entry in entries if not entry.is_dir()]


def member_bytes(file: SourceFile, member: str) -> bytes:
    """Unpack one table of a zip.

    Raises
    ------
    BadInputError
        It is damaged, protected by a password, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive, archive.open(member) as stream:
            content = stream.read(MAX_TABLE_BYTES + 1)  # a member may be larger than the zip says
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInputError(_damaged(file.name)) from error
    if len(content) > MAX_TABLE_BYTES:
        raise BadInputError(_too_large(file.name, MAX_TABLE_BYTES))
    return content


def _from_disk(path: Path) -> SourceFile:
    if not path.is_file():
        message = f"There is no file {path}; check the path."
        raise BadInputError(message)
    if path.stat().st_size > MAX_BYTES:
        raise BadInputError(_too_large(path.name))
    return SourceFile(path.name, path.read_bytes())


def _gunzip(file: SourceFile) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(file.content)) as stream:
            content = stream.read(MAX_TABLE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadInputError(_damaged(file.name)) from error
    if len(content) > MAX_TABLE_BYTES:
        raise BadInputError(_too_large(file.name, MAX_TABLE_BYTES))
    return content


def _unzip(file: SourceFile) -> bytes:
    tables = [name for name in zip_names(file) if name.lower().endswith((".csv", ".txt"))]
    if len(tables) != 1:
        message = f"{file.name} holds {len(tables)} tables; expected a zip of one CSV file. Unpack it and add the CSV."
        raise BadInputError(message)
    return member_bytes(file, tables[0])


def _damaged(name: str) -> str:
    return f"{name} is damaged or protected by a password; download it again, or unpack it first."


def _too_large(name: str, limit: int = MAX_BYTES) -> str:
    return f"{name} holds more than {limit // 1_000_000} MB; cut it to your district and its neighbours first."
