"""Read the tables, words and pictures in a pack's files back, without trusting them."""

import csv
import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from typing import Final, TypeVar
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt
from openpyxl import load_workbook
from PIL import Image

from geo.errors import BadInputError
from geo.places.zips import is_bomb
from layers.pack.checking.grids import Grid

Read = TypeVar("Read")
_MAX_SHEET_BYTES: Final = 200_000_000
_MAX_PIXELS: Final = 60_000_000
_MOST_STEPS: Final = 50_000_000  # of SQLite's machine; a table of a pack takes a thousandth
_UNREADABLE: Final = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, EOFError, SyntaxError),
    *(csv.Error, sqlite3.Error, zipfile.BadZipFile, ET.ParseError, Image.DecompressionBombError),
)


def grids_in(kind: str, content: bytes) -> tuple[Grid, ...]:
    """Read every table of a file.

    Parameters
    ----------
    kind
        "csv", "xlsx" or "gpkg".

    Raises
    ------
    BadInputError
        It is no such file, or damaged.
    """
    return _safely(_GRIDS[kind], content)


def words_in(content: bytes) -> tuple[str, ...]:
    """Read the words of a page, scripts and styles left out."""
    parser = _Words()
    parser.feed(content.decode("utf-8", errors="replace"))
    return tuple(parser.words)


def pixels_in(content: bytes) -> npt.NDArray[np.uint8]:
    """Read a picture, shape (height, width, 4).

    Raises
    ------
    BadInputError
        It is none, or far too large.
    """
    return _safely(_pixels, content)


def _safely(read: Callable[[bytes], Read], content: bytes) -> Read:
    try:
        return read(content)
    except _UNREADABLE as error:
        message = "it cannot be read: it is damaged, or another kind of file"
        raise BadInputError(message) from error


def _csv(content: bytes) -> tuple[Grid, ...]:
    rows = [tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    return (Grid("", rows[0] if rows else (), tuple(rows[1:])),)


def _xlsx(content: bytes) -> tuple[Grid, ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if is_bomb(archive.infolist(), max_bytes=_MAX_SHEET_BYTES):
            message = "it unpacks to far more than a workbook holds"
            raise ValueError(message)
    book = load_workbook(io.BytesIO(content))
    return tuple(_sheet(page.title, list(page.iter_rows())) for page in book.worksheets)


def _sheet(title: str, rows: list[tuple[object, ...]]) -> Grid:
    read = [tuple(_cell(cell) for cell in row) for row in rows]
    head = tuple(str(value) for value in read[0]) if read else ()
    return Grid(title, head, tuple(read[1:]))


def _cell(cell: object) -> object:
    """Give a cell's value; a formula says that it is one."""
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "")
    return f"the formula {value}" if kind == "f" else value


def _gpkg(content: bytes) -> tuple[Grid, ...]:
    with closing(sqlite3.connect(":memory:")) as book:
        book.deserialize(content)
        book.execute("PRAGMA trusted_schema = OFF")
        book.set_progress_handler(lambda: 1, _MOST_STEPS)
        found = book.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        told = {"gpkg_contents": "SELECT table_name, data_type, identifier, description, srs_id FROM gpkg_contents"}
        names = [name for (name,) in found if not name.startswith(("sqlite_", "gpkg_"))]
        queries = told | {name: f'SELECT * FROM "{name.replace(chr(34), chr(34) * 2)}"' for name in names}  # noqa: S608 - quoted
        return tuple(_table(book, name, query) for name, query in queries.items())


def _table(book: sqlite3.Connection, name: str, query: str) -> Grid:
    found = book.execute(query)
    return Grid(name, tuple(str(column[0]) for column in found.description), tuple(found.fetchall()))


def _pixels(content: bytes) -> npt.NDArray[np.uint8]:
    with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
        if picture.width * picture.height > _MAX_PIXELS:
            message = "far too many pixels"
            raise ValueError(message)
        return np.asarray(picture.convert("RGBA"), dtype=np.uint8)


class _Words(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter a part; what a reader is told instead of a picture is text as well."""
        self._quiet += tag in {"script", "style"}
        self.words += [value for name, value in attrs if name in {"alt", "aria-label"} and value]

    def handle_endtag(self, tag: str) -> None:
        """Leave a part."""
        self._quiet -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self._quiet and data.strip():
            self.words.append(" ".join(data.split()))


_GRIDS: Final = {"csv": _csv, "xlsx": _xlsx, "gpkg": _gpkg}
