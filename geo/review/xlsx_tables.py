"""Read a sheet of an Excel workbook held in memory, safely."""

import io
import warnings
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from geo.errors import BadInputError, BadRowsError
from geo.places.zips import climbs, is_bomb
from geo.review.grid_of_text import TextGrid

MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_PARTS: Final = 5_000
MAX_CELLS: Final = 10_000_000  # the empty ones among them: read in seconds
MAX_ROWS: Final = 500_000
_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#DIV/0!"})
_PROLOG_BYTES: Final = 4_000
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
_SHEET_PARTS: Final = "xl/worksheets/"
_DAMAGED: Final = "The workbook is damaged and cannot be read; open it in Excel and save it again as .xlsx."


def read_xlsx(content: bytes, *, sheet: str) -> TextGrid:
    """Read one sheet as text: dates as ISO days, formulas as the results Excel saved with them.

    Parameters
    ----------
    content
        The whole workbook.
    sheet
        The sheet's name in any case; "" is the first.

    Raises
    ------
    BadInputError
        It is a zip but no workbook, too large unpacked, damaged, or has no such sheet.
    BadRowsError
        A formula was saved without its result.
    """
    has_formulas = inspect_workbook(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl speaks of styles and validations that are not read anyway
        try:
            return _read(content, sheet=sheet, has_formulas=has_formulas)
        except (BadInputError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - a damaged workbook fails in a dozen ways; the text may quote a cell
            raise BadInputError(_DAMAGED) from None


def inspect_workbook(content: bytes, *, most_bytes: int = MAX_UNPACKED_BYTES) -> bool:
    """Check the zip before anything is unpacked; tell whether any sheet holds a formula.

    Parameters
    ----------
    content
        The whole workbook.
    most_bytes
        It may unpack to no more than this.

    Raises
    ------
    BadInputError
        It is a zip but no workbook, too large unpacked, or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive.infolist(), most_bytes)
            texts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
            formulas = [_scan(archive, part) for part in texts]  # every part is looked at, not only up to the first
            return any(formulas)
    except _BROKEN:
        raise BadInputError(_DAMAGED) from None


def _check_parts(parts: list[zipfile.ZipInfo], most_bytes: int) -> None:
    names = {part.filename for part in parts}
    if climbs(names):
        message = "The file is a zip that climbs out of its own folder; it was not opened."
        raise BadInputError(message)
    if len(parts) > MAX_PARTS or is_bomb(parts, max_bytes=most_bytes):
        message = "The file unpacks to far more than a workbook holds, as a zip bomb does; it was not opened."
        raise BadInputError(message)
    if "xl/workbook.xml" not in names:
        message = "The file is a zip archive, not a workbook; expected CSV or XLSX. Unpack it and add the table inside."
        raise BadInputError(message)


def _scan(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Refuse a part that declares entities (an XML bomb), and find formulas."""
    with archive.open(part) as stream:
        start = stream.read(_PROLOG_BYTES)
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise BadInputError(_DAMAGED)
        if not part.filename.startswith(_SHEET_PARTS):
            return False
        rest = start + stream.read()
    return b"<f>" in rest or b"<f " in rest


def _read(content: bytes, *, sheet: str, has_formulas: bool) -> TextGrid:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        names = tuple(page.title for page in book.worksheets)
        name = _choose(names, sheet)
        if has_formulas:
            _refuse_unsaved_formulas(content, book[name])
        rows = [(number, _texts(row)) for number, row in enumerate(_cells(book[name]), start=1)]
    finally:
        book.close()
    return TextGrid(rows, f"XLSX, sheet '{name}'", exact_widths=False, sheets=names, sheet=name)


def _choose(names: tuple[str, ...], sheet: str) -> str:
    if not names:
        raise BadInputError(_DAMAGED)
    if not sheet:
        return names[0]
    found = next((name for name in names if name.casefold() == sheet.strip().casefold()), None)
    if found is None:
        message = f"The workbook has no sheet '{sheet}'; it has {', '.join(names)}. Name one of these with --sheet."
        raise BadInputError(message)
    return found


def _cells(page: Any) -> Any:  # noqa: ANN401 - openpyxl's read-only sheet and rows have no public type
    page.reset_dimensions()  # some systems write a wrong size, and rows beyond it would be lost
    cells = 0
    for number, row in enumerate(page.iter_rows(), start=1):
        cells += len(row)
        if number > MAX_ROWS or cells > MAX_CELLS:
            message = f"The sheet has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells; remove the empty ones."
            raise BadInputError(message)
        yield row


def _refuse_unsaved_formulas(content: bytes, page: Any) -> None:  # noqa: ANN401 - as above
    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        pairs = zip(_cells(page), _cells(formulas[page.title]), strict=False)
        wrong = [number for number, (saved, written) in enumerate(pairs, start=1) if _unsaved(saved, written)]
    finally:
        formulas.close()
    if wrong:
        message = (
            f"Row {wrong[0]} holds a formula without a saved result ({len(wrong)} such rows); "
            "open the workbook in Excel and save it, or paste the values. Nothing was kept."
        )
        raise BadRowsError(message)


def _unsaved(saved: Any, written: Any) -> bool:  # noqa: ANN401 - as above
    """Tell a formula without a result from one whose result is an empty text (saved as type "str")."""
    return any(
        formula.data_type == "f" and result.value is None and result.data_type != "str"
        for result, formula in zip(saved, written, strict=False)
    )


def _texts(row: Any) -> list[str]:  # noqa: ANN401 - as above
    filled = next((at for at in range(len(row), 0, -1) if row[at - 1].value is not None), 0)
    texts = [_text(cell.value) for cell in row[:filled]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: object) -> str:
    if value is None or (isinstance(value, str) and value in _ERRORS):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
