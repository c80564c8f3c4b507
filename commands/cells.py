"""`planner cells`: count household episodes by cell and review year, with what could not be mapped beside them."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
import typer

from commands.bulk_cells import TEAM, BulkAsk, bulk_document, bulk_lines, bulk_table, count_past_workspace
from commands.files import write_table
from commands.looking import CohortOption, choose
from commands.partner_cells import partner_document, partner_lines, partner_tables, write_partner_tables
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.errors import BadInputError
from geo.evidence.counts import CellCounts, count_selected_cells
from geo.evidence.periods import ALL_PERIODS, periods_of
from geo.evidence.tables import cell_names, cell_numbers, cells_table
from geo.places.grid import cell_polygons
from geo.review.maps import episodes_of
from geo.review.workspace import Workspace
from layers.sample import told_sources

_BULK_RESOLUTION = 8


def cells(
    *,
    workspace: WorkspaceOption = None,
    resolution: Annotated[
        int | None, typer.Option(help="H3 resolution, 7 or 8, or 9 where kept (else the workspace's).")
    ] = None,
    period: Annotated[str, typer.Option(help="One review year such as 2024-25; else each of them.")] = "",
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    route: Annotated[str, typer.Option(help="Only records that came by this route.")] = "",
    leave_out: Annotated[list[str] | None, typer.Option(help="Leave out records with this flag; repeatable.")] = None,
    cohort: CohortOption = "",
    inputs: Annotated[list[Path] | None, typer.Option("--input", help="Count these files past the workspace.")] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="The gazetteer (.parquet) for --input.")] = None,
    boundary: Annotated[Path | None, typer.Option(help="Count only inside this area, with --input.")] = None,
    reason_column: Annotated[
        list[str] | None,
        typer.Option(help="Column of --input that says why somebody came or who sent them; repeatable."),
    ] = None,
    district_only: Annotated[
        list[Path] | None,
        typer.Option(help="A further --input, of a domestic-abuse service: no cell shows its rows; repeatable."),
    ] = None,
    counts_of: Annotated[
        str, typer.Option("--counts-of", help="Instead, what this partner counted itself (planner add counts).")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Write the cells to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Count by cell and review year. For the housing team only: counts are not suppressed."""
    if inputs or district_only:
        _refuse_unused(
            {"--period": period, "--source": source, "--route": route, "--leave-out": leave_out, "--cohort": cohort}
        )
        files, providers = tuple(inputs or ()), tuple(district_only or ())
        reasons, size = tuple(reason_column or ()), resolution or _BULK_RESOLUTION
        _show_bulk(
            BulkAsk((*files, *providers), providers, reasons, gazetteer, boundary, size, workspace),
            out,
            as_json=as_json,
        )
        return
    _refuse_without_input({"--gazetteer": gazetteer, "--boundary": boundary, "--reason-column": reason_column})
    opened = open_workspace(workspace)
    if counts_of:
        _refuse_of_partner({"--resolution": resolution, "--source": source, "--route": route, "--cohort": cohort})
        _show_partner(opened, counts_of, period, out, as_json=as_json)
        return
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
    _write(table, out, told_sources(opened))
    lines = [line for counts in years for line in _lines(counts)]
    lines += [TEAM, *([f"Written to {out.name}."] if out else [])]
    show_result({"years": [_document(counts) for counts in years]}, lines, as_json=as_json)


def _show_bulk(asked: BulkAsk, out: Path | None, *, as_json: bool) -> None:
    found = count_past_workspace(asked)
    _write(bulk_table(found), out)
    lines = bulk_lines(found, asked) + ([f"Written to {out.name}."] if out else [])
    show_result(bulk_document(found, asked), lines, as_json=as_json)


def _show_partner(opened: Workspace, feed: str, period: str, out: Path | None, *, as_json: bool) -> None:
    tables = partner_tables(opened, feed, period)
    if out is not None:
        write_partner_tables(opened, tables, out)
    lines = [*partner_lines(tables), *([f"Written to {out.name}."] if out else [])]
    show_result(partner_document(tables), lines, as_json=as_json)


def _refuse_of_partner(options: dict[str, object]) -> None:
    given = [name for name, value in options.items() if value]
    if given:
        message = f"{given[0]} cannot be used with --counts-of: a partner's counts are as they were sent; leave it out."
        raise BadInputError(message)


def _refuse_unused(options: dict[str, object]) -> None:
    """Refuse what a bulk count would pass over in silence: it reads the postcode and perhaps the reason, no more."""
    given = [name for name, value in options.items() if value]
    if given:
        message = (
            f"{given[0]} cannot be used with --input, which counts rows and knows no years or households; leave it out."
        )
        raise BadInputError(message)


def _refuse_without_input(options: dict[str, object]) -> None:
    given = [name for name, value in options.items() if value is not None]
    if given:
        message = f"{given[0]} is for --input; a workspace has its own. Leave it out, or name files with --input."
        raise BadInputError(message)


def _write(table: pd.DataFrame, out: Path | None, sources: Iterable[str] = ()) -> None:
    """Write every row as CSV; as GeoJSON only the cells, for the others have no shape."""
    if out is None:
        return
    shown = table if out.suffix.lower() == ".csv" else table[table["cell"] != ""].reset_index(drop=True)
    cells = cell_numbers(shown.loc[shown["cell"] != "", "cell"])
    # The rows without a cell stand only in a CSV, which takes no shapes.
    shapes = [*cell_polygons(cells), *[None] * (len(shown) - len(cells))]
    write_table(shown, gpd.GeoSeries(shapes, index=shown.index, crs=WGS84), out, sources=sources)


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
