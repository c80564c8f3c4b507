"""Write a pack's programme as a calendar file, the same that the programme itself is given out as."""

from dataclasses import dataclass
from datetime import UTC, datetime

from geo.errors import MissingDataError
from geo.hubs.programme import sheet_from
from geo.review.pack.content import Pack
from layers.programme_ics import Issue, programme_ics


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """By which name calendar programs know the council's hubs, and which issue of the year's calendar this is."""

    calendar_id: str = ""
    version: int = 0


def pack_ics(pack: Pack, calendar: CalendarOf) -> bytes:
    """Write the calendar; no number of clients is in it.

    Raises
    ------
    MissingDataError
        The pack has no programme.
    """
    if pack.programme is None:
        message = f"The pack of {pack.review} has no programme, so there is no calendar; settle a programme first."
        raise MissingDataError(message)
    made = datetime.fromisoformat(pack.day).replace(tzinfo=UTC)
    issue = Issue(calendar.calendar_id, calendar.version, made)
    return programme_ics(sheet_from(dict(pack.programme)), issue, district=pack.district)
