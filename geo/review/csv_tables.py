"""Read CSV as councils' systems write it: four encodings, four separators."""

import codecs
import csv
import io
import re
from itertools import islice
from typing import Final

from geo.errors import BadInputError, BadRowsError
from geo.review.grid_of_text import TextGrid

_SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MAX_ROWS: Final = 2_000_000  # the homes of every postcode of Great Britain are 1.7 million
_LOOKED_AT: Final = 200  # rows that decide on the separator
_UTF16_SHARE: Final = 0.3  # of the bytes at even or odd places that are NUL in western UTF-16
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1b]")
_FORCED_TEXT: Final = re.compile(r'^="(.*)"$')  # how some systems keep Excel from reading a number


def read_csv(content: bytes) -> TextGrid:
    """Read CSV in UTF-8, UTF-16 or Windows-1252, separated by comma, semicolon, tab or bar.

    Raises
    ------
    BadInputError
        The bytes are no text, or no separator makes a table of it.
    BadRowsError
        A quotation mark is opened and not closed.
    """
    text, encoding = decode(content)
    separator = _find_separator(text)
    rows = [(number, [_plain(cell) for cell in cells]) for number, cells in _parse(text, separator)]
    return TextGrid(rows, f"CSV, {encoding}, {_SEPARATORS[separator]}", exact_widths=True)


def decode(content: bytes) -> tuple[str, str]:
    r"""Turn bytes into text.

    Returns
    -------
    tuple of str
        The text without its byte order mark, and the encoding's name.

    Raises
    ------
    BadInputError
        The bytes are in none of the encodings, or hold codes that no text holds, such as NUL.

    Examples
    --------
    >>> decode("Caf\u00e9".encode("cp1252"))
    ('Café', 'Windows-1252')
    """
    text, name = _decoded(content)
    if _NOT_TEXT.search(text):
        message = "The file holds NUL bytes or other codes that no text holds; expected CSV or XLSX. Export it again."
        raise BadInputError(message)
    return text, name


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding, name in _candidates(content):
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    message = "The file's encoding cannot be read; save it as 'CSV UTF-8' or as .xlsx."
    raise BadInputError(message)


def _candidates(content: bytes) -> list[tuple[str, str]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "UTF-16")]
    start = content[:4000]
    half = max(len(start) // 2, 1)
    if start[1::2].count(0) / half > _UTF16_SHARE:
        return [("utf-16-le", "UTF-16")]
    if start[0::2].count(0) / half > _UTF16_SHARE:
        return [("utf-16-be", "UTF-16")]
    return [("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")]


def _find_separator(text: str) -> str:
    """Choose the separator under which most rows are as wide as the header, and then the widest header."""
    best = max(_SEPARATORS, key=lambda separator: _fit(text, separator))
    if _fit(text, best) == (0.0, 0):
        message = (
            "The file is no table: its rows do not fall into columns; "
            "expected CSV separated by commas, semicolons or tabs, or XLSX."
        )
        raise BadInputError(message)
    return best


def _fit(text: str, separator: str) -> tuple[float, int]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    widths: list[int] = []
    try:
        for cells in lines:
            if sum(bool(cell.strip()) for cell in cells) > 1 or (widths and cells):
                widths.append(len(cells))
            if len(widths) >= _LOOKED_AT:
                break
    except csv.Error:
        return 0.0, 0
    return (widths.count(widths[0]) / len(widths), widths[0]) if widths else (0.0, 0)


def _parse(text: str, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend(enumerate(islice(reader, MAX_ROWS + 1), start=1))
    except csv.Error:  # from None: the parser may quote the text
        message = (
            f"Row {len(rows) + 1} has a quotation mark that is opened and not closed, or stands in the middle of a "
            "cell; export the file again, or save it as .xlsx. Nothing was kept."
        )
        raise BadRowsError(message) from None
    if len(rows) > MAX_ROWS:
        message = f"The file has more than {MAX_ROWS:,} rows; cut it to your district or to fewer years."
        raise BadInputError(message)
    return rows


def _plain(cell: str) -> str:
    forced = _FORCED_TEXT.match(cell)
    return forced.group(1) if forced else cell
