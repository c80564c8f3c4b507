"""Write the checklist of a night's count as a calendar file (RFC 5545) that does not tell the night.

Entries have neutral titles and no words, are marked private, and the night itself is left out, so that whoever sees
the calendar reads nothing from it. The words of each task stand on the lead officer's paper, by the same number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from geo.walkabouts.snapshot.night import Task
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
    """Write the tasks as whole days, numbered as on the checklist; a task of the night itself has no entry."""
    book = Calendar()
    for name, value in (("prodid", _MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        book.add(name, value)
    book.add("x-wr-calname", f"Housing: list of tasks {plan.night.year}")
    for number, task in enumerate(tasks, start=1):
        if task.due != plan.night:
            book.add_component(_entry(number, len(tasks), task, plan.night.year, issue))
    return bytes(book.to_ical())


def _entry(number: int, count: int, task: Task, year: int, issue: TaskIssue) -> Event:
    event = Event()
    event.add("uid", f"{year}-task-{number}@{issue.calendar_id}.hotspot-planner")
    event.add("sequence", issue.version)
    event.add("dtstamp", issue.made)
    event.add("dtstart", task.due)
    event.add("dtend", task.due + _DAY)
    event.add("summary", f"Housing: task {number} of {count} on the lead officer's list")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
