"""Add a published file to a workspace: which reader reads it, and where it is kept. For the sample, and for screens."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from geo.editions import Dataset, Edition
from geo.errors import BadInputError
from geo.places.gazetteer import build_gazetteer
from geo.review.audit import gazetteer_detail
from geo.review.institutions import read_institutions
from geo.review.workspace import Workspace
from layers import adding
from layers.source_file import SourceFile
from layers.streets import add_streets
from layers.timetable import add_timetable

Progress = Callable[[str, float], None]


def add_gazetteer(
    workspace: Workspace, paths: list[Path], *, today: date, progress: Progress | None = None
) -> tuple[Edition, ...]:
    """Add editions of a postcode directory to those the workspace has."""
    earlier = workspace.gazetteer() if workspace.has("gazetteer") else None
    out = workspace.gazetteer_path
    editions = build_gazetteer(paths, out=out, today=today, earlier=earlier, progress=progress).editions()
    workspace.note("dataset added", gazetteer_detail(editions))
    return editions


def add_institutions(workspace: Workspace, file: SourceFile) -> int:
    """Add the council's list of institutions; gives how many postcodes were read."""
    places = read_institutions(file.content, key=workspace.key())
    workspace.save_institutions(places)
    return len(places)


def add_layer(workspace: Workspace, file: SourceFile, dataset: Dataset, *, today: date, only: str = "") -> adding.Added:
    """Add a file of any data set but the gazetteer, which has `add_gazetteer`.

    Parameters
    ----------
    only
        The district meant, by code or name, where a file of boundaries or of the census holds several.

    Raises
    ------
    BadInputError
        The file cannot be used, or the data set is the gazetteer.
    """
    if dataset == "gazetteer":
        message = "A postcode file is added by itself, not as a layer."
        raise BadInputError(message)
    if dataset == "boundary":
        return _areas(workspace, file, kind="district", today=today, only=only)
    if dataset == "census":
        return adding.add_census(workspace, file, only=only, today=today)
    return _ADDERS[dataset](workspace, file, today=today)


def _areas(
    workspace: Workspace, file: SourceFile, *, kind: adding.AreaKind, today: date, only: str = ""
) -> adding.Added:
    return adding.add_boundary(workspace, file, options=adding.AreaOptions(kind=kind, only=only), today=today)


class _Adder(Protocol):
    def __call__(self, workspace: Workspace, file: SourceFile, /, *, today: date) -> adding.Added: ...


_ADDERS: Final[dict[Dataset, _Adder]] = {
    "wards": partial(_areas, kind="wards"),
    "lsoa": partial(_areas, kind="lsoa"),
    "areas": partial(_areas, kind="areas"),
    "households": adding.add_households,
    "gp_surgeries": partial(adding.add_sites, kind="gp"),
    "food_banks": partial(adding.add_sites, kind="food-banks"),
    "libraries": partial(adding.add_sites, kind="sites"),
    "sites": partial(adding.add_sites, kind="sites"),
    "land": partial(adding.add_backdrop, kind="land"),
    "water": partial(adding.add_backdrop, kind="water"),
    "roads": partial(adding.add_backdrop, kind="roads"),
    "settlements": partial(adding.add_backdrop, kind="settlements"),
    "streets": add_streets,
    "timetable": add_timetable,
}
