"""Check the embeddable Python of Windows, and lay it into a bundle so that it finds the bundle's packages alone."""

import hashlib
import re
import struct
from pathlib import Path
from typing import Final

from commands.bundling.unpacking import opened, unpack_member
from geo.errors import BadInputError

PYTHONS: Final = ("3.11", "3.12", "3.13")
_DLL: Final = re.compile(r"python3(\d+)\.dll")
_AMD64: Final = 0x8664  # PE/COFF specification, machine types
# What compiled packages ask for beside Windows itself, and the embeddable Python brings.
_RUNTIME: Final = ("python3.dll", "vcruntime140.dll", "vcruntime140_1.dll")
_HEADER_AT: Final = 0x3C  # where a Windows program says at which byte its header begins
_WHERE: Final = "take the archive named like python-3.11.9-embed-amd64.zip from the makers of Python"


def lay_python(archive: Path, target: Path) -> tuple[str, str]:
    """Unpack the embeddable Python, and tell it where the packages are.

    Parameters
    ----------
    archive
        The official `python-3.x-embed-amd64.zip`.

    Returns
    -------
    tuple of str
        Its version, such as "3.11", and the archive's SHA-256.

    Raises
    ------
    BadInputError
        It is not that archive, or for another kind of machine.
    """
    python = python_of(archive)
    with opened(archive) as zipped:
        for member in zipped.infolist():
            if not member.is_dir():
                unpack_member(zipped, member, target / member.filename)
    (target / _path_file(python)).write_text(path_file_text(python), encoding="ascii", newline="\r\n")
    with archive.open("rb") as stream:
        return python, hashlib.file_digest(stream, "sha256").hexdigest()


def python_of(archive: Path) -> str:
    """Say which Python an archive holds; errors as `lay_python`."""
    if archive.is_dir():
        message = f"{archive} is a folder; name the archive itself, as it was downloaded: {_WHERE}."
        raise BadInputError(message)
    with opened(archive) as zipped:
        names = set(zipped.namelist())
        minor = next((int(match.group(1)) for name in sorted(names) if (match := _DLL.fullmatch(name))), 0)
        python = f"3.{minor}"
        _require_whole(names, python, archive.name)
        machine = _machine(zipped.read("python.exe"))
    if machine != _AMD64:
        message = f"{archive.name} is not for 64-bit Intel or AMD Windows; {_WHERE}."
        raise BadInputError(message)
    return python


def path_file_text(python: str) -> str:
    """Write what such a Python reads at its start: its own library, itself, and the packages beside it; nothing else.

    Examples
    --------
    >>> path_file_text("3.11").splitlines()
    ['python311.zip', '.', '../site-packages']
    """
    return f"{_stem(python)}.zip\n.\n../site-packages\n"


def _require_whole(names: set[str], python: str, archive: str) -> None:
    if python not in PYTHONS:
        message = f"{archive} is no embeddable Python of {PYTHONS[0]} to {PYTHONS[-1]}; {_WHERE}."
        raise BadInputError(message)
    wanted = {"python.exe", f"{_stem(python)}.zip", _path_file(python), *_RUNTIME}
    missing = sorted(wanted - names)
    if missing:
        message = f"{archive} is no whole embeddable Python: {missing[0]} is missing; {_WHERE}."
        raise BadInputError(message)


def _machine(program: bytes) -> int:
    """Read for which machine a Windows program is, 0 where it is none."""
    if program[:2] != b"MZ" or len(program) < _HEADER_AT + 4:
        return 0
    (at,) = struct.unpack_from("<I", program, _HEADER_AT)
    if program[at : at + 4] != b"PE\0\0" or len(program) < at + 6:
        return 0
    return int(struct.unpack_from("<H", program, at + 4)[0])


def _stem(python: str) -> str:
    return "python" + python.replace(".", "")


def _path_file(python: str) -> str:
    return f"{_stem(python)}._pth"
