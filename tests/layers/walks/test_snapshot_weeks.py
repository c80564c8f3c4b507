"""From the calendar and the lead's paper nobody can tell the night of a count better than to a week."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from geo.walkabouts.bands import LONDON
from geo.walkabouts.snapshot.night import checklist
from layers.walks.snapshot_ics import TaskIssue, tasks_ics
from layers.walks.snapshot_words import told_due
from tests.tinytown.council import make_council
from tests.tinytown.snapshot_nights import know_places, planned

DAY = timedelta(days=1)
ISSUE = TaskIssue("tinytown", 1, datetime(2025, 9, 1, 12, tzinfo=LONDON))


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("weeks") / "w")
    know_places(council)
    return planned(council).plan


def nights(year):
    return [date(year, 10, 1) + number * DAY for number in range(61)]


def shown(plan, night):
    """What whoever sees the calendar sees of a night, all of it but the moment of making."""
    content = tasks_ics(replace(plan, night=night), checklist(night, today=night), ISSUE)
    return tuple(
        (str(e["uid"]), str(e["summary"]), e.decoded("dtstart")) for e in Calendar.from_ical(content).walk("VEVENT")
    )


def printed(night):
    return tuple(told_due(task, night, show_night=False) for task in checklist(night, today=night))


@pytest.mark.parametrize("year", range(2023, 2030))  # the window begins and ends on every day of the week
def test_every_calendar_and_paper_fits_a_whole_week_of_nights_or_more(plan, year):
    for said in ([shown(plan, night) for night in nights(year)], [printed(night) for night in nights(year)]):
        assert min(Counter(said).values()) >= 7
        assert max(Counter(said).values()) <= 13


def test_no_task_is_told_for_later_than_it_is_due(plan):
    for night in nights(2026):
        dues = {task.due for task in checklist(night, today=night)}
        assert all(any(0 <= (due - day).days < 14 for due in dues) for *_, day in shown(plan, night))
