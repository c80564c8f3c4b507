"""Read what others have published of the same clients: rows of name, months, area and number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo.disclosure.atoms import codes_of
from geo.disclosure.external import EVERYWHERE, ExternalFigure, ExternalTable
from geo.disclosure.topics import Geography, Level, Period, Topic
from geo.errors import BadInputError
from geo.review.tables import load_bytes, read_table, row_list

COLUMNS: Final = ("name", "from", "to", "code", "value", "rounded_to")
LONGEST_NAME: Final = 80
_LEVELS: Final[tuple[Level, ...]] = ("ward", "lsoa", "area", "h3_7", "h3_8")
_WHOLE: Final = ("", EVERYWHERE, "district")
_LARGEST: Final = 10_000_000


@dataclass(frozen=True)
class ExternalRow:
    """One published number, as an officer writes it down.

    Attributes
    ----------
    name
        Of the publication, such as "H-CLIC 2024 Q2" or "FOI 1234".
    first, last
        The first and the last month, such as "2024-04" and "2024-06".
    code
        Of the ward, LSOA, named area or hexagon; the district's own, or nothing, for the whole district.
    value
        As published.
    rounded_to
        What its publisher rounds to; 1 for an exact number.
    """

    name: str
    first: str
    last: str
    code: str
    value: str
    rounded_to: str = "1"


def known_codes(postcodes: pd.DataFrame, atoms: pd.DataFrame) -> dict[str, Level]:
    """List the codes of a district, each with its level; the district's own stand for the whole of it.

    Parameters
    ----------
    postcodes
        GAZETTEER rows of the district.
    atoms
        ATOMS table of them.
    """
    codes: dict[str, Level] = {}
    for level in reversed(_LEVELS):
        codes |= dict.fromkeys(set(codes_of(atoms, Geography(level))) - {""}, level)
    return codes | dict.fromkeys((*_WHOLE, *(set(postcodes["district"]) - {""})), "district")


def read_external_rows(content: bytes | Path) -> list[ExternalRow]:
    """Read a file of published numbers.

    Parameters
    ----------
    content
        CSV or XLSX with columns name, from, to, code, value and, if the numbers are rounded, rounded_to.

    Raises
    ------
    BadInputError
        It is not such a table.
    """
    rows = read_table(load_bytes(content)).rows
    rows = rows.rename(columns=lambda name: str(name).strip().lower().replace(" ", "_"))
    missing = [name for name in COLUMNS[:-1] if name not in rows]
    if missing:
        message = (
            f"The file has no column {' and no column '.join(missing)}; expected {', '.join(COLUMNS)}, the last one "
            "only where numbers are rounded."
        )
        raise BadInputError(message)
    filled = rows if COLUMNS[-1] in rows else rows.assign(rounded_to="1")
    return [ExternalRow(*(str(cell) for cell in row)) for row in filled[list(COLUMNS)].itertuples(index=False)]


def make_tables(rows: Collection[ExternalRow], codes: Mapping[str, Level]) -> tuple[ExternalTable, ...]:
    """Check published numbers, and gather them into tables: one for each name, period and kind of area.

    Parameters
    ----------
    rows
        As written; the first is called row 2 in a sentence, as in a spreadsheet with a header.
    codes
        From `known_codes`.

    Raises
    ------
    BadInputError
        A row has no name, months that are none, a code that is not known here, or a number that no count can be; or
        one area has two numbers in one table. Nothing is kept.
    """
    gathered: dict[tuple[str, Level, Period], dict[str, ExternalFigure]] = {}
    for number, row in enumerate(rows, start=2):
        name, level, period = _key(row, number, codes)
        figure = _figure(row, number, level)
        figures = gathered.setdefault((name, level, period), {})
        if figure.code in figures:
            message = f"{row_list([number])} gives an area of '{name}' a second number; leave one of them out."
            raise BadInputError(message)
        figures[figure.code] = figure
    if not gathered:
        message = "There is no row in the file; expected one for each published number."
        raise BadInputError(message)
    return tuple(
        ExternalTable(name, Topic(Geography(level), period), tuple(figures.values()))
        for (name, level, period), figures in gathered.items()
    )


def _key(row: ExternalRow, number: int, codes: Mapping[str, Level]) -> tuple[str, Level, Period]:
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in row.name).split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInputError(_told(number, f"needs a name of 1 to {LONGEST_NAME} characters, such as H-CLIC 2024 Q2"))
    first, last = row.first.strip(), row.last.strip()
    try:
        period = Period(f"{first} to {last}", first, last)
    except BadInputError:
        raise BadInputError(
            _told(number, "needs a first and a last month such as 2024-04 and 2024-06, in this order")
        ) from None
    level = codes.get(row.code.strip())
    if level is None:
        raise BadInputError(
            _told(
                number,
                "has a code that is no ward, LSOA, named area or hexagon of this district; leave the code empty for "
                "the whole district",
            )
        )
    return name, level, period


def _figure(row: ExternalRow, number: int, level: Level) -> ExternalFigure:
    value, rounded = _whole(row.value), _whole(row.rounded_to.strip() or "1")
    if value is None or rounded is None or rounded < 1:
        raise BadInputError(
            _told(number, "needs a whole number as its value, and 1 (exact) or more as what it is rounded to")
        )
    return ExternalFigure(EVERYWHERE if level == "district" else row.code.strip(), value, rounded)


def _whole(text: str) -> int | None:
    """Read a whole number, with or without thousands separators; None where it is none that a count can be."""
    tidy = text.strip().replace(",", "").removesuffix(".0")
    return int(tidy) if tidy.isascii() and tidy.isdigit() and len(tidy) < len(str(_LARGEST)) else None


def _told(number: int, problem: str) -> str:
    return f"{row_list([number])} {problem}; nothing was kept."
