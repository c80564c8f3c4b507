"""Read a file of hubs held, CSV or XLSX, one row a hub; a heading that is not understood refuses the whole file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.review.dates import parse_date
from geo.review.hub_checks import HeldHub
from geo.review.hub_reasons import NO_ABUSE, REASONS, is_abuse_heading, reason_of
from geo.review.tables import read_table
from geo.review.team_only import COLUMN

HEADINGS: Final = {
    "day": "Date",
    "site": "Site",
    "agencies": "Agencies",
    "people": "People seen",
    "who": "Recorded by",
}
_OTHER_NAMES: Final = {
    "day": ("day", "date held", "held on"),
    "site": ("site id", "place", "venue", "hub"),
    "agencies": ("agencies present", "partners"),
    "people": ("people", "number of people", "seen", "attendance"),
    "who": ("who", "recorded", "initials"),
}
_NEEDED: Final = ("day", "site", "people", "who")
_TOLD_ONLY: Final = frozenset({"number", "no.", "quarter", COLUMN})  # what an export says besides
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class HubRow:
    """One row of a file.

    Attributes
    ----------
    number
        Its row in the spreadsheet.
    hub
        The hub, or None where the row cannot be read.
    fault
        Why it cannot be read; empty where it can.
    """

    number: int
    hub: HeldHub | None
    fault: str = ""


def read_hubs(content: bytes, *, today: date) -> tuple[HubRow, ...]:
    """Read every row of a file.

    Raises
    ------
    BadInputError
        It is no table, a column is missing, twice there or not understood, or one would count domestic abuse by hub.
    BadRowsError
        Single rows have more or fewer cells than the header.
    """
    table = read_table(content)
    meant = _meanings(table.columns)
    rows = zip(table.rows.index.tolist(), table.rows.to_dict("records"), strict=True)
    return tuple(_row(int(number), _texts(cells, meant), today) for number, cells in rows)


def _meanings(columns: tuple[str, ...]) -> dict[str, str]:
    """Say what each column means: a fact of `HEADINGS`, or "reason:" with a reason's name."""
    if any(is_abuse_heading(name) for name in columns):
        message = f"{NO_ABUSE} {_NOTHING}"
        raise BadInputError(message)
    named = {name: _meaning(name) for name in columns if name.casefold() not in _TOLD_ONLY}
    unknown = [name for name, meaning in named.items() if not meaning]
    if unknown:
        message = (
            f"Columns that are not understood: {len(unknown)} (number {columns.index(unknown[0]) + 1} is the first). "
            f"Expected {', '.join(HEADINGS.values())} and the reasons of the template. {_NOTHING}"
        )
        raise BadInputError(message)
    meanings = list(named.values())
    _require_columns(meanings)
    return named


def _require_columns(meanings: list[str]) -> None:
    missing = [HEADINGS[fact] for fact in _NEEDED if fact not in meanings]
    if missing:
        message = f"The file has no column {', '.join(missing)}; the template shows every column. {_NOTHING}"
        raise BadInputError(message)
    if len(set(meanings)) < len(meanings):
        message = f"Two columns of the file mean the same; keep one of them. {_NOTHING}"
        raise BadInputError(message)


def _meaning(heading: str) -> str:
    folded = " ".join(heading.split()).casefold()
    for fact, label in HEADINGS.items():
        if folded in {fact, label.casefold(), *_OTHER_NAMES[fact]}:
            return fact
    reason = reason_of(heading)
    return f"reason:{reason}" if reason else ""


def _texts(cells: Mapping[object, object], meant: Mapping[str, str]) -> dict[str, str]:
    return {meaning: str(cells[name]).strip() for name, meaning in meant.items()}


def _row(number: int, texts: Mapping[str, str], today: date) -> HubRow:
    day = parse_date(texts["day"], today=today)
    if day is None:
        return HubRow(number, None, "its date cannot be read; expected one such as 14/05/2024")
    counts = {name: _whole(texts.get(f"reason:{name}", "")) for name in REASONS}
    people = _whole(texts["people"]) if texts["people"] else None
    if people is None or None in counts.values():
        return HubRow(number, None, "people and reasons are whole numbers; people may not be blank")
    reasons = {name: count for name, count in counts.items() if count}
    agencies = tuple(part for part in texts.get("agencies", "").replace(";", ",").split(",") if part.strip())
    return HubRow(number, HeldHub(day, texts["site"], people, reasons, agencies, texts["who"]))


def _whole(text: str) -> int | None:
    """Read a count; blank is nobody, None is no whole number."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("100000") else None
