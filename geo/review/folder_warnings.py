"""Say what speaks against a folder for a workspace: a network share, or one that is copied to a cloud."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo.review.journal import journal_mode

_CLOUDS: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "sharepoint": "SharePoint",
}
_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def folder_warnings(folder: Path, environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Tell what an officer should know of a folder before a workspace is laid into it; nothing where all is well.

    Parameters
    ----------
    environment
        Where Windows says which folder OneDrive copies; the program's own where not given.

    Examples
    --------
    >>> folder_warnings(Path("/home/jo/OneDrive - Saltmarsh Council/review"), {})[0][:41]
    'This folder is copied to OneDrive. Client'
    """
    told = []
    cloud = _cloud(folder, os.environ if environment is None else environment)
    if cloud:
        told.append(
            f"This folder is copied to {cloud}. Client records, though without names and postcodes, would leave this"
            " machine, and two machines could write at once. Choose a folder that is not copied, or ask your IT team."
        )
    if journal_mode(_standing(folder)) != "wal":
        told.append(
            "This folder is on a network share. That works, for one person at a time, and reading takes longer. Make"
            " sure that only the team may open the share."
        )
    return tuple(told)


def _cloud(folder: Path, environment: Mapping[str, str]) -> str:
    whole = folder.absolute()
    if any(environment.get(name) and whole.is_relative_to(environment[name]) for name in _VARIABLES):
        return "OneDrive"
    parts = [part.casefold() for part in str(folder).replace("\\", "/").split("/")]
    return next((title for part in parts for word, title in _CLOUDS.items() if part.startswith(word)), "")


def _standing(folder: Path) -> Path:
    """Give the nearest folder that is there: one that is yet to be made stands on the disk of its parent."""
    whole = folder.absolute()
    return next((place for place in (whole, *whole.parents) if place.exists()), whole)
