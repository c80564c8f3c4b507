"""Read the dates of an export as a British office writes them: day first, ISO, or Excel's day number."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pandas as pd

from geo.errors import BadRowsError

EARLIEST: Final = date(1990, 1, 1)
SAMPLES: Final = 5

_EXCEL_EPOCH: Final = date(1899, 12, 30)  # ECMA-376 part 1, 18.17.4.1, 1900 date base
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY: Final = 100
_TIME: Final = r"(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+)?"
_MONTH: Final = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR: Final = r"(?P<year>\d{4}|\d{2})"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{_YEAR}{_TIME}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*(?:of )?{_MONTH}[-/., ]*{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}[-/. ]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/., ]+{_YEAR}{_TIME}",
    )
)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")


def parse_date(text: str, *, today: date) -> date | None:
    """Read one date; None where the text is none.

    Day first, strictly: 05/14/2024 is no date. Two-digit years are of this century up to this year, else of the last.

    Examples
    --------
    >>> today = date(2025, 6, 1)
    >>> [str(parse_date(text, today=today)) for text in ("31/05/2024", "2024-05-31 09:15", "31-May-24", "45443")]
    ['2024-05-31', '2024-05-31', '2024-05-31', '2024-05-31']
    >>> parse_date("05/14/2024", today=today) is None
    True
    """
    tidy = " ".join(text.split())
    serial = _SERIAL.fullmatch(tidy)
    if serial:
        return _EXCEL_EPOCH + timedelta(days=int(serial.group(1)))
    found = next((match for form in _FORMS if (match := form.fullmatch(tidy))), None)
    return _date_of(found.groupdict(), today) if found else None


def parse_dates(texts: pd.Series, *, today: date) -> pd.Series:
    """Read a column of dates, or refuse the whole file.

    Parameters
    ----------
    texts
        As written; the index is the row's number in the spreadsheet.
    today
        Later dates are refused, as are those before 1990.

    Returns
    -------
    pandas.Series
        `datetime.date` objects on the same index.

    Raises
    ------
    BadRowsError
        Any date is blank, impossible, before 1990 or in the future; names the first five rows and says how many.
    """
    read = {text: _read(text, today) for text in texts.unique()}
    numbered = zip(texts.index.to_list(), texts.to_list(), strict=True)
    wrong = [(int(number), text) for number, text in numbered if isinstance(read[text], str)]
    if wrong:
        raise BadRowsError(_complaint([(number, str(read[text])) for number, text in wrong]), tuple(wrong[:SAMPLES]))
    return texts.map(_getter(read)).astype(object)


def _getter(read: dict[str, date | str]) -> Callable[[str], date | str]:
    return lambda text: read[text]


def _read(text: str, today: date) -> date | str:
    """Give the date, or the reason why there is none."""
    if not text.strip():
        return "blank"
    day = parse_date(text, today=today)
    if day is None:
        return "not a date"
    if day < EARLIEST:
        return f"before {EARLIEST.year}"
    return "in the future" if day > today else day


def _complaint(wrong: list[tuple[int, str]]) -> str:
    rows = ", ".join(f"row {number} ({reason})" for number, reason in wrong[:SAMPLES])
    more = f" and {len(wrong) - SAMPLES} more" if len(wrong) > SAMPLES else ""
    verb = "row has" if len(wrong) == 1 else "rows have"
    return (
        f"{len(wrong)} {verb} a date that cannot be used: {rows}{more}; expected day first (31/05/2024), ISO "
        f"(2024-05-31) or an Excel date, not before {EARLIEST.year} and not after today. Nothing was kept."
    )


def _date_of(parts: dict[str, str | None], today: date) -> date | None:
    name = parts.get("name")
    month = _MONTHS.index(name.lower()) + 1 if name else int(parts["month"] or 0)
    try:
        return date(_year(parts["year"] or "", today), month, int(parts["day"] or 0))
    except ValueError:
        return None


def _year(text: str, today: date) -> int:
    year = int(text)
    if len(text) > len("24"):
        return year
    this_century = today.year - today.year % _CENTURY + year
    return this_century if this_century <= today.year else this_century - _CENTURY
