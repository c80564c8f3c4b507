"""Draw places off the known ones for a walk, near its way, so that it keeps a share for what nobody has looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.places.streets import Streets
from geo.places.streets_travel import along_streets
from geo.places.travel import PlacePoints, minutes_a_metre, straight_line
from geo.review.walks.candidates import KnownPlaces
from geo.review.walks.pool import exploration_pool
from geo.review.walks.screen import fit_squares
from geo.review.workspace import Workspace
from geo.walkabouts.explore import draw_places, holds_one_more
from geo.walkabouts.finds.looks import FloatArray
from geo.walkabouts.plan import Walkabout, WalkEnd
from geo.walkabouts.planning.ask import CandidateStop
from geo.walkabouts.planning.beside import beside, least_detours, spots_of
from geo.walkabouts.squares import middle_of

MOST_DETOUR_MINUTES: Final = 10.0
"""A place drawn for a walk lies at most so many minutes out of its way, there and back on to it."""
_MOST_DRAWN: Final = 12  # for one walk
_REACH_SHARE: Final = 0.5  # of the minutes: the first place of a walk of drawn places alone lies no further
_AROUND_M: Final = 800.0  # and the others so near it: the team sees one part of town, not bits of all
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
    streets
        Of the workspace; None where it has none.
    kept
        Minutes of all teams that are kept for places drawn.
    """

    start: WalkEnd
    end: WalkEnd
    minutes: float
    avoid: tuple[str, ...]
    seed: int
    streets: Streets | None = None
    kept: float = 0.0


def draw_beside(
    workspace: Workspace, known: KnownPlaces, ask: Exploring, walkabout: Walkabout, rooms: Sequence[float]
) -> tuple[CandidateStop, ...]:
    """Draw places near the way of a planned walk, one after the other, until the minutes kept for them are spent.

    Parameters
    ----------
    walkabout
        A plan that leaves room.
    rooms
        Minutes of each team that may go to places drawn: the stops, and the way out to them.

    Returns
    -------
    tuple of CandidateStop
        In the order drawn; each must be visited.

    Notes
    -----
    Of the places that fit, at most `MOST_DETOUR_MINUTES` out of the way, each has the chance of `explore.chances`: of
    one that a team may not stop at, another is drawn instead. It is taken as `explore.holds_one_more` says, so that a
    place's chance is that of being drawn times that of being taken. Ways are the shortest on foot, lit or not.
    """
    stay = workspace.scenario.walkabouts.stop_minutes
    pool = _near(workspace, known, ask, walkabout)
    laid = beside(walkabout, _minutes(workspace, ask, pool, spots_of(walkabout)), rooms)
    drawn: list[str] = []
    left, spent = set(pool), 0.0
    while left and len(drawn) < _MOST_DRAWN:
        ways = laid.fits(stop_minutes=stay, most_minutes=MOST_DETOUR_MINUTES)
        fitting = [square for square, way in zip(pool, ways.min(axis=1), strict=True) if np.isfinite(way)]
        square = _one(workspace, known, ask, sorted(left & set(fitting)), step=len(drawn))
        if not square:
            break
        row = pool.index(square)
        cost = float(ways[row].min()) + stay
        if not holds_one_more(spent, cost, kept=ask.kept, seed=ask.seed, step=len(drawn)):
            break
        away = _minutes(workspace, ask, pool, np.array([middle_of(square)]))[:, 0]
        laid = laid.with_place(row, int(ways[row].argmin()), away=away, stop_minutes=stay)
        drawn.append(square)
        left.discard(square)
        spent += cost
        if spent >= ask.kept:
            break
    return tuple(map(_candidate, drawn))


