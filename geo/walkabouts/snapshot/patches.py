"""Divide the places of a night's count among teams: each place once, no two teams at one place, all in time.

Route first, cluster second: the shortest way over all places is cut into as few pieces as the minutes allow, and, with
the teams there are, so that the longest piece is as short as it can be. For a given way the cutting is exact (Beasley
1983, "Route first - cluster second methods for vehicle routing"; Prins 2004 gives the shortest-path form).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.walkabouts.routing.question import RouteQuestion
from geo.walkabouts.routing.route import RouteProgress, plan_route

FloatArray = npt.NDArray[np.float64]

_NO_LIMIT: Final = 1e6  # minutes: the way over all places is not to be cut short before it is cut up
_MOST: Final = 400
_ROUNDS: Final = 2  # so that the same seed divides alike: the seconds hardly ever end it
_SECONDS: Final = 60.0
_SAME: Final = 1e-9


@dataclass(frozen=True)
class Patch:
    """One team's places.

    Attributes
    ----------
    places
        Positions, in the order they are visited.
    minutes
        From arriving at the first until leaving the last: stops and the ways between.
    """

    places: tuple[int, ...]
    minutes: float


@dataclass(frozen=True)
class Patches:
    """How the places are divided.

    Attributes
    ----------
    patches
        The teams that set out; together they hold every place exactly once.
    least_teams
        So few teams could do it on this way in the minutes there are.
    proven_way
        Whether no shorter way over all places is possible.
    """

    patches: tuple[Patch, ...]
    least_teams: int
    proven_way: bool

    @property
    def longest_minutes(self) -> float:
        """Give the minutes of the team that is out longest."""
        return max(patch.minutes for patch in self.patches)


def divide(
    minutes: FloatArray,
    stop_minutes: FloatArray,
    *,
    teams: int,
    limit_minutes: float,
    seed: int = 1,
    progress: Callable[[RouteProgress], None] | None = None,
) -> Patches:
    """Divide places among teams.

    Parameters
    ----------
    minutes
        (n, n) minutes from each place to each other, by whatever way is quickest.
    stop_minutes
        (n,) minutes spent at each.
    teams
        How many there are; no more set out than there are places.
    limit_minutes
        What each has, from its first place until it leaves its last.
    seed
        Of the search for the way over all places.

    Raises
    ------
    BadInputError
        There is no place or no team, one place alone takes longer than there is, or more teams are needed; the
        sentence says how many.

    Examples
    --------
    >>> line = np.abs(np.subtract.outer([0.0, 5, 40, 45], [0.0, 5, 40, 45]))
    >>> done = divide(line, np.full(4, 10.0), teams=2, limit_minutes=60)
    >>> [patch.places for patch in done.patches], done.longest_minutes, done.least_teams
    ([(0, 1), (2, 3)], 25.0, 2)
    """
    _require_asked(minutes, stop_minutes, teams, limit_minutes)
    way, proven = _way_over_all(minutes, stop_minutes, seed, progress)
    least = _fewest(way, minutes, stop_minutes, limit_minutes)
    if least > teams:
        message = (
            f"{len(way)} places cannot be counted by {teams} {'team' if teams == 1 else 'teams'} in "
            f"{limit_minutes:g} minutes each: {least} teams are needed. Find more teams, allow more minutes, or leave "
            "out the least likely places and estimate them."
        )
        raise BadInputError(message)
    pieces = _most_even(way, minutes, stop_minutes, min(teams, len(way)))
    return Patches(tuple(sorted(pieces, key=lambda one: min(one.places))), least, proven)


def _require_asked(minutes: FloatArray, stop_minutes: FloatArray, teams: int, limit: float) -> None:
    count = len(stop_minutes)
    if not 1 <= count <= _MOST or np.shape(minutes) != (count, count):
        message = f"{count} places and minutes of shape {np.shape(minutes)} were given; expected 1 to {_MOST} places."
        raise BadInputError(message)
    if teams < 1:
        message = f"{teams} teams were given; expected at least one."
        raise BadInputError(message)
    apart = np.asarray(minutes)[~np.eye(count, dtype=bool)]
    if not np.isfinite(apart).all():
        message = (
            "Some places cannot be reached from the others; count them with a team of their own, or estimate them."
        )
        raise BadInputError(message)
    if float(np.max(stop_minutes)) > limit:
        message = f"One stop alone takes {np.max(stop_minutes):g} minutes, and there are {limit:g}; allow more minutes."
        raise BadInputError(message)


def _way_over_all(
    minutes: FloatArray, stops: FloatArray, seed: int, progress: Callable[[RouteProgress], None] | None
) -> tuple[tuple[int, ...], bool]:
    """Find the shortest way over all places: begun and ended at a place of no distance to any."""
    count = len(stops)
    if count == 1:
        return (0,), True
    table = np.zeros((count + 1, count + 1))
    table[:count, :count] = minutes
    question = RouteQuestion(
        table,
        prizes=np.append(np.ones(count), 0.0),
        stop_minutes=np.append(stops, 0.0),
        start=count,
        end=count,
        limit_minutes=_NO_LIMIT,
    )
    route = plan_route(question, seed=seed, rounds=_ROUNDS, seconds=_SECONDS, progress=progress)
    return route.walks[0].stops, route.ended_by == "proof"


def _fewest(way: tuple[int, ...], minutes: FloatArray, stops: FloatArray, limit: float) -> int:
    """Count the pieces where each is as long as it may be: on a line no other cutting needs fewer."""
    pieces, spent = 1, float(stops[way[0]])
    for before, place in pairwise(way):
        longer = spent + float(minutes[before, place]) + float(stops[place])
        if longer > limit + _SAME:
            pieces, spent = pieces + 1, float(stops[place])
        else:
            spent = longer
    return pieces


def _most_even(way: tuple[int, ...], minutes: FloatArray, stops: FloatArray, pieces: int) -> list[Patch]:
    """Cut the way into so many pieces that the longest is shortest, then all together are."""
    count = len(way)
    lengths = _lengths(way, minutes, stops)
    best = np.full((pieces + 1, count + 1, 2), np.inf)
    best[0, 0] = 0.0
    came = np.zeros((pieces + 1, count + 1), dtype=np.int64)
    for piece in range(1, pieces + 1):
        for end in range(piece, count + 1):
            options = [
                (max(best[piece - 1, start, 0], lengths[start, end]), best[piece - 1, start, 1] + lengths[start, end])
                for start in range(piece - 1, end)
            ]
            chosen = min(range(len(options)), key=options.__getitem__)
            best[piece, end], came[piece, end] = options[chosen], chosen + piece - 1
    found, end = [], count
    for piece in range(pieces, 0, -1):
        start = int(came[piece, end])
        found.append(Patch(way[start:end], float(lengths[start, end])))
        end = start
    return found


def _lengths(way: tuple[int, ...], minutes: FloatArray, stops: FloatArray) -> FloatArray:
    """(n + 1, n + 1) minutes of the piece from one position until before another; infinite where there is none."""
    count = len(way)
    legs = np.array([float(minutes[here, there]) for here, there in pairwise(way)] + [0.0])
    at = np.array([float(stops[place]) for place in way])
    lengths = np.full((count + 1, count + 1), np.inf)
    for start in range(count):
        lengths[start, start + 1 :] = np.cumsum(at[start:]) + np.concatenate(
            [[0.0], np.cumsum(legs[start : count - 1])]
        )
    return lengths
