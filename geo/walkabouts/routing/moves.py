"""The compiled moves of the route search: put a stop in, take it out, fill what time is left, empty a part.

A state of the search is one whole-number array of four rows. For each node it holds the node after it, the node before
it and the team that walks it (-1: nobody); the fourth row holds how long each team takes. The nodes are the m stops,
then each team's start, then each team's end; so teams never share a link.

numba compiles the functions when they are first called. Nothing is written to disk.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Draws = npt.NDArray[np.uint64]

compiled: Final = njit(nogil=True)
AFTER, BEFORE, TEAM, SPENT = 0, 1, 2, 3
NOBODY: Final = -1
FAR: Final = 1 << 48  # no way: longer than any walk, and a sum of thousands still fits

_A, _B, _C, _SHIFT = np.uint64(13), np.uint64(7), np.uint64(17), np.uint64(11)
_UNIT: Final = 2.0**-53
_LOW, _HIGH = 0.5, 1.6  # how much the prize counts beside the way there: drawn anew for every filling
_NOISE: Final = 0.6


def _unit(draws: Draws) -> float:
    """Draw from 0 up to 1, leaving 1 out (Marsaglia's xorshift, 2003)."""
    word = draws[0]
    word ^= word << _A
    word ^= word >> _B
    word ^= word << _C
    draws[0] = word
    return float(word >> _SHIFT) * _UNIT


def _put(cost: IntArray, state: IntArray, stop: int, place: int) -> None:
    """Put a stop into the link that begins at `place`."""
    then, team = state[AFTER, place], state[TEAM, place]
    state[SPENT, team] += cost[place, stop] + cost[stop, then] - cost[place, then]
    state[AFTER, place], state[BEFORE, stop] = stop, place
    state[AFTER, stop], state[BEFORE, then] = then, stop
    state[TEAM, stop] = team


def _take(cost: IntArray, state: IntArray, stop: int) -> None:
    """Take a stop out of its walk."""
    place, then, team = state[BEFORE, stop], state[AFTER, stop], state[TEAM, stop]
    state[SPENT, team] -= cost[place, stop] + cost[stop, then] - cost[place, then]
    state[AFTER, place], state[BEFORE, then] = then, place
    state[TEAM, stop] = NOBODY


def _cheapest(cost: IntArray, near: IntArray, state: IntArray, stop: int, limit: int) -> tuple[int, int]:
    """Find the link near a stop where it costs least within the limit; (FAR, -1) where there is none."""
    least, where = FAR, -1
    stops, teams = near.shape[0], (cost.shape[0] - near.shape[0]) // 2
    for number in range(near.shape[1] + teams):
        other = near[stop, number] if number < near.shape[1] else stops + number - near.shape[1]
        team = state[TEAM, other]
        if team < 0:
            continue
        room = limit - state[SPENT, team]
        then = state[AFTER, other]
        more = cost[other, stop] + cost[stop, then] - cost[other, then]
        if more < least and more <= room:
            least, where = more, other
        if other >= stops:
            then = state[BEFORE, stops + teams + team]
            more = cost[then, stop] + cost[stop, stops + teams + team] - cost[then, stops + teams + team]
        else:
            then = state[BEFORE, other]
            more = cost[then, stop] + cost[stop, other] - cost[then, other]
        if more < least and more <= room:
            least, where = more, then
    return least, where


def _still_open(cost: IntArray, near: IntArray, state: IntArray, limit: int, prize: FloatArray) -> IntArray:
    """List the stops nobody visits, for each the least it adds and where; those that fit nowhere are left out."""
    found = np.empty((3, near.shape[0]), np.int64)
    count = 0
    for stop in range(near.shape[0]):
        if state[TEAM, stop] >= 0 or prize[stop] <= 0:
            continue
        least, where = cheapest(cost, near, state, stop, limit)
        if where >= 0:
            found[0, count], found[1, count], found[2, count] = stop, least, where
            count += 1
    return found[:, :count].copy()


def _renew(cost: IntArray, near: IntArray, state: IntArray, limit: int, waiting: IntArray, put_in: int) -> None:
    """Bring the waiting list up to date after a stop was put in."""
    team, place = state[TEAM, put_in], state[BEFORE, put_in]
    room, then = limit - state[SPENT, team], state[AFTER, put_in]
    for entry in range(waiting.shape[1]):
        stop, least, where = waiting[0, entry], waiting[1, entry], waiting[2, entry]
        if stop < 0:
            continue
        if where >= 0 and state[TEAM, where] == team and (where == place or least > room):
            least, where = cheapest(cost, near, state, stop, limit)
        first = cost[place, stop] + cost[stop, put_in] - cost[place, put_in]
        if first < least and first <= room:
            least, where = first, place
        second = cost[put_in, stop] + cost[stop, then] - cost[put_in, then]
        if second < least and second <= room:
            least, where = second, put_in
        waiting[1, entry], waiting[2, entry] = least, where


def _fill(cost: IntArray, prize: FloatArray, near: IntArray, state: IntArray, limit: int, draws: Draws) -> None:
    """Put in stops, the most prize for the least time first with some chance, until nothing fits."""
    waiting = still_open(cost, near, state, limit, prize)
    power = _LOW + (_HIGH - _LOW) * unit(draws)
    noise = _NOISE * unit(draws)
    worth = np.empty(waiting.shape[1])
    for entry in range(len(worth)):
        worth[entry] = prize[waiting[0, entry]] ** power * (1.0 - noise * unit(draws))
    while True:
        best, chosen = -1.0, -1
        for entry in range(len(worth)):
            if waiting[0, entry] < 0 or waiting[2, entry] < 0:
                continue
            ratio = worth[entry] / max(waiting[1, entry], 1)
            if ratio > best:
                best, chosen = ratio, entry
        if chosen < 0:
            return
        stop = waiting[0, chosen]
        put(cost, state, stop, waiting[2, chosen])
        waiting[0, chosen] = -1
        renew(cost, near, state, limit, waiting, stop)


def _any_of(state: IntArray, stops: int, draws: Draws, visited: int) -> int:
    """Draw a stop that is visited (1), or one that is not (0); -1 where there is none."""
    first = int(unit(draws) * stops)
    for step in range(stops):
        stop = (first + step) % stops
        if (state[TEAM, stop] >= 0) == visited:
            return stop
    return -1


def _empty_near(cost: IntArray, near: IntArray, state: IntArray, most: int, draws: Draws) -> None:
    """Take out a stop and some of those nearest to it."""
    centre = any_of(state, near.shape[0], draws, 1)
    if centre < 0:
        return
    take(cost, state, centre)
    left = int(unit(draws) * most)
    for number in range(near.shape[1]):
        stop = near[centre, number]
        if left <= 0:
            return
        if state[TEAM, stop] >= 0 and unit(draws) < 0.8:  # noqa: PLR2004 - now and then one stays
            take(cost, state, stop)
            left -= 1


def _empty_run(cost: IntArray, near: IntArray, state: IntArray, most: int, draws: Draws) -> None:
    """Take out a run of stops that follow each other."""
    stop = any_of(state, near.shape[0], draws, 1)
    if stop < 0:
        return
    for _ in range(1 + int(unit(draws) * most)):
        then = state[AFTER, stop]
        take(cost, state, stop)
        if then >= near.shape[0]:
            return
        stop = then


def _force_in(cost: IntArray, prize: FloatArray, near: IntArray, state: IntArray, limit: int, draws: Draws) -> None:
    """Put in a stop that did not fit, then take out the least worth while of its walk until the time is kept."""
    stop = any_of(state, near.shape[0], draws, 0)
    if stop < 0:
        return
    _, where = cheapest(cost, near, state, stop, FAR)
    if where < 0:
        return
    put(cost, state, stop, where)
    team = state[TEAM, stop]
    while state[SPENT, team] > limit:
        worst, goes = np.inf, -1
        other = state[AFTER, near.shape[0] + team]
        while other < near.shape[0]:
            place, then = state[BEFORE, other], state[AFTER, other]
            saved = cost[place, other] + cost[other, then] - cost[place, then]
            ratio = prize[other] / max(saved, 1) * (0.7 + 0.6 * unit(draws))
            if other != stop and ratio < worst:
                worst, goes = ratio, other
            other = then
        take(cost, state, stop if goes < 0 else goes)
        if goes < 0:
            return


unit: Any = compiled(_unit)
put: Any = compiled(_put)
take: Any = compiled(_take)
cheapest: Any = compiled(_cheapest)
still_open: Any = compiled(_still_open)
renew: Any = compiled(_renew)
fill: Any = compiled(_fill)
any_of: Any = compiled(_any_of)
empty_near: Any = compiled(_empty_near)
empty_run: Any = compiled(_empty_run)
force_in: Any = compiled(_force_in)
