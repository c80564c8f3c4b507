"""Tell of long work, choose what is counted, and count the looks at a review's evidence."""

from contextlib import suppress
from typing import Annotated

import typer

from commands.shared import tell, today
from geo.errors import BadInputError, PlannerError
from geo.evidence.cohorts import check_cohort, fit_cohort, parse_cohort
from geo.evidence.counts import Selection
from geo.review.looks import record_look
from geo.review.maps import episodes_of
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace

CohortOption = Annotated[
    str, typer.Option(help="Only one group, such as reason='Rent arrears'; refused where its counts are too few.")
]


class Teller:
    """Say each new step of a long command once, on standard error."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, step: str, _share: float) -> None:
        """Say the step where it is a new one."""
        if step != self._last:
            tell(f"{step} ...")
            self._last = step


def choose(
    opened: Workspace, *, period: str, source: str, route: str, leave_out: list[str] | None, cohort: str
) -> Selection:
    """Gather what a command was asked to count; without `leave_out` the workspace's own marks are left out.

    Raises
    ------
    BadInputError
        There is no such group, or it has too few clients to be counted by place.
    """
    usual = opened.scenario.leave_out if leave_out is None else tuple(leave_out)
    everybody = Selection(period, source, route, tuple(usual))
    if not cohort:
        return everybody
    episodes = episodes_of(opened)
    chosen = Selection(period, source, route, tuple(usual), fit_cohort(episodes, parse_cohort(cohort)))
    refusal = check_cohort(episodes, chosen)
    if refusal:
        raise BadInputError(refusal)
    return chosen


def note_look(opened: Workspace, what: str, chosen: Selection, *, resolution: int) -> None:
    """Note that an analysis was looked at; a folder that cannot be written is no reason to hide the result."""
    with suppress(PlannerError):
        review = plan_review(opened, today=today()).review
        options = {"resolution": resolution}
        record_look(opened, review=review, what=what, selection=chosen, options=options, today=today())
