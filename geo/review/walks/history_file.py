"""Read a file of visits, CSV or XLSX, one row a visit: the columns that are ours, and nothing of the others.

A row that says when a walk began, when it ended, who walked along or how many, is a visit of that walk and has to say
all of it, its end apart. A row that says nothing of a walk is a visit outside any, such as the answer to a report.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from geo.crs import to_national_grid
from geo.errors import BadInputError
from geo.review.dates import parse_date
from geo.review.tables import read_table
from geo.review.team_only import COLUMN
from geo.review.walks.clock import walk_moment
from geo.review.walks.made import MadeVisit
from geo.review.walks.reports_made import GivenPlace
from geo.review.walks.times import parse_time, read_moment
from geo.walkabouts.sightings import PURPOSES, Outcome, Purpose

COLUMNS: Final = (
    "walk_date", "start_time", "end_time", "agencies", "walkers", "arrived", "left", "grid_reference", "postcode",
    "street", "town", "easting", "northing", "latitude", "longitude", "outcome", "bedded_down", "about_to", "offered",
    "accepted", "refused", "purpose",
)  # fmt: skip
"""The columns of a file of visits, in the order of the template."""

COUNTS: Final = ("bedded_down", "about_to", "offered", "accepted", "refused")
_NEEDED: Final = ("walk_date", "arrived", "left")
_WALK: Final = ("start_time", "agencies", "walkers")
_OF_WALK: Final = (*_WALK, "end_time")
_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "walk_date": ("date", "date of walk", "walkabout date", "day"),
    "start_time": ("start", "began", "begins", "time started", "from"),
    "end_time": ("end", "ended", "ends", "finish", "finish time", "to"),
    "agencies": ("agency", "agencies present", "partners", "with"),
    "walkers": ("people walking", "staff", "how many walked", "team size"),
    "arrived": ("arrival", "arrival time", "time arrived", "time in"),
    "left": ("departure", "time left", "departed", "time out"),
    "grid_reference": ("grid ref", "os grid reference", "gridref", "ngr", "square"),
    "postcode": ("post code",),
    "street": ("street name", "road", "location", "place"),
    "town": ("town/city", "town or city", "city", "village"),
    "easting": ("eastings", "x"),
    "northing": ("northings", "y"),
    "latitude": ("lat",),
    "longitude": ("long", "lon", "lng"),
    "outcome": ("result", "what was found"),
    "bedded_down": ("bedded", "number bedded down"),
    "about_to": ("about to bed down", "number about to bed down"),
    "offered": ("offers", "offers made", "accommodation offered"),
    "accepted": ("offers accepted",),
    "refused": ("offers refused", "declined"),
    "purpose": ("why",),
}
_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "found": "found", "yes": "found", "somebody": "found", "rough sleeping": "found",
    "nobody": "nobody", "none": "nobody", "no": "nobody", "no one": "nobody", "nil": "nobody", "0": "nobody",
    "not accessible": "not accessible", "no access": "not accessible", "inaccessible": "not accessible",
    "locked": "not accessible",
}  # fmt: skip
_NOTHING: Final = "Nothing was kept."
_MOST_DIGITS: Final = 4


@dataclass(frozen=True)
class HistoryRow:
    """One row of a file.

    Attributes
    ----------
    number
        Its row in the spreadsheet.
    begins, ends
        Of the walk; `begins` is None for a visit outside any, `ends` where the row does not say.
    agencies, walkers
        Of the walk.
    visit
        The visit itself.
    fault
        The end of a sentence on why it cannot be read; the other facts are None or empty then.
    """

    number: int
    begins: datetime | None = None
    ends: datetime | None = None
    agencies: tuple[str, ...] = ()
    walkers: int = 0
    visit: MadeVisit | None = None
    fault: str = ""


@dataclass(frozen=True)
class HistoryFile:
    """Every row of a file, and how many columns that are not ours were let go."""

    rows: tuple[HistoryRow, ...]
    dropped: int


class _BadRowError(Exception):
    """A row cannot be read; the message is the end of a sentence and quotes nothing of the row."""


def read_history(content: bytes, *, today: date) -> HistoryFile:
    """Read every row of a file.

    Parameters
    ----------
    today
        By which two figures of a year are read.

    Raises
    ------
    BadInputError
        It is no table, or lacks a column that every visit needs.
    BadRowsError
        Single rows have more or fewer cells than the header.
    """
    table = read_table(content)
    ours = _ours(table.columns)
    needed = (*_NEEDED, *(_WALK if any(name in ours for name in _OF_WALK) else ()))
    missing = [name for name in needed if name not in ours]
    if missing:
        message = f"The file has no column {', '.join(missing)}; the empty file shows every column. {_NOTHING}"
        raise BadInputError(message)
    others = [name for name in table.columns if name not in ours.values() and name.casefold() != COLUMN]
    kept = table.rows[list(ours.values())].set_axis(list(ours), axis=1)
    empty = dict.fromkeys(COLUMNS, "")
    rows = zip(kept.index.tolist(), kept.to_dict("records"), strict=True)
    texts = [
        (int(number), {**empty, **{str(name): cell.strip() for name, cell in row.items()}}) for number, row in rows
    ]
    return HistoryFile(tuple(_row(number, row, today) for number, row in texts), len(others))


def _ours(columns: Sequence[str]) -> dict[str, str]:
    headings = {_folded(name): name for name in reversed(columns)}
    found: dict[str, str] = {}
    for ours in COLUMNS:
        names = (_folded(ours), *_OTHER_NAMES[ours])
        heading = next((headings[name] for name in names if name in headings), None)
        if heading is not None and heading not in found.values():
            found[ours] = heading
    return found


def _row(number: int, texts: Mapping[str, str], today: date) -> HistoryRow:
    try:
        return _read(number, texts, today)
    except _BadRowError as error:
        return HistoryRow(number, fault=str(error))


def _read(number: int, texts: Mapping[str, str], today: date) -> HistoryRow:
    day = parse_date(texts["walk_date"], today=today)
    if not any(texts[name] for name in _OF_WALK):
        if day is None:
            said = "its day cannot be read; expected one such as 09/01/2026"
            raise _BadRowError(said)
        return HistoryRow(number, visit=_visit(texts, day, None))
    begins = read_moment(texts["walk_date"], texts["start_time"], today=today)
    if isinstance(begins, str) or day is None:
        said = (
            "its walk's day and time of start cannot be read; expected such as 09/01/2026 and 20:30, or nothing of a "
            "walk for a visit outside any"
        )
        raise _BadRowError(said)
    ends = _at(texts["end_time"], day, begins, "the walk's end") if texts["end_time"] else None
    names = texts["agencies"].replace(";", ",").split(",")
    agencies = tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    walkers = _whole(texts["walkers"], "how many walked")
    return HistoryRow(number, begins, ends, agencies, walkers, _visit(texts, day, begins))


def _visit(texts: Mapping[str, str], day: date, begins: datetime | None) -> MadeVisit:
    """Read what a row says of the visit itself; `begins` is None outside any walk."""
    place = GivenPlace(_point(texts), texts["grid_reference"], texts["postcode"], texts["street"], texts["town"])
    arrived = _at(texts["arrived"], day, begins, "the time of arrival")
    return MadeVisit(
        arrived,
        _at(texts["left"], day, begins or arrived, "the time of leaving"),
        _outcome(texts),
        place=place,
        purpose=_purpose(texts["purpose"]),
    ).with_counts({name: _whole(texts[name], "a count") for name in COUNTS})


def _at(text: str, day: date, begins: datetime | None, what: str) -> datetime:
    at = parse_time(text)
    if at is None:
        said = f"{what} is missing or cannot be read; expected one such as 20:45"
        raise _BadRowError(said)
    moment = walk_moment(day, at, begins=begins)
    if moment is None:
        said = f"{what} never was: that night the clocks went forward over it"
        raise _BadRowError(said)
    return moment


def _outcome(texts: Mapping[str, str]) -> Outcome:
    """Read what was found; where it is not said, it follows from the counts, unless they are blank too."""
    said = _folded(texts["outcome"])
    if said:
        if said not in _OUTCOMES:
            told = "its outcome is none of found, nobody, not accessible"
            raise _BadRowError(told)
        return _OUTCOMES[said]
    if not texts["bedded_down"] and not texts["about_to"]:
        told = "it does not say what was found; write nobody where nobody was"
        raise _BadRowError(told)
    found = _whole(texts["bedded_down"], "a count") + _whole(texts["about_to"], "a count")
    return "found" if found else "nobody"


def _purpose(text: str) -> Purpose:
    said = _folded(text) or "passing"
    if said not in PURPOSES:
        told = f"its purpose is none of {', '.join(PURPOSES)}"
        raise _BadRowError(told)
    return said


def _point(texts: Mapping[str, str]) -> tuple[float, float] | None:
    degrees = _pair(texts["latitude"], texts["longitude"], "a latitude and a longitude")
    if degrees is None:
        return _pair(texts["easting"], texts["northing"], "an easting and a northing")
    easting, northing = to_national_grid(degrees[1], degrees[0])
    return float(easting), float(northing)


def _pair(first: str, second: str, what: str) -> tuple[float, float] | None:
    if not first and not second:
        return None
    try:
        read = float(first), float(second)
    except ValueError:
        read = (math.nan, math.nan)
    if not all(map(math.isfinite, read)):
        said = f"{what} are two numbers, and it does not give both"
        raise _BadRowError(said)
    return read


def _whole(text: str, what: str) -> int:
    """Read a count; blank is nought."""
    if text and not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        said = f"{what} is no whole number"
        raise _BadRowError(said)
    return int(text or 0)


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()
