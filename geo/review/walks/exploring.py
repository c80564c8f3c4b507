"""Draw places off the known ones for a walk, so that a share of its time is kept for what nobody has looked at."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.places.travel import PlacePoints
from geo.review.journeys import journeys
from geo.review.streets import streets_of
from geo.review.walks.candidates import KnownPlaces
from geo.review.walks.pool import exploration_pool
from geo.review.walks.screen import fit_squares
from geo.review.workspace import Workspace
from geo.walkabouts.explore import draw_places
from geo.walkabouts.plan import Walkabout, WalkEnd
from geo.walkabouts.planning.ask import CandidateStop
from geo.walkabouts.squares import middle_of

_REACH_SHARE: Final = 0.5  # of the minutes: a place drawn may take so many there and on to the end, and leave the rest
_AROUND_M: Final = 800.0  # those drawn after the first lie so near it: the team sees one part of town, not bits of all
_WORTH: Final = 1.0  # it must be visited, so that only a walk of drawn places alone asks what it is worth
_SPARE: Final = 5  # drawn besides, in place of those that cannot be used


@dataclass(frozen=True)
class Exploring:
    """Where, and from what, places are drawn for one walk.

    Attributes
    ----------
    start, end, minutes
        Of the walk.
    avoid
        Squares that nobody stops at.
    seed
        The same seed draws the same places.
    """

    start: WalkEnd
    end: WalkEnd
    minutes: float
    avoid: tuple[str, ...]
    seed: int


def draw_stops(workspace: Workspace, known: KnownPlaces, ask: Exploring, *, count: int) -> tuple[CandidateStop, ...]:
    """Draw places to explore: the first anywhere within reach, the others around it.

    Each place within reach can come first, so that none is never seen; the others lie near it, so that a walk is not
    torn to pieces by what is a small share of it.

    Returns
    -------
    tuple of CandidateStop
        At most `count`, in the order drawn; each must be visited.
    """
    options = workspace.scenario.walkabouts
    pool = _within_reach(workspace, ask, options.stop_minutes)
    pool = [square for square in pool if square not in {*known.hot, *ask.avoid}]
    first = _fit(workspace, _drawn(pool, known, count=1 + _SPARE, seed=ask.seed))[:1]
    if not first:
        return ()
    around = [square for square in pool if square not in first and _apart(first[0], square) <= _AROUND_M]
    more = _fit(workspace, _drawn(around, known, count=count - 1 + _SPARE, seed=ask.seed + 1)) if count > 1 else []
    return tuple(
        CandidateStop(square, exploration=_WORTH, must=True, purpose="exploration")
        for square in (*first, *more)[:count]
    )


def _drawn(pool: list[str], known: KnownPlaces, *, count: int, seed: int) -> list[str]:
    if not pool:
        return []
    return list(draw_places(pool, sorted(known.hot), count=count, last_seen=known.last_seen, seed=seed))


def _within_reach(workspace: Workspace, ask: Exploring, stop_minutes: float) -> list[str]:
    """Give the places of the pool that a walk can reach and leave time for others."""
    pool = sorted(exploration_pool(workspace))
    if not pool:
        return []
    places = PlacePoints(np.array([middle_of(square) for square in pool]), np.zeros(len(pool)))
    away = journeys(workspace, places, np.array([ask.start.point, ask.end.point])).minutes.sum(axis=1)
    reached = away + stop_minutes <= _REACH_SHARE * ask.minutes
    return [square for square, near in zip(pool, reached, strict=True) if near]


def _fit(workspace: Workspace, squares: list[str]) -> list[str]:
    fit = fit_squares(workspace, squares, streets_of(workspace))
    return [square for square in squares if square in fit]


def _apart(square: str, other: str) -> float:
    here, there = middle_of(square), middle_of(other)
    return float(np.hypot(here[0] - there[0], here[1] - there[1]))


def told_exploring(walkabout: Walkabout, share: float, *, asked: int, drawn: int) -> str:
    """Say how much of a walk is kept for places that nobody has looked at.

    Parameters
    ----------
    walkabout
        The plan.
    share
        What the options ask for, over many walks.
    asked
        How many stops were to be drawn for this walk.
    drawn
        How many places could be drawn.
    """
    many = sum(stop.purpose == "exploration" for stop in walkabout.stops)
    if many:
        stops = f"{many} of {len(walkabout.stops)} stops {'was' if many == 1 else 'were'} drawn at random"
        return (
            f"{stops}, off the known places: {walkabout.explored_share:.0%} of the time at stops. The options ask for "
            f"{share:.0%} over many walks."
        )
    if not asked:
        why = f"{share:.0%} of so few stops is less than one, and this walk's draw gave none"
    else:
        why = "none fits beside what must be visited" if drawn else "none lies within reach of this walk"
    return f"No stop was drawn at random: {why}."
