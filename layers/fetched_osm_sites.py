"""Community sites of the district, asked of an Overpass server and kept; only when somebody asks for it."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.places.inside import boundary_shape
from geo.review.edition_checks import ASKING, Trust
from geo.review.safe_list import safe_list
from geo.review.site_renewal import renew_sites
from geo.review.workspace import Workspace
from layers.adding import Added
from layers.fetching.source import FOLDER
from layers.osm_answers import read_site_answers
from layers.osm_kinds import ASKED
from layers.osm_sites import place_osm_sites
from layers.overpass import Asking, Progress, fetch_pieces, pieces_of
from layers.placing import Surroundings
from layers.trusting import check_sites

_METRES_A_KM: Final = 1_000


def fetch_osm_sites(
    workspace: Workspace,
    *,
    asking: Asking,
    today: date,
    sleep: Callable[[float], None],
    progress: Progress,
    trust: Trust = ASKING,
) -> Added:
    """Replace the community sites of OpenStreetMap by those that it has now, in the district and near it.

    The ground is asked for in pieces. They stay until the sites are kept, so that a run that broke off, or waits for an
    answer, goes on where it stopped; then they are deleted, for a refuge may stand in what a server sends.

    Raises
    ------
    FetchError
        The server did not answer; what arrived is kept.
    BadInputError
        The server knows no community site there; nothing is changed.
    DoubtError
        They look wrong beside those in use; nothing is changed.
    MissingDataError
        The workspace has no gazetteer yet, or its key is not on this machine.
    """
    near_km = workspace.scenario.nearby_km
    around = Surroundings(workspace.gazetteer(), workspace.boundary(), near_km, safe_list(workspace))
    pieces = pieces_of(boundary_shape(around.boundary, margin_m=near_km * _METRES_A_KM))
    name = hashlib.sha256(repr((pieces, asking.server)).encode()).hexdigest()[:12]
    folder = workspace.root / FOLDER / f"sites-{name}"
    wanted = replace(asking, tags=ASKED)
    files = fetch_pieces(pieces, folder, asking=wanted, today=today, sleep=sleep, progress=progress)
    progress("Placing the sites", 0.85)
    title = f"Overpass, {today:%Y-%m-%d}"
    found = place_osm_sites(read_site_answers(files), around=around, name=title)
    if not len(found.placed.sites):
        message = f"{asking.server} knows no community site in the district; nothing was changed."
        raise BadInputError(message)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    edition = found.edition(title, sha256=digest, today=today)
    check_sites(workspace, found.placed.sites, edition, trust)
    renew_sites(workspace, found.file(edition))
    _forget(workspace)
    progress("Done", 1.0)
    return Added(edition)


def _forget(workspace: Workspace) -> None:
    """Delete what servers sent, whoever was asked and for whatever ground."""
    for folder in (workspace.root / FOLDER).glob("sites-*"):
        shutil.rmtree(folder, ignore_errors=True)
