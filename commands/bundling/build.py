"""Make a bundle in a folder beside its place, and move it there when it is whole."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, Final

from commands.bundling.embedded import lay_python, python_of
from commands.bundling.installed import lay_installed
from commands.bundling.licences import gather_licences
from commands.bundling.own import lay_own, own_dependencies
from commands.bundling.plan import Built, Plan, check_plan
from commands.bundling.resolving import pip_target, run_pip, this_machine, windows, windows_set
from commands.bundling.runtime import lend_runtime
from commands.bundling.sources import check_sources
from commands.bundling.sums import MANIFEST, write_sums
from commands.bundling.wheels import choose_wheels, own_tags, unpack_wheel, windows_tags
from geo.errors import PlannerError
from geo.review.files import explained

OPEN_DATA: Final = "open data"
PACKAGES: Final = (
    "site-packages"  # anywhere else Streamlit takes itself for a copy under development and will not serve
)
WINDOWS_PATH: Final = 259  # letters that a path may have on Windows unless long paths are switched on
Tell = Callable[[str], None]


def build_bundle(out: Path, plan: Plan, *, today: date, tell: Tell) -> Built:
    """Make a bundle.

    Raises
    ------
    BadInputError, MissingDataError
        Something given cannot be used, or packages are missing.
    PlannerError
        The packages could not be fetched.
    WorkspaceError
        The disk is full, or the folder cannot be written. In every case nothing is left.
    """
    check_plan(plan, out)
    with explained(out.resolve().parent):
        draft = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.resolve().parent))
        try:
            manifest = _fill(draft, plan, today=today, tell=tell)
            draft.chmod(0o755)
            draft.rename(out)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    digest = hashlib.sha256((out / MANIFEST).read_bytes()).hexdigest()
    counts = (len(manifest["packages"]), manifest["files"], manifest["bytes"], manifest["longest_path"])
    return Built(out, *counts, digest)


def _fill(draft: Path, plan: Plan, *, today: date, tell: Tell) -> dict[str, Any]:
    packages = draft / PACKAGES
    packages.mkdir()
    python, python_sha256 = f"{sys.version_info.major}.{sys.version_info.minor}", ""
    if plan.python is not None:
        tell("Laying in Python ...")
        python, python_sha256 = lay_python(plan.python, draft / "python")
    entries = _lay_packages(packages, plan, python=python, tell=tell)
    runtime = lend_runtime(packages, draft / "python") if plan.target == "windows" else ""
    version = lay_own(packages)
    licences = gather_licences(packages, draft / "LICENSES")
    if python_sha256:
        shutil.copyfile(draft / "python" / "LICENSE.txt", draft / "LICENSES" / "Python.txt")
    if not plan.installed:
        _compile(packages, python)
    for path in plan.files:
        (draft / OPEN_DATA).mkdir(exist_ok=True)
        shutil.copyfile(path, draft / OPEN_DATA / path.name)
    tell("Writing the digest of every file ...")
    counts = _counts(draft)
    _lay_parts(draft, plan, python=python, version=version, counts=counts)
    manifest = {
        "planner": version,
        "made": today.isoformat(),
        "for": plan.target,
        "python": python,
        "python_archive": {"name": plan.python.name, "sha256": python_sha256} if plan.python else None,
        "runtime_from": runtime,
        "packages": entries,
        "licences": licences,
        "open_data": [path.name for path in plan.files],
        **counts,
        "sums": write_sums(draft),
    }
    (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return manifest


def _lay_packages(packages: Path, plan: Plan, *, python: str, tell: Tell) -> list[dict[str, Any]]:
    wanted = own_dependencies()
    if plan.installed:
        tell("Linking the packages that are installed here ...")
        return [{"name": one.name, "version": one.version} for one in lay_installed(packages, wanted)]
    on_windows = plan.target == "windows"
    tags, machine = (windows_tags(python), windows(python)) if on_windows else (own_tags(), this_machine())
    with tempfile.TemporaryDirectory() as fetched:
        if plan.wheels is None:
            tell("Fetching wheels from the package index that pip is set to ...")
            fetch_wheels(Path(fetched), wanted, python=python if on_windows else "")
        chosen = choose_wheels(plan.wheels or Path(fetched), wanted, tags=tags, machine=machine)
        tell(f"Unpacking {len(chosen)} wheels ...")
        for wheel in chosen:
            unpack_wheel(wheel, packages)
    return [
        {
            "name": wheel.package.name,
            "version": wheel.package.version,
            "wheel": wheel.path.name,
            "sha256": wheel.sha256,
            "bytes": wheel.size,
        }
        for wheel in chosen
    ]


def fetch_wheels(folder: Path, wanted: list[str], *, python: str) -> None:
    """Fetch a wheel of each package into a folder; what is published as source only is made one where it can be.

    Parameters
    ----------
    python
        For 64-bit Windows with this Python; "" for this machine.

    Raises
    ------
    PlannerError
        pip could not fetch or make one.
    """
    try:
        if not python:
            run_pip(["wheel", f"--wheel-dir={folder}", *wanted])
            return
        found = windows_set(wanted, python)
        sources = [package.pin for package in check_sources(found)]
        pins = [package.pin for package in found if not package.source_only]
        run_pip(["download", "--no-deps", f"--dest={folder}", *pip_target(python), *pins])
        for pin in sources:
            run_pip(["wheel", "--no-deps", f"--wheel-dir={folder}", pin])
    except subprocess.CalledProcessError as error:
        said = next((line for line in reversed(str(error.stderr).splitlines()) if line.startswith("ERROR")), "")
        message = f"pip could not fetch the wheels; is there a network, and a package index? {said[:200]}".strip()
        raise PlannerError(message) from error


def bundle_python(archive: Path | None) -> str:
    """Say for which Python wheels are looked up: the one of an archive, else 3.11; errors as `python_of`."""
    return python_of(archive) if archive is not None else "3.11"


def _compile(packages: Path, python: str) -> None:
    """Compile every module once, so that no start has to: the folder may be one that cannot be written."""
    if python != f"{sys.version_info.major}.{sys.version_info.minor}":
        return
    command = [sys.executable, "-W", "ignore", "-m", "compileall", "-qq", "-j", "0", "-s", str(packages)]
    command += ["--invalidation-mode", "unchecked-hash", str(packages)]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own arguments, no shell


def _lay_parts(draft: Path, plan: Plan, *, python: str, version: str, counts: dict[str, int]) -> None:
    starter = "Start.bat" if plan.target == "windows" else "start.sh"
    letters = WINDOWS_PATH - counts["longest_path"] - 1
    paths = f"Put it where the folder's own path has at most {letters} letters." if plan.target == "windows" else ""
    words = {
        "@PYTHON@": python,
        "@VERSION@": version,
        "@START@": starter if plan.target == "windows" else f"sh {starter}",
        "@FILES@": f"{counts['files']:,}",
        "@SIZE@": f"{counts['bytes'] / 1e6:,.0f}",
        "@PATHS@": paths,
    }
    for name in ("launch.py", starter, "README.txt"):
        text = resources.files("commands.bundling").joinpath("parts", name).read_text(encoding="utf-8")
        for word, said in words.items():
            text = text.replace(word, said)
        newline = "\r\n" if plan.target == "windows" else "\n"
        (draft / name).write_text(text, encoding="utf-8", newline=newline)
    if plan.target == "linux":
        (draft / starter).chmod(0o755)


def _counts(draft: Path) -> dict[str, int]:
    sizes = {path.relative_to(draft).as_posix(): path.stat().st_size for path in draft.rglob("*") if path.is_file()}
    return {"files": len(sizes), "bytes": sum(sizes.values()), "longest_path": max(map(len, sizes))}
