"""Whether a review year's hubs worked: put together from what was held, what was settled, and the records.

Each question is answered by itself; where something is missing, a sentence says what, and the others are still told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import Selection
from geo.hubs.facts import Facts
from geo.review.hub_sessions import HubSession, hubs_of_year
from geo.review.monitor_effect import effect_part
from geo.review.monitor_ground import ground_of
from geo.review.monitor_outcomes import outcome_parts
from geo.review.monitor_part import FIGURE_COLUMNS, Part, figure_table
from geo.review.monitor_people import hub_people
from geo.review.monitor_reach import around_hubs, attendance_part, saved_part, served_part
from geo.review.priorities import Priorities, StandingOut, standing_out
from geo.review.programmes_kept import programme_kept
from geo.review.review_plan import ReviewPlan, plan_review
from geo.review.review_quarters import quarters_of
from geo.review.workspace import Workspace

FindPriorities = Callable[[ReviewPlan], Priorities | StandingOut]
_NOBODY_PLACED: Final = (
    "No client of {year} on record has a place on the map, so nobody can say whom the hubs were near, nor how many "
    "minutes they saved."
)
_NOT_OVER: Final = "{year} is not over: hubs still to come, and clients still to come, are not in these figures."


@dataclass(frozen=True)
class MonitorReport:
    """What is known of a year's hubs.

    Attributes
    ----------
    year
        The review year.
    answers
        A sentence or two on each question that can be answered.
    asked
        Which question each of them answers.
    missing
        A sentence on each that cannot, and why.
    figures
        A row a figure with its range: columns of `FIGURE_COLUMNS`.
    tables
        Title to table, for reading.
    notes
        What the answers rest on.
    """

    year: str
    answers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    figures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(FIGURE_COLUMNS)))
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def monitor_report(
    workspace: Workspace, year: str, *, today: date, priorities: FindPriorities | None = None
) -> MonitorReport:
    """Say whether the hubs of a review year worked, as far as can be told.

    Parameters
    ----------
    year
        Such as "2024-25".
    today
        Says whether the year is over.
    priorities
        Finds the priority areas of a review, where they are kept from one run to the next.

    Raises
    ------
    BadInputError
        It is not a single review year.
    """
    quarters = quarters_of(year, first_month=workspace.scenario.review_first_month)
    held = hubs_of_year(workspace, year)
    if not held:
        said = f"No hub of {year} has been recorded, so there is nothing to judge. Record those that were held."
        return MonitorReport(year, missing=(said,))
    plan = _placed_by(workspace, year, quarters[0].first_day)
    find = priorities or (lambda one: standing_out(workspace, one))
    parts = [*_effect(workspace, held, year, plan), *_around(workspace, held, year, plan, find)]
    people = hub_people(workspace, workspace.records(), year)
    parts += outcome_parts(people, year, workspace.scenario.monitor)
    unfinished = (_NOT_OVER.format(year=year),) if quarters[-1].last_day >= today else ()
    return MonitorReport(
        year=year,
        answers=tuple(one for part in parts for one in part.answers),
        asked=tuple(part.question for part in parts for _ in part.answers),
        missing=(*unfinished, *dict.fromkeys(one for part in parts for one in part.missing)),
        figures=figure_table(parts),
        tables={title: table for part in parts for title, table in part.tables.items()},
        notes=tuple(dict.fromkeys(one for part in parts for one in part.notes)),
    )


def _placed_by(workspace: Workspace, year: str, first_day: date) -> ReviewPlan | str:
    """Find the review that the hubs of a year were placed by, or say why there is none."""
    try:
        plan = plan_review(workspace, today=first_day)
    except MissingDataError as error:
        return str(error)
    if plan.review >= year:
        return (
            f"There are no records of a year before {year}, so nobody can say how many would have come without hubs, "
            "nor how many were within reach when they were planned."
        )
    return plan


def _effect(workspace: Workspace, held: Sequence[HubSession], year: str, plan: ReviewPlan | str) -> list[Part]:
    if isinstance(plan, str):
        return [Part(missing=(plan,))]

    def judged() -> Part:
        ground = ground_of(workspace, held, earlier=plan.selection.period, later=year)
        return effect_part(ground, workspace.scenario.monitor)

    return [_tried(judged)]


def _around(
    workspace: Workspace, held: Sequence[HubSession], year: str, plan: ReviewPlan | str, find: FindPriorities
) -> list[Part]:
    parts = []
    if isinstance(plan, ReviewPlan):
        settled = programme_kept(workspace, year)
        parts.append(
            _tried(lambda: attendance_part(workspace, held, around_hubs(workspace, held, plan.selection), settled))
        )
    try:
        facts = around_hubs(workspace, held, Selection(year, leave_out=workspace.scenario.leave_out))
    except (MissingDataError, BadInputError):
        return [*parts, Part(missing=(_NOBODY_PLACED.format(year=year),))]
    parts.append(saved_part(facts, workspace.scenario.reach.cutoff_minutes))
    return [*parts, *_served(workspace, facts, plan, find)]


def _served(workspace: Workspace, facts: Facts, plan: ReviewPlan | str, find: FindPriorities) -> list[Part]:
    if isinstance(plan, str):
        return []
    return [_tried(lambda: served_part(workspace, facts, find(plan)))]


def _tried(make: Callable[[], Part]) -> Part:
    """Answer a question, or say what is missing to answer it."""
    try:
        return make()
    except (MissingDataError, BadInputError) as error:
        return Part(missing=(str(error),))
