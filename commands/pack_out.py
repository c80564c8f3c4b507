"""Write a pack to the place that was named: a zip, or a new folder of its files."""

import io
import tempfile
import zipfile
from pathlib import Path

from geo.errors import BadInputError
from geo.review.files import explained, write_bytes
from layers.pack.bundle import bundle_name
from layers.pack.making import Made


def require_place(out: Path | None) -> None:
    """Refuse a place that cannot be written to, before anything is made.

    Raises
    ------
    BadInputError
        There is no such folder, or one that holds something.
    """
    if out is None:
        return
    if not out.absolute().parent.is_dir():
        message = f"There is no folder for {out.name} at the place named; make it first, or name another place."
        raise BadInputError(message)
    if not _is_zip(out) and out.exists() and (not out.is_dir() or any(out.iterdir())):
        message = f"{out.name} is there already and holds something; name a new folder, or a file that ends in .zip."
        raise BadInputError(message)


def write_out(made: Made, out: Path | None) -> list[str]:
    """Write a pack, whole or not at all; gives the names of what was written.

    Raises
    ------
    WorkspaceError
        The place cannot be written, or the disk is full.
    """
    if out is None:
        return []
    if _is_zip(out):
        write_bytes(out, made.bundle)
        return [out.name]
    with explained(out.absolute().parent):
        _unpack(made, out.absolute())
    return [f"{out.name} ({len(made.files) + 3:,} files; {bundle_name(made.pack)} is what can be checked)"]


def _unpack(made: Made, out: Path) -> None:
    """Write the files into a folder beside, and put it in its place at the end."""
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as beside:
        made_here = Path(beside) / out.name
        made_here.mkdir()
        with zipfile.ZipFile(io.BytesIO(made.bundle)) as archive:
            archive.extractall(made_here)
        (made_here / bundle_name(made.pack)).write_bytes(made.bundle)
        if out.is_dir():
            out.rmdir()
        made_here.rename(out)


def _is_zip(out: Path) -> bool:
    return out.suffix.lower() == ".zip"