def draw_stops(workspace: Workspace, known: KnownPlaces, ask: Exploring, *, count: int) -> tuple[CandidateStop, ...]:
    """Draw places for a walk of nothing else: the first anywhere within reach, the others around it.

    Returns
    -------
    tuple of CandidateStop
        At most `count`, in the order drawn; each must be visited.
    """
    pool = _within_reach(workspace, known, ask)
    first = _one(workspace, known, ask, pool, step=0)
    if not first:
        return ()
    around = [square for square in pool if square != first and _apart(first, square) <= _AROUND_M]
    drawn = _drawn(around, known, count=max(count - 1, 0) + _SPARE, seed=ask.seed + 1)
    fit = fit_squares(workspace, drawn, ask.streets)
    return tuple(map(_candidate, (first, *(square for square in drawn if square in fit))[:count]))


def _candidate(square: str) -> CandidateStop:
    return CandidateStop(square, exploration=_WORTH, must=True, purpose="exploration")


def _one(workspace: Workspace, known: KnownPlaces, ask: Exploring, pool: list[str], *, step: int) -> str:
    """Draw one place that a team may stop at; empty where there is none among those tried."""
    rest = list(pool)
    for again in range(1 + _SPARE):
        drawn = _drawn(rest, known, count=1, seed=ask.seed + step * (1 + _SPARE) + again)
        if not drawn or fit_squares(workspace, drawn, ask.streets):
            return drawn[0] if drawn else ""
        rest.remove(drawn[0])
    return ""


def _drawn(pool: list[str], known: KnownPlaces, *, count: int, seed: int) -> list[str]:
    if not pool:
        return []
    return list(draw_places(pool, sorted(known.hot), count=count, last_seen=known.last_seen, seed=seed))


def _near(workspace: Workspace, known: KnownPlaces, ask: Exploring, walkabout: Walkabout) -> list[str]:
    """Give the places of the pool that may be near the way; as the crow flies none of the others is."""
    pool = _pool(workspace, known, ask)
    if not pool:
        return []
    middles = np.array([middle_of(square) for square in pool])
    pace = minutes_a_metre(workspace.scenario.reach.walk_km_per_hour)
    ways = least_detours(walkabout, middles, minutes_a_metre=pace)
    return [square for square, way in zip(pool, ways, strict=True) if way <= MOST_DETOUR_MINUTES]


def _pool(workspace: Workspace, known: KnownPlaces, ask: Exploring) -> list[str]:
    """Give the places that nothing is known of, as far out as the minutes allow."""
    pace = minutes_a_metre(workspace.scenario.reach.walk_km_per_hour)
    apart = float(np.hypot(*np.subtract(ask.start.point, ask.end.point)))
    pool = exploration_pool(workspace, around=ask.start.point, within_m=(ask.minutes / pace + apart) / 2)
    return sorted(set(pool) - known.hot - set(ask.avoid))


def _within_reach(workspace: Workspace, known: KnownPlaces, ask: Exploring) -> list[str]:
    """Give the places that a walk can reach and leave time for others."""
    pool = _pool(workspace, known, ask)
    away = _minutes(workspace, ask, pool, np.array([ask.start.point, ask.end.point])).sum(axis=1)
    reached = away + workspace.scenario.walkabouts.stop_minutes <= _REACH_SHARE * ask.minutes
    return [square for square, near in zip(pool, reached, strict=True) if near]


def _minutes(workspace: Workspace, ask: Exploring, squares: list[str], spots: FloatArray) -> FloatArray:
    """Measure the shortest ways on foot from squares to spots; (n, m)."""
    if not squares:
        return np.empty((0, len(spots)))
    scenario = workspace.scenario
    places = PlacePoints(np.array([middle_of(square) for square in squares]), np.zeros(len(squares)))
    if ask.streets is None:
        return straight_line(places, spots, scenario.reach).minutes
    return along_streets(ask.streets, places, spots, scenario.reach, travel=scenario.travel).minutes


def _apart(square: str, other: str) -> float:
    here, there = middle_of(square), middle_of(other)
    return float(np.hypot(here[0] - there[0], here[1] - there[1]))
