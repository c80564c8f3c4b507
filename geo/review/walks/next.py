"""The walk that the rota has next, and the seed by which a walk's places are drawn."""

from datetime import date, datetime

from geo.review.walks.planning import seed_of
from geo.review.walks.rota_kept import walks_in_force
from geo.review.workspace import Workspace
from geo.walkabouts.bands import band_of, day_of
from geo.walkabouts.rota.result import RotaWalk


def next_walk(workspace: Workspace, *, today: date) -> RotaWalk | None:
    """Give the first walk of the rota in force from today on; None where there is none.

    Raises
    ------
    BadInputError
        A rota was changed since it was kept.
    """
    return next(iter(walks_in_force(workspace, first=today)), None)


def walk_seed(workspace: Workspace, begins: datetime) -> int:
    """Give the seed of a walk: the rota's own where it has one of that day and band, else one by its hour."""
    options = workspace.scenario.walkabouts
    day, band = day_of(begins, options), band_of(begins, options)
    of_the_day = [walk for walk in walks_in_force(workspace, first=day, last=day) if walk.band == band]
    return of_the_day[0].seed if of_the_day else seed_of(options, begins)
