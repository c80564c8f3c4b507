"""`planner add gp|food-banks|sites|boundary|households|census|...`: add published files to the workspace."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today
from commands.trusting import AnywayOption, OlderOption
from geo.review.edition_checks import Trust
from layers import adding
from layers.backdrop import BackdropKind
from layers.deprivation import add_deprivation as take_in_deprivation

_DATASET_WORDS = {
    "gp_surgeries": "GP surgeries",
    "gp_branches": "branch surgeries",
    "food_banks": "food banks",
    "libraries": "libraries",
    "sites": "community sites",
    "osm_sites": "community sites of OpenStreetMap",
    "boundary": "areas as the district",
    "wards": "wards",
    "lsoa": "LSOAs",
    "areas": "named areas",
    "households": "postcodes with homes",
    "census": "groups of people",
    "deprivation": "LSOAs with their deprivation",
    "land": "shapes of land",
    "water": "shapes of water",
    "roads": "roads",
    "settlements": "settlements",
}


def add_gp(
    file: Annotated[Path, typer.Argument(help="NHS ODS epraccur or ebranchs: CSV, zip or gzip.", show_default=False)],
    anyway: AnywayOption = False,
    older_too: OlderOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add GP surgeries: open practices, or branch surgeries, in the district and near it."""
    trust = Trust(anyway, older_too)
    _show(adding.add_sites(open_workspace(workspace), file, kind="gp", today=today(), trust=trust), as_json=as_json)


def add_food_banks(
    file: Annotated[Path, typer.Argument(help="Give Food's list of food banks, CSV.", show_default=False)],
    anyway: AnywayOption = False,
    older_too: OlderOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add food banks in the district and near it; telephone numbers and e-mail addresses are left out."""
    trust = Trust(anyway, older_too)
    _show(
        adding.add_sites(open_workspace(workspace), file, kind="food-banks", today=today(), trust=trust),
        as_json=as_json,
    )


def add_sites(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV or XLSX with name, category, and postcode or coordinates; the Arts Council's libraries; or "
            "OpenStreetMap's .osm or .osm.pbf.",
            show_default=False,
        ),
    ],
    anyway: AnywayOption = False,
    older_too: OlderOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add community sites, or libraries, in the district and near it."""
    trust = Trust(anyway, older_too)
    _show(adding.add_sites(open_workspace(workspace), file, kind="sites", today=today(), trust=trust), as_json=as_json)


def add_boundary(
    file: Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage or zipped Shapefile.", show_default=False)],
    *,
    kind: Annotated[
        adding.AreaKind | None,
        typer.Option(
            "--as", help="What the areas are; else told by the code column (LAD, WD, LSOA).", show_default=False
        ),
    ] = None,
    code: Annotated[str, typer.Option("--code", help="Column of codes; else found by its ending CD.")] = "",
    name: Annotated[str, typer.Option("--name", help="Column of names; else found by its ending NM.")] = "",
    only: Annotated[str, typer.Option("--only", help="The district to use, by code or name, out of several.")] = "",
    anyway: AnywayOption = False,
    older_too: OlderOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add the district's boundary, or wards, LSOAs or other named areas."""
    options = adding.AreaOptions(kind=kind, code_column=code, name_column=name, only=only)
    trust = Trust(anyway, older_too)
    _show(
        adding.add_boundary(open_workspace(workspace), file, options=options, today=today(), trust=trust),
        as_json=as_json,
    )


def add_households(
    file: Annotated[
        Path,
        typer.Argument(help="CSV or XLSX of people and homes by postcode or by LSOA.", show_default=False),
    ],
    anyway: AnywayOption = False,
    older_too: OlderOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add people and homes by postcode; LSOA figures are spread evenly over their live postcodes."""
    trust = Trust(anyway, older_too)
    _show(adding.add_households(open_workspace(workspace), file, today=today(), trust=trust), as_json=as_json)


def add_census(
    file: Annotated[
        Path,
        typer.Argument(
            help="Census table TS007 from Nomis (zip or CSV), or a table of field, group and people.",
            show_default=False,
        ),
    ],
    only: Annotated[str, typer.Option("--only", help="The district to use, by code or name, out of several.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add the district's people by age, or by other groups, to see whether all groups are reached."""
    _show(adding.add_census(open_workspace(workspace), file, only=only, today=today()), as_json=as_json)


def add_deprivation(
    file: Annotated[
        Path,
        typer.Argument(help="Indices of Deprivation, File 7, of 2025 or 2019: CSV, zip or XLSX.", show_default=False),
    ],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add the indices of deprivation of the district's LSOAs; they describe areas, not people."""
    _show(take_in_deprivation(open_workspace(workspace), file, today=today()), as_json=as_json)


def add_backdrop(
    file: Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage or zipped Shapefile.", show_default=False)],
    kind: Annotated[BackdropKind, typer.Option("--as", help="What the shapes are.", show_default=False)],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add land, water, roads or settlements, so that the map looks like a map without asking a tile server."""
    _show(adding.add_backdrop(open_workspace(workspace), file, kind=kind, today=today()), as_json=as_json)


def _show(added: adding.Added, *, as_json: bool) -> None:
    edition = added.edition
    data = edition.model_dump(mode="json") | {"warnings": list(added.warnings)}
    lines = [
        f"{edition.rows:,} {_DATASET_WORDS[edition.dataset]} kept from {edition.file_name}. {edition.note}".strip()
    ]
    if not as_json:
        for warning in added.warnings:
            tell(warning)
    show_result(data, lines, as_json=as_json)
