"""Choose the planner's packages from a folder of wheels, and unpack them with every file's digest checked."""

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, sys_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import Version

from commands.bundling.resolving import Package, reachable
from commands.bundling.unpacking import opened, unpack_member
from geo.errors import BadInputError, MissingDataError

_HOW: Final = "fetch them on a machine with a network: planner bundle without --wheels, or pip download"
_LISTED: Final = 10


@dataclass(frozen=True)
class Wheel:
    """A wheel file.

    Attributes
    ----------
    package
        What its metadata says.
    path, sha256, size
        Where it is, its digest, its bytes.
    """

    package: Package
    path: Path
    sha256: str
    size: int


def windows_tags(python: str) -> frozenset[Tag]:
    """List which wheels run on 64-bit Windows with this Python."""
    version = tuple(map(int, python.split(".")))
    named = list(cpython_tags(version, platforms=["win_amd64"]))
    return frozenset([*named, *compatible_tags(version, f"cp{version[0]}{version[1]}", ["win_amd64"])])


def own_tags() -> frozenset[Tag]:
    """List which wheels run on this machine."""
    return frozenset(sys_tags())


def choose_wheels(
    folder: Path, dependencies: Iterable[str], *, tags: frozenset[Tag], machine: Mapping[str, str]
) -> list[Wheel]:
    """Take from a folder the wheels that the planner needs, the newest of each; others are left.

    Raises
    ------
    BadInputError
        There is no such folder, or a wheel in it is damaged.
    MissingDataError
        Packages are missing, or there in a version that does not fit; they are named.
    """
    if not folder.is_dir():
        message = f"There is no folder {folder}; --wheels names a folder of .whl files."
        raise BadInputError(message)
    wanted = [str(one) for one in dependencies]
    there = _newest(folder, tags)
    read = {name: read_wheel(path) for name, path in there.items()}
    needed = reachable(wanted, {name: wheel.package for name, wheel in read.items()}, machine)
    lacking = sorted(str(need) for name, need in needed.items() if not _fits(read.get(name), need))
    if lacking:
        shown = ", ".join(lacking[:_LISTED]) + (f" and {len(lacking) - _LISTED} more" if len(lacking) > _LISTED else "")
        message = f"The folder {folder.name} has no wheel that fits for {shown}; {_HOW}."
        raise MissingDataError(message)
    return [read[name] for name in sorted(needed)]


def read_wheel(path: Path) -> Wheel:
    """Read what a wheel is.

    Raises
    ------
    BadInputError
        It is damaged, or its name and its metadata disagree.
    """
    name, version, _, _ = parse_wheel_filename(path.name)
    with opened(path) as zipped:
        info = _info_folder(zipped, path.name)
        metadata = Parser().parsestr(zipped.read(f"{info}/METADATA").decode("utf-8", errors="replace"))
    if canonicalize_name(metadata["Name"] or "") != name or Version(metadata["Version"] or "0") != version:
        message = f"{path.name} says in its metadata that it is another package; download it again."
        raise BadInputError(message)
    requires = tuple(str(one) for one in metadata.get_all("Requires-Dist", []))
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Wheel(Package(name, metadata["Version"], path.name, requires), path, digest, path.stat().st_size)


def unpack_wheel(wheel: Wheel, target: Path) -> None:
    """Lay a wheel's modules into a folder; its scripts, headers and shared files are left out.

    Raises
    ------
    BadInputError
        A file is not what the wheel's own list says, or another package has brought a different one.
    """
    with opened(wheel.path) as zipped:
        info = _info_folder(zipped, wheel.path.name)
        listed = _record(zipped.read(f"{info}/RECORD"))
        for member in zipped.infolist():
            if member.is_dir():
                continue
            _require_as_listed(zipped, member, listed, info=info, wheel=wheel.path.name)
            inner = _module_path(member.filename)
            if inner:
                unpack_member(zipped, member, target / inner)


def _newest(folder: Path, tags: frozenset[Tag]) -> dict[str, Path]:
    found: dict[str, tuple[Version, Path]] = {}
    for path in sorted(folder.glob("*.whl")):
        try:
            name, version, _, fits = parse_wheel_filename(path.name)
        except InvalidWheelFilename:
            continue
        if fits & tags and (name not in found or version > found[name][0]):
            found[name] = (version, path)
    return {name: path for name, (_, path) in found.items()}


def _fits(wheel: Wheel | None, need: Requirement) -> bool:
    return wheel is not None and need.specifier.contains(wheel.package.version, prereleases=True)


def _info_folder(zipped: zipfile.ZipFile, name: str) -> str:
    folders = {member.split("/", 1)[0] for member in zipped.namelist() if member.endswith(".dist-info/METADATA")}
    if len(folders) != 1 or f"{min(folders)}/RECORD" not in zipped.namelist():
        message = f"{name} is no wheel: it has no list of its files. Download it again."
        raise BadInputError(message)
    return folders.pop()


def _record(content: bytes) -> dict[str, str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8", errors="replace")))
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _require_as_listed(
    zipped: zipfile.ZipFile, member: zipfile.ZipInfo, listed: Mapping[str, str], *, info: str, wheel: str
) -> None:
    """Refuse a file that the wheel's list does not hold, or with another digest (its list aside)."""
    if member.filename in {f"{info}/RECORD", f"{info}/RECORD.jws", f"{info}/RECORD.p7s"}:
        return
    kind, _, said = listed.get(member.filename, "").partition("=")
    if kind in {"sha256", "sha384", "sha512"}:
        digest = hashlib.new(kind, zipped.read(member)).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == said:
            return
    message = f"{wheel} holds a file that is not what its own list says; download it again."
    raise BadInputError(message)


def _module_path(name: str) -> str:
    """Say where a file of a wheel belongs among the modules; "" for scripts, headers and shared files."""
    first, _, rest = name.partition("/")
    if not first.endswith(".data"):
        return name
    kind, _, inner = rest.partition("/")
    return inner if kind in {"purelib", "platlib"} else ""
