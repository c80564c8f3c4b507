"""Look into packages that are published as source only for anything that would need a compiler."""

import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from commands.bundling.resolving import NotInstallableError, Package, run_pip

COMPILED: Final = frozenset(
    {".c", ".cc", ".cpp", ".cxx", ".f", ".f90", ".pyx", ".pxd", ".rs", ".go", ".so", ".pyd", ".dll", ".dylib"}
)
BUILD_FILES: Final = frozenset({"cargo.toml", "cmakelists.txt", "meson.build"})


def check_sources(packages: Iterable[Package]) -> Iterator[Package]:
    """Download each package that is published as source only, and look for anything to compile.

    Raises
    ------
    NotInstallableError
        A package holds something that needs a compiler.
    """
    for package in packages:
        if package.source_only:
            with tempfile.TemporaryDirectory() as folder:
                run_pip(["download", "--no-deps", "--no-binary=:all:", f"--dest={folder}", package.pin])
                compiled = compiled_parts(members(next(Path(folder).iterdir())))
            if compiled:
                message = f"{package.pin} is published as source only and holds {compiled[0]}, which needs a compiler."
                raise NotInstallableError(message)
            yield package


def compiled_parts(found: Iterable[tuple[str, str]]) -> list[str]:
    """List what would need a compiler: foreign source, a foreign build file, or a setup.py that names extensions.

    Examples
    --------
    >>> compiled_parts([("p-1/p/__init__.py", ""), ("p-1/fast.pyx", "")])
    ['p-1/fast.pyx']
    """
    return [
        name
        for name, setup in found
        if Path(name).suffix.lower() in COMPILED or Path(name).name.lower() in BUILD_FILES or "ext_modules" in setup
    ]


def members(archive: Path) -> Iterator[tuple[str, str]]:
    """Give each file of a source archive, with its text where it is the package's own setup.py."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as zipped:
            for name in zipped.namelist():
                yield name, zipped.read(name).decode(errors="replace") if _is_setup(name) else ""
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if _is_setup(member.name) else None
            yield member.name, content.read().decode(errors="replace") if content else ""


def _is_setup(name: str) -> bool:
    return name.count("/") == 1 and name.endswith("/setup.py")
