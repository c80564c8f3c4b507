"""Read an export held in memory into a table of texts, or say in one sentence why it is none."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import BadInputError, BadRowsError
from geo.review.csv_tables import read_csv
from geo.review.files import explained
from geo.review.grid_of_text import TextGrid
from geo.review.xlsx_tables import read_xlsx

MAX_BYTES: Final = 50_000_000
MAX_COLUMNS: Final = 2_000
SHOWN_ROWS: Final = 5

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"  # OLE compound file: .xls, or an .xlsx with a password
_NOT_TABLES: Final = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed archive",
    b"Rar!": "a compressed archive",
    b"7z\xbc\xaf": "a compressed archive",
    b"SQLite format": "a database",
    b"PAR1": "a Parquet file",
    b"{\\rtf": "a text document",
}
# A name of a column never looks like this; a first row that does is a client's record, so it is never quoted.
_LIKE_CONTENT: Final = re.compile(
    r"@|\d{5,}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Table:
    """An export as text.

    Attributes
    ----------
    rows
        One row a record, all text, as written; the index is the row's number in a spreadsheet (the header has the
        first). Columns that share a name are told apart as "Name (2)".
    layout
        How it was read, such as "CSV, UTF-8, comma" or "XLSX, sheet 'Export'".
    sheets
        The names of the workbook's sheets; empty for CSV.
    sheet
        The sheet that was read.
    """

    rows: pd.DataFrame
    layout: str
    sheets: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the file."""
        return tuple(str(name) for name in self.rows.columns)


def load_bytes(content: bytes | Path) -> bytes:
    """Take a file's bytes into memory, unless there are more than 50 MB of them.

    Raises
    ------
    BadInputError
        The file is missing, a folder, empty or too large; a large one is refused before it is read.
    """
    if isinstance(content, bytes):
        _check_size(len(content))
        return content
    if not content.is_file():
        message = f"There is no file {content}; check the path."
        raise BadInputError(message)
    with explained(content.parent):
        _check_size(content.stat().st_size)
        return content.read_bytes()


def read_table(content: bytes, *, sheet: str = "") -> Table:
    """Read CSV or XLSX by what the bytes are, whatever the file is called.

    Parameters
    ----------
    content
        The whole file.
    sheet
        Which sheet of a workbook to read; "" is the first.

    Raises
    ------
    BadInputError
        It is not a table, is protected by a password, damaged, empty, or has no row below its header.
    BadRowsError
        Single rows have more or fewer cells than the header.
    """
    _check_size(len(content))
    _refuse_other_kinds(content)
    grid = read_xlsx(content, sheet=sheet) if content.startswith(b"PK") else read_csv(content)
    return _as_table(grid)


def row_list(numbers: list[int]) -> str:
    """Name the first five rows of a list and say how many there are.

    Examples
    --------
    >>> row_list([3]), row_list([3, 4, 5, 6, 7, 8])
    ('Row 3', 'Rows 3, 4, 5, 6, 7 and 1 more (6 in all)')
    """
    shown = ", ".join(str(number) for number in numbers[:SHOWN_ROWS])
    more = len(numbers) - SHOWN_ROWS
    return f"Row{'s' * (len(numbers) > 1)} {shown}" + (f" and {more} more ({len(numbers)} in all)" if more > 0 else "")


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        message = f"The file has {size / 1e6:,.0f} MB; at most {limit} MB are taken. Export fewer columns or years."
        raise BadInputError(message)
    if size == 0:
        message = "The file is empty; export it again."
        raise BadInputError(message)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        reason = "is protected by a password" if locked else "is an old Excel workbook (.xls)"
        message = f"The file {reason}; save it in Excel as .xlsx without a password, or as CSV."
        raise BadInputError(message)
    kind = next((name for magic, name in _NOT_TABLES.items() if content.startswith(magic)), "")
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        kind = "a web page or an XML document"
    if start.startswith((b"{", b"[{", b"[[")) and not kind:
        kind = "a JSON document"
    if kind:
        message = f"The file is {kind}, not a table; expected CSV or XLSX with one row for each record."
        raise BadInputError(message)


def _as_table(grid: TextGrid) -> Table:
    rows = [(number, cells) for number, cells in grid.rows if any(cell.strip() for cell in cells)]
    start = next((at for at, (_, cells) in enumerate(rows) if sum(bool(cell.strip()) for cell in cells) > 1), None)
    if start is None:
        message = "The file holds no table: no row has two filled cells; expected a header with a date and a postcode."
        raise BadInputError(message)
    names = _names(rows[start][1])
    body = rows[start + 1 :]
    if not body:
        message = "The file has a header and no row below it; nothing to add."
        raise BadInputError(message)
    _check_widths(body, len(names), exact=grid.exact_widths)
    filled = [(cells + [""] * len(names))[: len(names)] for _, cells in body]
    frame = pd.DataFrame(filled, columns=names, index=[number for number, _ in body], dtype="str")
    return Table(frame, grid.layout, grid.sheets, grid.sheet)


def _names(header: list[str]) -> list[str]:
    texts = [" ".join(cell.split()) for cell in header]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MAX_COLUMNS:
        message = f"The file has {len(texts):,} columns; at most {MAX_COLUMNS:,} are taken. Export fewer columns."
        raise BadInputError(message)
    if any(_LIKE_CONTENT.search(text) for text in texts):
        message = (
            "The first row looks like a record, not like the names of columns; add a first row that names each "
            "column, such as date and postcode."
        )
        raise BadInputError(message)
    names: dict[str, None] = {}
    copies: dict[str, int] = {}  # where to go on counting: a file may hold 2,000 columns of one name
    for at, text in enumerate(texts, start=1):
        name, copy = text or f"column {at}", copies.get(text, 2)
        while name in names:
            name, copy = f"{text} ({copy})", copy + 1
        copies[text] = copy
        names[name] = None
    return list(names)


def _check_widths(body: list[tuple[int, list[str]]], width: int, *, exact: bool) -> None:
    """Refuse rows whose cells do not stand under the header: a stray comma would move a name into another column."""
    wrong = [
        number
        for number, cells in body
        if any(cell.strip() for cell in cells[width:]) or (exact and len(cells) < width)
    ]
    if wrong:
        has = "has" if len(wrong) == 1 else "have"
        message = (
            f"{row_list(wrong)} {has} more or fewer cells than the header's {width}; "
            "export the file again, or save it as .xlsx. Nothing was kept."
        )
        raise BadRowsError(message)
