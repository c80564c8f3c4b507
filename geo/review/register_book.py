"""Read the register's workbook back: cells as text, what people wrote on them as comments, and columns they added.

What a cell said when the workbook was written stands on a hidden sheet: so a change is told from what is merely old.
"""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter

from geo.errors import BadInputError
from geo.review.register_fields import read_heading
from geo.review.register_words import LABEL, extra_column, is_told_only, told_only
from geo.review.xlsx_tables import inspect_workbook

SITES_SHEET, LOG_SHEET, HISTORY_SHEET, NOTES_SHEET = "Sites", "Liaison log", "History", "Notes"
BASE_SHEET: Final = "As exported"
SITE_ID: Final = "Site id"
TOLD_ONLY: Final = ("Town", "Liaison status", "Since", "Due for its check", "Remark")
"""Columns of the sheet of sites that are worked out, and not read back."""
LOG_COLUMNS: Final = {
    "Site id": "site_id",
    "Name": "name",
    "No.": "number",
    "Day": "day",
    "Who of us": "who",
    "With whom (role)": "with_whom",
    "About": "about",
    "Status": "status",
    "Signed": "signed",
    "Written (UTC)": "at",
}
AUTHOR: Final = "Site register"
"""Who a comment is by in the workbook: its text names whoever wrote it."""
MOST_BYTES: Final = 5_000_000
MOST_UNPACKED_BYTES: Final = 10_000_000  # a register of a thousand sites has 2 MB
MOST_CELLS: Final = 300_000  # of a sheet, the empty ones among them
_THREADED: Final = re.compile(r"^\[Threaded comment\].*?\n\s*Comment:\s*\n?\s*", re.DOTALL)
_NO_REGISTER: Final = (
    "The workbook is not the register's: it has no sheet 'Sites' with a column 'Site id'. Export the register, and "
    "change that file."
)


@dataclass(frozen=True)
class BookRow:
    """One row of a sheet.

    Attributes
    ----------
    number
        Its row in the spreadsheet.
    texts
        Fact to what the cell says; a cell that holds a formula is left out.
    comments
        Fact to what people wrote on the cell.
    """

    number: int
    texts: Mapping[str, str]
    comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """What a workbook says.

    Attributes
    ----------
    sites
        Rows of the sheet of sites; the fact "site_id" is empty for a new one.
    headings
        Comments on the headings of that sheet, by fact.
    log
        Rows of the liaison log; the fact "number" is empty for a new entry.
    base
        Site id to fact to what it said when the workbook was written; None where it does not say.
    ignored
        A sentence for each thing that is not read back.
    """

    sites: tuple[BookRow, ...]
    headings: Mapping[str, str]
    log: tuple[BookRow, ...]
    base: Mapping[str, Mapping[str, str]] | None
    ignored: tuple[str, ...]


def read_book(content: bytes) -> Book:
    """Read the register's workbook.

    Raises
    ------
    BadInputError
        It is damaged, too large, or not the register's.
    """
    sheets = _load(content)
    if SITES_SHEET not in sheets:
        raise BadInputError(_NO_REGISTER)
    facts = _facts_of(sheets[SITES_SHEET])
    log = sheets.get(LOG_SHEET)
    log_facts = {} if log is None else _log_facts(log)
    base = sheets.get(BASE_SHEET)
    return Book(
        sites=tuple(_rows(sheets[SITES_SHEET], facts)),
        headings={facts[cell.column]: text for cell, text in _header_comments(sheets[SITES_SHEET], facts)},
        log=() if log is None else tuple(_rows(log, log_facts)),
        base=None if base is None else _base(base),
        ignored=tuple(_ignored(sheets, facts, log_facts)),
    )


def comment_text(text: str, author: str) -> str:
    r"""Write a comment so that it says itself who wrote it, and stays the same however often it goes round.

    Examples
    --------
    >>> comment_text("Ring first", "Jo"), comment_text("Jo:\nRing first", "Jo"), comment_text("Jo: a", AUTHOR)
    ('Jo: Ring first', 'Jo:\nRing first', 'Jo: a')
    """
    plain = _THREADED.sub("", text.replace("\r\n", "\n").replace("_x000D_", "")).strip()
    who = author.strip()
    nobody = not who or who in {AUTHOR, "None"} or who.startswith("tc=")
    return plain if nobody or not plain or plain.startswith(f"{who}:") else f"{who}: {plain}"


