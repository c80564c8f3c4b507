"""Plan a workspace's rota of walkabouts, the same way for screens and commands."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from geo.review.review_quarters import ReviewQuarter, quarters_of
from geo.review.walks.agencies import read_agencies
from geo.review.walks.reading import reports_standing, walks_standing
from geo.review.walks.rota_kept import rotas_kept, walks_in_force
from geo.review.workspace import Workspace
from geo.walkabouts.bands import band_of, day_of, local
from geo.walkabouts.rota.ask import RotaAsk, Walked
from geo.walkabouts.rota.plan import plan_rota
from geo.walkabouts.rota.result import Rota, RotaWalk
from geo.walkabouts.rota.step_up import StepUp, step_up_due

_REMEMBERED: Final = timedelta(days=366)  # walks before count for so long
_NEAR: Final = timedelta(days=3)  # a planned walk that was held so near to its day was held
_DAY: Final = timedelta(days=1)
Span = tuple[date, date]


def quarter_span(quarter: ReviewQuarter) -> Span:
    """Give the first and the last day of a quarter."""
    return quarter.first_day, quarter.last_day


def year_span(workspace: Workspace, year: str) -> Span:
    """Give the first and the last day of a review year.

    Raises
    ------
    BadInputError
        It is not a single review year.
    """
    quarters = quarters_of(year, first_month=workspace.scenario.review_first_month)
    return quarters[0].first_day, quarters[-1].last_day


def coming_quarter(workspace: Workspace, *, today: date) -> ReviewQuarter:
    """Give the quarter that tomorrow lies in: the nearest one that can be planned."""
    return ReviewQuarter.at(today + _DAY, first_month=workspace.scenario.review_first_month)


def rota_of(workspace: Workspace, span: Span, *, today: date, draw: int = 0) -> Rota:
    """Plan a span of a workspace.

    Parameters
    ----------
    span
        Its first and last day.
    today
        Days up to this one are not planned.
    draw
        Another number draws another rota among those as good.

    Raises
    ------
    BadInputError
        The span is over or too long.
    """
    return plan_rota(ask_of(workspace, span, today=today, draw=draw))


def ask_of(workspace: Workspace, span: Span, *, today: date, draw: int = 0) -> RotaAsk:
    """Gather what a rota is made from: agencies, walks held and planned before it, reports."""
    scenario = workspace.scenario
    start = max(span[0], today + _DAY)
    later = walks_in_force(workspace, first=span[1] + _DAY)
    return RotaAsk(
        first=span[0],
        last=span[1],
        agencies=read_agencies(workspace),
        options=scenario.walkabouts,
        today=today,
        seed=_seed_of(workspace, span, draw),
        first_month=scenario.review_first_month,
        before=walked(workspace, today=today, start=start),
        after=_walked(later[0]) if later else None,
        reports=report_days(workspace),
    )


def step_up_now(workspace: Workspace, *, today: date) -> StepUp | None:
    """Say whether reports ask for more walks than the rotas in force have; to be asked at any time."""
    walks = walked(workspace, today=today, start=date.max)
    return step_up_due(report_days(workspace), walks, workspace.scenario.walkabouts, today=today)


def walked(workspace: Workspace, *, today: date, start: date) -> tuple[Walked, ...]:
    """List the walks held within the last year, and those that a rota plans after today and before a day.

    A walk that was held within three days of one that had been added because of reports counts as that one: one for
    one, the nearest first.
    """
    options = workspace.scenario.walkabouts
    planned = walks_in_force(workspace)
    stepped = [walk.day for walk in planned if walk.reason == "stepped up"]
    held = sorted((day_of(one.begins, options), band_of(one.begins, options)) for one in walks_standing(workspace))
    counted = _matched([day for day, _ in held], stepped)
    before = [
        Walked(day, band, stepped=number in counted)
        for number, (day, band) in enumerate(held)
        if today - _REMEMBERED < day < start
    ]
    return (*before, *(_walked(walk) for walk in planned if today < walk.day < start))


def _matched(held: Sequence[date], stepped: Sequence[date]) -> frozenset[int]:
    """Give the walks held, by position, that count as one planned: each as one at most, the nearest first."""
    pairs = sorted(
        (abs(day - other), number, at)
        for number, day in enumerate(held)
        for at, other in enumerate(stepped)
        if abs(day - other) <= _NEAR
    )
    walks: dict[int, int] = {}
    for _, number, at in pairs:
        if number not in walks and at not in walks.values():
            walks[number] = at
    return frozenset(walks)


def report_days(workspace: Workspace) -> tuple[date, ...]:
    """List the days on which reports came in; partner intelligence is another thing and stays apart."""
    return tuple(sorted(local(one.received).date() for one in reports_standing(workspace) if one.kind == "reported"))


def _walked(walk: RotaWalk) -> Walked:
    return Walked(walk.day, walk.band, stepped=walk.reason == "stepped up")


def _seed_of(workspace: Workspace, span: Span, draw: int) -> int:
    """Draw a seed that nobody outside can know, and that is the same until a rota is settled.

    It is made of the workspace's own random name, the span, the scenario's seed, how many rotas were kept, and which
    draw it is; the rota records it.
    """
    parts = (
        workspace.store.meta("workspace_id"),
        *span,
        workspace.scenario.walkabouts.seed,
        rotas_kept(workspace),
        draw,
    )
    digest = hashlib.sha256(" ".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:4], "big") // 2
