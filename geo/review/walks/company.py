"""Name who may walk along: the agencies of the rota, then those of walks on record."""

from geo.review.walks.reading import walks_standing
from geo.review.workspace import Workspace


def agency_names(workspace: Workspace) -> tuple[str, ...]:
    """List names of agencies, each once: those of the rota by name, then those that walked, the latest first."""
    with workspace.store.reading() as connection:
        rows = connection.execute("SELECT name FROM walk_agencies ORDER BY name").fetchall()
    walked = [name for one in reversed(walks_standing(workspace)) for name in one.agencies]
    return tuple(dict.fromkeys([*(str(name) for (name,) in rows), *walked]))
