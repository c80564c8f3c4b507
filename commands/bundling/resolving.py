"""Ask pip which packages the planner needs on 64-bit Windows, and for a wheel of each."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from geo.errors import PlannerError

PYTHON: Final = "3.11"


class NotInstallableError(PlannerError):
    """A package that a laptop without build tools cannot install."""


@dataclass(frozen=True)
class Package:
    """One package of the resolved set.

    Attributes
    ----------
    name, version
        As published; the name in its canonical spelling.
    file_name
        The file that serves it.
    requires
        What it needs in turn, as its metadata says.
    """

    name: str
    version: str
    file_name: str
    requires: tuple[str, ...]

    @property
    def pin(self) -> str:
        """The package in this very version."""
        return f"{self.name}=={self.version}"

    @property
    def source_only(self) -> bool:
        """Whether it is published as source only."""
        return not self.file_name.endswith(".whl")


def windows(python: str = PYTHON) -> dict[str, str]:
    """Describe 64-bit Windows as the markers of requirements see it."""
    return {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def this_machine() -> dict[str, str]:
    """Describe the machine that runs this, as the markers see it."""
    return {key: str(value) for key, value in default_environment().items()}


def pip_target(python: str = PYTHON) -> list[str]:
    """Say to pip that wheels for 64-bit Windows are wanted."""
    abi = "cp" + python.replace(".", "")
    named = ["--platform=win_amd64", f"--python-version={python}", "--implementation=cp"]
    return [*named, f"--abi={abi}", "--abi=abi3", "--abi=none", "--only-binary=:all:"]


def windows_set(dependencies: list[str], python: str = PYTHON) -> list[Package]:
    """Resolve what Windows would install.

    pip evaluates the markers of the machine it runs on, so what only Windows needs (such as colorama) is asked for by
    name until nothing is missing, and what only other systems need is left out.
    """
    asked = list(dependencies)
    while True:
        resolved = {package.name: package for package in resolve(asked)}
        needed = reachable(dependencies, resolved, windows(python))
        missing = sorted(str(needed[name]) for name in needed if name not in resolved)
        if not missing:
            return [resolved[name] for name in sorted(needed)]
        asked += missing


def resolve(requirements: list[str]) -> list[Package]:
    """Ask pip which packages it would install here, without installing any."""
    return [_package(entry) for entry in _report(["--ignore-installed", *requirements])]


def reachable(
    dependencies: Iterable[str], resolved: Mapping[str, Package], machine: Mapping[str, str] | None = None
) -> dict[str, Requirement]:
    """Walk from the declared dependencies along the markers that hold on a machine; extras are followed.

    Parameters
    ----------
    machine
        Its markers; 64-bit Windows unless another is named.
    """
    found: dict[str, Requirement] = {}
    queue = [(Requirement(text), "") for text in dependencies]
    seen: set[tuple[str, str]] = set()
    while queue:
        requirement, extra = queue.pop()
        if requirement.marker and not requirement.marker.evaluate({**(machine or windows()), "extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        requirement.marker = None
        found.setdefault(name, requirement)
        package = resolved.get(name)
        for wanted in {"", *requirement.extras} if package else ():
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                queue += [(Requirement(text), wanted) for text in package.requires] if package else []
    return found


def windows_wheels(packages: Iterable[Package], python: str = PYTHON) -> list[Package]:
    """Ask pip for the Windows wheel of each package that has wheels.

    Raises
    ------
    NotInstallableError
        Names the first that has none.
    """
    pins = [package.pin for package in packages if not package.source_only]
    with tempfile.TemporaryDirectory() as folder:
        target = ["--no-deps", f"--target={folder}", *pip_target(python)]
        try:
            entries = _report([*target, *pins])
        except subprocess.CalledProcessError:
            entries = [_one_wheel(target, pin, python) for pin in pins]
    return [_package(entry) for entry in entries]


def run_pip(arguments: list[str]) -> str:
    """Run this Python's own pip, and give what it printed."""
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own arguments, no shell


def _one_wheel(target: list[str], pin: str, python: str) -> dict[str, Any]:
    try:
        return _report([*target, pin])[0]
    except subprocess.CalledProcessError as error:
        message = f"{pin} has no wheel for 64-bit Windows and Python {python}."
        raise NotInstallableError(message) from error


def _package(entry: dict[str, Any]) -> Package:
    metadata, download = entry["metadata"], entry["download_info"]
    requires = tuple(metadata.get("requires_dist", ()))
    file_name = Path(download["url"]).name
    return Package(canonicalize_name(metadata["name"]), metadata["version"], file_name, requires)


def _report(arguments: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run_pip(["install", "--dry-run", "--report=-", *arguments]))["install"]
    return found
