"""What is due to be fetched: data sets whose edition is old by their rhythm, and usual ones that are not here yet."""

from datetime import date

from geo.review.workspace import Workspace
from layers.catalogue import standings
from layers.fetchers import Name, fetched_names


def due_names(workspace: Workspace, *, today: date) -> tuple[Name, ...]:
    """Name what "fetch everything that is due" asks for, in the order in which one needs the other.

    A council's own file is never replaced so, nor its boundary; the large directories of ended postcodes are fetched
    one by one.
    """
    wanted = {one.entry.access.fetch for one in standings(workspace.editions(), today=today) if one.wanted}
    return tuple(name for name in fetched_names() if name in wanted)
