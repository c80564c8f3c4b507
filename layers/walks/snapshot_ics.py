"""Write the checklist of a night's count as a calendar file (RFC 5545) that tells the night to about a week at best.

Every entry stands on the Monday of its week, and what is due from ten days before the night to three days after it has
none. So whoever sees the calendar and knows the checklist, which is public, can find the week of the night and no more.
Titles are neutral, with the number under which the words of a task stand on the lead officer's paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from geo.walkabouts.snapshot.night import Task, numbered, told_week
from geo.walkabouts.snapshot.values import SnapshotPlan

_MAKER: Final = "-//Hotspot and Co-location Planner//Checklist//EN"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class TaskIssue:
    """Which issue of the calendar this is.

    Attributes
    ----------
    calendar_id
        The same for every calendar of one council, and no other's.
    version
        Higher than that of every issue before.
    made
        When, with its time zone.
    """

    calendar_id: str
    version: int
    made: datetime


def tasks_ics(plan: SnapshotPlan, tasks: Sequence[Task], issue: TaskIssue) -> bytes:
    """Write the tasks whose weeks can be told, as whole days on Mondays, numbered as on the checklist."""
    book = Calendar()
    for name, value in (("prodid", _MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        book.add(name, value)
    book.add("x-wr-calname", f"Housing: list of tasks {plan.night.year}")
    for number, task in numbered(tasks, plan.night):
        if number:
            book.add_component(_entry(number, task, plan.night, issue))
    return bytes(book.to_ical())


def _entry(number: int, task: Task, night: date, issue: TaskIssue) -> Event:
    event, monday = Event(), told_week(task, night)
    event.add("uid", f"{night.year}-task-{number}@{issue.calendar_id}.hotspot-planner")
    event.add("sequence", issue.version)
    event.add("dtstamp", issue.made)
    event.add("dtstart", monday)
    event.add("dtend", monday + _DAY)
    event.add("summary", f"Housing: task {number} on the lead officer's list, this week")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
