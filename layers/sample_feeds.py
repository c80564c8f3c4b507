"""What the fictional sample district asks of each feed, under which agreement."""

from datetime import date
from typing import Final

from geo.review.agreements import Agreement, save_agreement
from geo.review.feed_plans import FeedPlan, set_plan
from geo.review.workspace import Workspace

_PLANS: Final = (
    FeedPlan("Housing system", "Housing options team", "controller", 0),
    FeedPlan("Citizens Advice", "Advice service manager", "joint controller", 30),
    FeedPlan("Food banks", "Food bank coordinator", "controller", 30),
)
# The food banks have none yet, so that the reminders have something to say.
_AGREEMENTS: Final = (
    Agreement("Citizens Advice", "Both jointly", "Sharing agreement 12", "the annual review", date(2030, 3, 31)),
)


def enter_feeds(workspace: Workspace) -> None:
    """Record who owns each feed, by when it is due, and its agreement."""
    for plan in _PLANS:
        set_plan(workspace, plan)
    for agreement in _AGREEMENTS:
        save_agreement(workspace, agreement)
