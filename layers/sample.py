"""The fictional sample district as a workspace, made by the very functions that take in a council's own files."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import platformdirs

from geo.editions import Dataset, Edition
from geo.errors import BadInputError, MissingDataError
from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.partners import save_partners
from geo.review.store_tables import VERSION
from geo.review.workspace import Workspace
from layers.additions import add_gazetteer, add_institutions, add_layer
from layers.boundaries import district_of, read_area_file
from layers.sample_feeds import enter_feeds
from layers.sample_monitor import enter_monitor
from layers.sample_partners import SAMPLE_PARTNERS
from layers.sample_register import SIGNER, enter_register
from layers.sample_walkabouts import enter_walkabouts
from layers.source_file import load

Progress = Callable[[str, float], None]

SAMPLE_DATA: Final = Path(__file__).resolve().parents[1] / "data" / "sample"
REVIEW_DAY: Final = date(2025, 5, 1)  # the day on which the sample's review is held
NAME: Final = "Saltmarsh (fictional)"
FICTIONAL: Final = "Fictional district"
FICTIONAL_LINE: Final = "Fictional: every place, person and number was made up for this program (CC0)."
OFFICE_POSTCODE: Final = "ZZ1 8AB"
_POSTCODES: Final = ("codepoint_2021-05", "codepoint_2025-05")
_LAYERS: Final[tuple[tuple[str, Dataset], ...]] = (
    ("wards.geojson", "wards"),
    ("households.csv", "households"),
    ("census.csv", "census"),
    ("gp_surgeries.csv", "gp_surgeries"),
    ("food_banks.csv", "food_banks"),
    ("community_sites.csv", "sites"),
    ("land.geojson", "land"),
    ("water.geojson", "water"),
    ("roads.geojson", "roads"),
    ("settlements.geojson", "settlements"),
    ("streets.osm", "streets"),
)


@dataclass(frozen=True)
class _Feed:
    """One of the sample's exports."""

    name: str
    file_name: str
    date_kind: str


_FEEDS: Final = (
    _Feed("Housing system", "referrals_housing_system.csv", "approach"),
    _Feed("Citizens Advice", "referrals_citizens_advice.xlsx", "referral"),
    _Feed("Food banks", "referrals_food_banks.csv", "referral"),
)


def sample_folder() -> Path:
    """Say where the sample workspace is, or is to be made: `PLANNER_CACHE_DIR`, else the user's cache folder.

    The name carries a digest of the sample's files and the program's version, so that neither ever meets a
    workspace that another one made.
    """
    cache_folder = os.environ.get("PLANNER_CACHE_DIR") or platformdirs.user_cache_dir("hotspot-planner")
    return Path(cache_folder).absolute() / f"sample-{_digest()}"


def open_sample(*, today: date, progress: Progress | None = None) -> Workspace:
    """Open the sample workspace, made the first time it is asked for: wholly, or not at all.

    Parameters
    ----------
    today
        Recorded as the day its files were added.
    progress
        Told what is being done and the share done, 0 to 1.
    """
    folder = sample_folder()
    if not folder.exists():
        write_sample(folder, today=today, progress=progress)
    return Workspace.open(folder)


def write_sample(folder: Path, *, today: date, progress: Progress | None = None) -> Workspace:
    """Make a workspace of the sample district in a new folder: wholly, or not at all.

    Raises
    ------
    BadInputError
        The folder holds something.
    MissingDataError
        The sample's files are not where the program was installed.
    """
    if folder.is_dir() and any(folder.iterdir()):
        message = f"{folder} exists and is not empty; name a new folder for the sample district."
        raise BadInputError(message)
    draft = folder.absolute().with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        _fill(draft, today=today, tell=progress or _silent)
        _move_into_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Workspace.open(folder)


def told_editions(workspace: Workspace) -> tuple[Edition, ...]:
    """List a workspace's editions as screens tell them.

    The sample's files are laid out like the publishers' own and pass through the same readers, but no publisher made
    them and no licence line is due.
    """
    editions = workspace.editions()
    if not any(edition.dataset == "boundary" and edition.title == FICTIONAL for edition in editions):
        return editions
    made_up = {"licence": "CC0", "attribution": FICTIONAL_LINE}
    return tuple(
        edition.model_copy(update={**made_up, "title": f"Made up, as: {edition.title}"}) for edition in editions
    )


def told_sources(workspace: Workspace) -> tuple[str, ...]:
    """List the lines that licences ask for, of every data set in use, each once."""
    return tuple(dict.fromkeys(edition.attribution for edition in told_editions(workspace) if edition.attribution))


def _fill(folder: Path, *, today: date, tell: Progress) -> None:
    if not (SAMPLE_DATA / "boundary.geojson").is_file():
        message = f"The sample district's files are missing ({SAMPLE_DATA}); install the planner again."
        raise MissingDataError(message)
    tell("Setting up the district", 0.0)
    workspace = _district(folder, today=today)
    tell("Reading its postcodes", 0.1)
    add_gazetteer(workspace, [SAMPLE_DATA / name for name in _POSTCODES], today=today)
    for step, (name, dataset) in enumerate(_LAYERS):
        tell(f"Adding {name}", 0.4 + 0.025 * step)
        add_layer(workspace, load(SAMPLE_DATA / name), dataset, today=today)
    add_institutions(workspace, load(SAMPLE_DATA / "institutions.csv"))
    for step, feed in enumerate(_FEEDS):
        tell(f"Checking the records of {feed.name}", 0.7 + 0.1 * step)
        _take_in(workspace, feed, today=today)
    enter_register(folder, SAMPLE_DATA / "site_register.json", today=REVIEW_DAY)
    save_partners(Workspace.open(folder, signer=SIGNER), SAMPLE_PARTNERS)
    enter_feeds(Workspace.open(folder, signer=SIGNER))
    enter_monitor(folder, SAMPLE_DATA / "monitor.json", today=REVIEW_DAY)
    tell("Recording its walkabouts", 0.95)
    enter_walkabouts(Workspace.open(folder, signer=SIGNER), SAMPLE_DATA, today=REVIEW_DAY)
    tell("Done", 1.0)


def _district(folder: Path, *, today: date) -> Workspace:
    found = read_area_file(SAMPLE_DATA / "boundary.geojson")
    edition = found.edition("boundary", today=today).model_copy(update={"title": FICTIONAL, "licence": ""})
    return Workspace.create(
        folder,
        name=NAME,
        boundary=district_of(found),
        boundary_edition=edition,
        office_postcode=OFFICE_POSTCODE,
    )


def _take_in(workspace: Workspace, feed: _Feed, *, today: date) -> None:
    content = (SAMPLE_DATA / feed.file_name).read_bytes()
    options = IntakeOptions(address_kind="at_approach", date_kind=feed.date_kind)
    keep(
        workspace,
        take_in(workspace, content, file_name=feed.file_name, feed=feed.name, options=options, today=today),
    )


def _silent(step: str, share: float) -> None:
    del step, share


def _move_into_place(draft: Path, folder: Path) -> None:
    """Rename the finished draft; where another process was quicker, its workspace is as good."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()  # Windows does not rename over a folder
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():
            raise


@cache
def _digest() -> str:
    digest = hashlib.sha256(f"{version('hotspot-planner')} {VERSION}".encode())
    for path in sorted(SAMPLE_DATA.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(SAMPLE_DATA).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
