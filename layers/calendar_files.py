"""Begin a calendar file (RFC 5545) in British time."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

ZONE: Final = ZoneInfo("Europe/London")


def new_calendar(maker: str, name: str) -> Calendar:
    """Give a calendar without events, which knows its time zone.

    Parameters
    ----------
    maker
        What wrote it, as RFC 5545 section 3.7.3 wants it.
    name
        As calendar programs show it.
    """
    book = Calendar()
    for key, value in (("prodid", maker), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        book.add(key, value)
    book.add("x-wr-calname", name)
    book.add_component(_british_time())
    return book


def _british_time() -> Timezone:
    """Describe Europe/London as it is since 1996: Directive 2000/84/EC, and since then the Summer Time Order 2002."""
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    for part, name, begins, month, offsets in (
        (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), 3, (0, 1)),  # noqa: DTZ001 - RFC 5545 asks for local time
        (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 10, (1, 0)),  # noqa: DTZ001 - as above
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("tzoffsetfrom", timedelta(hours=offsets[0]))
        part.add("tzoffsetto", timedelta(hours=offsets[1]))
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1SU"))
        zone.add_component(part)
    return zone
