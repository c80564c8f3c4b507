"""Decide which visits answer a report: at its place, or near enough to tell of it.

A visit answers a report that came before it

- in the report's own square of 100 m, whether the team found somebody or nobody there;
- in a square near it (`answers_within_m`), where the team found somebody, or was sent to answer a report (a stop may
  stand for two squares), or where the report said its place no better than by a street or a postcode;
- anywhere on the street that a report was given by, within a kilometre of its square: it lies in the square at the
  street's middle, for want of a better one, and whoever saw somebody may have meant either end. The street is as the
  map names it, at the report and at the visit; a street of the same name in another town lies farther.

Nobody next door, seen in passing, says nothing of the place itself: the clock runs on. It runs on, too, where the place
could not be entered, whatever the same walk found near it (or, outside any walk, the same day); another walk
answers. A visit between the sighting and the report answers nothing, for whoever walked there did not know of it yet.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import Final

import numpy as np

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import day_of, utc
from geo.walkabouts.sightings import Report, Visit
from geo.walkabouts.squares import middle_of, near

STREET_WITHIN_M: Final = 1_000.0
"""A report given by a street's name is answered by a visit to that street so far from its middle."""


def would_answer(report: Report, square: str, street: str, options: WalkaboutOptions, *, sent: bool = True) -> bool:
    """Tell whether a visit to a square, on a street, would answer a report even if it found nobody.

    Parameters
    ----------
    square, street
        Either may be empty; the street is as the map names it.
    sent
        Whether the team goes there for a report.
    """
    if not (report.square and square):
        return False
    if not (square == report.square or sent or _loose(report)):
        return False
    same = bool(street) and street.casefold() == _along(report)
    return near(report.square, square, within_m=STREET_WITHIN_M if same else options.answers_within_m)


class AnsweringVisits:
    """Visits that may answer reports, in the order of time, to be found by square and by street.

    Parameters
    ----------
    visits
        In any order; those that do not stand, or have no square, are passed over.
    options
        How far is near, and when a day begins.
    """

    def __init__(self, visits: Iterable[Visit], options: WalkaboutOptions) -> None:
        placed = [one for one in visits if one.stands and one.square]
        self.options = options
        self.shut = {(one.square, self._outing(one)) for one in placed if one.outcome == "not accessible"}
        usable = (one for one in placed if one.outcome != "not accessible")
        timed = sorted(((utc(one.arrived), one.number, one) for one in usable), key=lambda row: row[:2])
        self.visits = [one for *_, one in timed]
        self.moments = [moment for moment, *_ in timed]
        self.squares: dict[str, list[int]] = {}
        self.streets: dict[str, list[int]] = {}
        for at, one in enumerate(self.visits):
            self.squares.setdefault(one.square, []).append(at)
            self.streets.setdefault(one.street.casefold(), []).append(at)
        middles = [middle_of(square) for square in self.squares]
        self.middles = np.array(middles, dtype=np.float64).reshape(-1, 2)
        self.found: dict[tuple[str, str, bool], list[int]] = {}

    def first_answer(self, report: Report) -> Visit | None:
        """Give the first visit that answers a report with a square; None where none does."""
        place = report.square, _along(report), _loose(report)
        if place not in self.found:
            there = self._at(report.square, _along(report))
            self.found[place] = [at for at in there if self._answers(self.visits[at], report)]
        answers = self.found[place]
        first = bisect_left(answers, bisect_left(self.moments, utc(report.received)))
        return self.visits[answers[first]] if first < len(answers) else None

    def _at(self, square: str, street: str) -> list[int]:
        """Take the visits at a report's place, or near it, by their numbers here."""
        gaps = ((self.middles - np.array(middle_of(square))) ** 2).sum(axis=1)
        beside, around = gaps <= self.options.answers_within_m**2, gaps <= STREET_WITHIN_M**2
        squares = list(self.squares)
        close = {at for row in np.flatnonzero(beside).tolist() for at in self.squares[squares[row]]}
        if street:
            within = {squares[row] for row in np.flatnonzero(around).tolist()}
            close |= {at for at in self.streets.get(street, ()) if self.visits[at].square in within}
        return sorted(close)

    def _answers(self, visit: Visit, report: Report) -> bool:
        """Tell whether a visit near a report's place, or at it, answers the report."""
        if visit.square == report.square:
            return True
        if (report.square, self._outing(visit)) in self.shut:
            return False
        return _loose(report) or visit.outcome == "found" or visit.purpose == "report"

    def _outing(self, visit: Visit) -> tuple[int, date | None]:
        """Tell visits of one walk from those of others; outside any, those of one day."""
        return visit.walk, None if visit.walk else day_of(visit.arrived, self.options)


def _loose(report: Report) -> bool:
    """Tell whether a report's place is known so roughly that it may as well have been the next square."""
    return report.located in {"street", "postcode"}


def _along(report: Report) -> str:
    """Give the street anywhere on which a report may have been meant; empty where its place was given otherwise."""
    return report.street.casefold() if report.located == "street" else ""
