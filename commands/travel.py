"""`planner travel minutes` and `planner travel isochrone`: how long people take to a site."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from commands.files import write_table
from commands.rows import json_rows, write_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.review.journey_tables import JourneyTables, journey_tables, site_named
from geo.review.journeys import reach_shapes
from geo.review.register import registered_sites
from layers.sample import told_sources

travel = typer.Typer(help="How long people take to the sites.", no_args_is_help=True, rich_markup_mode=None)


class How(StrEnum):
    """On foot or by car."""

    WALK = "walk"
    DRIVE = "drive"


ModeOption = Annotated[How, typer.Option("--mode", help="On foot (walk) or by car (drive).")]


@travel.command("minutes")
def minutes(
    *,
    mode: ModeOption = How.WALK,
    workspace: WorkspaceOption = None,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    out: Annotated[Path | None, typer.Option(help="Write minutes by cell and site to this .csv file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure from where the homes of each populated cell are to every site; sites nobody gets to are named."""
    opened = open_workspace(workspace)
    found = journey_tables(opened, resolution=resolution or opened.scenario.resolution, mode=mode.value)
    if out is not None:
        write_rows(found.journeys, out)
    lines = _lines(found, opened.scenario.reach.cutoff_minutes)
    lines += [f"Written to {out.name}."] if out else []
    show_result(_document(found), lines, as_json=as_json)


@travel.command("isochrone")
def isochrone(
    *,
    site: Annotated[str, typer.Argument(help="The site's name or id.", show_default=False)],
    within: Annotated[list[float] | None, typer.Option(help="Minutes; repeatable (default: 10, 20, 30).")] = None,
    mode: ModeOption = How.WALK,
    workspace: WorkspaceOption = None,
    out: Annotated[Path | None, typer.Option(help="Write the shapes to this .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Draw from where a site is reached within so many minutes."""
    opened = open_workspace(workspace)
    chosen = site_named(registered_sites(opened), site)
    point = (float(chosen.geometry.x), float(chosen.geometry.y))
    shapes = reach_shapes(opened, point, tuple(within or (10.0, 20.0, 30.0)), mode=mode.value)
    table = pd.DataFrame(shapes.drop(columns="geometry")).assign(
        site_id=chosen["site_id"], name=chosen["name"], km2=(shapes.area / 1e6).round(2)
    )
    if out is not None:
        write_table(table, shapes.geometry, out, sources=told_sources(opened))
    label = table["label"].iloc[0]
    lines = [f"Within {row.minutes:g} minutes of {row.name_}: {row.km2:g} km2" for row in _named(table)]
    lines += [f"Measured {label}.", *([f"Written to {out.name}."] if out else [])]
    show_result({"travel": label, "bands": json_rows(table)}, lines, as_json=as_json)


def _named(table: pd.DataFrame) -> Any:  # noqa: ANN401 - rows with the columns as attributes
    return table.rename(columns={"name": "name_"}).itertuples(index=False)


def _document(found: JourneyTables) -> dict[str, Any]:
    return {
        "travel": found.travel.label,
        "mode": found.travel.mode,
        "along_streets": found.travel.along_streets,
        "longest_minutes": found.travel.cutoff_minutes if found.travel.along_streets else None,
        "places": len(found.travel.minutes),
        "cut_off_places": list(found.cut_off_places),
        "sites": json_rows(found.sites),
    }


def _lines(found: JourneyTables, cutoff_minutes: float) -> list[str]:
    sites = found.sites
    lines = [
        f"{len(found.travel.minutes):,} populated cells, {len(sites):,} sites, measured {found.travel.label}.",
        f"{(sites['places_within'] > 0).sum():,} sites have a cell within {cutoff_minutes:g} minutes.",
    ]
    lines += [
        f"No street near: {row['name']} ({row['snap_m']:,.0f} m to the nearest)."
        for row in sites[sites["reach"] == "no street"].to_dict("records")
    ]
    lines += [f"Nobody gets to: {name}." for name in sites.loc[sites["reach"] == "no way", "name"]]
    if found.cut_off_places:
        lines.append(f"No street near these cells: {', '.join(found.cut_off_places)}.")
    return lines
