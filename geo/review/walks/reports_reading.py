"""Turn the texts of one row of a file into a report, or say in half a sentence why that cannot be."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from geo.crs import to_national_grid
from geo.review.dates import parse_date
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.reports_places import APART_M, Point
from geo.review.walks.reports_sources import Sources
from geo.review.walks.times import Fault, on_the_wall, read_moment
from geo.walkabouts.bands import local

_SAID: Final[Mapping[Fault, str]] = {
    "no day": "it does not say on which day somebody was seen",
    "not a day": "its day cannot be read; expected one such as 14/05/2026",
    "no time": "it does not say at what time somebody was seen, and without one nobody knows when to walk",
    "not a time": "its time cannot be read; expected one such as 20:30",
    "no such time": "its time never was: that night the clocks went forward over it",
}
_RECEIVED: Final[Mapping[Fault, str]] = {
    "not a day": "the day it was received cannot be read; expected one such as 14/05/2026",
    "not a time": "the time it was received cannot be read; expected one such as 20:30",
    "no such time": "the time it was received never was: that night the clocks went forward over it",
}
_LAST_MINUTE: Final = time(23, 59)
_LATITUDES: Final = (49.0, 61.5)
_LONGITUDES: Final = (-9.0, 2.5)


@dataclass(frozen=True)
class ReadReport:
    """A row as it was read.

    Attributes
    ----------
    made
        The report; None where `fault` says why there is none.
    fault
        The end of a sentence.
    apart
        Its two kinds of coordinates contradict each other by more than a kilometre.
    no_receipt, no_receipt_time, nobody_counted
        It does not say when it was received, or at what time of that day; or how many people.
    unknown_source
        What it says of who reported is no source known here, and was let go.
    """

    made: MadeReport | None
    fault: str = ""
    apart: bool = False
    no_receipt: bool = False
    no_receipt_time: bool = False
    nobody_counted: bool = False
    unknown_source: bool = False


class _BadRowError(Exception):
    """A row cannot be read; the message is the end of a sentence and quotes nothing of the row."""


def read_report(row: Mapping[str, str], *, sources: Sources, today: date) -> ReadReport:
    """Read a row.

    Where it says the day of receipt only, the last minute of that day counts, and of the day somebody was seen where it
    says neither: it is due by the day, and no visit that may have been before the report answers it.

    Parameters
    ----------
    row
        Texts by the names of the columns of a file of reports.
    sources
        Who may be named as having reported; a cell that names anybody else is let go, for it may tell of a person.
    today
        By which two figures of a year are read.
    """
    try:
        return _read(row, sources, today)
    except _BadRowError as error:
        return ReadReport(None, str(error))


def _read(row: Mapping[str, str], sources: Sources, today: date) -> ReadReport:
    seen = read_moment(row["seen_date"], row["seen_time"], today=today)
    if isinstance(seen, str):
        raise _BadRowError(_SAID[seen])
    received, said = _receipt(row, seen, today)
    point, apart = _point(row)
    made = MadeReport(
        seen=seen,
        received=received,
        source=sources.named(row["source"]),
        place=GivenPlace(point, row["grid_reference"], row["postcode"], row["street"], row["town"]),
        people=_people(row["people"]),
        kind=row["kind"].casefold() or "reported",
        reference=row["reference"],
        timed=said is None,
    )
    return ReadReport(
        made,
        apart=apart,
        no_receipt=said == "no day",
        no_receipt_time=said == "no time",
        nobody_counted=not row["people"],
        unknown_source=bool(row["source"]) and not sources.knows(row["source"]),
    )


def _receipt(row: Mapping[str, str], seen: datetime, today: date) -> tuple[datetime, Fault | None]:
    received = read_moment(row["received_date"], row["received_time"], today=today)
    if not isinstance(received, str):
        return received, None
    if received in {"no day", "no time"}:
        told = received == "no time"
        day = parse_date(row["received_date"], today=today) if told else local(seen).date()
        end = on_the_wall(day, _LAST_MINUTE) if day else "no such time"
        if isinstance(end, str):
            raise _BadRowError(_RECEIVED["not a day"])
        return end, received
    raise _BadRowError(_RECEIVED[received])


def _people(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal()) or len(text) > len("99999"):
        said = "its number of people is no whole number"
        raise _BadRowError(said)
    return int(text)


def _point(row: Mapping[str, str]) -> tuple[Point | None, bool]:
    """Read the point; True with it where degrees and metres are more than a kilometre apart."""
    degrees, metres = _degrees(row), _metres(row)
    if degrees is None or metres is None:
        return degrees or metres, False
    return degrees, math.dist(degrees, metres) > APART_M


def _degrees(row: Mapping[str, str]) -> Point | None:
    read = _pair(row["latitude"], row["longitude"], "a latitude and a longitude")
    if read is None:
        return None
    latitude, longitude = read
    if _within(longitude, _LATITUDES) and _within(latitude, _LONGITUDES):
        said = "its latitude and longitude are exchanged"
        raise _BadRowError(said)
    if not (_within(latitude, _LATITUDES) and _within(longitude, _LONGITUDES)):
        said = "it lies outside Great Britain"
        raise _BadRowError(said)
    easting, northing = to_national_grid(longitude, latitude)
    return float(easting), float(northing)


def _metres(row: Mapping[str, str]) -> Point | None:
    return _pair(row["easting"], row["northing"], "an easting and a northing")


def _pair(first: str, second: str, what: str) -> Point | None:
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


def _within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