def _load(content: bytes) -> dict[str, Any]:
    """Open a workbook that has been looked at, with its comments; gives its sheets by name."""
    if len(content) > MOST_BYTES:
        message = f"The workbook has {len(content) / 1e6:,.0f} MB; a register has 5 at most."
        raise BadInputError(message)
    if not content.startswith(b"PK"):
        message = "The file is no workbook; expected the register's own, saved as .xlsx."
        raise BadInputError(message)
    inspect_workbook(content, most_bytes=MOST_UNPACKED_BYTES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl speaks of styles that are not read anyway
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
            sheets = {page.title: page for page in book.worksheets}
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a damaged workbook fails in a dozen ways; the text may quote a cell
            message = "The workbook is damaged and cannot be read; open it in Excel and save it again as .xlsx."
            raise BadInputError(message) from None
    for page in sheets.values():
        if page.max_row * page.max_column > MOST_CELLS:
            message = f"A sheet has more than {MOST_CELLS:,} cells; remove the empty rows and columns."
            raise BadInputError(message)
    return sheets


def _facts_of(page: Any) -> dict[int, str]:  # noqa: ANN401 - openpyxl's cells and sheets have no common type
    """Say which column of the sheet of sites is which fact."""
    labels = {label.casefold(): name for name, label in LABEL.items()} | {SITE_ID.casefold(): "site_id"}
    labels |= {name.casefold(): told_only(name) for name in TOLD_ONLY}
    found: dict[int, str] = {}
    for cell in page[1]:
        text = " ".join(_text(cell.value).split())
        if not text and not _holds(page, cell.column):
            continue
        fact = labels.get(text.casefold()) or extra_column(
            read_heading(text or f"Column {get_column_letter(cell.column)}")
        )
        if fact in found.values():
            message = f"The sheet of sites has two columns '{text}'; give each a heading of its own."
            raise BadInputError(message)
        found[cell.column] = fact
    if "site_id" not in found.values():
        raise BadInputError(_NO_REGISTER)
    return found


def _log_facts(page: Any) -> dict[int, str]:  # noqa: ANN401 - as above
    names = {label.casefold(): name for label, name in LOG_COLUMNS.items()}
    texts = {cell.column: " ".join(_text(cell.value).split()).casefold() for cell in page[1]}
    return {column: names[text] for column, text in texts.items() if text in names}


def _holds(page: Any, column: int) -> bool:  # noqa: ANN401 - as above
    cells = page.iter_cols(min_col=column, max_col=column, min_row=1)
    return any(cell.value is not None or cell.comment for (*column_cells,) in cells for cell in column_cells)


def _rows(page: Any, facts: Mapping[int, str]) -> Iterator[BookRow]:  # noqa: ANN401 - as above
    for number, row in enumerate(page.iter_rows(min_row=2), start=2):
        cells = [cell for cell in row if cell.column in facts]
        read = [cell for cell in cells if cell.data_type != "f" and not is_told_only(facts[cell.column])]
        texts = {facts[cell.column]: _text(cell.value) for cell in read}
        comments = {facts[cell.column]: _comment(cell) for cell in cells if cell.comment and _comment(cell)}
        if any(texts.values()) or comments:
            yield BookRow(number, texts, comments)


def _header_comments(page: Any, facts: Mapping[int, str]) -> list[tuple[Any, str]]:  # noqa: ANN401 - as above
    return [(cell, _comment(cell)) for cell in page[1] if cell.column in facts and cell.comment and _comment(cell)]


def _comment(cell: Any) -> str:  # noqa: ANN401 - as above
    return comment_text(str(cell.comment.text or ""), str(cell.comment.author or ""))


def _base(page: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401 - as above
    found: dict[str, dict[str, str]] = {}
    for site, fact, text, *_ in page.iter_rows(min_row=2, min_col=1, max_col=3, values_only=True):
        found.setdefault(_text(site), {})[_text(fact)] = _text(text)
    return found


def _ignored(sheets: Mapping[str, Any], facts: Mapping[int, str], log_facts: Mapping[int, str]) -> Iterator[str]:
    """Say what is not read back: formulas, what stands on other sheets, and comments there."""
    formulas = [cell.coordinate for row in sheets[SITES_SHEET].iter_rows() for cell in row if cell.data_type == "f"]
    if formulas:
        shown = ", ".join(formulas[:5]) + (" and more" if len(formulas) > 5 else "")  # noqa: PLR2004 - a few to look at
        yield f"Cells with a formula are not read ({shown}): paste the value instead."
    ours = {SITES_SHEET: facts, LOG_SHEET: log_facts, BASE_SHEET: {}}
    lost = sum(
        bool(cell.comment) and (cell.column not in ours.get(name, {}) or (name == LOG_SHEET and cell.row == 1))
        for name, page in sheets.items()
        for row in page.iter_rows()
        for cell in row
    )
    if lost:
        yield f"Comments that stand on no fact of a site and on no entry of the log are not kept: {lost:,}."
    added = [name for name in sheets if name not in {*ours, HISTORY_SHEET, NOTES_SHEET}]
    if added:
        yield f"Sheets that were added are not read: {', '.join(added)}."


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
