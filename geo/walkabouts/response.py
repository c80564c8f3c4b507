"""The response clock: by when whoever was reported is to be visited, and whether a team was there in time.

The clock starts when the report is received and stops at the first visit that answers it: by the rules of
geo/walkabouts/answers.py a team was at the place, or near enough. Reports are counted, not people: one person may be
reported several times, and whom the visit found may be others. Partner intelligence has no clock. A report without a
square is counted apart: no visit can be told to be at its place, so it has to be followed outside the planner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.answers import AnsweringVisits
from geo.walkabouts.bands import local, utc
from geo.walkabouts.sightings import Report, Visit
from geo.walkabouts.working_days import due_by

_SECONDS_AN_HOUR: Final = 3600


@dataclass(frozen=True)
class Answer:
    """A report with its square, and the visit that stopped its clock.

    Attributes
    ----------
    report
        Of kind "reported".
    due
        The last second at which a visit is in time, in London.
    visit
        The first that answers it; None where none has.
    """

    report: Report
    due: datetime
    visit: Visit | None

    @property
    def in_time(self) -> bool:
        """Tell whether it was answered by the end of the day it was due."""
        return self.visit is not None and local(self.visit.arrived).date() <= self.due.date()

    @property
    def found(self) -> bool:
        """Tell whether that visit found anybody."""
        return self.visit is not None and self.visit.outcome == "found"


@dataclass(frozen=True)
class OpenReport:
    """A report that no visit has answered yet.

    Attributes
    ----------
    report
        Of kind "reported", with its square.
    due
        The last second at which a visit is in time, in London.
    hours_left
        From now until then; less than nothing once it is overdue.
    """

    report: Report
    due: datetime
    hours_left: float

    @property
    def overdue(self) -> bool:
        """Tell whether the time is over."""
        return self.hours_left < 0


@dataclass(frozen=True)
class Count:
    """How many reports, and how many people they tell of."""

    reports: int
    people: int


@dataclass(frozen=True)
class Response:
    """What became of the people who were reported within a span of days.

    Attributes
    ----------
    first, last
        The days of receipt, both counted.
    reported
        All of them: the next five add up to it.
    in_time, late
        Visited by the end of the day they were due, or later.
    waiting, overdue
        Not visited yet: in time still, or no longer.
    not_followed
        Reported without a square: whether anybody was there cannot be told here.
    found, nobody
        Of those visited: whether that visit found anybody.
    """

    first: date
    last: date
    reported: Count
    in_time: Count
    late: Count
    waiting: Count
    overdue: Count
    not_followed: Count
    found: Count
    nobody: Count


def answered(reports: Iterable[Report], visits: Iterable[Visit], options: WalkaboutOptions) -> tuple[Answer, ...]:
    """Find for each report the visit that answers it, in the order of receipt.

    Parameters
    ----------
    reports
        Those that stand, are of kind "reported" and have a square are looked at, the others passed over.
    visits
        Those that do not stand, or have no square, are passed over.
    """
    asked = sorted(_followed(reports), key=lambda one: (utc(one.received), one.number))
    around = AnsweringVisits(visits, options)
    return tuple(Answer(one, due_by(one.received, options.working_days), around.first_answer(one)) for one in asked)


def open_reports(
    reports: Iterable[Report], visits: Iterable[Visit], options: WalkaboutOptions, *, now: datetime
) -> tuple[OpenReport, ...]:
    """List the reports that nobody has answered yet, those due first at the head: so the overdue ones lead.

    Parameters
    ----------
    reports, visits
        As for `answered`; what came after `now` is passed over.
    now
        With its zone.
    """
    waiting = (one for one in _answered_by(reports, visits, options, now) if one.visit is None)
    found = [OpenReport(one.report, one.due, _hours(now, one.due)) for one in waiting]
    return tuple(sorted(found, key=lambda one: (one.due, utc(one.report.received), one.report.number)))


def never_visited(waiting: Iterable[OpenReport], options: WalkaboutOptions, *, now: datetime) -> tuple[OpenReport, ...]:
    """Give the open reports that came so many weeks ago that no walk is planned for them any more (`report_weeks`).

    Whoever was seen then has hardly waited there; the clock runs on all the same.
    """
    since = utc(now) - timedelta(weeks=options.report_weeks)
    return tuple(one for one in waiting if utc(one.report.received) < since)


def response_of(
    reports: Iterable[Report],
    visits: Iterable[Visit],
    options: WalkaboutOptions,
    *,
    first: date,
    last: date,
    now: datetime,
) -> Response:
    """Count what became of the people who were reported within a span of days.

    Parameters
    ----------
    reports, visits
        As for `answered`; what came after `now` is passed over.
    first, last
        The days of receipt, in London; both are counted.
    now
        With its zone: it tells those waiting from those overdue.
    """
    within = [one for one in _reported(reports, now) if first <= local(one.received).date() <= last]
    answers = _answered_by(within, visits, options, now)
    visited = [one for one in answers if one.visit is not None]
    open_now = [one for one in answers if one.visit is None]
    return Response(
        first=first,
        last=last,
        reported=_count(within),
        in_time=_count([one.report for one in visited if one.in_time]),
        late=_count([one.report for one in visited if not one.in_time]),
        waiting=_count([one.report for one in open_now if _hours(now, one.due) >= 0]),
        overdue=_count([one.report for one in open_now if _hours(now, one.due) < 0]),
        not_followed=_count([one for one in within if not one.square]),
        found=_count([one.report for one in visited if one.found]),
        nobody=_count([one.report for one in visited if not one.found]),
    )


def not_followed(reports: Iterable[Report], *, now: datetime) -> tuple[Report, ...]:
    """List the reports without a square, whose clock cannot be followed here, in the order of receipt."""
    return tuple(one for one in _reported(reports, now) if not one.square)


def _answered_by(
    reports: Iterable[Report], visits: Iterable[Visit], options: WalkaboutOptions, now: datetime
) -> tuple[Answer, ...]:
    known = [one for one in visits if utc(one.arrived) <= utc(now)]
    return answered(_reported(reports, now), known, options)


def _reported(reports: Iterable[Report], now: datetime) -> list[Report]:
    found = [one for one in reports if one.stands and one.kind == "reported" and utc(one.received) <= utc(now)]
    return sorted(found, key=lambda one: (utc(one.received), one.number))


def _followed(reports: Iterable[Report]) -> list[Report]:
    return [one for one in reports if one.stands and one.kind == "reported" and one.square]


def _count(reports: Sequence[Report]) -> Count:
    return Count(len(reports), sum(one.people for one in reports))


def _hours(now: datetime, due: datetime) -> float:
    """Measure in UTC: between two moments of one zone Python counts the hours on the clock, not those that pass."""
    return (utc(due) - utc(now)).total_seconds() / _SECONDS_AN_HOUR
