"""The query engine: DuckDB in memory, which writes nothing to the disk and asks nobody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import ibis

_SETTINGS: Final = {
    "temp_directory": "",  # client postcodes must never spill to the disk
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "1200MB",
}


@contextmanager
def open_engine() -> Iterator[ibis.BaseBackend]:
    """Start an empty engine, and stop it at the end so that no file stays open."""
    engine = ibis.duckdb.connect(":memory:", **_SETTINGS)
    try:
        yield engine
    finally:
        engine.disconnect()


def literal_path(path: Path) -> str:
    """Write a path so that DuckDB does not read *, ? or [ in it as a pattern.

    Examples
    --------
    >>> literal_path(Path("a [new] list.csv"))
    'a [[]new] list.csv'
    """
    return re.sub(r"([*?\[])", r"[\1]", str(path))
