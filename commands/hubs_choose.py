"""`planner hubs choose`: the best set of hubs, how sure that is, and what else there is."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import geopandas as gpd
import typer

from commands.files import write_table
from commands.hubs_choose_words import document, lines, told_progress
from commands.hubs_options import ModeOption, NeedOption, PeriodOption, ResolutionOption, SourceOption
from commands.prices import read_prices
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell
from geo.crs import NATIONAL_GRID
from geo.evidence.counts import count_cells
from geo.evidence.periods import ALL_PERIODS
from geo.hubs.siting.choose import Progress
from geo.hubs.siting.gather import Ask
from geo.hubs.siting.plan import Extras
from geo.hubs.siting.problem import SitingRules
from geo.review.maps import episodes_of, grid_of
from geo.review.rankings import need_of, surroundings_of
from geo.review.siting import plan_of, siting_question
from geo.review.workspace import Workspace
from geo.scenario import Scenario
from layers.sample import told_sources

_METRES_A_KM = 1000


class Asked(StrEnum):
    """The four questions."""

    COVER = "cover"
    AVERAGE = "average"
    WORST = "worst"
    FEWEST = "fewest"


def choose(
    *,
    question: Annotated[
        Asked,
        typer.Option(
            help="cover: reach most clients. average: shortest journeys on average. worst: shortest longest journey. "
            "fewest: as few hubs as reach all."
        ),
    ] = Asked.COVER,
    workspace: WorkspaceOption = None,
    hubs: Annotated[int | None, typer.Option(help="How many hubs (default: the workspace's).")] = None,
    minutes: Annotated[
        float | None, typer.Option(min=1, max=240, help="Who counts as reached (default: the workspace's).")
    ] = None,
    keep: Annotated[list[str] | None, typer.Option(help="A site, by id or name, that must be chosen; repeat.")] = None,
    never: Annotated[list[str] | None, typer.Option(help="A site, by id or name, not to choose; repeat.")] = None,
    budget: Annotated[float | None, typer.Option(min=0, help="Pounds for all hubs together; needs --costs.")] = None,
    costs: Annotated[Path | None, typer.Option(help="CSV file with the columns site and cost.")] = None,
    one_per_town: Annotated[bool, typer.Option("--one-per-town", help="At most one hub in a town.")] = False,
    spacing_km: Annotated[float, typer.Option(min=0, help="Hubs are at least so far apart, straight line.")] = 0.0,
    capacity: Annotated[float | None, typer.Option(min=0, help="A hub can see so many clients at most.")] = None,
    category: Annotated[list[str] | None, typer.Option(help="Only sites of this category; may be repeated.")] = None,
    mode: ModeOption = "walk",
    need: NeedOption = "clients",
    resolution: ResolutionOption = None,
    period: PeriodOption = ALL_PERIODS,
    source: SourceOption = "",
    limit: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds for the proof (default: the workspace's).")
    ] = None,
    alternatives: Annotated[bool, typer.Option("--alternatives", help="List other sets nearly as good.")] = False,
    curve: Annotated[bool, typer.Option("--curve", help="Tell what more or fewer hubs would change.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the chosen sites to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Choose the set of hubs that together do most, with a proof of how good it is."""
    opened = open_workspace(workspace)
    scenario = _limited(opened, limit)
    ask = Ask(
        question=question.value,
        rules=SitingRules(
            hubs=scenario.siting.hubs if hubs is None else hubs,
            must_keep=tuple(keep or ()),
            never=tuple(never or ()),
            budget=float("inf") if budget is None else budget,
            one_per_town=one_per_town,
            spacing_m=spacing_km * _METRES_A_KM,
        ),
        within_minutes=scenario.siting.minutes if minutes is None else minutes,
        prices={} if costs is None else read_prices(costs),
        clients_a_hub=float("inf") if capacity is None else capacity,
        categories=tuple(category or ()),
    )
    size = resolution or scenario.resolution
    counts = count_cells(
        episodes_of(opened), resolution=size, period=period, source=source, leave_out=scenario.leave_out
    )
    grid = grid_of(opened, size)
    wanted = need_of(opened, counts, grid, kind=need)
    asked = siting_question(opened, ask, wanted, surroundings_of(opened, mode=mode), grid, scenario=scenario)
    extras = Extras(alternatives=alternatives, curve=curve)
    plan = plan_of(opened, asked, extras=extras, scenario=scenario, progress=None if as_json else _Teller())
    if out is not None:
        points = gpd.GeoSeries(gpd.points_from_xy(plan.sites["easting"], plan.sites["northing"], crs=NATIONAL_GRID))
        write_table(plan.sites, points, out, sources=told_sources(opened))
    words = lines(plan) + ([f"Written to {out.name}."] if out else [])
    show_result(document(plan), words, as_json=as_json)


def _limited(opened: Workspace, limit: float | None) -> Scenario:
    scenario = opened.scenario
    if limit is None:
        return scenario
    return scenario.model_copy(update={"siting": scenario.siting.model_copy(update={"seconds": limit})})


class _Teller:
    """Tell the person at the terminal how far the proof is, every few seconds."""

    def __init__(self) -> None:
        self._next = 2.0

    def __call__(self, news: Progress) -> None:
        if news.stage != "done" and news.seconds >= self._next:
            self._next = news.seconds + 5.0
            tell(told_progress(news))
