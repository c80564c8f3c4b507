"""Add a published file to a workspace: which reader reads it, and where it is kept. For the sample, and for screens."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from geo.editions import Dataset, Edition
from geo.errors import BadInputError
from geo.review.edition_checks import ASKING, Trust
from geo.review.gazetteer_renewal import renew_gazetteer
from geo.review.institutions import read_institutions
from geo.review.workspace import Workspace
from layers import adding
from layers.deprivation import add_deprivation
from layers.source_file import SourceFile
from layers.streets import add_streets
from layers.timetable import add_timetable

Progress = Callable[[str, float], None]


def add_gazetteer(
    workspace: Workspace,
    paths: list[Path],
    *,
    today: date,
    trust: Trust = ASKING,
    progress: Progress | None = None,
) -> tuple[Edition, ...]:
    """Add editions of a postcode directory to those the workspace has; errors as `renew_gazetteer`."""
    return renew_gazetteer(workspace, paths, today=today, trust=trust, progress=progress).gazetteer.editions()


def add_institutions(workspace: Workspace, file: SourceFile) -> int:
    """Add the council's list of institutions; gives how many postcodes were read."""
    places = read_institutions(file.content, key=workspace.key())
    workspace.save_institutions(places)
    return len(places)


def add_layer(
    workspace: Workspace,
    file: SourceFile,
    dataset: Dataset,
    *,
    today: date,
    only: str = "",
    trust: Trust = ASKING,
) -> adding.Added:
    """Add a file of any data set but the gazetteer, which has `add_gazetteer`.

    Parameters
    ----------
    only
        The district meant, by code or name, where a file of boundaries or of the census holds several.
    trust
        What the person has answered for already.

    Raises
    ------
    BadInputError
        The file cannot be used, or the data set is the gazetteer.
    DoubtError
        It looks wrong beside what is in use; nothing is changed.
    """
    if dataset == "gazetteer":
        message = "A postcode file is added by itself, not as a layer."
        raise BadInputError(message)
    if dataset == "boundary":
        return _areas(workspace, file, kind="district", today=today, only=only, trust=trust)
    if dataset == "census":
        return adding.add_census(workspace, file, only=only, today=today)
    if dataset in _ASKING_ADDERS:
        return _ASKING_ADDERS[dataset](workspace, file, today=today, trust=trust)
    return _ADDERS[dataset](workspace, file, today=today)


def _areas(
    workspace: Workspace, file: SourceFile, *, kind: adding.AreaKind, today: date, trust: Trust, only: str = ""
) -> adding.Added:
    options = adding.AreaOptions(kind=kind, only=only)
    return adding.add_boundary(workspace, file, options=options, today=today, trust=trust)


class _Adder(Protocol):
    def __call__(self, workspace: Workspace, file: SourceFile, /, *, today: date) -> adding.Added: ...


class _AskingAdder(Protocol):
    def __call__(self, workspace: Workspace, file: SourceFile, /, *, today: date, trust: Trust) -> adding.Added: ...


_ASKING_ADDERS: Final[dict[Dataset, _AskingAdder]] = {
    "wards": partial(_areas, kind="wards"),
    "lsoa": partial(_areas, kind="lsoa"),
    "areas": partial(_areas, kind="areas"),
    "households": adding.add_households,
    "gp_surgeries": partial(adding.add_sites, kind="gp"),
    "food_banks": partial(adding.add_sites, kind="food-banks"),
    "libraries": partial(adding.add_sites, kind="sites"),
    "sites": partial(adding.add_sites, kind="sites"),
    "osm_sites": partial(adding.add_sites, kind="sites"),
}
_ADDERS: Final[dict[Dataset, _Adder]] = {
    "deprivation": add_deprivation,
    "land": partial(adding.add_backdrop, kind="land"),
    "water": partial(adding.add_backdrop, kind="water"),
    "roads": partial(adding.add_backdrop, kind="roads"),
    "settlements": partial(adding.add_backdrop, kind="settlements"),
    "streets": add_streets,
    "timetable": add_timetable,
}
