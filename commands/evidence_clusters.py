"""`planner evidence clusters`: groups of neighbouring places, of any size, with more clients than the homes explain."""

from collections.abc import Hashable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import typer

from commands.files import write_table
from commands.looking import CohortOption, Teller, choose, note_look
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.evidence.cluster_tables import cluster_outlines, clusters_table
from geo.evidence.clusters import Clusters, find_clusters
from geo.evidence.counts import CellCounts, count_selected_cells
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.tables import cell_names
from geo.review.maps import episodes_of, grid_of
from layers.sample import told_sources


def clusters(
    *,
    workspace: WorkspaceOption = None,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    period: Annotated[str, typer.Option(help="A review year, several as 2022-23..2024-25, or all.")] = ALL_PERIODS,
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    route: Annotated[str, typer.Option(help="Only records that came by this route.")] = "",
    leave_out: Annotated[list[str] | None, typer.Option(help="Leave out records with this flag; repeatable.")] = None,
    cohort: CohortOption = "",
    out: Annotated[Path | None, typer.Option(help="Write the clusters to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Search for clusters of any size. For the housing team only: counts are not suppressed."""
    opened = open_workspace(workspace)
    chosen = resolution or opened.scenario.resolution
    selection = choose(opened, period=period, source=source, route=route, leave_out=leave_out, cohort=cohort)
    grid = grid_of(opened, chosen, period=period)
    counts = count_selected_cells(episodes_of(opened), selection, resolution=chosen)
    found = find_clusters(counts, grid, options=opened.scenario.scan, progress=Teller())
    note_look(opened, "search for clusters", selection, resolution=chosen)
    table = clusters_table(found, grid)
    if out is not None:
        write_table(table, _shapes(found, table), out, sources=told_sources(opened))
    lines = _lines(found, counts, table) + ([f"Written to {out.name}."] if out else [])
    show_result(_document(found, counts, table), lines, as_json=as_json)


def _shapes(found: Clusters, table: pd.DataFrame) -> gpd.GeoSeries:
    """Draw each cluster; the rows of the other clients have no shape."""
    drawn = cluster_outlines(found).geometry.tolist()
    return gpd.GeoSeries([*drawn, *[None] * (len(table) - len(drawn))], index=table.index, crs=WGS84)


def _document(found: Clusters, counts: CellCounts, table: pd.DataFrame) -> dict[str, Any]:
    facts = ("question", "resolution", "period", "unit", "tested", "clients", "untested", "excluded_cells", "too_large")
    cells = cell_names(found.cells["cell"]).groupby(found.cells["cluster"]).agg(list)
    inside = {str(number): names for number, names in cells.items()}
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return {
        **{fact: getattr(found, fact) for fact in facts},
        **found.options.model_dump(),
        "circles": found.circles,
        "homes_source": found.homes_source,
        "law": found.law,
        "unevenness": asdict(found.unevenness),
        "simulated": asdict(found.risks),
        "unmapped": counts.unmapped,
        "left_out": counts.left_out,
        "why_none": found.why_none,
        "clusters": [{**row, "members": inside.get(row["cluster"], [])} for row in rows],
    }


def _lines(found: Clusters, counts: CellCounts, table: pd.DataFrame) -> list[str]:
    lost = sum(counts.unmapped.values())
    return [
        f"{found.question} ({found.period}; resolution {found.resolution}; {found.unit})",
        *[_row(row) for row in table.head(len(found.table)).to_dict("records")],
        *([found.why_none] if found.why_none else []),
        f"{found.circles:,} circles over {found.tested} cells with {found.clients} clients.",
        f"{found.untested} clients in cells not tested; {lost} have no place on the map; {counts.left_out} left out.",
        f"Law: {found.law}. Homes: {found.homes_source}.",
        _unevenness(found),
        "For the housing team only: these counts are not suppressed.",
    ]


def _row(row: dict[Hashable, Any]) -> str:
    risk = "" if pd.isna(row["relative_risk"]) else f", {row['relative_risk']:.1f} times the risk elsewhere"
    cells = "1 cell" if row["cells"] == 1 else f"{row['cells']} cells"
    return (
        f"  {row['cluster']}  {row['places'] or row['centre']}: {row['count']} clients in {cells}, "
        f"{row['expected']:.1f} by homes{risk}; p {row['p']:.2g}, against ordinary unevenness {row['p_uneven']:.2g}"
    )


def _unevenness(found: Clusters) -> str:
    alone, shared = found.risks.own_cv, found.risks.shared_cv
    simulated = f"simulated as {alone:.0%} of each cell's own and {shared:.0%} shared with its neighbours"
    if found.unevenness.assumed:
        return f"Too few clients or cells to learn the ordinary unevenness; a usual one is assumed, {simulated}."
    return f"Ordinary unevenness between cells: {found.unevenness.cell_cv_estimate:.0%}, {simulated}."
