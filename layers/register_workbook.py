"""Write the site register as a workbook that an officer may change and bring back: nothing written in it is lost."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from geo.review.register import extra_facts, history_of, register
from geo.review.register_book import (
    AUTHOR,
    BASE_SHEET,
    HISTORY_SHEET,
    LOG_COLUMNS,
    LOG_SHEET,
    NOTES_SHEET,
    SITE_ID,
    SITES_SHEET,
    TOLD_ONLY,
)
from geo.review.register_import import SHEET
from geo.review.register_liaison import read_log
from geo.review.register_state import Known, read_known
from geo.review.register_words import (
    CATEGORY,
    LABEL,
    comment_on,
    entry_cell,
    extra_column,
    heading_of,
    told,
    told_only,
    told_value,
)
from geo.review.workspace import Workspace
from geo.schema import LIAISON

_FREE_ROWS: Final = 300  # below the last one, for what an officer adds
_WIDTHS: Final = {"name": 34, "category": 20, "postcode": 11, "services": 34, "opening_hours": 30, "notes": 34}
_LOG_WIDTHS: Final = {"name": 30, "with_whom": 24, "about": 60, "day": 12}
_HEAD: Final = PatternFill("solid", fgColor="DCE9EC")
_WORKED_OUT: Final = PatternFill("solid", fgColor="E9E9E6")
_DATES: Final = frozenset({"checked", "day", "status_day"})
_YES: Final = ["yes", "no"]
_NOTES: Final = (
    "Change what you like on the sheet Sites, and add columns of your own to the right.",
    "Add rows below for sites of your own: a name, a category and a postcode are enough; leave Site id empty.",
    "Then bring the file back, on the Sites page or with planner sites import. You see first what would change.",
    "Comments on cells and columns that you add are kept beside the site, and stand in the next file again.",
    "Do not change the column Site id. Columns with a grey heading are worked out and are not read back.",
    "Add rows to the sheet Liaison log to say who spoke to whom about what; leave No. empty.",
    "An entry of the log is never changed: put a mistake right with a further one.",
    "The host contact and whom somebody spoke to are roles, such as practice manager: never a name, an e-mail address",
    "or a telephone number. Nothing about a client belongs in this file.",
    "An empty cell takes back what officers wrote over a file. History tells who changed what; it is not read back.",
    "For the housing team. What partners may have is the directory.",
)


def register_workbook(workspace: Workspace, *, today: date) -> bytes:
    """Write the register as XLSX: sites, liaison log, history and notes.

    Parameters
    ----------
    today
        Which sites are due for their check is judged from this day.

    Returns
    -------
    bytes
        A workbook whose texts no spreadsheet runs as a formula.
    """
    book = Workbook()
    known = read_known(workspace)
    extras = extra_facts(known)
    _write_sites(book.create_sheet(SITES_SHEET), register(workspace, today=today), known, extras)
    _write_log(book.create_sheet(LOG_SHEET), read_log(workspace), known, extras)
    _write_history(book.create_sheet(HISTORY_SHEET), history_of(workspace), known)
    _write_notes(book.create_sheet(NOTES_SHEET), workspace, today)
    _write_base(book.create_sheet(BASE_SHEET), known)
    del book[book.sheetnames[0]]  # the empty one that every new workbook has
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sites(page: Worksheet, table: pd.DataFrame, known: Known, extras: Mapping[str, Mapping[str, str]]) -> None:
    added = sorted({heading_of(field) for facts in known.written.values() for field in facts if heading_of(field)})
    fields = ["site_id", *LABEL, *map(told_only, TOLD_ONLY), *map(extra_column, added)]
    _head(page, [SITE_ID, *LABEL.values(), *TOLD_ONLY, *added], worked_out={SITE_ID, *TOLD_ONLY})
    for number, row in enumerate(table.to_dict("records"), start=2):
        site = str(row["site_id"])
        facts = known.facts[site]
        worked_out = (row["town"], row["status"], _day(row["status_day"]), "yes" if row["due"] else "", row["gone"])
        cells = [site, *(_cell(field, facts.get(field, "")) for field in LABEL), *worked_out]
        _row(page, number, [*cells, *(facts.get(extra_column(heading), "") for heading in added)])
        _comment(page, number, fields, extras.get(site, {}))
    _comment(page, 1, fields, known.written.get(SHEET, {}))
    _widths(page, [_WIDTHS.get(field, 18 if heading_of(field) else 13) for field in fields])
    _choices(page, fields, {"category": list(CATEGORY.values()), "step_free": _YES, "private_room": _YES}, len(table))
    _finish(page, "C2")


def _write_log(page: Worksheet, log: pd.DataFrame, known: Known, extras: Mapping[str, Mapping[str, str]]) -> None:
    fields = list(LOG_COLUMNS.values())
    _head(page, list(LOG_COLUMNS), worked_out={"No.", "Signed", "Written (UTC)"})
    for number, row in enumerate(log.to_dict("records"), start=2):
        site = str(row["site_id"])
        said = {**row, "name": known.facts[site]["name"], "day": _day(row["day"])}
        _row(page, number, [said[field] for field in fields])
        _comment(page, number, [entry_cell(str(row["number"]), field) for field in fields], extras.get(site, {}))
    _widths(page, [_LOG_WIDTHS.get(field, 14) for field in fields])
    _choices(page, fields, {"status": list(LIAISON)}, len(log))
    _finish(page, "C2")


def _write_history(page: Worksheet, history: pd.DataFrame, known: Known) -> None:
    _head(page, ["When (UTC)", "Who", SITE_ID, "Name", "What", "From", "To"], worked_out=set())
    for number, row in enumerate(history.to_dict("records"), start=2):
        field, site = str(row["field"]), str(row["site_id"])
        name = known.facts[site]["name"] if site in known.facts else "The sheet itself"
        was, became = (told_value(field, str(row[end])) for end in ("was", "became"))
        _row(page, number, [row["at"], row["who"], site, name, told(field), was, became])
    _widths(page, [26, 16, 20, 30, 24, 30, 30])
    _finish(page, "A2")


def _write_notes(page: Worksheet, workspace: Workspace, today: date) -> None:
    title = f"Site register of {workspace.scenario.name}, {today.day} {today:%B %Y}"
    for number, line in enumerate((title, *_NOTES), start=1):
        _row(page, number, [line])
        page.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")
    page.cell(1, 1).font = Font(bold=True, size=13)
    _widths(page, [100])


def _write_base(page: Worksheet, known: Known) -> None:
    """Keep what every cell says now, so that a change can be told when the file comes back."""
    _row(page, 1, [SITE_ID, "Fact", "Text"])
    lines = [(site, field, text) for site, facts in known.facts.items() for field, text in facts.items() if text]
    for number, line in enumerate(lines, start=2):
        _row(page, number, list(line))
    page.sheet_state = "veryHidden"


def _head(page: Worksheet, headings: Sequence[str], *, worked_out: set[str]) -> None:
    _row(page, 1, list(headings))
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = _WORKED_OUT if cell.value in worked_out else _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _row(page: Worksheet, number: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values, start=1):
        if value is None or value == "" or value is pd.NA:
            continue
        cell = page.cell(number, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value  # type: ignore[assignment]  # numbers and days
        if isinstance(value, str):
            cell.data_type = "s"  # else openpyxl would store "=1+1" as a live formula
        elif isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"


def _comment(page: Worksheet, number: int, fields: Sequence[str], facts: Mapping[str, str]) -> None:
    for column, field in enumerate(fields, start=1):
        text = ILLEGAL_CHARACTERS_RE.sub("", facts.get(comment_on(field), ""))
        if text:
            page.cell(number, column).comment = Comment(text, AUTHOR, width=280, height=40 + 18 * (1 + len(text) // 40))


def _choices(page: Worksheet, fields: Sequence[str], words: Mapping[str, Sequence[str]], rows: int) -> None:
    for field, allowed in words.items():
        letter = get_column_letter(fields.index(field) + 1)
        rule = DataValidation("list", formula1=f'"{",".join(allowed)}"', allow_blank=True, showErrorMessage=True)
        rule.error = "Choose one of the list."
        rule.add(f"{letter}2:{letter}{rows + 1 + _FREE_ROWS}")
        page.add_data_validation(rule)


def _widths(page: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width


def _finish(page: Worksheet, first_free: str) -> None:
    page.freeze_panes = first_free
    page.auto_filter.ref = page.dimensions


def _cell(field: str, text: str) -> object:
    if field in _DATES:
        return _day(text)
    return int(text) if field == "capacity" and text else told_value(field, text)


def _day(text: object) -> Any:  # noqa: ANN401 - a day, or its blank
    return datetime.fromisoformat(str(text)).date() if text else ""
