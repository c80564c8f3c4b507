"""Read the tables of a GTFS zip a piece at a time, so that a timetable of the whole country fits an ordinary laptop.

GTFS is a zip of CSV files (gtfs.org/documentation/schedule/reference). `stop_times.txt` of Great Britain unpacks to
some two gigabytes: it is read in blocks straight out of the zip, the wanted rows of each block are kept, and nothing is
unpacked to the disk.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from geo.errors import BadInputError
from geo.places.zips import climbs, is_bomb

MAX_BYTES: Final = 12_000_000_000  # unpacked; nothing is, but a zip that claims more is no timetable
MAX_ROWS: Final = 5_000_000  # kept of one table; a large county has some hundred thousand calls
_BLOCK_BYTES: Final = 8 * 1024 * 1024
_HEADER_BYTES: Final = 64 * 1024
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    pa.ArrowException,
    csv.Error,
    ValueError,  # of a zip's directory that points before its beginning, and of text that is not UTF-8
)


@dataclass(frozen=True)
class Table:
    """The wanted rows of one table, every value as text without spaces around it, "" where there is none.

    Attributes
    ----------
    rows
        The wanted rows and columns.
    read
        Lines in the file, wanted or not, the header left out.
    broken
        Lines among them that have too few or too many values; none of them is in `rows`.
    """

    rows: pd.DataFrame
    read: int
    broken: int = 0


@dataclass(frozen=True)
class Wanted:
    """Keep the rows whose value in any of these columns is one of these."""

    any_of: tuple[tuple[str, frozenset[str]], ...]


class GtfsZip:
    """One zip, looked through before anything is read from it.

    Parameters
    ----------
    source
        Where it is, or its bytes.
    name
        The file's name, for messages.

    Raises
    ------
    BadInputError
        It is no zip, unsafe, or holds no timetable in GTFS.
    """

    def __init__(self, source: Path | bytes, *, name: str) -> None:
        self.name = name
        self._source = source
        self._members = self._look_through()

    def has(self, table: str) -> bool:
        """Tell whether the zip holds a table, such as "calendar"."""
        return table in self._members

    def read(self, table: str, columns: tuple[str, ...], *, wanted: Wanted | None = None) -> Table:
        """Read the wanted rows of a table; columns that the file lacks are empty.

        Raises
        ------
        BadInputError
            The table is damaged, or far more rows are wanted than a district has.
        """
        if table not in self._members:
            return Table(pd.DataFrame({name: pd.Series(dtype="str") for name in columns}), 0)
        with self._open(table) as stream:
            return self._filtered(stream, table, columns, wanted)

    def _look_through(self) -> dict[str, str]:
        with self._explained("the zip"), self._zip() as archive:
            entries = archive.infolist()
        if climbs(entry.filename for entry in entries) or is_bomb(entries, max_bytes=MAX_BYTES):
            message = f"{self.name} is not a safe zip (it climbs out of its folder, or unpacks to far too much)."
            raise BadInputError(message)
        return _members([entry.filename for entry in entries if not entry.is_dir()], self.name)

    def _zip(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source)

    @contextmanager
    def _open(self, table: str) -> Iterator[io.BufferedReader]:
        with self._explained(f"{table}.txt"), self._zip() as archive, archive.open(self._members[table]) as stream:
            yield io.BufferedReader(cast("io.RawIOBase", stream), _BLOCK_BYTES)

    def _filtered(
        self, stream: io.BufferedReader, table: str, columns: tuple[str, ...], wanted: Wanted | None
    ) -> Table:
        names = self._header(stream, table)
        if not _has_rows(stream):
            return Table(pd.DataFrame({name: pd.Series(dtype="str") for name in columns}), 0)
        broken: list[int] = []
        kept, read, rows = [], 0, 0
        for batch in _reader(stream, names, columns, broken):
            read += batch.num_rows
            part = _only(batch, wanted)
            rows += part.num_rows
            if rows > MAX_ROWS:
                message = f"{self.name}: {table}.txt has over {MAX_ROWS:,} lines in this district; cut the file first."
                raise BadInputError(message)
            kept.append(part)
        frame = pa.Table.from_batches(kept).to_pandas() if kept else pd.DataFrame(columns=list(columns), dtype="str")
        return Table(frame.astype("str"), read + len(broken), len(broken))

    def _header(self, stream: io.BufferedReader, table: str) -> list[str]:
        line = stream.readline(_HEADER_BYTES).decode("utf-8-sig")
        names = [name.strip().lower() for name in next(csv.reader([line]), [])]
        if len(set(names)) != len(names) or not any(names):
            message = f"{self.name}: {table}.txt has no readable line of column names; download the file again."
            raise BadInputError(message)
        return names

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            message = (
                f"{self.name} cannot be read: {what} is damaged, locked by a password or not a zip of GTFS tables; "
                "download the GTFS zip again."
            )
            raise BadInputError(message) from error


def _members(names: list[str], name: str) -> dict[str, str]:
    """Find the tables of a zip, by name without ending; a few publishers put them into a folder."""
    found: dict[str, str] = {}
    for path in sorted(names, key=lambda path: (path.count("/"), path)):
        base = path.rsplit("/", 1)[-1].lower()
        if base.endswith(".txt"):
            found.setdefault(base.removesuffix(".txt"), path)
    needed = [table for table in ("stops", "routes", "trips", "stop_times") if table not in found]
    if not {"calendar", "calendar_dates"} & set(found):
        needed.append("calendar")
    if needed:
        lacking = " and ".join(f"{table}.txt" for table in needed)
        other = " It looks like TransXChange; ask for GTFS instead." if _is_transxchange(names) else ""
        message = f"{name} is not a bus timetable in GTFS: it has no {lacking}.{other}"
        raise BadInputError(message)
    return found


def _is_transxchange(names: list[str]) -> bool:
    return any(path.lower().endswith(".xml") for path in names)


def _has_rows(stream: io.BufferedReader) -> bool:
    return bool(stream.peek(1))


def _reader(
    stream: io.BufferedReader, names: list[str], columns: tuple[str, ...], broken: list[int]
) -> Iterator[pa.RecordBatch]:
    def skip(row: arrow_csv.InvalidRow) -> str:
        broken.append(row.number or 0)
        return "skip"

    yield from arrow_csv.open_csv(
        stream,
        read_options=arrow_csv.ReadOptions(block_size=_BLOCK_BYTES, column_names=names),
        parse_options=arrow_csv.ParseOptions(invalid_row_handler=skip),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.string()),
            include_columns=list(columns),
            include_missing_columns=True,
            strings_can_be_null=False,
        ),
    )


def _only(batch: pa.RecordBatch, wanted: Wanted | None) -> pa.RecordBatch:
    trimmed = pa.RecordBatch.from_arrays(
        [pc.utf8_trim_whitespace(pc.fill_null(column, "")) for column in batch.columns], names=batch.schema.names
    )
    if wanted is None:
        return trimmed
    keep = pa.array([False] * trimmed.num_rows)
    for name, values in wanted.any_of:
        keep = pc.or_(keep, pc.is_in(trimmed[name], value_set=pa.array(sorted(values), pa.string())))
    return trimmed.filter(keep)
