"""Write the empty file that reports of rough sleeping are filled into: CSV, or a workbook that says how."""

import csv
import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from geo.review.walks.reports_file import COLUMNS

_HEAD: Final = PatternFill("solid", fgColor="DCE9EC")
_WIDTH: Final = 16
_HOW: Final = (
    "One row a report. Needed: seen_date, seen_time, and one way of saying where.",
    "kind is 'reported', which a blank means too, or 'intelligence' of a partner who expects somebody.",
    "source is StreetLink, an agency or partner on record, or a source of files; anything else is not kept.",
    "Where: latitude and longitude, easting and northing, a grid reference, a postcode, or a street and its town.",
    "Only the square of 100 m is kept of the place, and the street's name as the map has it.",
    "received_date and received_time start the clock; where they are blank, the moment somebody was seen does.",
    "people is how many were seen; a blank means one.",
    "reference is the sender's own number: a row that comes again is not counted twice.",
    "Never describe a person. Any other column is not read past its heading.",
)


def reports_template_csv() -> bytes:
    """Write the headings as CSV, UTF-8 with a byte order mark."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow(COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def reports_template_xlsx() -> bytes:
    """Write the headings as a workbook, with a sheet that says what goes where."""
    book = Workbook()
    page, told = book.create_sheet("Reports", 0), book.create_sheet("Notes", 1)
    for column, heading in enumerate(COLUMNS, start=1):
        cell = page.cell(1, column, heading)
        cell.font, cell.fill = Font(bold=True), _HEAD
        page.column_dimensions[get_column_letter(column)].width = _WIDTH
    page.freeze_panes = "A2"
    told.column_dimensions["A"].width = 110
    for number, line in enumerate(_HOW, start=1):
        told.cell(number, 1, line)
    del book[book.sheetnames[2]]  # the empty one that every new workbook has
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
