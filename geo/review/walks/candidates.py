"""Weigh where a walk could stop from what is known: people found before, open reports, partner intelligence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from geo.review.walks.reading import reports_standing, visits_placed
from geo.review.walks.square_streets import written_streets
from geo.review.walks.where import known_squares
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.answers import would_answer
from geo.walkabouts.bands import Band, utc
from geo.walkabouts.finds.rates import find_rates
from geo.walkabouts.plan import Walkabout
from geo.walkabouts.planning.ask import CandidateStop
from geo.walkabouts.response import OpenReport, never_visited, open_reports
from geo.walkabouts.sightings import Purpose, Report, Visit

Which = Literal["all", "overdue", "none"]
WHICH: tuple[Which, ...] = get_args(Which)


@dataclass(frozen=True)
class KnownPlaces:
    """What a walk is planned from.

    Attributes
    ----------
    candidates
        Those that must be visited first, the most pressing at their head.
    open
        Reports that nobody has answered yet, overdue ones first.
    never
        Those of them that are too old for a walk to be planned for them: never visited.
    hot
        Squares where somebody was found, reported or expected within a year, or that must be visited: a place drawn at
        random is none of them.
    last_seen
        When a team last looked at each square, whatever it found; where it had no access it saw nothing.
    """

    candidates: tuple[CandidateStop, ...]
    open: tuple[OpenReport, ...]
    never: tuple[OpenReport, ...]
    hot: frozenset[str]
    last_seen: dict[str, datetime]


def known_places(
    workspace: Workspace, *, band: Band, now: datetime, which: Which = "all", more: Sequence[str] = ()
) -> KnownPlaces:
    """Weigh every square of which anything is known.

    Parameters
    ----------
    band
        In which the walk begins: people are found in other places by day and by night.
    now
        Nothing later counts.
    which
        Which open reports the plan must hold.
    more
        Squares that an officer wants visited besides.
    """
    options = workspace.scenario.walkabouts
    reports = [one for one in reports_standing(workspace) if one.square and utc(one.received) <= utc(now)]
    visits = [one for one in visits_placed(workspace) if utc(one.arrived) <= utc(now)]
    waiting = open_reports(reports, visits, options, now=now)
    never = never_visited(waiting, options, now=now)
    fresh = tuple(one for one in waiting if one not in never)
    evidence = _Evidence(options, band, now, reports, visits, fresh)
    pressing = evidence.pressing(which, more)
    candidates = evidence.candidates(pressing)
    hot = known_squares(reports, visits, options, now=now) | set(pressing)
    looked_at = {one.square: one.arrived for one in visits if one.outcome != "not accessible"}
    return KnownPlaces(candidates, waiting, never, hot, looked_at)


def told_reports(
    waiting: Sequence[OpenReport], walkabout: Walkabout, options: WalkaboutOptions, *, never: int = 0
) -> str:
    """Say how many open reports a plan answers, by the rule by which the clock stops.

    Parameters
    ----------
    never
        How many of them are too old for a walk to be planned for them.
    """
    if not waiting:
        return "No report is open."
    stops = [(stop.square, stop.street, stop.purpose == "report") for stop in walkabout.stops]
    held = sum(
        any(would_answer(one.report, square, street, options, sent=sent) for square, street, sent in stops)
        for one in waiting
    )
    overdue = sum(one.overdue for one in waiting)
    rest = "" if held == len(waiting) else " What was left out says why not to the others."
    came = (
        f"{never} came more than {options.report_weeks:g} weeks ago and {'was' if never == 1 else 'were'} never visited"
    )
    old = f" {came}: no walk is planned for {'it' if never == 1 else 'them'} any more." if never else ""
    return f"Open reports: {len(waiting)}, of which {overdue} overdue; this walk goes to {held} of them.{old}{rest}"


@dataclass(frozen=True)
class _Evidence:
    options: WalkaboutOptions
    band: Band
    now: datetime
    reports: Sequence[Report]
    visits: Sequence[Visit]
    waiting: tuple[OpenReport, ...]

    def pressing(self, which: Which, more: Sequence[str]) -> list[str]:
        """List the squares that must be visited: an officer's own first, then by when reports are due."""
        due = [one for one in self.waiting if which == "all" or (which == "overdue" and one.overdue)]
        return list(dict.fromkeys([*more, *(one.report.square for one in due)]))

    def candidates(self, pressing: Sequence[str]) -> tuple[CandidateStop, ...]:
        seen = {one.square for one in self.reports} | {one.square for one in self.visits}
        squares = [*pressing, *sorted(seen - set(pressing))]
        expected = find_rates(self.visits, squares, self.options, now=self.now).of_band(self.band)["expected"]
        reported = Counter(one.report.square for one in self.waiting)
        told = Counter(one.square for one in self._intelligence())
        streets = written_streets((*self.reports, *self.visits))
        found = {one.square for one in self.visits if one.found}
        return tuple(
            CandidateStop(
                square=square,
                street=streets.get(square, ""),
                find=self.options.find_worth * float(expected.get(square, 0.0)),
                expected=float(expected.get(square, 0.0)),
                report=self.options.report_worth * reported[square],
                intelligence=self.options.intelligence_worth * told[square],
                must=square in pressing,
                purpose=_purpose(square, reported, found, told),
            )
            for square in squares
        )

    def _intelligence(self) -> Iterable[Report]:
        """Give what partners told within the weeks that it counts for."""
        since = utc(self.now) - timedelta(weeks=self.options.intelligence_weeks)
        return (one for one in self.reports if one.kind == "intelligence" and utc(one.seen) >= since)


def _purpose(square: str, reported: Counter[str], found: set[str], told: Counter[str]) -> Purpose:
    if reported[square]:
        return "report"
    if square in found or not told[square]:
        return "known"
    return "intelligence"
