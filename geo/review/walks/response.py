"""Say how a workspace stands with its reports: what is open, what is overdue, what came in and was answered."""

from dataclasses import dataclass
from datetime import datetime

from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.reading import read_reports, read_visits
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import local
from geo.walkabouts.response import Count, OpenReport, Response, never_visited, not_followed, open_reports, response_of
from geo.walkabouts.sightings import Report, Visit


@dataclass(frozen=True)
class QuarterResponse:
    """What came in within a quarter. Reports and intelligence stand side by side and are never added up.

    Attributes
    ----------
    quarter
        By the day of receipt.
    response
        Of the reports.
    intelligence
        What partners expected; it has no clock.
    """

    quarter: ReviewQuarter
    response: Response
    intelligence: Count


@dataclass(frozen=True)
class Standing:
    """How the reports stand at a moment.

    Attributes
    ----------
    open
        Reports that nobody has answered, the overdue ones first.
    not_followed
        Reports that count for the district only: they have no square, so no visit can be told to answer them.
    quarters
        Those in which anything came in, the last first.
    never_visited
        Open reports that came so long ago that no walk is planned for them any more.
    """

    open: tuple[OpenReport, ...]
    not_followed: tuple[Report, ...]
    quarters: tuple[QuarterResponse, ...]
    never_visited: tuple[OpenReport, ...] = ()

    @property
    def overdue(self) -> tuple[OpenReport, ...]:
        """The open reports whose time is over."""
        return tuple(one for one in self.open if one.overdue)

    def sentences(self) -> list[str]:
        """Say how many are open and overdue, and how many cannot be followed here."""
        told = (*_told_never(len(self.never_visited)), *_told_not_followed(len(self.not_followed)))
        return [_told_open(len(self.open), len(self.overdue)), *told]


def standing(workspace: Workspace, *, now: datetime) -> Standing:
    """Read how the reports of a workspace stand.

    Parameters
    ----------
    now
        With its zone; what came later is passed over.
    """
    held = _Held.read(workspace)
    waiting = open_reports(held.reports, held.visits, held.options, now=now)
    return Standing(
        waiting,
        not_followed(held.reports, now=now),
        tuple(held.response(one, now=now) for one in _quarters(workspace, held.reports)),
        never_visited(waiting, held.options, now=now),
    )


def quarter_response(workspace: Workspace, quarter: ReviewQuarter, *, now: datetime) -> QuarterResponse:
    """Count what came in within a quarter, and what became of it."""
    return _Held.read(workspace).response(quarter, now=now)


def response_sentences(told: QuarterResponse) -> list[str]:
    """Say of a quarter what was reported, which reports were visited in time, late, not yet, and what was found."""
    said = told.response
    if not said.reported.reports:
        return [f"Nobody was reported in {told.quarter.name}.", _told_intelligence(told.intelligence)]
    lines = [
        f"{told.quarter.name}: {_reports(said.reported)} told of {_people(said.reported)}{_again(said.reported)}.",
        f"Visited in time: {_many(said.in_time)}. Visited late: {_many(said.late)}.",
        f"Not visited yet, and in time still: {_many(said.waiting)}. Overdue: {_many(said.overdue)}.",
        *_told_found(said.found, said.nobody),
    ]
    if said.not_followed.reports:
        lines.append(f"Known for the district only, so not followed here: {_many(said.not_followed)}.")
    return [*lines, _told_intelligence(told.intelligence)]


@dataclass(frozen=True)
class _Held:
    """What a workspace holds, read once."""

    reports: tuple[Report, ...]
    visits: tuple[Visit, ...]
    options: WalkaboutOptions

    @classmethod
    def read(cls, workspace: Workspace) -> "_Held":
        return cls(read_reports(workspace), read_visits(workspace), workspace.scenario.walkabouts)

    def response(self, quarter: ReviewQuarter, *, now: datetime) -> QuarterResponse:
        first, last = quarter.first_day, quarter.last_day
        told = response_of(self.reports, self.visits, self.options, first=first, last=last, now=now)
        heard = [
            one
            for one in self.reports
            if one.stands and one.kind == "intelligence" and first <= local(one.received).date() <= last
        ]
        return QuarterResponse(quarter, told, Count(len(heard), sum(one.people for one in heard)))


def _quarters(workspace: Workspace, reports: tuple[Report, ...]) -> list[ReviewQuarter]:
    first_month = workspace.scenario.review_first_month
    days = {local(one.received).date() for one in reports if one.stands}
    return sorted({ReviewQuarter.at(day, first_month=first_month) for day in days}, reverse=True)


def _people(count: Count) -> str:
    return "1 person" if count.people == 1 else f"{count.people:,} people"


def _reports(count: Count) -> str:
    return "1 report" if count.reports == 1 else f"{count.reports:,} reports"


def _again(count: Count) -> str:
    return "; one person may be reported several times" if count.reports > 1 else ""


def _many(count: Count) -> str:
    return _reports(count) if count.reports else "none"


def _told_found(somebody: Count, nobody: Count) -> list[str]:
    """Say for how many reports the first visit found anybody: not how many people, for they may be others."""
    visited = somebody.reports + nobody.reports
    if not visited:
        return []
    told = f"Of {_reports(Count(visited, 0))} visited, {somebody.reports:,} led to a visit that found somebody"
    return [f"{told}, {nobody.reports:,} to one that found nobody."]


def _told_intelligence(count: Count) -> str:
    """Tell what partners expected; it stands beside reports, and is none."""
    if not count.reports:
        return "No partner told of anybody they expect."
    pieces = "1 piece of intelligence" if count.reports == 1 else f"{count.reports:,} pieces of intelligence"
    return f"Beside the reports, partners told of {_people(count)} they expect ({pieces}); that has no clock."


def _told_open(waiting: int, overdue: int) -> str:
    if not waiting:
        return "No report is open."
    are = "1 report is open" if waiting == 1 else f"{waiting:,} reports are open"
    if not overdue:
        return f"{are}, none overdue."
    if overdue < waiting:
        return f"{are}, {overdue:,} of them overdue."
    return f"{are}, and it is overdue." if waiting == 1 else f"{are}, all of them overdue."


def _told_never(count: int) -> list[str]:
    if not count:
        return []
    was = "1 report was never visited and is" if count == 1 else f"{count:,} reports were never visited and are"
    return [f"{was} too old for a walk to be planned for (report_weeks); in the totals the clock runs on."]


def _told_not_followed(count: int) -> list[str]:
    if not count:
        return []
    are = "1 more report counts" if count == 1 else f"{count:,} more reports count"
    return [f"{are} for the district only and cannot be followed here; follow it where it came from."]
