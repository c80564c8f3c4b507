"""The compiled moves that shorten one walk without changing its stops: turn a part round, move a few stops elsewhere.

2-opt (Croes 1958) with the way back counted for itself, since a way may take longer in one direction; Or-opt (Or 1976)
with one to three stops, either way round.
"""

from typing import Any, Final

import numpy as np

from geo.walkabouts.route_moves import AFTER, BEFORE, SPENT, IntArray, compiled

_LONGEST_RUN: Final = 3


def _turn(cost: IntArray, walk: IntArray) -> int:
    """Turn round the first part whose turning saves time; give what is saved."""
    size = len(walk)
    there, back = np.zeros(size, np.int64), np.zeros(size, np.int64)
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
                walk[first : last + 1] = walk[first : last + 1][::-1].copy()
                return int(saved)
    return 0


def _move_run(cost: IntArray, walk: IntArray, first: int, long: int) -> int:
    """Move a run of stops to where it saves most, either way round; give what is saved."""
    size, last = len(walk), first + long - 1
    before, head, tail, then = walk[first - 1], walk[first], walk[last], walk[last + 1]
    inner, turned = 0, 0
    for at in range(first, last):
        inner += cost[walk[at], walk[at + 1]]
        turned += cost[walk[at + 1], walk[at]]
    freed = cost[before, head] + inner + cost[tail, then] - cost[before, then]
    best, where, flip = 0, -1, False
    for at in range(size - 1):
        if first - 1 <= at <= last:
            continue
        here, after = walk[at], walk[at + 1]
        straight = freed - (cost[here, head] + inner + cost[tail, after] - cost[here, after])
        round_about = freed - (cost[here, tail] + turned + cost[head, after] - cost[here, after])
        if straight > best:
            best, where, flip = straight, at, False
        if round_about > best:
            best, where, flip = round_about, at, True
    if where < 0:
        return 0
    run = walk[first : last + 1].copy()
    if flip:
        run = run[::-1].copy()
    if where > last:
        walk[first : where - long + 1] = walk[last + 1 : where + 1].copy()
        walk[where - long + 1 : where + 1] = run
    else:
        walk[where + 1 + long : last + 1] = walk[where + 1 : first].copy()
        walk[where + 1 : where + 1 + long] = run
    return int(best)


def _shorten(cost: IntArray, walk: IntArray) -> int:
    """Shorten until nothing helps; give what was saved."""
    saved = 0
    while True:
        here = turn(cost, walk)
        for long in range(1, _LONGEST_RUN + 1):
            for first in range(1, len(walk) - long):
                here += move_run(cost, walk, first, long)
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
        walk = walk[: size + 1]
        less = shorten(cost, walk)
        for at in range(size):
            state[AFTER, walk[at]], state[BEFORE, walk[at + 1]] = walk[at + 1], walk[at]
        state[SPENT, team] -= less
        saved += less
    return saved


turn: Any = compiled(_turn)
move_run: Any = compiled(_move_run)
shorten: Any = compiled(_shorten)
tighten: Any = compiled(_tighten)
