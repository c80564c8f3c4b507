"""Hold what was done in each quarter against the delivery plan: met, not met, nothing to judge, not known, not over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

from geo.review.hub_sessions import HubSession, hubs_held
from geo.review.quarter_figures import figures_of
from geo.review.review_quarters import ReviewQuarter, quarters_of
from geo.review.workspace import Workspace
from geo.scenario import DeliveryOptions

Verdict = Literal["met", "not met", "nothing to judge", "not known yet", "quarter not over"]
MARKS: Final[dict[Verdict, str]] = {
    "met": "✓ met",
    "not met": "✗ not met",
    "nothing to judge": "○ nothing to judge",
    "not known yet": "? not known yet",
    "quarter not over": "… quarter not over",
}
"""Each verdict with a sign of its own, so that no colour is needed to tell them apart."""


@dataclass(frozen=True)
class ScoreRow:
    """One target in one quarter.

    Attributes
    ----------
    target
        What was promised.
    quarter
        When.
    found
        What was done, in words.
    verdict
        How it stands.
    """

    target: str
    quarter: ReviewQuarter
    found: str
    verdict: Verdict


@dataclass(frozen=True)
class Scorecard:
    """The targets of a review year.

    Attributes
    ----------
    year
        The review year.
    rows
        Target by target, each in the order of its quarters.
    """

    year: str
    rows: tuple[ScoreRow, ...]

    def of_quarter(self, quarter: ReviewQuarter) -> tuple[ScoreRow, ...]:
        """Take one quarter's rows."""
        return tuple(row for row in self.rows if row.quarter == quarter)

    @property
    def sentence(self) -> str:
        """Say how the year stands."""
        counts = {verdict: sum(row.verdict == verdict for row in self.rows) for verdict in MARKS}
        told = ", ".join(f"{verdict} {count}" for verdict, count in counts.items() if count)
        return f"Targets of {self.year}, each in every quarter: {told}."

    def table(self) -> pd.DataFrame:
        """Lay it out: a row a target, a column a quarter, each cell with what was found and a mark."""
        targets = list(dict.fromkeys(row.target for row in self.rows))
        quarters = list(dict.fromkeys(row.quarter for row in self.rows))
        cells = {(row.target, row.quarter): f"{MARKS[row.verdict]}: {row.found}" for row in self.rows}
        columns = {one.name: [cells[target, one] for target in targets] for one in quarters}
        return pd.DataFrame({"Target": targets, **columns})


def scorecard_of(workspace: Workspace, year: str, *, today: date) -> Scorecard:
    """Judge a review year by the delivery plan's targets.

    Parameters
    ----------
    year
        Such as "2024-25".
    today
        Says which quarters are over.

    Raises
    ------
    BadInputError
        It is not a single review year.
    """
    options, held = workspace.scenario.delivery, hubs_held(workspace)
    quarters = quarters_of(year, first_month=workspace.scenario.review_first_month)
    figures = {one: figures_of(workspace, one) for one in quarters}
    hubs = [_hubs(one, held, options, today) for one in quarters]
    walks = [_walkabouts(one, figures[one], options, today) for one in quarters]
    visits = [_visits(one, figures[one], options, today) for one in quarters]
    return Scorecard(year, (*hubs, *walks, *visits))


def _hubs(quarter: ReviewQuarter, held: Sequence[HubSession], options: DeliveryOptions, today: date) -> ScoreRow:
    """Count hubs recorded.

    None in a quarter is none held; but of years before the first record, and where nothing was recorded since, nobody
    knows.
    """
    count = sum(quarter.holds(one.day) for one in held)
    days = [one.day for one in held]
    begun = bool(days) and ReviewQuarter.at(min(days), first_month=quarter.first_month).year <= quarter.year
    known = begun and max(days) >= quarter.first_day
    target = f"Multi-agency hubs held: at least {options.hubs_a_quarter}"
    found = f"{count} held" if count else "none recorded"
    return ScoreRow(target, quarter, found, _counted(count if known else None, options.hubs_a_quarter, quarter, today))


def _walkabouts(
    quarter: ReviewQuarter, figures: Mapping[str, int | None], options: DeliveryOptions, today: date
) -> ScoreRow:
    count = figures["walkabouts"]
    target = f"Walkabouts held: at least {options.walkabouts_a_quarter}"
    found = "no figure given" if count is None else f"{count} held"
    return ScoreRow(target, quarter, found, _counted(count, options.walkabouts_a_quarter, quarter, today))


def _visits(
    quarter: ReviewQuarter, figures: Mapping[str, int | None], options: DeliveryOptions, today: date
) -> ScoreRow:
    share = options.visited_share
    aim = "every one" if share == 1 else f"at least {100 * share:g} %"
    target = f"Reports of rough sleeping visited within one working day: {aim}"
    reported, visited = figures["reported"], figures["visited"]
    over = quarter.last_day < today
    if reported == 0:
        none: Verdict = "nothing to judge" if over else "quarter not over"  # nobody to visit is no promise kept
        return ScoreRow(target, quarter, "none reported", none)
    if reported is None or visited is None:
        return ScoreRow(target, quarter, "no figure given", "not known yet" if over else "quarter not over")
    met: Verdict = "met" if visited >= share * reported else "not met"
    return ScoreRow(target, quarter, f"{visited} of {reported}", met if over else "quarter not over")


def _counted(count: int | None, aim: int, quarter: ReviewQuarter, today: date) -> Verdict:
    if count is not None and count >= aim:
        return "met"
    if quarter.last_day >= today:
        return "quarter not over"
    return "not known yet" if count is None else "not met"
