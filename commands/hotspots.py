"""`planner hotspots`: where most clients are, or where there are more than the homes explain."""

from collections.abc import Hashable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import typer

from commands.files import write_table
from commands.looking import CohortOption, choose, note_look
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.evidence.counts import CellCounts, count_selected_cells
from geo.evidence.hotspots import Hotspots, find_hotspots
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.tables import UNTESTED, cell_numbers, hotspots_table
from geo.places.grid import cell_polygons
from geo.review.maps import episodes_of, grid_of
from layers.sample import told_sources

_SHOWN = 10


class Question(StrEnum):
    """The two tests, never mixed up."""

    COUNTS = "counts"
    EXCESS = "excess"


def hotspots(
    *,
    test: Annotated[Question, typer.Option(help="counts: where most are. excess: more than homes explain.")],
    workspace: WorkspaceOption = None,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    period: Annotated[str, typer.Option(help="A review year, several as 2022-23..2024-25, or all.")] = ALL_PERIODS,
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    route: Annotated[str, typer.Option(help="Only records that came by this route.")] = "",
    leave_out: Annotated[list[str] | None, typer.Option(help="Leave out records with this flag; repeatable.")] = None,
    cohort: CohortOption = "",
    out: Annotated[Path | None, typer.Option(help="Write the cells to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Test every inhabited cell with its neighbours. For the housing team only: counts are not suppressed."""
    opened = open_workspace(workspace)
    chosen = resolution or opened.scenario.resolution
    selection = choose(opened, period=period, source=source, route=route, leave_out=leave_out, cohort=cohort)
    grid = grid_of(opened, chosen, period=period)
    counts = count_selected_cells(episodes_of(opened), selection, resolution=chosen)
    found = find_hotspots(counts, grid, test=test.value)
    note_look(opened, f"{test.value} test", selection, resolution=chosen)
    table = hotspots_table(found, grid)
    if out is not None:
        write_table(table, _shapes(found, table), out, sources=told_sources(opened))
    lines = _lines(found, counts, table) + ([f"Written to {out.name}."] if out else [])
    show_result(_document(found, counts, table), lines, as_json=as_json)


def _shapes(found: Hotspots, table: pd.DataFrame) -> gpd.GeoSeries:
    """Draw each cell; the row of untested clients has no shape."""
    cells = cell_numbers(table.loc[table["cell"] != UNTESTED, "cell"])
    none = [None] if found.untested else []
    return gpd.GeoSeries([*cell_polygons(cells), *none], index=table.index, crs=WGS84)


def _document(found: Hotspots, counts: CellCounts, table: pd.DataFrame) -> dict[str, Any]:
    facts = ("question", "test", "resolution", "period", "unit", "tested", "clients", "untested", "excluded_cells")
    return {
        **{fact: getattr(found, fact) for fact in facts},
        "homes_source": found.homes_source,
        "law": found.law,
        "unevenness": asdict(found.unevenness) if found.unevenness else None,
        "unmapped": counts.unmapped,
        "left_out": counts.left_out,
        "kinds": found.kinds(),
        "cells": table.astype(object).where(table.notna(), None).to_dict("records"),
    }


def _lines(found: Hotspots, counts: CellCounts, table: pd.DataFrame) -> list[str]:
    hot = table[table["kind"].str.startswith("hot")]
    lost = sum(counts.unmapped.values())
    kinds = ", ".join(f"{kind} {cells}" for kind, cells in found.kinds().items())
    return [
        f"{found.question} ({found.period}; resolution {found.resolution}; {found.unit})",
        *[
            f"  {row['kind']}  {row['cell']}  {row['place']}: {_row(row)}"
            for row in hot.head(_SHOWN).to_dict("records")
        ],
        f"{found.tested} cells tested with {found.clients} clients: {kinds}.",
        f"{found.untested} clients in cells not tested; {lost} have no place on the map; {counts.left_out} left out.",
        f"Law: {found.law}. Homes: {found.homes_source}.",
        *_unevenness(found),
        "For the housing team only: these counts are not suppressed.",
    ]


def _row(row: dict[Hashable, Any]) -> str:
    if "expected" in row:
        return f"{row['window_count']} with its neighbours, {row['expected']:.1f} by homes, q {row['q_uneven']:.2g}"
    return f"{row['window_count']} with its neighbours, q {row['q']:.2g}"


def _unevenness(found: Hotspots) -> list[str]:
    known = found.unevenness
    if known is None:
        return []
    if known.assumed:
        return [f"Too few clients or cells to learn the ordinary unevenness; {known.cell_cv:.0%} is assumed."]
    against = f"tested against {known.cell_cv:.0%} ({known.window_cv:.0%} between windows)"
    return [f"Ordinary unevenness between cells: {known.cell_cv_estimate:.0%}, {against}."]
