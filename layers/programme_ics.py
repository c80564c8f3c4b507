"""Write a year's programme as a calendar file (RFC 5545) that updates what an earlier one brought."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from icalendar import Event

from geo.hubs.programme import Sheet
from layers.calendar_files import ZONE, new_calendar

_MAKER: Final = "-//Hotspot and Co-location Planner//Programme of hubs//EN"


@dataclass(frozen=True)
class Issue:
    """Which issue of the calendar this is.

    Attributes
    ----------
    calendar_id
        The same for every calendar of one council, and no other's.
    version
        Higher than that of every issue before; a calendar program replaces an event by one of a higher version.
    made
        When, with its time zone.
    dropped
        Hubs of earlier issues that are no more: rows of PROGRAMME, to be cancelled.
    """

    calendar_id: str
    version: int
    made: datetime
    dropped: Sequence[dict[Hashable, Any]] = ()


def programme_ics(sheet: Sheet, issue: Issue, *, district: str) -> bytes:
    """Write the hubs as events, in local time; no number of clients is in it, so partners may have it.

    Parameters
    ----------
    sheet
        The programme.
    issue
        Which issue this is.
    district
        Whose hubs these are.

    Returns
    -------
    bytes
        UTF-8, lines folded at 75 octets. A hub keeps its identity by its number in the year, so that a calendar
        moves it instead of showing it twice.
    """
    book = new_calendar(_MAKER, f"Multi-agency hubs {sheet.year}: {district}")
    for row in sheet.hubs.to_dict("records"):
        book.add_component(_event(row, sheet.year, issue))
    for row in issue.dropped:
        cancelled = _event(row, sheet.year, issue)
        cancelled["status"] = "CANCELLED"
        book.add_component(cancelled)
    return bytes(book.to_ical())


def _event(row: dict[Hashable, Any], year: str, issue: Issue) -> Event:
    event = Event()
    event.add("uid", f"{year}-hub-{row['number']}@{issue.calendar_id}.hotspot-planner")
    event.add("sequence", issue.version)
    event.add("dtstamp", issue.made)
    event.add("dtstart", _moment(row["day"], row["begin"]))
    event.add("dtend", _moment(row["day"], row["end"]))
    event.add("summary", f"Multi-agency hub: {row['name']}")
    event.add(
        "location", ", ".join(dict.fromkeys(part for part in (row["name"], row["town"], row["postcode"]) if part))
    )
    event.add("description", "\n".join(_described(row)))
    event.add("status", "CONFIRMED" if row["hours"] == "open" else "TENTATIVE")
    event.add("transp", "OPAQUE")
    return event


def _described(row: dict[Hashable, Any]) -> list[str]:
    lines = [f"Can come: {row['agencies'] or 'nobody yet'}."]
    lines += [f"Cannot come: {row['unavailable']}."] if row["unavailable"] else []
    lines += ["The host is still to be asked."] if row["hours"] != "open" else []
    return lines


def _moment(day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZONE)
