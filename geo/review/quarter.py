"""The quarterly review: what came in, why, which hubs were held, how rough sleeping stands, what is due."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo.errors import MissingDataError
from geo.review.hub_sessions import HubSession, hubs_held
from geo.review.maps import episodes_of
from geo.review.quarter_due import QuarterDue, quarter_due
from geo.review.quarter_feeds import QuarterFeeds, quarter_feeds
from geo.review.quarter_figures import figure_table
from geo.review.quarter_reasons import QuarterReasons, quarter_reasons
from geo.review.review_quarters import ReviewQuarter
from geo.review.scorecard import ScoreRow, scorecard_of
from geo.review.workspace import Workspace


@dataclass(frozen=True)
class QuarterReview:
    """Everything the quarterly review tells.

    Attributes
    ----------
    quarter
        Which one.
    over
        Whether it is over.
    feeds
        What came in.
    reasons
        Why people came.
    hubs
        Hubs held in it.
    figures
        Rough sleeping and walkabouts: the quarter and the same one a year before.
    score
        The delivery plan's targets in it.
    due
        What is due now.
    """

    quarter: ReviewQuarter
    over: bool
    feeds: QuarterFeeds
    reasons: QuarterReasons
    hubs: tuple[HubSession, ...]
    figures: pd.DataFrame
    score: tuple[ScoreRow, ...]
    due: QuarterDue

    @property
    def headline(self) -> str:
        """Sum the quarter up in a sentence or two."""
        last = self.feeds.table.iloc[-1]
        people = sum(one.people for one in self.hubs)
        hubs = f"{len(self.hubs)} hubs were held and saw {people:,} people" if self.hubs else "no hub was recorded"
        if len(self.hubs) == 1:
            hubs = f"1 hub was held and saw {people:,} people"
        open_now = "" if self.over else " The quarter is not over."
        rows = int(last["rows"])
        return (
            f"{self.quarter.name} ({self.quarter.months}): {rows:,} approaches and referrals{self._whose()} came in; "
            f"{hubs}.{open_now}"
        )

    def _whose(self) -> str:
        """Say of how many households they are, as far as rows name one."""
        rows, clients = (int(self.feeds.table.iloc[-1][name]) for name in ("rows", "households"))
        unnamed = self.feeds.unnamed
        if not rows or unnamed == rows:
            return " (rows, not households)" if rows else ""
        others = f" and {unnamed:,} more that name none" if unnamed else ""
        return f" of {clients - unnamed:,} households{others}"


def quarterly_review(workspace: Workspace, quarter: ReviewQuarter, *, today: date) -> QuarterReview:
    """Gather the review of a quarter.

    Parameters
    ----------
    quarter
        Which one; it may be under way.
    today
        Says what is over and what is late.
    """
    score = scorecard_of(workspace, quarter.year, today=today)
    return QuarterReview(
        quarter=quarter,
        over=quarter.last_day < today,
        feeds=quarter_feeds(workspace, workspace.records(), quarter),
        reasons=quarter_reasons(episodes_of(workspace), quarter),
        hubs=tuple(one for one in hubs_held(workspace) if quarter.holds(one.day)),
        figures=figure_table(workspace, (quarter.a_year_before, quarter)),
        score=score.of_quarter(quarter),
        due=quarter_due(workspace, quarter, today=today),
    )


def last_quarter(workspace: Workspace, *, today: date) -> ReviewQuarter:
    """Give the last quarter that is over: the one a quarterly review is about."""
    return ReviewQuarter.at(today, first_month=workspace.scenario.review_first_month).before


def quarters_to_choose(workspace: Workspace, *, today: date) -> tuple[ReviewQuarter, ...]:
    """List the quarters that a review can be of, the newest first: from the first record to the one under way.

    Raises
    ------
    MissingDataError
        There are no records yet.
    """
    months = workspace.records()["month"]
    if months.empty:
        message = "There are no records yet. Add a file of approaches and referrals first."
        raise MissingDataError(message)
    first_month = workspace.scenario.review_first_month
    first = ReviewQuarter.at(date.fromisoformat(f"{months.min()}-01"), first_month=first_month)
    found = [ReviewQuarter.at(today, first_month=first_month)]
    while found[-1] > first:
        found.append(found[-1].before)
    return tuple(found)
