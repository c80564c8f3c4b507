"""Write a file whole or not at all, with the edition it came from inside it."""

import errno
import io
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.editions import Edition
from geo.errors import WorkspaceError

_EDITION_KEY: Final = b"planner_edition"
_STALE_SECONDS: Final = 24 * 3600  # a temporary file this old was left by a program that was killed


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old file or the new one, and so does a machine that lost power.

    Raises
    ------
    WorkspaceError
        The folder cannot be written or the disk is full; the old file stays.
    """
    with explained(path.parent):
        _sweep(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def write_table(path: Path, frame: pd.DataFrame, edition: Edition) -> None:
    """Write a table as Parquet (GeoParquet where it has a geometry) with its edition in the file's own metadata.

    Keeping both in one file means that a table and the statement where it came from can never disagree.
    """
    draft = io.BytesIO()
    frame.to_parquet(draft, index=False)
    table = pq.read_table(pa.BufferReader(draft.getvalue()))
    note = {_EDITION_KEY: edition.model_dump_json().encode()}
    final = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **note}), final)
    write_bytes(path, final.getvalue())


def read_frame(path: Path) -> pd.DataFrame:
    """Read a table that `write_table` wrote.

    Raises
    ------
    WorkspaceError
        The file is damaged.
    """
    with explained(path.parent), _whole(path):
        return pd.read_parquet(path)


def read_geometry(path: Path) -> gpd.GeoDataFrame:
    """Read a geometry table that `write_table` wrote, in the CRS it was written in.

    Raises
    ------
    WorkspaceError
        The file is damaged.
    """
    with explained(path.parent), _whole(path):
        return gpd.read_parquet(path)


def read_edition(path: Path) -> Edition:
    """Read which edition a table came from.

    Raises
    ------
    WorkspaceError
        The file is damaged or was not written by the planner.
    """
    with explained(path.parent), _whole(path):
        return Edition.model_validate_json(pq.read_schema(path).metadata[_EDITION_KEY])


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut, where the system can (Windows cannot open a folder)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the system's refusal to read or write into one plain sentence."""
    try:
        yield
    except OSError as error:
        raise WorkspaceError(_sentence(error, folder)) from error


def _sentence(error: OSError, folder: Path) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"The disk that holds {folder} is full; make room and try again. Nothing was changed."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"The folder {folder} cannot be read or written; ask for the right to write in it, or use another."
    if error.errno == errno.ENOENT:
        return f"The folder {folder} or a file in it is missing; check the path, or restore it from a copy."
    return (
        f"The folder {folder} cannot be used ({error.strerror or type(error).__name__}); check the disk and try again."
    )


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except (pa.ArrowException, ValueError, KeyError, TypeError) as error:
        message = f"The file {path} is damaged; add its data set again, or restore the file from a copy."
        raise WorkspaceError(message) from error


def _sweep(path: Path) -> None:
    """Remove what a killed program left of this file long ago."""
    for old in path.parent.glob(f".{path.name}.*.tmp"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink()
