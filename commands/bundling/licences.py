"""Gather the licences of everything in a bundle, one folder a package."""

import re
import shutil
from email.parser import Parser
from pathlib import Path
from typing import Final

_NAMES: Final = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)


def gather_licences(packages: Path, target: Path) -> dict[str, str]:
    """Copy every licence that the packages of a folder carry.

    Returns
    -------
    dict
        Package to what its metadata calls its licence; "not stated" where it is silent.
    """
    said = {}
    for info in sorted(packages.glob("*.dist-info")):
        metadata = Parser().parsestr((info / "METADATA").read_text(encoding="utf-8", errors="replace"))
        name = f"{metadata['Name']} {metadata['Version']}"
        said[name] = _called(
            metadata.get("License-Expression"), metadata.get("License"), metadata.get_all("Classifier")
        )
        _copy(info, target / name.replace(" ", "-"), said[name])
    return said


def _copy(info: Path, target: Path, said: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    found = [path for path in sorted(info.rglob("*")) if path.is_file() and _is_licence(path.relative_to(info))]
    for number, path in enumerate(found):
        free = target / path.name if not (target / path.name).exists() else target / f"{number}-{path.name}"
        shutil.copyfile(path, free)
    if not found:
        text = f"The package carries no licence file of its own. Its metadata says: {said}.\n"
        (target / "LICENSE.txt").write_text(text, encoding="utf-8")


def _is_licence(path: Path) -> bool:
    return path.parts[0] in {"licenses", "license_files"} or _NAMES.search(path.name) is not None


def _called(expression: str | None, licence: str | None, classifiers: list[str] | None) -> str:
    named = [text.rpartition("::")[2].strip() for text in classifiers or [] if text.startswith("License ::")]
    first = next((text.strip().splitlines()[0] for text in (expression, licence) if text and text.strip()), "")
    return (first if len(first) <= 80 else "") or ", ".join(named) or "not stated"  # noqa: PLR2004 - longer is a licence's text
