"""Write a pack as a workbook: notes first, then the figures, then a sheet a table; nothing in it can run."""

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from geo.review.inert import inert
from geo.review.pack.content import Column, Pack, Table, Value
from layers.pack.fixed_zip import fixed_zip
from layers.pack.frames import as_text
from layers.pack.words import unturned, whom

NOTES: Final = "Notes"
_FIGURES: Final = "indicators"
_FORMATS: Final = {"count": "#,##0", "number": "#,##0.0##", "share": "0.0 %", "day": "d mmm yyyy"}
_HEAD: Final = PatternFill("solid", fgColor="DCE9EC")
_LONGEST_NAME: Final = 31  # letters of a sheet's name, as Excel has it
_LONGEST_TEXT: Final = 32_767  # letters of a cell
_NARROW, _WIDE = 9, 48
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_MODIFIED: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def pack_xlsx(pack: Pack) -> bytes:
    """Write the workbook; the same pack gives the same bytes with the same version of openpyxl.

    Returns
    -------
    bytes
        XLSX whose texts no spreadsheet runs as a formula; days are days and numbers are numbers, so that they sort.
    """
    book = Workbook()
    del book[book.sheetnames[0]]  # the empty one that every new workbook has
    book.properties.creator, book.properties.title = "Hotspot and Co-location Planner", _clean(pack.title)
    _write_notes(book.create_sheet(NOTES), pack)
    for name, table in sheets_of(pack).items():
        _write(book.create_sheet(name), table)
    out = io.BytesIO()
    book.save(out)
    return _at_fixed_times(out.getvalue(), pack.day)


def sheets_of(pack: Pack) -> dict[str, Table]:
    """Name the sheet of each table, the figures first."""
    found: dict[str, Table] = {}
    for table in sorted(pack.tables, key=lambda table: table.name != _FIGURES):
        found[_sheet_name(table.title, {NOTES.casefold(), *(name.casefold() for name in found)})] = table
    return found


def cell_value(column: Column, value: Value) -> str | int | float | date | None:
    """Give what stands in a cell: a day where it is one, a number where it is one, else an inert text."""
    if column.kind == "day" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _text(value)
    return _text(as_text(value)) if isinstance(value, str | bool) else value


def note_lines(pack: Pack) -> tuple[str, ...]:
    """List what stands on the sheet of notes, a line a cell."""
    notes = [f"{table.title}: {note}" for table in pack.tables for note in table.notes]
    lines = (pack.title, whom(pack), pack.state, f"Counted: {pack.unit}.", *pack.summary, *notes, *pack.attributions)
    return tuple(_text(line) for line in lines if line)


def _write_notes(page: Worksheet, pack: Pack) -> None:
    page.column_dimensions["A"].width = 110
    for number, line in enumerate(note_lines(pack), start=1):
        _put(page, (number, 1), line)
    page["A1"].font = Font(bold=True, size=13)


def _write(page: Worksheet, table: Table) -> None:
    for at, column in enumerate(table.columns, start=1):
        head = _put(page, (1, at), _text(column.label + (f" ({column.unit})" if column.unit else "")))
        head.font, head.fill = Font(bold=True), _HEAD
        page.column_dimensions[get_column_letter(at)].width = _width(table, at - 1)
    for number, row in enumerate(table.rows, start=2):
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            _put(page, (number, at), cell_value(column, value), _FORMATS.get(column.kind, "General"))
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _put(page: Worksheet, at: tuple[int, int], value: str | float | date | None, number_format: str = "General") -> Any:  # noqa: ANN401 - openpyxl's own cell
    cell = page.cell(*at)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # else openpyxl would store "=1+1" as a live formula
    elif value is not None:
        cell.number_format = number_format
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _width(table: Table, at: int) -> float:
    said = [len(as_text(row[at])) for row in table.rows] + [len(table.columns[at].label)]
    return float(min(_WIDE, max(_NARROW, *said) + 2))


def _text(text: str) -> str:
    return str(inert(_clean(text)))[:_LONGEST_TEXT]


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", unturned(text)).replace("\r\n", "\n").replace("\r", "\n")


def _sheet_name(title: str, taken: set[str]) -> str:
    """Shorten a title to what Excel lets stand as a sheet's name, and number it where another is called so."""
    plain = " ".join(_FORBIDDEN.sub(" ", _clean(title)).split()) or "Table"
    name, number = _cut(plain, _LONGEST_NAME), 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = _cut(plain, _LONGEST_NAME - len(ending)) + ending
    return name


def _cut(text: str, longest: int) -> str:
    """Cut a text at the end of a word, where there is one not far from it."""
    if len(text) <= longest:
        return text
    words = text[: longest + 1].rpartition(" ")[0]
    return (words if len(words) > longest // 2 else text[:longest]).rstrip(" ,;:")


def _at_fixed_times(content: bytes, day: str) -> bytes:
    """Write the workbook's own zip again without the moment of writing."""
    moment = datetime.fromisoformat(day).strftime("%Y-%m-%dT00:00:00Z").encode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    core = "docProps/core.xml"
    parts[core] = _MODIFIED.sub(lambda found: found[1] + moment + found[2], parts[core])
    return fixed_zip(parts)
