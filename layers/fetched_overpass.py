"""Streets and community sites of an Overpass server, fetched as every other data set is."""

from typing import Final, Literal

from geo.review.workspace import Workspace
from layers.adding import Added
from layers.fetched_osm_sites import fetch_osm_sites
from layers.fetched_streets import fetch_streets
from layers.fetching.adopting import Fetched
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means
from layers.overpass import PUBLIC_SERVER, Asking

Kind = Literal["streets", "sites"]

_WHAT: Final[dict[Kind, str]] = {"streets": "Streets of OpenStreetMap", "sites": "Community sites of OpenStreetMap"}


def fetch_from_overpass(workspace: Workspace, kind: Kind, *, endpoints: Endpoints, means: Means) -> Fetched:
    """Replace the streets, or the community sites, by those that OpenStreetMap has now.

    Raises
    ------
    PlannerError
        They did not arrive, cannot be used, or look wrong beside what is in use, which stays.
    """
    before = {edition.sha256 for edition in workspace.editions()}
    server = endpoints.overpass
    added = _added(workspace, kind, Asking(server=server, wait_for_slot=server == PUBLIC_SERVER), means)
    outcome: Literal["arrived", "unchanged"] = "unchanged" if added.edition.sha256 in before else "arrived"
    return Fetched(_WHAT[kind], outcome, added.edition, added.warnings)


def _added(workspace: Workspace, kind: Kind, asking: Asking, means: Means) -> Added:
    today, sleep, progress = means.today, means.sleep, means.progress
    if kind == "streets":
        return fetch_streets(workspace, asking=asking, today=today, sleep=sleep, progress=progress)
    return fetch_osm_sites(workspace, asking=asking, today=today, sleep=sleep, progress=progress, trust=means.trust)
