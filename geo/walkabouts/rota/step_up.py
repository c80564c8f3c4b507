"""When reports ask for more walks than the rota has (Test Valley 4.14: "stepped up depending on emerging demands")."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.rota.ask import Walked

_TIME_LEFT: Final = timedelta(days=7)  # a walk wants some days to be arranged


@dataclass(frozen=True)
class StepUp:
    """More walks are due.

    Attributes
    ----------
    reports, weeks
        So many reports came within the last so many weeks.
    threshold
        From so many on walks are added.
    since
        The day since when it has been so many, without a break.
    by
        The day by which the further walks are to be held.
    walks
        How many are still to be added; 0 where enough are planned or held.
    """

    reports: int
    weeks: int
    threshold: int
    since: date
    by: date
    walks: int

    @property
    def told(self) -> str:
        """Say what asks for how many walks by when."""
        more = f"{self.walks} {'walk more is' if self.walks == 1 else 'walks more are'} due by"
        asked = more if self.walks else "what this asks for is planned or held, by"
        return (
            f"{self.reports} reports came in the last {self.weeks} weeks; from {self.threshold} on walks are stepped "
            f"up: {asked} {self.by.day} {self.by:%B %Y}. Reports are counted, not people."
        )


def step_up_due(
    reports: Sequence[date], walks: Sequence[Walked], options: WalkaboutOptions, *, today: date
) -> StepUp | None:
    """Say whether reports ask for more walks; to be asked at any time, also after a rota was settled.

    Reports are counted over the last `step_up_weeks` up to today. On the first day of an unbroken run of days with
    `step_up_reports` or more, `step_up_walks` further walks become due within as many weeks; while the run lasts,
    further ones become due each so many weeks. Where less than a week is left, the next such weeks are meant.

    Parameters
    ----------
    reports
        The days on which reports came in.
    walks
        Walks held or planned, those that were stepped up marked so.

    Returns
    -------
    StepUp or None
        None where reports are below the threshold today.

    Examples
    --------
    >>> days = [date(2026, 5, number) for number in (1, 4, 6, 8, 9)]
    >>> step_up_due(days, (), WalkaboutOptions(), today=date(2026, 5, 12)).told.split(";")[0]
    '5 reports came in the last 4 weeks'
    """
    came = sorted(reports)
    span = timedelta(weeks=options.step_up_weeks)

    def within(day: date) -> int:
        return bisect_right(came, day) - bisect_right(came, day - span)

    if within(today) < options.step_up_reports or not options.step_up_walks:
        return None
    since = today
    while within(since - timedelta(days=1)) >= options.step_up_reports:
        since -= timedelta(days=1)
    by = since + span
    while by < today + _TIME_LEFT:
        by += span
    added = sum(one.stepped and by - span < one.day <= by for one in walks)
    left = max(options.step_up_walks - added, 0)
    return StepUp(within(today), options.step_up_weeks, options.step_up_reports, since, by, left)
