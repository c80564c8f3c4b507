"""The planner's own ways in, each as a screen or a command uses it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from geo.places.gazetteer import build_gazetteer
from geo.review.columns import read_preset
from geo.review.external_rows import make_tables, read_external_rows
from geo.review.external_tables import add_external
from geo.review.institutions import read_institutions
from geo.review.intake import IntakeOptions, keep, preview_file, take_in
from geo.review.sign_in import read_sign_in
from geo.review.workspace import Workspace
from geo.scenario import read_scenario
from layers.adding import AreaOptions, add_backdrop, add_boundary, add_census, add_households, add_sites
from layers.source_file import SourceFile
from tests.privacy.hostile.corpus import Hostile
from tests.tinytown.council import TODAY

CLIENTS: Final = ("referrals", "institutions")
"""The ways in for files about clients: no word of such a file may be in a message, but for the names of columns."""


def send(hostile: Hostile, workspace: Workspace, folder: Path) -> Any:
    """Give an input to its way in; `folder` is where the user keeps the file."""
    return WAYS[hostile.way](hostile, workspace, folder)


def _referrals(hostile: Hostile, workspace: Workspace, _: Path) -> Any:
    preview = preview_file(hostile.content, file_name=hostile.file_name)
    options = IntakeOptions(columns=preview.mapping)
    named = {"file_name": hostile.file_name, "feed": "Housing", "today": TODAY}
    return preview, keep(workspace, take_in(workspace, hostile.content, options=options, **named))


def _institutions(hostile: Hostile, workspace: Workspace, _: Path) -> Any:
    workspace.save_institutions(read_institutions(hostile.content, key=workspace.key()), replace=True)


def _external(hostile: Hostile, workspace: Workspace, _: Path) -> Any:
    tables = make_tables(read_external_rows(hostile.content), {"": "district"})
    add_external(workspace, tables, who="AB", today=TODAY)


def _gazetteer(hostile: Hostile, _: Workspace, folder: Path) -> Any:
    return build_gazetteer([_on_disk(hostile, folder)], out=folder / "made" / "gazetteer.parquet", today=TODAY)


def _sites(kind: str) -> Callable[[Hostile, Workspace, Path], Any]:
    return lambda hostile, workspace, _: add_sites(workspace, _given(hostile), kind=kind, today=TODAY)  # type: ignore[arg-type]  # one of SiteKind


def _areas(kind: str) -> Callable[[Hostile, Workspace, Path], Any]:
    options = AreaOptions(kind=kind)  # type: ignore[arg-type]  # one of AreaKind
    return lambda hostile, workspace, _: add_boundary(workspace, _given(hostile), options=options, today=TODAY)


def _given(hostile: Hostile) -> SourceFile:
    return SourceFile(hostile.file_name, hostile.content)


def _on_disk(hostile: Hostile, folder: Path) -> Path:
    path = folder / hostile.file_name
    path.write_bytes(hostile.content)
    return path


WAYS: Final[dict[str, Callable[[Hostile, Workspace, Path], Any]]] = {
    "referrals": _referrals,
    "institutions": _institutions,
    "external": _external,
    "gazetteer": _gazetteer,
    "gp": _sites("gp"),
    "food-banks": _sites("food-banks"),
    "sites": _sites("sites"),
    "libraries": _sites("sites"),
    "wards": _areas("wards"),
    "district": _areas("district"),
    "backdrop": lambda hostile, workspace, _: add_backdrop(workspace, _given(hostile), kind="land", today=TODAY),
    "households": lambda hostile, workspace, _: add_households(workspace, _given(hostile), today=TODAY),
    "census": lambda hostile, workspace, _: add_census(workspace, _given(hostile), today=TODAY),
    "scenario": lambda hostile, _, folder: read_scenario(_on_disk(hostile, folder)),
    "preset": lambda hostile, _, folder: read_preset(_on_disk(hostile, folder)),
    "sign-in": lambda hostile, _, folder: read_sign_in(_on_disk(hostile, folder)),
}
