"""How each feed stands today: when its last file came, whether one is due, and how long its agreement lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from geo.review.agreements import Agreement, read_agreements
from geo.review.counts_kept import KeptCounts, read_counts
from geo.review.feed_names import feed_names
from geo.review.feed_plans import FeedPlan, read_plans
from geo.review.feeds import Feed
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace

Arrival = Literal["received", "due", "overdue", "not asked"]
Paper = Literal["none", "lasts", "ends soon", "ended"]
Sends = Literal["records", "counts", "records and counts", "nothing yet"]
SOON_DAYS: Final = 60


@dataclass(frozen=True)
class FeedState:
    """How a feed stands.

    Attributes
    ----------
    feed
        Its name.
    plan, agreement
        What is asked and agreed; None where nothing was said.
    sends
        What has come so far.
    last_received
        The day of the last file; None before the first.
    rows
        Records kept.
    quarter
        The last quarter of the review year that is over: the one whose file is asked for.
    due
        Its file is due by this day; None where none is asked for.
    arrival
        "received" when a file came since the quarter ended; "due" until that day, "overdue" after it.
    paper
        How the agreement stands: it "ends soon" within 60 days.
    """

    feed: str
    plan: FeedPlan | None
    agreement: Agreement | None
    sends: Sends
    last_received: date | None
    rows: int
    quarter: ReviewQuarter
    due: date | None
    arrival: Arrival
    paper: Paper


def feed_states(workspace: Workspace, today: date) -> tuple[FeedState, ...]:
    """Tell how every feed stands: those that something was received from, agreed with or asked of, by name.

    Parameters
    ----------
    today
        The day from which due dates and ends are counted.
    """
    plans, agreements = read_plans(workspace), read_agreements(workspace)
    feeds = {feed.name: feed for feed in workspace.feeds()}
    counts = read_counts(workspace)
    quarter = ReviewQuarter.at(today, first_month=workspace.scenario.review_first_month).before
    return tuple(
        _state(
            name,
            plans.get(name),
            agreements.get(name),
            _received(name, feeds, counts),
            quarter=quarter,
            today=today,
        )
        for name in feed_names(workspace)
    )


def paper_of(agreement: Agreement | None, today: date) -> Paper:
    """Tell how an agreement stands."""
    if agreement is None:
        return "none"
    if agreement.until is None or agreement.until > today + timedelta(days=SOON_DAYS):
        return "lasts"
    return "ended" if agreement.until < today else "ends soon"


@dataclass(frozen=True)
class _Received:
    sends: Sends
    last: date | None
    rows: int


def _received(name: str, feeds: Mapping[str, Feed], counts: tuple[KeptCounts, ...]) -> _Received:
    records, own = feeds.get(name), [one.day for one in counts if one.feed == name]
    days = [*own, *([date.fromisoformat(records.last_import)] if records else [])]
    kinds: dict[tuple[bool, bool], Sends] = {
        (True, True): "records and counts",
        (True, False): "records",
        (False, True): "counts",
        (False, False): "nothing yet",
    }
    sends = kinds[records is not None, bool(own)]
    return _Received(sends, max(days, default=None), records.rows if records else 0)


def _state(
    name: str,
    plan: FeedPlan | None,
    agreement: Agreement | None,
    received: _Received,
    *,
    quarter: ReviewQuarter,
    today: date,
) -> FeedState:
    asked = plan is not None and plan.due_days > 0
    due = quarter.last_day + timedelta(days=plan.due_days) if plan is not None and asked else None
    return FeedState(
        feed=name,
        plan=plan,
        agreement=agreement,
        sends=received.sends,
        last_received=received.last,
        rows=received.rows,
        quarter=quarter,
        due=due,
        arrival=_arrival(due, received.last, quarter, today),
        paper=paper_of(agreement, today),
    )


def _arrival(due: date | None, last: date | None, quarter: ReviewQuarter, today: date) -> Arrival:
    if due is None:
        return "not asked"
    if last is not None and last > quarter.last_day:
        return "received"
    return "overdue" if today > due else "due"
