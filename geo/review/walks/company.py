"""Name who may walk along: the agencies of the rota, then those of walks on record."""

from collections.abc import Iterable
from typing import Final

from geo.review.walks.cards import WalkCard
from geo.review.walks.reading import walks_standing
from geo.review.walks.rota_kept import read_rotas, walks_in_force
from geo.review.workspace import Workspace

USUAL_AGENCIES: Final = ("Outreach service", "Police", "Another agency")
"""What a form offers where the workspace names no agency."""


def agency_names(workspace: Workspace) -> tuple[str, ...]:
    """List names of agencies, each once: those of the rota by name, then those that walked, the latest first."""
    with workspace.store.reading() as connection:
        rows = connection.execute("SELECT name FROM walk_agencies ORDER BY name").fetchall()
    walked = [name for one in reversed(walks_standing(workspace)) for name in one.agencies]
    return tuple(dict.fromkeys([*(str(name) for (name,) in rows), *walked]))


def offered_agencies(workspace: Workspace, card: WalkCard) -> tuple[str, ...]:
    """List who the form of a card offers: whom a settled rota has for that walk, else every agency that is known.

    Whoever is given a form is told of no other agency, where the rota says who walks.
    """
    planned = walks_in_force(workspace, first=card.day, last=card.day)
    walking = [name for walk in planned if walk.band == card.walkabout.band for name in walk.agencies]
    return tuple(dict.fromkeys(walking)) or agency_names(workspace)


def unknown_agencies(workspace: Workspace, names: Iterable[str]) -> tuple[str, ...]:
    """Give those names that no form could offer: of no agency on the list, in a settled rota or on record.

    A form comes back from somebody else's phone: what it names otherwise would be anybody's words, and go out again
    with the next form.
    """
    settled = {name for kept in read_rotas(workspace) for walk in kept.rota.walks for name in walk.agencies}
    known = {*agency_names(workspace), *USUAL_AGENCIES, *settled}
    return tuple(dict.fromkeys(name for name in names if " ".join(name.split()) not in known))
