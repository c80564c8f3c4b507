"""`planner evidence stability`: which hot places stay hot when something else is changed."""

from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import typer

from commands.files import write_table
from commands.looking import Teller
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.evidence.counts import Selection, count_selected_cells
from geo.evidence.hot_places import hot_places
from geo.evidence.hotspots import Hotspots, find_hotspots
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.stability import Stability
from geo.places.grid import cell_polygons
from geo.review.maps import episodes_of, grid_of
from geo.review.stability import stability_of
from layers.sample import told_sources

_NO_PLACE = "No place is hot at 95 %, so there is nothing to try under other settings."


def stability(
    *,
    workspace: WorkspaceOption = None,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    period: Annotated[str, typer.Option(help="A review year, several as 2022-23..2024-25, or all.")] = ALL_PERIODS,
    out: Annotated[Path | None, typer.Option(help="Write the places to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Try every hot place under other settings: other hexagons, wards, a year or a source left out, and so on."""
    opened = open_workspace(workspace)
    chosen = resolution or opened.scenario.resolution
    selection = Selection(period, leave_out=opened.scenario.leave_out)
    grid = grid_of(opened, chosen, period=period)
    counts = count_selected_cells(episodes_of(opened), selection, resolution=chosen)
    hot = find_hotspots(counts, grid, test="excess")
    places = hot_places(hot, grid)
    found = stability_of(opened, places, selection=selection, resolution=chosen, progress=Teller())
    if out is not None:
        write_table(found.table, _shapes(places, found.table), out, sources=told_sources(opened))
    lines = _lines(hot, found) + ([f"Written to {out.name}."] if out else [])
    show_result(_document(hot, found), lines, as_json=as_json)


def _shapes(places: dict[str, tuple[int, ...]], table: pd.DataFrame) -> gpd.GeoSeries:
    """Draw each place as its hot cells together."""
    drawn = [gpd.GeoSeries(cell_polygons(np.array(places[area]))).union_all() for area in table["area"]]
    return gpd.GeoSeries(drawn, index=table.index, crs=WGS84)


def _document(hot: Hotspots, found: Stability) -> dict[str, Any]:
    return {
        "question": hot.question,
        "resolution": hot.resolution,
        "period": hot.period,
        "unit": hot.unit,
        "clients": hot.clients,
        "rule": found.rule,
        "seed": found.options.seed,
        "draws": found.options.draws,
        "places": found.table.to_dict("records"),
        "runs": found.detail.to_dict("records"),
        "not_run": dict(found.not_run),
    }


def _lines(hot: Hotspots, found: Stability) -> list[str]:
    if found.table.empty:
        return [_NO_PLACE]
    width = max(len(area) for area in found.table["area"])
    return [
        f"Which hot places stay hot? ({hot.period}; resolution {hot.resolution}; {hot.unit})",
        *[
            f"  {row['word']:8} {row['area']:{width}}  {row['share']:4.0%}  {row['note']}"
            for row in found.table.to_dict("records")
        ],
        found.rule,
        *[f"Not tried: {name}, for {why}." for name, why in found.not_run.items()],
        f"Clients were placed on the shifted grids {found.options.draws} times; seed {found.options.seed}.",
    ]
