"""Give Windows the one runtime library that a package asks for and no package brings under its plain name.

numba asks for msvcp140.dll. Other wheels carry Microsoft's own file under a name of theirs, as msvcp140-0a1b.dll. A
copy beside python.exe, where Windows looks first, spares the laptop the installation of Microsoft's runtime.
"""

import re
import shutil
from pathlib import Path
from typing import Final

RUNTIME: Final = "msvcp140.dll"
_CARRIED: Final = re.compile(r"msvcp140-[0-9a-f]+\.dll")
# The version resource of a Windows file is UTF-16: the key, padding, then numbers and dots.
_VERSION: Final = re.compile("FileVersion".encode("utf-16-le") + rb"\0{2,6}((?:[0-9.]\0)+)")


def lend_runtime(packages: Path, python: Path) -> str:
    """Lay the newest copy that a package carries beside Python; give where it is from, "" where none is carried."""
    found = [path for path in sorted(packages.glob("*.libs/msvcp140-*.dll")) if _CARRIED.fullmatch(path.name)]
    if not found or (python / RUNTIME).exists():
        return ""
    newest = max(found, key=lambda path: (version_of(path.read_bytes()), path.name))
    shutil.copyfile(newest, python / RUNTIME)
    return newest.relative_to(packages).as_posix()


def version_of(library: bytes) -> tuple[int, ...]:
    r"""Read the version of a Windows library, nothing where it names none.

    Examples
    --------
    >>> version_of("FileVersion\x00\x0014.44.35211.0\x00".encode("utf-16-le"))
    (14, 44, 35211, 0)
    """
    match = _VERSION.search(library)
    text = match.group(1).decode("utf-16-le") if match else ""
    return tuple(int(part) for part in text.split(".") if part)
