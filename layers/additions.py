"""Add a published file to a workspace: which reader reads it, and where it is kept. For the sample, and for screens."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, Literal, Protocol

from geo.editions import Dataset, Edition
from geo.errors import BadInputError
from geo.places.gazetteer import build_gazetteer
from geo.review.institutions import read_institutions
from geo.review.workspace import Workspace
from layers.backdrop import BackdropKind, read_backdrop
from layers.boundaries import district_of, read_area_file
from layers.community_sites import read_sites
from layers.food_banks import read_food_banks
from layers.gp_surgeries import read_gp_surgeries
from layers.households import read_households
from layers.source_file import SourceFile

Progress = Callable[[str, float], None]
AreaKind = Literal["boundary", "wards", "lsoa", "areas"]
SiteKind = Literal["gp_surgeries", "food_banks", "sites"]
_READERS: Final = {"gp_surgeries": read_gp_surgeries, "food_banks": read_food_banks, "sites": read_sites}


def add_gazetteer(
    workspace: Workspace, paths: list[Path], *, today: date, progress: Progress | None = None
) -> tuple[Edition, ...]:
    """Add editions of a postcode directory to those the workspace has."""
    earlier = workspace.gazetteer() if workspace.has("gazetteer") else None
    out = workspace.gazetteer_path
    return build_gazetteer(paths, out=out, today=today, earlier=earlier, progress=progress).editions()


def add_areas(workspace: Workspace, file: SourceFile, *, kind: AreaKind, today: date) -> Edition:
    """Add the district's boundary, wards, LSOAs or other named areas."""
    found = read_area_file(file)
    edition = found.edition(kind, today=today)
    if kind == "boundary":
        workspace.save_boundary(district_of(found), edition)
    else:
        workspace.save_areas(kind, found.areas, edition)
    return edition


def add_sites(workspace: Workspace, file: SourceFile, *, kind: SiteKind, today: date) -> Edition:
    """Add GP surgeries, food banks, or community sites (libraries are recognised among them)."""
    sites, edition = _READERS[kind](
        file,
        gazetteer=workspace.gazetteer(),
        boundary=workspace.boundary(),
        nearby_km=workspace.scenario.nearby_km,
        today=today,
    )
    workspace.save_sites(edition.dataset, sites, edition)
    return edition


def add_homes(workspace: Workspace, file: SourceFile, *, today: date) -> Edition:
    """Add people and homes by postcode, or by LSOA."""
    boundary = workspace.boundary()
    postcodes = workspace.gazetteer().within(boundary)
    homes, edition = read_households(file, postcodes=postcodes, lsoa=workspace.areas("lsoa"), today=today)
    workspace.save_homes(homes, edition)
    return edition


def add_backdrop(workspace: Workspace, file: SourceFile, *, kind: BackdropKind, today: date) -> Edition:
    """Add land, water, roads or settlements to draw beneath a map."""
    frame, edition = read_backdrop(file, kind, today=today)
    workspace.save_areas(kind, frame, edition)
    return edition


def add_institutions(workspace: Workspace, file: SourceFile) -> int:
    """Add the council's list of institutions; gives how many postcodes were read."""
    places = read_institutions(file.content, key=workspace.key())
    workspace.save_institutions(places)
    return len(places)


def add_layer(workspace: Workspace, file: SourceFile, dataset: Dataset, *, today: date) -> Edition:
    """Add a file of any data set but the gazetteer, which has `add_gazetteer`.

    Raises
    ------
    BadInputError
        The file cannot be used, or the data set is the gazetteer.
    """
    if dataset not in _ADDERS:
        message = "A postcode file is added by itself, not as a layer."
        raise BadInputError(message)
    return _ADDERS[dataset](workspace, file, today=today)


class _Adder(Protocol):
    def __call__(self, workspace: Workspace, file: SourceFile, *, today: date) -> Edition: ...


_ADDERS: Final[dict[Dataset, _Adder]] = {
    "boundary": partial(add_areas, kind="boundary"),
    "wards": partial(add_areas, kind="wards"),
    "lsoa": partial(add_areas, kind="lsoa"),
    "areas": partial(add_areas, kind="areas"),
    "households": add_homes,
    "gp_surgeries": partial(add_sites, kind="gp_surgeries"),
    "food_banks": partial(add_sites, kind="food_banks"),
    "libraries": partial(add_sites, kind="sites"),
    "sites": partial(add_sites, kind="sites"),
    "land": partial(add_backdrop, kind="land"),
    "water": partial(add_backdrop, kind="water"),
    "roads": partial(add_backdrop, kind="roads"),
    "settlements": partial(add_backdrop, kind="settlements"),
}
