"""Streets of the district, asked of an Overpass server and kept; only when somebody asks for it."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from geo.places.streets_overpass import read_answers
from geo.review.streets import box_of, street_area
from geo.review.workspace import Workspace
from layers.adding import Added
from layers.overpass import Asking, Progress, fetch_pieces, pieces_of
from layers.streets import edition_of, keep_streets

_FOLDER: Final = "downloads"


def fetch_streets(
    workspace: Workspace,
    *,
    asking: Asking,
    today: date,
    sleep: Callable[[float], None],
    progress: Progress,
) -> Added:
    """Replace the streets by those that OpenStreetMap has now, in the district and near it.

    The ground is asked for in pieces. Each stays in the workspace's folder `downloads` for a week, so that a run that
    broke off goes on where it stopped, and a second run asks for nothing.

    Parameters
    ----------
    asking
        Which server, and how patiently.
    today
        Recorded as the day it was added.
    sleep
        Waits so many seconds.
    progress
        Told what is being done and the share done, 0 to 1.

    Raises
    ------
    FetchError
        The server did not answer; what arrived is kept.
    BadInputError
        The server knows no street in the district.
    """
    area = street_area(workspace)
    pieces = pieces_of(area)
    folder = workspace.root / _FOLDER / f"streets-{_name_of(pieces, asking.server)}"
    files = fetch_pieces(pieces, folder, asking=asking, today=today, sleep=sleep, progress=progress)
    progress("Joining the streets", 0.85)
    raw = read_answers(files, box=box_of(area))
    name = f"Overpass, {today:%Y-%m-%d}"
    edition = edition_of(name, sha256=_digest(files), today=today)
    return keep_streets(workspace, raw, area, edition=edition)


def _name_of(pieces: list[tuple[float, float, float, float]], server: str) -> str:
    """Name the folder by what is asked and of whom: another district's pieces are never taken for these."""
    return hashlib.sha256(repr((pieces, server)).encode()).hexdigest()[:12]


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
