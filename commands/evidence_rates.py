"""`planner evidence rates`: clients per 1,000 homes and per 1,000 people a year, with how sure each rate is."""

from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import typer

from commands.files import write_table
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.evidence.counts import AreaLevel, Selection, count_selected_areas, count_selected_cells
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.rate_notes import rate_notes
from geo.evidence.rate_tables import rates_table
from geo.evidence.rates import UNRELIABLE_BELOW, RateLevel, Rates
from geo.places.grid import cell_polygons
from geo.review.maps import episodes_of, grid_of
from geo.review.rates import area_homes_of, area_rates_of, areas_of, cell_rates_of
from geo.review.workspace import Workspace
from layers.sample import told_sources

_SHOWN = 10


def rates(
    *,
    by: Annotated[RateLevel, typer.Option(help="cell, ward, lsoa, or area: the council's own named areas.")] = "cell",
    workspace: WorkspaceOption = None,
    resolution: Annotated[
        int | None, typer.Option(help="H3 resolution of cells, 7 or 8 (default: the workspace's).")
    ] = None,
    period: Annotated[
        str, typer.Option(help="A review year such as 2024-25, several as 2022-23..2024-25, or all.")
    ] = ALL_PERIODS,
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    route: Annotated[str, typer.Option(help="Only records that came by this route.")] = "",
    leave_out: Annotated[list[str] | None, typer.Option(help="Leave out records with this flag; repeatable.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the rates to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Set clients against homes. For the housing team only: counts are not suppressed."""
    opened = open_workspace(workspace)
    left_out = opened.scenario.leave_out if leave_out is None else tuple(leave_out)
    chosen = Selection(period, source, route, left_out)
    if by == "cell":
        found, table, shapes = _by_cell(opened, chosen, resolution or opened.scenario.resolution)
    else:
        found, table, shapes = _by_area(opened, chosen, by)
    if out is not None:
        _write(opened, table, shapes, out)
    lines = _lines(found, table) + ([f"Written to {out.name}."] if out else [])
    show_result(_document(found, table), lines, as_json=as_json)


def _by_cell(workspace: Workspace, chosen: Selection, resolution: int) -> tuple[Rates, pd.DataFrame, gpd.GeoSeries]:
    grid = grid_of(workspace, resolution, period=chosen.period)
    found = cell_rates_of(workspace, count_selected_cells(episodes_of(workspace), chosen, resolution=resolution), grid)
    names = dict(zip(grid.cells["cell"].tolist(), grid.cells["place"].tolist(), strict=True))
    cells = found.table["cell"].to_numpy()
    return (
        found,
        rates_table(found, names),
        gpd.GeoSeries(list(cell_polygons(cells)), index=found.table.index, crs=WGS84),
    )


def _by_area(workspace: Workspace, chosen: Selection, level: AreaLevel) -> tuple[Rates, pd.DataFrame, gpd.GeoSeries]:
    areas = areas_of(workspace, level=level).set_index("code")
    homes = area_homes_of(workspace, level=level, period=chosen.period)
    counts = count_selected_areas(episodes_of(workspace), chosen, level=level)
    found = area_rates_of(workspace, counts, homes)
    shapes = areas.geometry.loc[found.table["code"]].reset_index(drop=True)
    return found, rates_table(found, areas["name"].to_dict()), shapes


def _write(opened: Workspace, table: pd.DataFrame, shapes: gpd.GeoSeries, out: Path) -> None:
    """Write every row as CSV; as GeoJSON only the places, for the others have no shape."""
    shown = table if out.suffix.lower() == ".csv" else table[table["status"] == "located"]
    write_table(shown, shapes.reindex(shown.index), out, sources=told_sources(opened))


def _document(found: Rates, table: pd.DataFrame) -> dict[str, Any]:
    facts = ("level", "resolution", "unit", "episodes", "rows", "located", "unmapped", "left_out", "months", "no_homes")
    return {
        "period": found.selection.period,
        **{fact: getattr(found, fact) for fact in facts},
        "mean_per_1000_homes": found.mean_per_1000_homes,
        "mean_low": found.mean_low,
        "mean_high": found.mean_high,
        "homes_source": found.homes_source,
        "notes": list(rate_notes(found)),
        "places": table.astype(object).where(table.notna(), None).to_dict("records"),
    }


def _lines(found: Rates, table: pd.DataFrame) -> list[str]:
    reliable = table[~table["unreliable"].astype("boolean").fillna(value=True)]
    first = reliable.sort_values("rate_per_1000_homes", ascending=False).head(_SHOWN)
    every = (
        f"All places: {found.mean_per_1000_homes:.1f} ({found.mean_low:.1f} to {found.mean_high:.1f});"
        f" {len(reliable)} of {len(found.table)} have {UNRELIABLE_BELOW} clients or more, the others no firm rate."
    )
    return [
        f"Clients per 1,000 homes a year ({found.selection.period}; by {found.level}; {found.unit})",
        *[
            f"  {row['rate_per_1000_homes']:.1f} ({row['low_per_1000_homes']:.1f} to {row['high_per_1000_homes']:.1f})"
            f"  {row['place']}: {row['count']} clients, {row['homes']:,.0f} homes"
            for row in first.to_dict("records")
        ],
        every,
        f"{sum(found.unmapped.values())} have no place on the map; {found.left_out} left out.",
        *rate_notes(found),
        "For the housing team only: these counts are not suppressed.",
    ]
