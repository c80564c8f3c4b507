"""Check that every run-time dependency installs on 64-bit Windows without a compiler.

The users' laptops are Windows, locked down, without build tools. So each package of the whole resolved set must have
a wheel for Windows (or for any machine), or, where only source is published, hold nothing to compile.
Prints one line a package; leaves with 1 and the offender's name where one cannot be installed.

    python tests/tools/check_windows_wheels.py
"""

import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = "3.11"
WINDOWS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}
TARGET = ["--platform=win_amd64", f"--python-version={PYTHON}", "--implementation=cp"]
TARGET += ["--abi=cp311", "--abi=abi3", "--abi=none", "--only-binary=:all:"]
COMPILED = {".c", ".cc", ".cpp", ".cxx", ".f", ".f90", ".pyx", ".pxd", ".rs", ".go", ".so", ".pyd", ".dll", ".dylib"}
BUILD_FILES = {"cargo.toml", "cmakelists.txt", "meson.build"}


@dataclass(frozen=True)
class Package:
    """One package of the resolved set: what it is called, which file serves it, what it needs in turn."""

    name: str
    version: str
    file_name: str
    requires: tuple[str, ...]

    @property
    def pin(self) -> str:
        return f"{self.name}=={self.version}"

    @property
    def source_only(self) -> bool:
        return not self.file_name.endswith(".whl")


class NotInstallableError(Exception):
    """A package that Windows laptops cannot install."""


def main() -> int:
    """Check them all and print one line each."""
    packages = windows_set(declared_dependencies(PROJECT / "pyproject.toml"))
    try:
        lines = [*check_sources(packages), *check_wheels(packages)]
    except NotInstallableError as error:
        print(f"FAILED: {error}")
        return 1
    print("\n".join(sorted(lines, key=str.lower)))
    print(f"{len(lines)} packages install on 64-bit Windows without a compiler.")
    return 0


def declared_dependencies(pyproject: Path) -> list[str]:
    """Read the run-time dependencies."""
    found: list[str] = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["dependencies"]
    return found


def windows_set(dependencies: list[str]) -> list[Package]:
    """Resolve what Windows would install.

    pip evaluates the markers of the machine it runs on, so what only Windows needs (such as colorama) is asked for by
    name until nothing is missing, and what only other systems need is left out.
    """
    asked = list(dependencies)
    while True:
        resolved = {package.name: package for package in resolve(asked)}
        needed = reachable(dependencies, resolved)
        missing = sorted(str(needed[name]) for name in needed if name not in resolved)
        if not missing:
            return [resolved[name] for name in sorted(needed)]
        asked += missing


def resolve(requirements: list[str]) -> list[Package]:
    """Ask pip which packages it would install here, without installing any."""
    return [_package(entry) for entry in _report(["--ignore-installed", *requirements])]


def reachable(dependencies: list[str], resolved: dict[str, Package]) -> dict[str, Requirement]:
    """Walk from the declared dependencies along the markers that hold on Windows; extras are followed."""
    found: dict[str, Requirement] = {}
    queue = [(Requirement(text), "") for text in dependencies]
    seen: set[tuple[str, str]] = set()
    while queue:
        requirement, extra = queue.pop()
        if requirement.marker and not requirement.marker.evaluate({**WINDOWS, "extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        requirement.marker = None
        found.setdefault(name, requirement)
        package = resolved.get(name)
        for wanted in {"", *requirement.extras} if package else ():
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                queue += [(Requirement(text), wanted) for text in package.requires]
    return found


def check_wheels(packages: list[Package]) -> list[str]:
    """Ask pip for the Windows wheel of each package that has wheels; name the first that has none."""
    pins = [package.pin for package in packages if not package.source_only]
    with tempfile.TemporaryDirectory() as folder:
        target = ["--no-deps", f"--target={folder}", *TARGET]
        try:
            entries = _report([*target, *pins])
        except subprocess.CalledProcessError:
            entries = [_one_wheel(target, pin) for pin in pins]
    return [f"{package.name} {package.version}: {package.file_name}" for package in map(_package, entries)]


def _one_wheel(target: list[str], pin: str) -> dict[str, object]:
    try:
        return _report([*target, pin])[0]
    except subprocess.CalledProcessError as error:
        message = f"{pin} has no wheel for 64-bit Windows and Python {PYTHON}"
        raise NotInstallableError(message) from error


def check_sources(packages: list[Package]) -> Iterator[str]:
    """Download each package that is published as source only, and look for anything to compile."""
    for package in packages:
        if package.source_only:
            with tempfile.TemporaryDirectory() as folder:
                arguments = ["--no-deps", "--no-binary=:all:", f"--dest={folder}", package.pin]
                _pip(["download", *arguments])
                compiled = compiled_parts(_members(next(Path(folder).iterdir())))
            if compiled:
                message = f"{package.pin} is published as source only and holds {compiled[0]}, which needs a compiler"
                raise NotInstallableError(message)
            yield f"{package.name} {package.version}: source only, nothing to compile"


def compiled_parts(members: Iterable[tuple[str, str]]) -> list[str]:
    """List what would need a compiler: foreign source, a foreign build file, or a setup.py that names extensions."""
    return [
        name
        for name, setup in members
        if Path(name).suffix.lower() in COMPILED or Path(name).name.lower() in BUILD_FILES or "ext_modules" in setup
    ]


def _members(archive: Path) -> Iterator[tuple[str, str]]:
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


def _package(entry: dict[str, object]) -> Package:
    metadata, download = entry["metadata"], entry["download_info"]
    requires = tuple(metadata.get("requires_dist", ()))
    return Package(
        canonicalize_name(metadata["name"]), metadata["version"], download["url"].rsplit("/", 1)[1], requires
    )


def _report(arguments: list[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(_pip(["install", "--dry-run", "--report=-", *arguments]))["install"]
    return found


def _pip(arguments: list[str]) -> str:
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
