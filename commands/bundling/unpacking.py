"""Unpack an archive that somebody else made: nothing outside its folder, no links, no bomb."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from geo.errors import BadInputError

MOST_BYTES: Final = 2_000_000_000
MOST_FILES: Final = 60_000
_LINK: Final = 0o120000
_KIND: Final = 0o170000


@contextmanager
def opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip, or say in a sentence why it is none.

    Raises
    ------
    BadInputError
        It is missing, no zip, damaged, or would unpack to more than a bundle can be.
    """
    try:
        with zipfile.ZipFile(archive) as zipped:
            _require_sound(zipped, archive.name)
            yield zipped
    except FileNotFoundError as error:
        message = f"There is no file {archive}; check the path."
        raise BadInputError(message) from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, IsADirectoryError) as error:
        message = f"{archive.name} is damaged or no zip archive; download it again."
        raise BadInputError(message) from error


def unpack_member(zipped: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write one file of an archive, never over another one.

    Raises
    ------
    BadInputError
        Two archives hold the same file with different content.
    """
    if target.exists():
        if target.read_bytes() != zipped.read(member):
            message = f"Two packages both bring {target.name}, and not the same; take a newer set of wheels."
            raise BadInputError(message)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipped.open(member) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)


def _require_sound(zipped: zipfile.ZipFile, name: str) -> None:
    members = zipped.infolist()
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
        message = f"{name} holds more than a bundle can; it is not the archive that was expected."
        raise BadInputError(message)
    if any(_leaves(member) for member in members):
        message = f"{name} holds a path that leaves its folder, or a link; it was not unpacked. Download it again."
        raise BadInputError(message)


def _leaves(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_link = (member.external_attr >> 16) & _KIND == _LINK
    return is_link or path.is_absolute() or ".." in path.parts or ":" in member.filename
