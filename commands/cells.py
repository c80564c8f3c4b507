"""`planner cells`: count household episodes by cell and review year, with what could not be mapped beside them."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import typer

from commands.files import write_table
from commands.looking import CohortOption, choose
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, workspace_path
from geo.crs import WGS84
from geo.errors import BadInputError
from geo.evidence.counts import CellCounts, count_selected_cells
from geo.evidence.periods import ALL_PERIODS, periods_of
from geo.evidence.tables import cell_names, cell_numbers, cells_table
from geo.places.bulk import BulkCount, count_files
from geo.places.gazetteer import Gazetteer
from geo.places.grid import cell_polygons
from geo.review.maps import episodes_of
from geo.review.safe_list import listed_postcodes
from layers.boundaries import read_boundary

_BULK_RESOLUTION = 8


def cells(
    *,
    workspace: WorkspaceOption = None,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    period: Annotated[str, typer.Option(help="One review year such as 2024-25; else each of them.")] = "",
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    route: Annotated[str, typer.Option(help="Only records that came by this route.")] = "",
    leave_out: Annotated[list[str] | None, typer.Option(help="Leave out records with this flag; repeatable.")] = None,
    cohort: CohortOption = "",
    inputs: Annotated[list[Path] | None, typer.Option("--input", help="Count these files past the workspace.")] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="The gazetteer (.parquet) for --input.")] = None,
    boundary: Annotated[Path | None, typer.Option(help="Count only inside this area, with --input.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the cells to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Count by cell and review year. For the housing team only: counts are not suppressed."""
    if inputs:
        _refuse_unused(
            {"--period": period, "--source": source, "--route": route, "--leave-out": leave_out, "--cohort": cohort}
        )
        hidden = _safe_places(workspace, gazetteer)
        found = _count_past_workspace(inputs, gazetteer, boundary, resolution or _BULK_RESOLUTION, hidden)
        _write(_named(found), out)
        show_result(_bulk_document(found), _bulk_lines(found), as_json=as_json)
        return
    _refuse_without_input({"--gazetteer": gazetteer, "--boundary": boundary})
    opened = open_workspace(workspace)
    episodes = episodes_of(opened)
    size = resolution or opened.scenario.resolution
    everything = choose(
        opened, period=period or ALL_PERIODS, source=source, route=route, leave_out=leave_out, cohort=cohort
    )
    years = [
        count_selected_cells(episodes, replace(everything, period=year), resolution=size)
        for year in ([period] if period else periods_of(episodes) or [ALL_PERIODS])
    ]
    table = cells_table(years)
    _write(table, out)
    lines = [line for counts in years for line in _lines(counts)] + ([f"Written to {out.name}."] if out else [])
    show_result({"years": [_document(counts) for counts in years]}, lines, as_json=as_json)


def _refuse_unused(options: dict[str, object]) -> None:
    """Refuse what a bulk count would pass over in silence: it reads one column of the files, the postcode."""
    given = [name for name, value in options.items() if value]
    if given:
        message = f"{given[0]} cannot be used with --input, which counts every row by its postcode alone; leave it out."
        raise BadInputError(message)


def _refuse_without_input(options: dict[str, object]) -> None:
    given = [name for name, value in options.items() if value is not None]
    if given:
        message = f"{given[0]} is for --input; a workspace has its own. Leave it out, or name files with --input."
        raise BadInputError(message)


def _write(table: pd.DataFrame, out: Path | None) -> None:
    """Write every row as CSV; as GeoJSON only the cells, for the others have no shape."""
    if out is None:
        return
    shown = table if out.suffix.lower() == ".csv" else table[table["cell"] != ""].reset_index(drop=True)
    cells = cell_numbers(shown.loc[shown["cell"] != "", "cell"])
    # The rows without a cell stand only in a CSV, which takes no shapes.
    shapes = [*cell_polygons(cells), *[None] * (len(shown) - len(cells))]
    write_table(shown, gpd.GeoSeries(shapes, index=shown.index, crs=WGS84), out)


def _document(counts: CellCounts) -> dict[str, Any]:
    facts = ("period", "resolution", "unit", "episodes", "rows", "located", "unmapped", "left_out")
    named = counts.cells.assign(cell=cell_names(counts.cells["cell"]))
    return {**{fact: getattr(counts, fact) for fact in facts}, "cells": named.to_dict("records")}


def _lines(counts: CellCounts) -> list[str]:
    lost = ", ".join(f"{status.replace('_', ' ')} {count}" for status, count in counts.unmapped.items()) or "none"
    where = f"{counts.located} in {len(counts.cells)} cells of resolution {counts.resolution}"
    return [
        f"{counts.period}: {counts.episodes} {counts.unit} ({counts.rows} rows); {where}, {counts.left_out} left out.",
        f"  Without a place on the map: {lost}.",
    ]


def _count_past_workspace(
    inputs: list[Path], gazetteer: Path | None, boundary: Path | None, resolution: int, hidden: frozenset[str]
) -> BulkCount:
    """Count a region's or a ministry's files straight from the disk; rows, not households."""
    if gazetteer is None:
        message = "--input needs --gazetteer FILE, such as the gazetteer.parquet of a workspace."
        raise BadInputError(message)
    area = None if boundary is None else read_boundary(boundary)
    return count_files(inputs, Gazetteer(gazetteer), resolution=resolution, boundary=area, hidden=hidden)


def _safe_places(workspace: Path | None, gazetteer: Path | None) -> frozenset[str]:
    """Find the postcodes whose rows no bulk count shows: those on the list of the workspace that is named, if any."""
    if workspace_path(workspace) is None or gazetteer is None:
        return frozenset()
    return listed_postcodes(open_workspace(workspace), Gazetteer(gazetteer))


def _named(found: BulkCount) -> pd.DataFrame:
    return found.cells.assign(cell=cell_names(found.cells["cell"]))


def _bulk_document(found: BulkCount) -> dict[str, Any]:
    return {"unit": "rows, not households", "status": found.statuses, "cells": _named(found).to_dict("records")}


def _bulk_lines(found: BulkCount) -> list[str]:
    lost = {status: rows for status, rows in found.statuses.items() if rows and status != "located"}
    reasons = ", ".join(f"{status.replace('_', ' ')} {rows:,}" for status, rows in lost.items()) or "none"
    return [
        f"{found.statuses['located']:,} rows in {len(found.cells):,} cells; rows, not households.",
        f"  Without a place on the map: {reasons}.",
    ]
