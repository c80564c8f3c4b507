"""What is due at a quarter's end: sites to be checked, actions overdue, hubs planned for the next quarter."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.review.actions import read_actions
from geo.review.programmes_kept import programme_kept
from geo.review.register import register
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace

SITE_COLUMNS: Final = ("name", "town", "checked")
ACTION_COLUMNS: Final = ("number", "what", "owner", "due")
HUB_COLUMNS: Final = ("day", "begin", "end", "name", "town", "agencies")


@dataclass(frozen=True)
class QuarterDue:
    """What is due.

    Attributes
    ----------
    sites
        Sites due for their annual check: name, town, checked (ISO, empty for never).
    actions
        Open actions whose day has passed: number, what, owner, due (ISO).
    hubs
        Hubs of the settled programme in the next quarter: day, begin, end, name, town, agencies.
    no_programme
        Why there are no hubs to list; empty where a programme was settled.
    """

    sites: pd.DataFrame
    actions: pd.DataFrame
    hubs: pd.DataFrame
    no_programme: str


def quarter_due(workspace: Workspace, quarter: ReviewQuarter, *, today: date) -> QuarterDue:
    """Gather what is due after a quarter."""
    known = register(workspace, today=today)
    late = [
        (one.number, one.what, one.owner, one.due.isoformat()) for one in read_actions(workspace) if one.late(today)
    ]
    hubs, missing = _planned(workspace, quarter.next)
    return QuarterDue(
        sites=known.loc[known["due"], list(SITE_COLUMNS)].reset_index(drop=True),
        actions=pd.DataFrame(late, columns=list(ACTION_COLUMNS)),
        hubs=hubs,
        no_programme=missing,
    )


def _planned(workspace: Workspace, quarter: ReviewQuarter) -> tuple[pd.DataFrame, str]:
    kept = programme_kept(workspace, quarter.year)
    if kept is None:
        none = pd.DataFrame(columns=list(HUB_COLUMNS), dtype="str")
        return none, f"No programme of {quarter.year} was settled, so no hub is planned for {quarter.name} yet."
    hubs = kept.sheet.hubs
    inside = hubs["day"].between(quarter.first_day.isoformat(), quarter.last_day.isoformat())
    return hubs.loc[inside, list(HUB_COLUMNS)].reset_index(drop=True), ""
