"""Divide the places of a night's count among teams: each place once, no two teams at one place, all in time.

Route first, cluster second: the shortest way over all places is cut into as few pieces as the minutes allow, and, with
the teams there are, so that the longest piece is as short as it can be. For a given way the cutting is exact, walks
back to the car and all (Beasley 1983, "Route first - cluster second methods for vehicle routing"; Prins 2004 gives the
shortest-path form).
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
from geo.walkabouts.snapshot.by_car import NightMinutes

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_NO_LIMIT: Final = 1e6  # minutes: the way over all places is not to be cut short before it is cut up
_MOST: Final = 400
_ROUNDS: Final = 2  # so that the same seed divides alike: the seconds hardly ever end it
_SECONDS: Final = 60.0
_SAME: Final = 1e-9
_Worth = tuple[float, float]


@dataclass(frozen=True)
class Patch:
    """One team's places.

    Attributes
    ----------
    places
        Positions, in the order they are visited.
    minutes
        From arriving at the first until leaving the last: stops and the ways between, walks back to the car among them.
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
    minutes: NightMinutes,
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
        From each of n places to each other, on foot and by car.
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
    >>> walked = NightMinutes(line, np.full((4, 4), np.inf), most_on_foot=20)
    >>> done = divide(walked, np.full(4, 10.0), teams=2, limit_minutes=60)
    >>> [patch.places for patch in done.patches], done.longest_minutes, done.least_teams
    ([(0, 1), (2, 3)], 25.0, 2)
    """
    _require_asked(minutes, stop_minutes, teams, limit_minutes)
    way, proven = _way_over_all(minutes.quicker, stop_minutes, seed, progress)
    lengths, turned = _lengths(way, minutes, stop_minutes)
    least = _fewest(lengths, limit_minutes)
    if least > teams:
        message = (
            f"{len(way)} places cannot be counted by {teams} {'team' if teams == 1 else 'teams'} in "
            f"{limit_minutes:g} minutes each: {least} teams are needed. Find more teams, allow more minutes, or leave "
            "out the least likely places and estimate them."
        )
        raise BadInputError(message)
    ends = _most_even(lengths, min(teams, len(way)))
    pieces = [_patch(way, start, end, lengths, turned) for start, end in pairwise((0, *ends))]
    return Patches(tuple(sorted(pieces, key=lambda one: min(one.places))), least, proven)


def _require_asked(minutes: NightMinutes, stop_minutes: FloatArray, teams: int, limit: float) -> None:
    count, shape = len(stop_minutes), np.shape(minutes.foot)
    if not 1 <= count <= _MOST or shape != (count, count) or np.shape(minutes.drive) != shape:
        message = f"{count} places and minutes of shape {shape} were given; expected 1 to {_MOST} places."
        raise BadInputError(message)
    if teams < 1:
        message = f"{teams} teams were given; expected at least one."
        raise BadInputError(message)
    apart = minutes.quicker[~np.eye(count, dtype=bool)]
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


def _fewest(lengths: FloatArray, limit: float) -> int:
    """Count the fewest pieces that are no longer than they may be; a place alone always is not."""
    count = len(lengths) - 1
    pieces = np.append(0.0, np.full(count, np.inf))
    for end in range(1, count + 1):
        pieces[end] = 1 + pieces[:end][lengths[:end, end] <= limit + _SAME].min()
    return int(pieces[count])


def _most_even(lengths: FloatArray, teams: int) -> list[int]:
    """Say where the pieces end, at most so many that the longest is shortest, then all together are.

    More pieces are nearly always shorter; where a cut would only make for a longer walk back, a team stays at home.
    """
    count = len(lengths) - 1
    best: list[list[_Worth]] = [[(0.0, 0.0)] + [(np.inf, np.inf)] * count]
    came = np.zeros((teams + 1, count + 1), dtype=np.int64)
    for piece in range(1, teams + 1):
        best.append([(np.inf, np.inf)] * (count + 1))
        for end in range(piece, count + 1):
            options = [_longer(best[piece - 1][start], float(lengths[start, end])) for start in range(piece - 1, end)]
            chosen = min(range(len(options)), key=options.__getitem__)
            best[piece][end], came[piece, end] = options[chosen], chosen + piece - 1
    pieces = min(range(1, teams + 1), key=lambda piece: (best[piece][count], -piece))
    ends = [count]
    for piece in range(pieces, 1, -1):
        ends.insert(0, int(came[piece, ends[0]]))
    return ends


def _longer(worth: _Worth, minutes: float) -> _Worth:
    return max(worth[0], minutes), worth[1] + minutes


def _patch(way: tuple[int, ...], start: int, end: int, lengths: FloatArray, turned: BoolArray) -> Patch:
    places = way[start:end]
    return Patch(places[::-1] if turned[start, end] else places, float(lengths[start, end]))


def _lengths(way: tuple[int, ...], minutes: NightMinutes, stops: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Measure each piece from one position until before another, in the direction that spares walks back to the car.

    Returns
    -------
    tuple of numpy.ndarray
        (n + 1, n + 1) minutes, infinite where there is no piece, and whether the piece is gone the other way about.
    """
    before = np.append(0.0, np.cumsum(stops[list(way)]))
    ahead, back = minutes.pieces(way), minutes.pieces(way[::-1])[::-1, ::-1].T
    stays: FloatArray = np.maximum(before[None, :] - before[:, None], 0.0)
    return np.minimum(ahead, back) + stays, back < ahead - _SAME
