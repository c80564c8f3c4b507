"""The register's workbook as somebody has it open in Excel."""

import io

import openpyxl

from layers.register_workbook import register_workbook
from tests.tinytown.council import TODAY


def opened(council):
    return openpyxl.load_workbook(io.BytesIO(register_workbook(council, today=TODAY)))


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(book, name, heading, sheet="Sites"):
    """The cell of a site under a heading."""
    page = book[sheet]
    column = next(one.column for one in page[1] if one.value == heading)
    named = next(one.column for one in page[1] if one.value == "Name")
    row = next(number for number in range(2, page.max_row + 1) if page.cell(number, named).value == name)
    return page.cell(row, column)
