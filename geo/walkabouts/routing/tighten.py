"""The compiled moves that shorten one walk without changing its stops: turn a part round, move a few stops elsewhere.

2-opt (Croes 1958) with the way back counted for itself, since a way may take longer in one direction; Or-opt (Or 1976)
with one to three stops, either way round.
"""

from typing import Any, Final

import numpy as np

from geo.walkabouts.routing.moves import AFTER, BEFORE, SPENT, IntArray, compiled

_LONGEST_RUN: Final = 3


def _flip(walk: IntArray, first: int, last: int) -> None:
    """Turn a part round."""
    while first < last:
        walk[first], walk[last] = walk[last], walk[first]
        first, last = first + 1, last - 1


def _turn(cost: IntArray, walk: IntArray, size: int, there: IntArray, back: IntArray) -> int:
    """Turn round the first part whose turning saves time; give what is saved. The last two are room to work in."""
    for at in range(1, size):
        there[at] = there[at - 1] + cost[walk[at - 1], walk[at]]
        back[at] = back[at - 1] + cost[walk[at], walk[at - 1]]
    for first in range(1, size - 2):
        before, head = walk[first - 1], walk[first]
        for last in range(first + 1, size - 1):
            tail, then = walk[last], walk[last + 1]
            old = cost[before, head] + there[last] - there[first] + cost[tail, then]
            saved = old - cost[before, tail] - (back[last] - back[first]) - cost[head, then]
            if saved > 0:
                flip(walk, first, last)
                return int(saved)
    return 0


def _move_run(  # noqa: C901 - compiled: one loop over the places, and what follows from the best
    cost: IntArray, walk: IntArray, size: int, first: int, long: int
) -> int:
    """Move a run of stops to where it saves most, either way round; give what is saved."""
    last = first + long - 1
    before, head, tail, then = walk[first - 1], walk[first], walk[last], walk[last + 1]
    inner, turned = 0, 0
    for at in range(first, last):
        inner += cost[walk[at], walk[at + 1]]
        turned += cost[walk[at + 1], walk[at]]
    freed = cost[before, head] + inner + cost[tail, then] - cost[before, then]
    best, where, turns = 0, -1, False
    for at in range(size - 1):
        if first - 1 <= at <= last:
            continue
        here, after = walk[at], walk[at + 1]
        straight = freed - (cost[here, head] + inner + cost[tail, after] - cost[here, after])
        round_about = freed - (cost[here, tail] + turned + cost[head, after] - cost[here, after])
        if straight > best:
            best, where, turns = straight, at, False
        if round_about > best:
            best, where, turns = round_about, at, True
    if where < 0:
        return 0
    # Three turnings move a run: the part it passes, the run, both together; one fewer leaves the run turned.
    low, high = (first, where) if where > last else (where + 1, last)
    if not turns:
        flip(walk, first, last)
    if where > last:
        flip(walk, last + 1, where)
    else:
        flip(walk, where + 1, first - 1)
    flip(walk, low, high)
    return int(best)


def _shorten(cost: IntArray, walk: IntArray, size: int) -> int:
    """Shorten until nothing helps; give what was saved."""
    saved = 0
    there, back = np.zeros(size, np.int64), np.zeros(size, np.int64)
    while True:
        here = turn(cost, walk, size, there, back)
        for long in range(1, _LONGEST_RUN + 1):
            for first in range(1, size - long):
                here += move_run(cost, walk, size, first, long)
        if here == 0:
            return saved
        saved += here


def _tighten(cost: IntArray, state: IntArray, stops: int) -> int:
    """Shorten every team's walk in place; give what was saved."""
    teams = (cost.shape[0] - stops) // 2
    saved = 0
    for team in range(teams):
        walk = np.empty(stops + 2, np.int64)
        size, node = 0, stops + team
        while node < stops or size == 0:
            walk[size] = node
            size += 1
            node = state[AFTER, node]
        walk[size] = node
        less = shorten(cost, walk, size + 1)
        for at in range(size):
            state[AFTER, walk[at]], state[BEFORE, walk[at + 1]] = walk[at + 1], walk[at]
        state[SPENT, team] -= less
        saved += less
    return saved


flip: Any = compiled(_flip)
turn: Any = compiled(_turn)
move_run: Any = compiled(_move_run)
shorten: Any = compiled(_shorten)
tighten: Any = compiled(_tighten)
