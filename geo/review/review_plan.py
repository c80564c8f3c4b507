"""Say which review is under way, and what its rule counts."""

from dataclasses import dataclass
from datetime import date

from geo.errors import MissingDataError
from geo.evidence.counts import Selection
from geo.evidence.periods import periods_of, span_of
from geo.review.checklist import last_full_year
from geo.review.maps import episodes_of
from geo.review.workspace import Workspace


@dataclass(frozen=True)
class ReviewPlan:
    """What the confirmatory analysis of a review is made of.

    Attributes
    ----------
    review
        The review year, such as "2024-25".
    earlier
        The review year before it that has records; empty where there is none.
    selection
        Which episodes count: the last review years together, as the rule says, and the usual marks left out.
    resolution
        H3 resolution.
    """

    review: str
    earlier: str
    selection: Selection
    resolution: int


def plan_review(workspace: Workspace, *, today: date) -> ReviewPlan:
    """Find the review year and what the workspace's rule counts for it.

    Parameters
    ----------
    today
        The review is of the last full review year before this day, or of the newest one on record where that year has
        no records.

    Raises
    ------
    MissingDataError
        There are no records.
    """
    scenario = workspace.scenario
    years = periods_of(episodes_of(workspace))
    if not years:
        message = "There are no records yet; add a file of approaches and referrals first."
        raise MissingDataError(message)
    last, _ = last_full_year(today, first_month=scenario.review_first_month)
    past = [year for year in years if year <= last] or years[-1:]
    counted = past[-scenario.priority.years :]
    selection = Selection(span_of(counted), leave_out=scenario.leave_out)
    return ReviewPlan(past[-1], past[-2] if len(past) > 1 else "", selection, scenario.resolution)
