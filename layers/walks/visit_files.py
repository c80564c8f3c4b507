"""Write visits as a file that can be brought back, with an empty one to fill in."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from geo.review.inert import inert
from geo.review.team_only import team_table
from geo.review.walks.history_file import COLUMNS
from geo.review.walks.visit_table import history_table
from geo.walkabouts.sightings import Visit, WalkHeld

_HEAD: Final = PatternFill("solid", fgColor="DCE9EC")
_HOW: Final = (
    "One row a visit, also where nobody was found: those rows matter as much as the others.",
    "Rows of one walk_date and start_time are one walk; agencies, walkers and end_time are the same in each of them.",
    "A visit outside any walk, such as the answer to a report: leave start_time, end_time, agencies and walkers blank.",
    "Times as 20:45; one before the start is one after midnight. Without end_time the walk ends with its last visit.",
    "Where: grid_reference of six figures, postcode, street with town, easting, northing, or latitude, longitude.",
    "Of the place only the square of 100 m is kept.",
    "outcome: found, nobody, or not accessible. bedded_down and about_to count people; blank is nought.",
    "offered, accepted, refused: offers of accommodation, at most one a person and visit.",
    "purpose, if known: report, intelligence, known, exploration or passing.",
    "No names and nothing about anybody: other columns are not read. Agencies with commas between.",
)


def visits_csv(walks: Sequence[WalkHeld], visits: Sequence[Visit]) -> bytes:
    """Write visits as CSV, UTF-8 with a byte order mark, from which a spreadsheet runs nothing.

    Parameters
    ----------
    walks, visits
        Those that stand; those outside any walk are in it as well.
    """
    table = team_table(history_table(walks, visits))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([inert(cell) for cell in row] for row in table.itertuples(index=False, name=None))
    return out.getvalue().encode("utf-8-sig")


def visits_template() -> bytes:
    """Write the empty workbook that a file of visits is filled into, with a sheet that says how."""
    book = Workbook()
    page = book.create_sheet("Visits", 0)
    for column, name in enumerate(COLUMNS, start=1):
        cell = page.cell(1, column, name)
        cell.font, cell.fill = Font(bold=True), _HEAD
        page.column_dimensions[get_column_letter(column)].width = 16
    page.freeze_panes = "A2"
    told = book.create_sheet("Notes", 1)
    told.column_dimensions["A"].width = 110
    for number, line in enumerate(_HOW, start=1):
        told.cell(number, 1, line)
    del book[book.sheetnames[2]]  # the empty one that every new workbook has
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
