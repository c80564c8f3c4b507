"""Write the digest of every file of a bundle, and hold a bundle against them."""

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.errors import BadInputError
from geo.review.files import explained

SUMS: Final = "SHA256SUMS"
MANIFEST: Final = "bundle.json"
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True)
class Held:
    """What a bundle's folder holds against its list.

    Attributes
    ----------
    files
        How many are as they were.
    missing, changed, strange
        Paths that are gone, that hold something else, that were not there when the bundle was made.
    """

    files: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    strange: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing, changed or strange."""
        return not (self.missing or self.changed or self.strange)


def write_sums(folder: Path) -> str:
    """Write the list of digests, as `sha256sum` reads it, and give the list's own digest."""
    with ThreadPoolExecutor() as pool:
        paths = sorted(_files(folder))
        digests = list(pool.map(lambda name: _digest(folder / name), paths))
    text = "".join(f"{digest}  {name}\n" for name, digest in zip(paths, digests, strict=True))
    (folder / SUMS).write_bytes(text.encode())
    return hashlib.sha256(text.encode()).hexdigest()


def hold(folder: Path, *, sums: str) -> Held:
    """Hold every file against the list.

    Parameters
    ----------
    sums
        The list's own digest, as the bundle's manifest says.

    Raises
    ------
    BadInputError
        The list is missing or was changed.
    """
    listed = _listed(folder, sums)
    there = set(_files(folder))
    with explained(folder), ThreadPoolExecutor() as pool:
        shared = sorted(there & set(listed))
        digests = list(pool.map(lambda name: _digest(folder / name), shared))
    changed = tuple(name for name, digest in zip(shared, digests, strict=True) if listed[name] != digest)
    missing, strange = tuple(sorted(set(listed) - there)), tuple(sorted(there - set(listed)))
    return Held(len(shared) - len(changed), missing, changed, strange)


def _listed(folder: Path, sums: str) -> dict[str, str]:
    path = folder / SUMS
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != sums:
        message = f"The list of digests {SUMS} is missing or was changed; copy the whole bundle again."
        raise BadInputError(message)
    found = (_LINE.fullmatch(line) for line in content.decode("utf-8", errors="replace").splitlines())
    return {match.group(2): match.group(1) for match in found if match}


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name not in {SUMS, MANIFEST} and (path.is_symlink() or not path.is_dir()):
            yield name


def _digest(path: Path) -> str:
    if path.is_symlink():
        return "a link"
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
