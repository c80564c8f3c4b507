"""Write hubs held as files that can be filled in and brought back: CSV, a workbook, and an empty template."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from geo.review.hub_file import HEADINGS
from geo.review.hub_reasons import NO_ABUSE
from geo.review.hub_sessions import HubSession
from geo.review.hub_table import hub_table, template_columns
from geo.review.inert import inert
from geo.review.team_only import SENTENCE, team_table

_HEAD: Final = PatternFill("solid", fgColor="DCE9EC")
_WIDTH: Final = 14
_WIDE: Final = {HEADINGS["site"]: 34, HEADINGS["agencies"]: 40}
_HOW: Final = (
    "One row a hub. Date, site, people seen and who recorded it are needed; a blank reason counts nobody.",
    "The site is named as in the register of the Sites page, or by its id there.",
    "Agencies with commas between. Names of agencies only; a service for domestic abuse is a 'specialist service'.",
    "The reasons add up to the people seen: each person counts once, under the main reason.",
    NO_ABUSE,
    "A hub of a day and site that are on record is passed over; nothing is counted twice.",
)


def hubs_csv(sessions: Sequence[HubSession], *, first_month: int) -> bytes:
    """Write hubs as CSV, UTF-8 with a byte order mark, from which a spreadsheet runs nothing."""
    table = team_table(hub_table(sessions, first_month=first_month))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([inert(cell) for cell in row] for row in table.itertuples(index=False, name=None))
    return out.getvalue().encode("utf-8-sig")


def hubs_xlsx(sessions: Sequence[HubSession], *, first_month: int) -> bytes:
    """Write hubs as a workbook: days as days, frozen headings, and a sheet that says whom it is for and how it works.

    Parameters
    ----------
    sessions
        Hubs in the order of their rows; none for an empty table.
    """
    return _book(hub_table(sessions, first_month=first_month), [SENTENCE, *_HOW])


def hubs_template() -> bytes:
    """Write the empty workbook that a file of hubs is filled into."""
    return _book(pd.DataFrame(columns=template_columns()), list(_HOW))


def _book(table: pd.DataFrame, notes: list[str]) -> bytes:
    book = Workbook()
    page = book.create_sheet("Hubs held", 0)
    for column, heading in enumerate(table.columns, start=1):
        cell = _put(page, 1, column, str(heading))
        cell.font, cell.fill = Font(bold=True), _HEAD
        page.column_dimensions[get_column_letter(column)].width = _WIDE.get(str(heading), _WIDTH)
    days = table.columns.get_loc(HEADINGS["day"])
    for number, row in enumerate(table.itertuples(index=False, name=None), start=2):
        for column, value in enumerate(row):
            _put(page, number, column + 1, date.fromisoformat(value) if column == days else value)
    page.freeze_panes = "A2"
    told = book.create_sheet("Notes", 1)
    told.column_dimensions["A"].width = 110
    for number, line in enumerate(notes, start=1):
        _put(told, number, 1, line)
    del book[book.sheetnames[2]]  # the empty one that every new workbook has
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(page: Worksheet, row: int, column: int, value: Any) -> Any:  # noqa: ANN401 - a text, number or day; openpyxl's own cell
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = str(inert(ILLEGAL_CHARACTERS_RE.sub("", value)))
        cell.data_type = "s"  # else openpyxl would store "=1+1" as a live formula
    else:
        cell.value = value
        cell.number_format = "dd/mm/yyyy" if isinstance(value, date) else "General"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
