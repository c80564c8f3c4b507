"""Say in plain words how a feed stands."""

from datetime import date
from typing import Final

from geo.review.feed_states import Arrival, FeedState, Paper

ARRIVAL: Final[dict[Arrival, str]] = {
    "received": "received",
    "due": "due",
    "overdue": "overdue",
    "not asked": "no date set",
}
PAPER: Final[dict[Paper, str]] = {
    "none": "none recorded",
    "lasts": "in force",
    "ends soon": "ends within 60 days",
    "ended": "ended: its files are refused",
}


def state_words(state: FeedState) -> list[str]:
    """Tell a feed's state in sentences.

    Parameters
    ----------
    state
        From `feed_states`.
    """
    plan = state.plan
    return [
        f"{plan.owner} ({plan.role})." if plan else "No owner recorded.",
        f"Agreement {agreement_words(state)}.",
        f"Last received {day_words(state.last_received)}: {state.sends}, {state.rows:,} rows kept.",
        f"File for {state.quarter.name}: {arrival_words(state)}.",
    ]


def arrival_words(state: FeedState) -> str:
    """Say whether the last quarter's file is there, and by when it is due."""
    since = {"due": f" by {day_words(state.due)}", "overdue": f" since {day_words(state.due)}"}
    return ARRIVAL[state.arrival] + since.get(state.arrival, "")


def agreement_words(state: FeedState) -> str:
    """Say how the agreement stands, and until when it lasts."""
    paper = state.agreement
    if paper is None:
        return PAPER["none"]
    until = f"until {day_words(paper.until)}" if paper.until else "without an end"
    return f"{paper.agreement}, {until} ({PAPER[state.paper]})"


def day_words(day: date | None) -> str:
    """Write a day as people say it; "never" where there is none.

    Examples
    --------
    >>> day_words(date(2026, 5, 1)), day_words(None)
    ('1 May 2026', 'never')
    """
    return f"{day.day} {day:%B %Y}" if day else "never"
