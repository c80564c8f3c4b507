"""The compiled loop of the route search: empty a part, fill it otherwise, shorten, keep or undo.

An iterated local search (Vansteenwegen, Souffriau, Vanden Berghe and Van Oudheusden 2009, Computers and Operations
Research 36; Gunawan, Lau and Vansteenwegen 2016, European Journal of Operational Research 255), whose worse answers are
kept with a chance that shrinks (simulated annealing), and which takes out stops that lie together (Christiaens and
Vanden Berghe 2020, Transportation Science 54).
"""

from typing import Any, Final

import numpy as np

from geo.walkabouts.route_moves import (
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
from geo.walkabouts.route_tighten import tighten

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


def _disturb(cost: IntArray, prize: FloatArray, near: IntArray, state: IntArray, limit: int, draws: Draws) -> None:  # noqa: PLR0913, PLR0917 - compiled: an object would be taken apart again in the loop
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


def _anneal(  # noqa: PLR0913, PLR0917 - compiled, as above
    cost: IntArray,
    prize: FloatArray,
    near: IntArray,
    limit: int,
    states: IntArray,
    draws: Draws,
    steps: int,
    heat: FloatArray,
) -> IntArray:
    """Search on from a state and give where it stands and the best one seen.

    `states` holds the state to go on from and the best so far; `heat` is what a worse answer may lose at first and at
    last, the worth of a unit of time left, and how far below the best an answer is still worth shortening.
    """
    stops, teams = len(prize), (cost.shape[0] - len(prize)) // 2
    here, best = states[0].copy(), states[1].copy()
    held = value(prize, here) - heat[2] * here[SPENT, :teams].sum()
    top, top_spent = value(prize, best), best[SPENT, :teams].sum()
    for step in range(steps):
        tried = here.copy()
        disturb(cost, prize, near, tried, limit, draws)
        fill(cost, prize, near, tried, limit, draws)
        got = value(prize, tried)
        if got >= top - heat[3] and tighten(cost, tried, stops) > 0:
            fill(cost, prize, near, tried, limit, draws)
            got = value(prize, tried)
        spent = tried[SPENT, :teams].sum()
        warmth = heat[0] * (heat[1] / heat[0]) ** (step / steps)
        level = got - heat[2] * spent
        if level >= held + warmth * np.log(max(unit(draws), _LEAST)):
            here, held = tried, level
        if got > top + _SAME or (got > top - _SAME and spent < top_spent):
            best, top, top_spent = tried.copy(), got, spent
    states[0], states[1] = here, best
    return states


value: Any = compiled(_value)
disturb: Any = compiled(_disturb)
anneal: Any = compiled(_anneal)
