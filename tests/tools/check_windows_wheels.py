"""Check that every run-time dependency installs on 64-bit Windows without a compiler.

The users' laptops are Windows, locked down, without build tools. So each package of the whole resolved set must have
a wheel for Windows (or for any machine), or, where only source is published, hold nothing to compile. The set is the
one that `planner bundle` lays into its folder. Prints one line a package; leaves with 1 and the offender's name where
one cannot be installed.

    python tests/tools/check_windows_wheels.py
"""

import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))  # so that it can be run before anything is installed beside its libraries

from commands.bundling.resolving import NotInstallableError, windows_set, windows_wheels  # noqa: E402 - see above
from commands.bundling.sources import check_sources  # noqa: E402 - see above


def main() -> int:
    """Check them all and print one line each."""
    packages = windows_set(declared_dependencies(PROJECT / "pyproject.toml"))
    try:
        lines = [f"{one.name} {one.version}: source only, nothing to compile" for one in check_sources(packages)]
        lines += [f"{one.name} {one.version}: {one.file_name}" for one in windows_wheels(packages)]
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


if __name__ == "__main__":
    sys.exit(main())
