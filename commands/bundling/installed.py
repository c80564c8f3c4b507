"""Take a bundle's packages from the ones installed here, each file held against its package's own list."""

import base64
import hashlib
import os
import shutil
from collections.abc import Iterable
from importlib.metadata import Distribution, PackagePath, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

from commands.bundling.resolving import Package, reachable, this_machine
from geo.errors import MissingDataError


def lay_installed(packages: Path, dependencies: Iterable[str]) -> list[Package]:
    """Link, or where the disk cannot copy, the installed packages that the planner needs.

    Raises
    ------
    MissingDataError
        One is not installed, or its files are not the ones it was installed with.
    """
    there = {str(canonicalize_name(one.metadata["Name"])): one for one in distributions() if one.metadata["Name"]}
    known = {name: _package(name, one) for name, one in there.items()}
    needed = reachable(dependencies, known, this_machine())
    lacking = sorted(name for name in needed if name not in there)
    if lacking:
        message = f"{', '.join(lacking)} are not installed here; install the planner whole, or use --wheels."
        raise MissingDataError(message)
    for name in sorted(needed):
        _lay(there[name], packages, name=name)
    return [known[name] for name in sorted(needed)]


def _package(name: str, found: Distribution) -> Package:
    return Package(name, found.version, f"installed {name} {found.version}", tuple(found.requires or ()))


def _lay(found: Distribution, packages: Path, *, name: str) -> None:
    files = [one for one in found.files or () if ".." not in one.parts and not Path(one).is_absolute()]
    if not any(one.name == "METADATA" for one in files):
        message = f"{name} was not installed from a wheel, so its files are not known; use --wheels."
        raise MissingDataError(message)
    for one in files:
        source = Path(str(one.locate()))
        if source.is_file():
            _require_as_installed(one, source, name=name)
            _link(source, packages / str(one))


def _require_as_installed(one: PackagePath, source: Path, *, name: str) -> None:
    if one.hash is None or source.suffix == ".pyc":  # Python writes those anew
        return
    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, one.hash.mode).digest()
    if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != one.hash.value:
        message = f"A file of {name} was changed since it was installed ({one.name}); install it anew, or use --wheels."
        raise MissingDataError(message)


def _link(source: Path, target: Path) -> None:
    if target.exists() and target.samefile(source):  # two packages that share a namespace
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target)
