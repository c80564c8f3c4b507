"""Write a rota as a calendar file (RFC 5545) for those who walk: hours and who walks, never why or where anybody is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Event

from geo.walkabouts.rota.result import Rota, RotaWalk
from layers.calendar_files import new_calendar

PURPOSE: Final = "to walk along, and for nothing else"
_MAKER: Final = "-//Hotspot and Co-location Planner//Rota of walkabouts//EN"
_NOBODY: Final = "the council's outreach team"


@dataclass(frozen=True)
class RotaIssue:
    """Which issue of the calendar this is, and for whom.

    Attributes
    ----------
    calendar_id
        The same for every calendar of one council, and no other's.
    version
        At least that of every issue before; a calendar program replaces an event by one of a higher version.
    made
        When, with its time zone.
    expires_days
        So many days after each walk its entry may be used.
    recipient
        Who it is given to; empty for the agencies of the walks.
    dropped
        Walks of earlier issues that are no more, to be cancelled.
    meeting
        Where people meet, by day, where that is known.
    """

    calendar_id: str
    version: int
    made: datetime
    expires_days: int
    recipient: str = ""
    dropped: Sequence[RotaWalk] = ()
    meeting: Mapping[date, str] = field(default_factory=dict)


def rota_ics(rota: Rota, issue: RotaIssue, *, district: str) -> bytes:
    """Write the walks as events, in local time.

    Parameters
    ----------
    rota
        The rota.
    issue
        Which issue this is, and for whom.
    district
        Whose walks these are.

    Returns
    -------
    bytes
        UTF-8, lines folded at 75 octets. A walk is known by its day, on which there is one at the most: another band
        on that day updates it, and a walk that is moved to another day is cancelled and comes anew.
    """
    book = new_calendar(_MAKER, f"Walkabouts: {district}")
    names = dict.fromkeys(name for walk in (*rota.walks, *issue.dropped) for name in walk.agencies)
    recipient = issue.recipient or ", ".join(names) or _NOBODY
    for walk in rota.walks:
        book.add_component(_event(walk, issue, recipient, status="TENTATIVE" if walk.unmet else "CONFIRMED"))
    for walk in issue.dropped:
        book.add_component(_event(walk, issue, recipient, status="CANCELLED"))
    return bytes(book.to_ical())


def _event(walk: RotaWalk, issue: RotaIssue, recipient: str, *, status: str) -> Event:
    event = Event()
    event.add("uid", f"{walk.day.isoformat()}-walk@{issue.calendar_id}.hotspot-planner")
    event.add("sequence", issue.version)
    event.add("dtstamp", issue.made)
    event.add("dtstart", walk.begins)
    event.add("dtend", walk.ends)
    event.add("summary", f"Walkabout, {walk.band}")
    if walk.day in issue.meeting:
        event.add("location", issue.meeting[walk.day])
    event.add("description", "\n".join(_described(walk, issue, recipient)))
    event.add("class", "CONFIDENTIAL")
    event.add("status", status)
    event.add("transp", "OPAQUE")
    return event


def _described(walk: RotaWalk, issue: RotaIssue, recipient: str) -> list[str]:
    expires = walk.day + timedelta(days=issue.expires_days)
    lines = [f"Can walk: {', '.join(walk.agencies) or 'nobody yet'}."]
    lines += [f"{note[0].upper()}{note[1:]}." for note in walk.notes]
    return [*lines, f"For: {recipient}.", f"Purpose: {PURPOSE}.", f"Use until {expires.day} {expires:%B %Y}."]
