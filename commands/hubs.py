"""`planner hubs rank`: where to go, and why."""

from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import typer

from commands.files import write_table
from commands.hubs_choose import choose
from commands.hubs_options import (
    DecayOption,
    MinutesOption,
    ModeOption,
    NeedOption,
    PeriodOption,
    ResolutionOption,
    SourceOption,
    reach_options,
)
from commands.hubs_programme import programme
from commands.hubs_reach import reach
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import NATIONAL_GRID
from geo.evidence.counts import count_cells
from geo.evidence.periods import ALL_PERIODS
from geo.hubs.headline import told_added, told_now
from geo.hubs.ranking import Choice, Ranking
from geo.hubs.table import POINTS
from geo.review.maps import episodes_of, grid_of
from geo.review.rankings import need_of, ranking_of, surroundings_of
from layers.sample import told_sources

hubs = typer.Typer(help="Choose places to go.", no_args_is_help=True, rich_markup_mode=None)
hubs.command("reach")(reach)
hubs.command("choose")(choose)
hubs.command("programme")(programme)
_SHOWN = 10


@hubs.command("rank")
def rank(
    *,
    workspace: WorkspaceOption = None,
    mode: ModeOption = "walk",
    minutes: MinutesOption = None,
    decay: DecayOption = None,
    need: NeedOption = "clients",
    resolution: ResolutionOption = None,
    period: PeriodOption = ALL_PERIODS,
    source: SourceOption = "",
    route: Annotated[str, typer.Option(help="Only records that came by this route.")] = "",
    category: Annotated[list[str] | None, typer.Option(help="Only sites of this category; may be repeated.")] = None,
    top: Annotated[int | None, typer.Option(min=1, help="Only the first so many sites.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the table to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the sites by the need they reach, what is new in it, co-location and suitability."""
    opened = open_workspace(workspace)
    scenario = reach_options(opened.scenario, minutes=minutes, decay=decay)
    chosen = resolution or scenario.resolution
    counts = count_cells(
        episodes_of(opened), resolution=chosen, period=period, source=source, route=route, leave_out=scenario.leave_out
    )
    asked = need_of(opened, counts, grid_of(opened, chosen), kind=need)
    choice = Choice(categories=tuple(category or ()))
    around = surroundings_of(opened, mode=mode)
    ranking = ranking_of(opened, asked, around, scenario=scenario, choice=choice)
    if out is not None:
        best = ranking.table.head(top) if top else ranking.table
        points = gpd.GeoSeries(
            gpd.points_from_xy(best["easting"], best["northing"], crs=NATIONAL_GRID), index=best.index
        )
        write_table(best, points, out, sources=told_sources(opened))
    lines = _lines(ranking, top or _SHOWN) + ([f"Written to {out.name}."] if out else [])
    show_result(_document(ranking, top), lines, as_json=as_json)


def _document(ranking: Ranking, top: int | None) -> dict[str, Any]:
    return {
        "unit": ranking.unit,
        "period": ranking.period,
        "resolution": ranking.resolution,
        "clients": ranking.clients,
        "unmapped": ranking.unmapped,
        "unmapped_share": round(ranking.unmapped_share, 4),
        "left_out": ranking.left_out,
        "travel": ranking.travel_label,
        "need": ranking.need.kind,
        "within_reach_now": ranking.wording.now,
        "chance_top": ranking.firm_label,
        "tie": ranking.tie,
        "criteria": [_criterion(ranking, name) for name in ranking.criteria],
        "notes": list(ranking.notes),
        "sites": ranking.table.head(top or len(ranking.table)).to_dict("records"),
    }


def _criterion(ranking: Ranking, name: str) -> dict[str, Any]:
    lowest, highest = ranking.lowest_weights[name], ranking.highest_weights[name]
    return {
        "name": name,
        "question": ranking.criteria[name],
        "amount": ranking.units[name],
        "weight": round(ranking.weights[name], 2),
        "weight_range": [round(lowest, 2), round(highest, 2)],
    }


def _lines(ranking: Ranking, shown: int) -> list[str]:
    lines = [told_now(ranking.wording), told_added(ranking.table, named="ranked first"), ranking.tie, ""]
    for site in ranking.table.head(shown).to_dict("records"):
        lines.append(f"{site['rank']:3}. {site['name']} ({site['category'].replace('_', ' ')})  {_sum(ranking, site)}")
        lines.append(f"     {site['sentence']} [{site['firm_word']}]")
        lines.append(f"     {_chances(ranking, site)}")
    lost = sum(ranking.unmapped.values())
    lines += [
        "",
        f"Ranked by {ranking.wording.total:,} {ranking.wording.noun} (period: {ranking.period}).",
        f"{lost} more ({ranking.unmapped_share:.0%}) have no place on the map.",
        f"Journeys: {ranking.travel_label}.",
        f"Weights tried: {_ranges(ranking)} (points out of 100).",
        f"In brackets, as a word: the {ranking.firm_label}.",
        *ranking.notes,
    ]
    return lines


def _chances(ranking: Ranking, site: dict[Any, Any]) -> str:
    top = f", among the first {ranking.top} in {site['chance_top']:.0%}" if ranking.top > 1 else ""
    tied = f"; tied with {site['tied_with']}" if site["tied_with"] else ""
    return f"first in {site['chance_first']:.0%} of draws{top}; ranks {site['rank_low']} to {site['rank_high']}{tied}"


def _ranges(ranking: Ranking) -> str:
    pairs = {name: (ranking.lowest_weights[name], ranking.highest_weights[name]) for name in ranking.criteria}
    return ", ".join(f"{name.replace('_', ' ')} {low:.0f} to {high:.0f}" for name, (low, high) in pairs.items())


def _sum(ranking: Ranking, site: dict[Any, Any]) -> str:
    parts = " + ".join(f"{name.replace('_', ' ')} {site[POINTS + name]:.1f}" for name in ranking.criteria)
    return f"{site['score']:.1f} = {parts}"
