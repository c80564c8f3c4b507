"""`planner evidence compare`: any two periods side by side, each place's two counts and how sure the change is."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import geopandas as gpd
import typer

from commands.files import write_table
from commands.looking import note_look
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.errors import BadInputError
from geo.evidence.compare_words import tell_pair
from geo.places.grid import cell_polygons
from geo.review.compare import Compared, compare_periods
from geo.review.compare_frozen import frozen_counts, then_and_now
from geo.review.files import write_bytes
from geo.review.placing import AREA_LEVELS
from geo.review.trends import usual_years
from geo.review.workspace import Workspace
from layers.compare_maps import compare_html, told_comparison
from layers.sample import told_sources

_SHOWN: Final = 10
_CHANGED: Final = ("new", "growing", "fading")
_TEAM: Final = ("Exploratory.", "For the housing team only: these counts are not suppressed.")


class By(StrEnum):
    """What places are compared by."""

    CELL = "cell"
    WARD = "ward"
    LSOA = "lsoa"
    AREA = "area"


def compare(
    *,
    workspace: WorkspaceOption = None,
    earlier: Annotated[
        str, typer.Option(help="A review year, or several as 2021-22..2022-23 (default: the last but one).")
    ] = "",
    later: Annotated[str, typer.Option(help="The same, after the earlier (default: the last whole one).")] = "",
    by: Annotated[By, typer.Option(help="What is compared: cells, or areas that are loaded.")] = By.CELL,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    recorded: Annotated[
        bool, typer.Option("--as-recorded", help="Everything recorded, not only sources that reported in both.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Write the places to .csv or .geojson, or all to .html.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Set two periods side by side, with the change. For the housing team only: counts are not suppressed."""
    opened = open_workspace(workspace)
    usual = ("", "") if earlier and later else usual_years(opened)
    found = compare_periods(
        opened,
        earlier=earlier or usual[0],
        later=later or usual[1],
        by=by.value,
        resolution=resolution or opened.scenario.resolution,
        mode="as recorded" if recorded else "like for like",
    )
    note_look(opened, *found.look, resolution=found.resolution)
    frozen = then_and_now(opened, frozen_counts(opened), periods=(found.earlier, found.later))
    if out is not None:
        _write(opened, found, frozen, out)
    lines = [*_lines(found), *frozen, *_TEAM, *([f"Written to {out.name}."] if out else [])]
    show_result(_document(found, frozen), lines, as_json=as_json)


def _lines(found: Compared) -> list[str]:
    changed = found.table[found.table["trend"].isin(_CHANGED)].head(_SHOWN)
    return [
        f"{found.later} against {found.earlier}, {found.mode} ({found.unit})",
        *told_comparison(found),
        *[
            f"  {row['unit']}  {row['place']}: {tell_pair(row, per_year=found.per_year)}"
            for row in changed.to_dict("records")
        ],
    ]


def _write(opened: Workspace, found: Compared, frozen: list[str], out: Path) -> None:
    kind = out.suffix.lower()
    if kind not in {".csv", ".geojson", ".html"}:
        message = f"{out.name} is neither .csv, .geojson nor .html; end the file's name in one of these."
        raise BadInputError(message)
    if kind != ".html":
        write_table(found.table.drop(columns="cell"), _shapes(opened, found), out, sources=told_sources(opened))
        return
    if not out.parent.is_dir():
        message = f"There is no folder for {out.name} at the place named; make it first, or name another place."
        raise BadInputError(message)
    areas = None if found.level == "cell" else opened.areas(AREA_LEVELS[found.level])
    write_bytes(out, compare_html(opened, found, areas, [*told_comparison(found), *frozen]).encode())


def _shapes(opened: Workspace, found: Compared) -> gpd.GeoSeries:
    """Draw each place, in the order of the table."""
    if found.level == "cell":
        return gpd.GeoSeries(list(cell_polygons(found.table["cell"].to_numpy())), crs=WGS84)
    areas = opened.areas(AREA_LEVELS[found.level])
    shapes = {} if areas is None else dict(zip(areas["code"].tolist(), areas.geometry, strict=True))
    return gpd.GeoSeries([shapes[code] for code in found.table["unit"].tolist()], crs=WGS84)


def _document(found: Compared, frozen: list[str]) -> dict[str, Any]:
    facts = ("earlier", "later", "mode", "unit", "resolution", "months", "per_year", "unmapped", "left_out", "tested")
    tables = {"places": found.table.drop(columns="cell"), "district": found.district.drop(columns="cell")}
    rows = {name: table.astype(object).where(table.notna(), None).to_dict("records") for name, table in tables.items()}
    return {
        **{fact: getattr(found, fact) for fact in facts},
        "by": found.level,
        "homes_used": found.homes_used,
        "without_homes": found.without_homes,
        "kinds": found.kinds(),
        "district": rows["district"][0],
        "sentences": told_comparison(found),
        "frozen": frozen,
        "places": rows["places"],
    }
