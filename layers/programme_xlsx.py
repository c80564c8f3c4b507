"""Write a year's programme as a workbook: the calendar, what each quarter reaches, priority areas, notes."""

import io
from collections.abc import Sequence
from datetime import date, time
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from geo.hubs.programme import Sheet
from geo.review.inert import inert
from geo.review.team_only import SENTENCE

_HUBS: Final = {
    "number": ("No.", 6),
    "months": ("Quarter", 26),
    "day": ("Date", 12),
    "weekday": ("Day", 12),
    "begin": ("From", 8),
    "end": ("Until", 8),
    "name": ("Place", 34),
    "town": ("Town", 20),
    "postcode": ("Postcode", 11),
    "areas": ("Priority areas", 30),
    "agencies": ("Can come", 40),
    "unavailable": ("Cannot come", 30),
    "hours": ("Host", 10),
    "ask": ("Ask the host", 34),
    "host_note": ("About the host", 30),
    "within_reach": ("Clients who live within reach", 16),
    "reach": ("The same, those further away counting less", 18),
    "new_reach": ("Of them, not reached before", 16),
    "so_far": ("Different clients reached so far", 16),
}
_QUARTERS: Final = {
    "months": ("By the end of", 28),
    "hubs": ("Hubs", 8),
    "new_reach": ("Newly reached", 14),
    "so_far": ("Different clients reached", 16),
    "low": ("At least (95 % range)", 14),
    "high": ("At most (95 % range)", 14),
    "share": ("Share of all on the map", 14),
}
_AREAS: Final = {
    "area": ("Priority area", 40),
    "visited": ("Visited", 10),
    "hubs": ("By hubs", 14),
    "sites": ("Usable sites within reach", 16),
}
_HEAD: Final = PatternFill("solid", fgColor="DCE9EC")


def programme_xlsx(sheet: Sheet, *, district: str, state: str = "") -> bytes:
    """Write the workbook.

    Parameters
    ----------
    sheet
        The programme.
    district
        Whose it is.
    state
        Whether it was settled, when, by whom.

    Returns
    -------
    bytes
        XLSX whose texts no spreadsheet runs as a formula; days and times are such, so that they sort.
    """
    book = Workbook()
    _write(book.create_sheet("Calendar"), sheet.hubs, _HUBS)
    _write(book.create_sheet("Quarters"), sheet.quarters, _QUARTERS)
    _write(book.create_sheet("Priority areas"), sheet.areas, _AREAS)
    _write_notes(
        book.create_sheet("Notes"), [f"Multi-agency hubs {sheet.year}: {district}", SENTENCE, state, *sheet.sentences]
    )
    del book[book.sheetnames[0]]  # the empty one that every new workbook has
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, table: pd.DataFrame, columns: dict[str, tuple[str, int]]) -> None:
    for column, (heading, width) in enumerate(columns.values(), start=1):
        cell = _put(page, 1, column, heading)
        cell.font, cell.fill = Font(bold=True), _HEAD
        page.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(table.to_dict("records"), start=2):
        for column, name in enumerate(columns, start=1):
            _put(page, number, column, _value(name, row[name]))
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_notes(page: Worksheet, lines: Sequence[str]) -> None:
    page.column_dimensions["A"].width = 110
    for number, line in enumerate((line for line in lines if line), start=1):
        _put(page, number, 1, line)
    page.cell(1, 1).font = Font(bold=True, size=13)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - a text, a number, a day or a time
    if name == "day":
        return date.fromisoformat(value)
    if name in {"begin", "end"}:
        return time.fromisoformat(value)
    if name == "hours":
        return "known" if value == "open" else "to be asked"
    if name == "visited":
        return "yes" if value else "no"
    return value


def _put(page: Worksheet, row: int, column: int, value: Any) -> Any:  # noqa: ANN401 - as above, and openpyxl's own cell
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = str(inert(ILLEGAL_CHARACTERS_RE.sub("", value)))
        cell.data_type = "s"  # else openpyxl would store "=1+1" as a live formula
    else:
        cell.value = value
        cell.number_format = _format(value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _format(value: object) -> str:
    if isinstance(value, date):
        return "ddd d mmm yyyy"
    if isinstance(value, time):
        return "hh:mm"
    return "0.0" if isinstance(value, float) else "General"
