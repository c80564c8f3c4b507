"""Lay the planner's own program into a bundle, with the sample district and what its packages are called."""

import shutil
import tomllib
from email.message import Message
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Final

from geo.errors import MissingDataError

PROJECT: Final = Path(__file__).resolve().parents[2]
NAME: Final = "hotspot-planner"
PARTS: Final = ("geo", "layers", "pages", "commands", "data", "app.py")
_LEFT_OUT: Final = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


def own_dependencies() -> list[str]:
    """List what the planner needs to run, its extras left out.

    Raises
    ------
    MissingDataError
        The planner was not installed, so nothing says what it needs.
    """
    return list(_project()["dependencies"])


def lay_own(packages: Path) -> str:
    """Copy the planner beside the other packages, and give its version."""
    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, packages / part, ignore=_LEFT_OUT)
        else:
            shutil.copyfile(source, packages / part)
    project = _project()
    info = packages / f"{NAME.replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(_metadata(project), encoding="utf-8")
    licence = PROJECT / "LICENSE"
    if licence.is_file():
        shutil.copyfile(licence, info / "LICENSE")
    return str(project["version"])


def _project() -> dict[str, Any]:
    """Read what the project says of itself: its own file, or where it was installed without one, its metadata."""
    told = PROJECT / "pyproject.toml"
    if told.is_file():  # newer than the metadata of an installation that points here
        return dict(tomllib.loads(told.read_text(encoding="utf-8"))["project"])
    try:
        wanted = [text for text in requires(NAME) or [] if "extra ==" not in text]
        return {"version": version(NAME), "dependencies": wanted, "license": "MIT"}
    except PackageNotFoundError as error:
        message = "The planner is not installed here, so its packages are not known; install it with pip first."
        raise MissingDataError(message) from error


def _metadata(project: dict[str, Any]) -> str:
    out = Message()
    out["Metadata-Version"], out["Name"], out["Version"] = "2.4", NAME, str(project["version"])
    out["License-Expression"] = str(project["license"])
    for text in project["dependencies"]:
        out["Requires-Dist"] = text
    return out.as_string()
