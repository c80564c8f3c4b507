"""`planner layers homes|deprivation`: write what the Map page draws of homes or deprivation, for Excel or a GIS."""

from pathlib import Path
from typing import Annotated, Any, Final, Literal

import geopandas as gpd
import pandas as pd
import typer

from commands.files import write_table
from commands.rows import json_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.evidence.rates import RateLevel
from geo.evidence.tables import cell_names
from geo.places.grid import cell_polygons
from geo.review.deprivation import DeprivedCells, deprived_areas_of, deprived_cells_of
from geo.review.deprivation_words import AREAS_NOT_PEOPLE, area_sentences, cell_sentences
from geo.review.homes_layer import HomesLayer, homes_layer_of
from geo.review.homes_words import homes_sentences
from geo.review.maps import grid_of
from geo.review.rates import areas_of
from geo.review.workspace import Workspace
from layers.sample import told_sources

layers = typer.Typer(
    help="What the Map page draws of the district itself: homes, deprivation.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ResolutionOption = Annotated[
    int | None, typer.Option(help="H3 resolution of cells, 7 or 8 (default: the workspace's).", show_default=False)
]
OutOption = Annotated[Path | None, typer.Option(help="Write the layer to this .csv or .geojson file.")]

_NOWHERE: Final = {"outside": "Outside the district", "no_area": "In the district, in none of these areas"}


@layers.command("homes")
def write_homes(
    *,
    by: Annotated[RateLevel, typer.Option(help="cell, ward, lsoa, or area: the council's own named areas.")] = "cell",
    resolution: ResolutionOption = None,
    workspace: WorkspaceOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give the homes and people of each cell or area, the yardstick that clients are set against."""
    opened = open_workspace(workspace)
    found = homes_layer_of(opened, by=(resolution or opened.scenario.resolution) if by == "cell" else by)
    table = _homes_rows(found)
    if out is not None:
        _write(opened, table, _shapes(opened, table, by), out)
    lines = [*homes_sentences(found), *([f"Written to {out.name}."] if out else [])]
    facts = {"by": by, "homes_source": found.source, "year": found.year, "total": found.total}
    show_result({**facts, "places": json_rows(table)}, lines, as_json=as_json)


@layers.command("deprivation")
def write_deprivation(
    *,
    by: Annotated[Literal["cell", "lsoa"], typer.Option(help="cell, or lsoa.")] = "cell",
    resolution: ResolutionOption = None,
    workspace: WorkspaceOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give the deprivation of each cell or LSOA: areas are described, not people, and nobody is ranked by it."""
    opened = open_workspace(workspace)
    if by == "cell":
        cells = deprived_cells_of(opened, resolution=resolution or opened.scenario.resolution)
        table = _cell_rows(opened, cells).rename(columns={"people": cells.counted})
        said, edition = cell_sentences(cells), cells.edition
    else:
        areas = deprived_areas_of(opened)
        table = pd.DataFrame(areas.areas.drop(columns="geometry")).rename(columns={"name": "place"})
        table, said, edition = table.assign(status="located"), area_sentences(areas), areas.edition
    if out is not None:
        _write(opened, table, _shapes(opened, table, by), out)
    lines = [*said, AREAS_NOT_PEOPLE, edition.attribution, *([f"Written to {out.name}."] if out else [])]
    document: dict[str, Any] = {
        "by": by,
        "edition": edition.model_dump(mode="json"),
        "notes": [*said, AREAS_NOT_PEOPLE],
    }
    show_result({**document, "places": json_rows(table)}, lines, as_json=as_json)


def _homes_rows(found: HomesLayer) -> pd.DataFrame:
    """Write the places, then what lies on none of them, so that the homes add up."""
    table = found.table.assign(status="located")
    if "cell" in table:
        table["cell"] = cell_names(table["cell"])
    rest = {"no_area": found.no_area, "outside": found.outside}
    named = [{"place": _NOWHERE[status], "status": status, "homes": homes} for status, homes in rest.items() if homes]
    return pd.concat([table, pd.DataFrame(named)], ignore_index=True) if named else table


def _cell_rows(opened: Workspace, found: DeprivedCells) -> pd.DataFrame:
    """Write the cells, then the people outside the district."""
    grid = grid_of(opened, found.resolution).cells.set_index("cell")["place"]
    places = grid.reindex(found.cells["cell"]).fillna("A cell outside the inhabited ones").to_numpy()
    table = found.cells.assign(place=places, status="located")
    table["cell"] = cell_names(found.cells["cell"])
    outside = {"place": _NOWHERE["outside"], "status": "outside", "people": found.spread.amount("outside")}
    return pd.concat([table, pd.DataFrame([outside])], ignore_index=True) if outside["people"] else table


def _shapes(opened: Workspace, table: pd.DataFrame, by: RateLevel) -> gpd.GeoSeries:
    """Find the shape of each place; what has no place has no shape."""
    located = table[table["status"] == "located"]
    if by == "cell":
        cells = located["cell"].map(lambda cell: int(cell, 16)).to_numpy(dtype="int64")
        return gpd.GeoSeries(list(cell_polygons(cells)), index=located.index, crs=WGS84).reindex(table.index)
    outlines = areas_of(opened, level=by).set_index("code").geometry.loc[located["code"]]
    return gpd.GeoSeries(outlines.to_numpy(), index=located.index, crs=WGS84).reindex(table.index)


def _write(opened: Workspace, table: pd.DataFrame, shapes: gpd.GeoSeries, out: Path) -> None:
    """Write every row as CSV; as GeoJSON only the places, for the others have no shape."""
    shown = table if out.suffix.lower() == ".csv" else table[table["status"] == "located"]
    write_table(shown, shapes.reindex(shown.index), out, sources=told_sources(opened))
