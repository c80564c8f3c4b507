"""The compiled loop of the route search: empty a part, fill it otherwise, shorten, keep or undo.

An iterated local search (Vansteenwegen, Souffriau, Vanden Berghe and Van Oudheusden 2009, Computers and Operations
Research 36; Gunawan, Lau and Vansteenwegen 2016, European Journal of Operational Research 255), whose worse answers are
kept with a chance that shrinks (simulated annealing), and which takes out stops that lie together (Christiaens and
Vanden Berghe 2020, Transportation Science 54).
"""

import math
from typing import Any, Final

import numpy as np

from geo.walkabouts.routing.moves import (
    SPENT,
    TEAM,
    Draws,
    FloatArray,
    IntArray,
    compiled,
    empty_near,
    empty_run,
    fill,
    force_in,
    unit,
)
from geo.walkabouts.routing.tighten import tighten

_NEAR, _RUN = 0.4, 0.65  # shares of the ways to take stops out; the rest forces one in
_MOST_OUT, _SHARE_OUT = 14, 0.35
_SAME: Final = 1e-9
_LEAST: Final = 1e-300


def _value(prize: FloatArray, state: IntArray) -> float:
    """Add up the prizes of the stops visited."""
    total = 0.0
    for stop in range(len(prize)):
        if state[TEAM, stop] >= 0:
            total += prize[stop]
    return total


def _spent(state: IntArray, teams: int) -> int:
    """Add up what all teams take."""
    total = 0
    for team in range(teams):
        total += state[SPENT, team]
    return total


def _copy(source: IntArray, into: IntArray) -> None:
    for row in range(source.shape[0]):
        for node in range(source.shape[1]):
            into[row, node] = source[row, node]


def _disturb(cost: IntArray, prize: FloatArray, near: IntArray, state: IntArray, limit: int, draws: Draws) -> None:
    """Take some stops out, one way or another."""
    visited = 0
    for stop in range(len(prize)):
        visited += state[TEAM, stop] >= 0
    most = min(_MOST_OUT, 1 + int(_SHARE_OUT * visited))
    way = unit(draws)
    if way < _NEAR:
        empty_near(cost, near, state, most, draws)
    elif way < _RUN:
        empty_run(cost, near, state, most, draws)
    else:
        force_in(cost, prize, near, state, limit, draws)


def _anneal(  # noqa: PLR0913, PLR0917 - compiled: an object would be taken apart again in the loop
    cost: IntArray,
    prize: FloatArray,
    near: IntArray,
    limit: int,
    states: tuple[IntArray, IntArray],
    draws: Draws,
    steps: int,
    heat: FloatArray,
) -> None:
    """Search on from a state and keep the best one seen.

    `states` are the state to go on from and the best so far, both changed in place; `heat` is what a worse answer may
    lose at first and at last, the worth of a unit of time left, and how far below the best an answer is still worth
    shortening.
    """
    stops, teams = len(prize), (cost.shape[0] - len(prize)) // 2
    here, best = states
    tried = np.empty_like(here)
    held = value(prize, here) - heat[2] * spent(here, teams)
    top, top_spent = value(prize, best), spent(best, teams)
    for step in range(steps):
        copy(here, tried)
        disturb(cost, prize, near, tried, limit, draws)
        fill(cost, prize, near, tried, limit, draws)
        got = value(prize, tried)
        if got >= top - heat[3] and tighten(cost, tried, stops) > 0:
            fill(cost, prize, near, tried, limit, draws)
            got = value(prize, tried)
        took = spent(tried, teams)
        warmth = heat[0] * (heat[1] / heat[0]) ** (step / steps)
        level = got - heat[2] * took
        if level >= held + warmth * math.log(max(unit(draws), _LEAST)):
            held = level
            copy(tried, here)
        if got > top + _SAME or (got > top - _SAME and took < top_spent):
            top, top_spent = got, took
            copy(tried, best)


value: Any = compiled(_value)
spent: Any = compiled(_spent)
copy: Any = compiled(_copy)
disturb: Any = compiled(_disturb)
anneal: Any = compiled(_anneal)
