"""`planner new`: make a workspace for a district."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, show_result, signer, today, workspace_path
from geo.errors import BadInputError, MissingDataError
from geo.places.postcode import Postcode
from geo.review.workspace import Workspace
from layers.boundaries import district_called, district_of, read_area_file


def make_workspace(
    folder: Annotated[Path | None, typer.Argument(help="The new folder.", show_default=False)] = None,
    *,
    name: Annotated[str, typer.Option("--name", help="The district's name, for titles.")] = "",
    boundary: Annotated[
        Path | None,
        typer.Option("--boundary", help="The district's boundary: GeoJSON, GeoPackage or zipped shapefile."),
    ] = None,
    only: Annotated[
        str, typer.Option("--only", help="Code or name of the district, where the file holds several; else --name.")
    ] = "",
    office: Annotated[str, typer.Option("--office", help="Postcode of the council's office.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a workspace: a folder the council owns, with the district's boundary in it."""
    root = _folder(folder, workspace)
    if boundary is None:
        message = "A district needs its boundary; give --boundary FILE (GeoJSON, GeoPackage or zipped shapefile)."
        raise MissingDataError(message)
    office_postcode = str(Postcode.parse(office)) if office.strip() else ""
    found = read_area_file(boundary)
    made = Workspace.create(
        root,
        name=name.strip() or root.name,
        boundary=district_of(found, only=only) if only else district_called(found, name.strip()),
        boundary_edition=found.edition("boundary", today=today()),
        office_postcode=office_postcode,
        signer=signer(),
    )
    result = {"workspace": str(made.root), "name": made.scenario.name, "office_postcode": office_postcode}
    show_result(result, _lines(made), as_json=as_json)


def _folder(folder: Path | None, workspace: Path | None) -> Path:
    if folder is not None and workspace is not None and folder.absolute() != workspace.absolute():
        message = f"Two folders were named, {folder} and {workspace}; name one."
        raise BadInputError(message)
    root = folder or workspace_path(workspace)
    if root is None:
        message = "Name the new folder: planner new FOLDER --name NAME --boundary FILE."
        raise MissingDataError(message)
    return root


def _lines(made: Workspace) -> list[str]:
    return [
        f"Made the workspace of {made.scenario.name} in {made.root}.",
        "The key of its hashes is in your user configuration folder (or PLANNER_KEY): back it up separately.",
        f'Next: planner add gazetteer FILE --workspace "{made.root}"',
    ]
