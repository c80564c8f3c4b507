"""Take the files out of a pack that somebody hands over, without trusting it."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.errors import BadInputError
from geo.places.zips import climbs, is_bomb
from geo.review.strict_json import read_strictly

AGGREGATES: Final = "aggregates.json"
MANIFEST: Final = "manifest.json"
MAX_PACKED: Final = 200_000_000  # bytes; the pack of a county stays far below
_MAX_BYTES: Final = 1_000_000_000
_MAX_FILES: Final = 2_000
_MAX_DOCUMENT: Final = 100_000_000  # bytes of the frozen numbers; a district has a thousandth
_BEGINS: Final = b"PK\x03\x04"  # a zip with something before it is another kind of file as well
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, OSError)


@dataclass(frozen=True)
class Members:
    """What is in a pack.

    Attributes
    ----------
    files
        By name.
    manifest, aggregates
        As they are written in it.
    """

    files: Mapping[str, bytes]
    manifest: dict[str, Any]
    aggregates: dict[str, Any]


def read_members(content: bytes) -> Members:
    """Unpack a pack in memory.

    Raises
    ------
    BadInputError
        It is no zip, is damaged or unsafe, or lacks what makes it a pack.
    """
    files = _unpacked(content)
    return Members(files, _document(files, MANIFEST), _document(files, AGGREGATES))


def sha256(content: bytes) -> str:
    """Digest a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _unpacked(content: bytes) -> dict[str, bytes]:
    if len(content) > MAX_PACKED:
        message = f"The file has {len(content) / 1e6:,.0f} MB; a pack has {MAX_PACKED / 1e6:,.0f} at most."
        raise BadInputError(message)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not content.startswith(_BEGINS) or archive.comment:
                raise zipfile.BadZipFile
            _require_safe(archive.infolist())
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except _BROKEN as error:
        message = "This is no pack: expected the zip that the planner wrote, whole and without a password."
        raise BadInputError(message) from error


def _require_safe(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if climbs(names) or len(set(names)) < len(names) or len(names) > _MAX_FILES:
        message = "The zip holds files that would climb out of their folder, share a name or are too many; not opened."
        raise BadInputError(message)
    if is_bomb(entries, max_bytes=_MAX_BYTES):
        message = "The zip unpacks to far more than a pack holds, as a zip bomb does; it was not opened."
        raise BadInputError(message)


def _document(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    if name not in files:
        message = f"The file holds no {name}, so that nothing can be checked; expected the zip that the planner wrote."
        raise BadInputError(message)
    try:
        return read_strictly(files[name] if len(files[name]) <= _MAX_DOCUMENT else b"")
    except ValueError as error:
        message = f"{name} in the pack is not what the planner writes; it was changed or damaged."
        raise BadInputError(message) from error
