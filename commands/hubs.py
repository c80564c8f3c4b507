"""`planner hubs rank`: where to go, and why."""

from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import typer

from commands.files import write_table
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import NATIONAL_GRID
from geo.evidence.counts import count_cells
from geo.evidence.periods import ALL_PERIODS
from geo.hubs.ranking import Choice, Ranking
from geo.hubs.table import POINTS
from geo.review.maps import episodes_of, grid_of
from geo.review.rankings import ranking_of

hubs = typer.Typer(help="Choose places to go.", no_args_is_help=True, rich_markup_mode=None)
_SHOWN = 10


@hubs.command("rank")
def rank(
    *,
    workspace: WorkspaceOption = None,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    period: Annotated[str, typer.Option(help="A review year such as 2024-25, or all.")] = ALL_PERIODS,
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    route: Annotated[str, typer.Option(help="Only records that came by this route.")] = "",
    category: Annotated[list[str] | None, typer.Option(help="Only sites of this category; may be repeated.")] = None,
    top: Annotated[int | None, typer.Option(min=1, help="Only the first so many sites.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the table to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the sites by the need they reach, what is new in it, co-location and suitability."""
    opened = open_workspace(workspace)
    scenario = opened.scenario
    chosen = resolution or scenario.resolution
    need = count_cells(
        episodes_of(opened), resolution=chosen, period=period, source=source, route=route, leave_out=scenario.leave_out
    )
    choice = Choice(categories=tuple(category or ()))
    ranking = ranking_of(opened, need, grid_of(opened, chosen), choice=choice)
    if out is not None:
        best = ranking.table.head(top) if top else ranking.table
        points = gpd.GeoSeries(
            gpd.points_from_xy(best["easting"], best["northing"], crs=NATIONAL_GRID), index=best.index
        )
        write_table(best, points, out)
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
        "firm": ranking.firm_label,
        "criteria": [
            {"name": name, "question": question, "weight": round(ranking.weights[name], 2)}
            for name, question in ranking.criteria.items()
        ],
        "notes": list(ranking.notes),
        "sites": ranking.table.head(top or len(ranking.table)).to_dict("records"),
    }


def _lines(ranking: Ranking, shown: int) -> list[str]:
    lines = []
    for site in ranking.table.head(shown).to_dict("records"):
        lines.append(f"{site['rank']:3}. {site['name']} ({site['category'].replace('_', ' ')})  {_sum(ranking, site)}")
        lines.append(f"     {site['sentence']} [{site['firm_word']}]")
    lost = sum(ranking.unmapped.values())
    lines += [
        "",
        f"Ranked by {ranking.clients} {ranking.unit} (period: {ranking.period}).",
        f"{lost} more ({ranking.unmapped_share:.0%}) have no place on the map.",
        f"Walks: {ranking.travel_label}.",
        f"In brackets, as a word: the {ranking.firm_label}.",
        *ranking.notes,
    ]
    return lines


def _sum(ranking: Ranking, site: dict[Any, Any]) -> str:
    parts = " + ".join(f"{name.replace('_', ' ')} {site[POINTS + name]:.1f}" for name in ranking.criteria)
    return f"{site['score']:.1f} = {parts}"
