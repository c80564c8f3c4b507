"""Write a rota as a workbook for the team: walks, coverage, notes."""

import io
from collections.abc import Sequence
from datetime import date, time
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from geo.review.inert import inert
from geo.walkabouts.rota.result import Rota
from geo.walkabouts.rota.tables import coverage_table, rota_table
from layers.walks.rota_sheet import TEAM, told

_WALKS: Final = {
    "number": ("No.", 6),
    "day": ("Date", 16),
    "weekday": ("Day", 7),
    "band": ("Band", 15),
    "begins": ("From", 8),
    "ends": ("Until", 8),
    "agencies": ("Can walk", 40),
    "people": ("People they send", 10),
    "powers": ("Powers", 22),
    "reason": ("Why", 26),
    "explore_share": ("Off the known places", 12),
    "seed": ("Seed of these places", 14),
    "unmet": ("What is missing", 44),
    "notes": ("Note", 30),
}
_COVERAGE: Final = {
    "weekday": ("Day of the week", 16),
    "band": ("Band", 16),
    "planned": ("Walks in this rota", 12),
    "held": ("Walks in the year before", 12),
}
_HEAD: Final = PatternFill("solid", fgColor="DCE9EC")


def rota_xlsx(rota: Rota, *, district: str, state: str) -> bytes:
    """Write the workbook.

    Parameters
    ----------
    rota
        The rota.
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
    _write(book.create_sheet("Rota"), rota_table(rota), _WALKS)
    _write(book.create_sheet("Coverage"), coverage_table(rota), _COVERAGE)
    lines = [f"Rota of walkabouts: {district}", TEAM, rota.headline, state, *rota.unmet, *told(rota)]
    _write_notes(book.create_sheet("Notes"), lines)
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
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4


def _write_notes(page: Worksheet, lines: Sequence[str]) -> None:
    page.column_dimensions["A"].width = 110
    for number, line in enumerate((line for line in lines if line), start=1):
        _put(page, number, 1, line)
    page.cell(1, 1).font = Font(bold=True, size=13)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - a text, a number, a day or a time
    if name == "day":
        return date.fromisoformat(value)
    return time.fromisoformat(value) if name in {"begins", "ends"} else value


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
    return "0 %" if isinstance(value, float) else "General"
