"""Indices of Deprivation 2025, File 7, fetched as the government publishes it, and cut to the district's LSOAs."""

from typing import Final

from geo.errors import MissingDataError
from geo.review.workspace import Workspace
from layers.adding import Added
from layers.deprivation import CATALOGUE, add_deprivation
from layers.fetching.adopting import Fetched, fetch_file
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Downloaded, Means, Source
from layers.source_file import SourceFile

WHAT: Final = "Indices of Deprivation 2025"
PAGE: Final = CATALOGUE[0].access.page
_MAX: Final = 50_000_000  # as much as a table may hold; File 7 has some 15 MB


def fetch_deprivation(workspace: Workspace, *, endpoints: Endpoints, means: Means) -> Fetched:
    """Replace the indices of deprivation by those of File 7.

    Raises
    ------
    FetchError
        The file did not arrive or cannot be used; the indices in use stay.
    MissingDataError
        The workspace has no LSOA boundaries yet; nobody is asked.
    WorkspaceError
        The disk is full, or the folder cannot be written.
    """
    if not workspace.has("lsoa"):
        message = "Deprivation is counted by LSOA; fetch the LSOA boundaries first with: planner fetch lsoa"
        raise MissingDataError(message)
    name = endpoints.deprivation.rpartition("/")[2]
    by_hand = "planner add deprivation FILE"
    source = Source(endpoints.deprivation, name, WHAT, "csv", _MAX, page=PAGE, by_hand=by_hand)

    def take_in(came: Downloaded) -> Added:
        return add_deprivation(workspace, SourceFile(name, came.path.read_bytes()), today=means.today)

    return fetch_file(workspace, source, means=means, take_in=take_in)
