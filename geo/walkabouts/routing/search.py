"""Rounds of the route search, ended by their number, with the clock as a guard."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.walkabouts.routing.exact import Walks
from geo.walkabouts.routing.ground import FAR, Ground
from geo.walkabouts.routing.kernel import anneal
from geo.walkabouts.routing.moves import AFTER, BEFORE, NOBODY, SPENT, TEAM, put

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

ROUNDS: Final = 5
_STEPS_A_STOP, _MOST_STEPS = 300, 60_000  # in a round; the clock is looked at between slices of it
_SLICES: Final = 20
_HALVINGS: Final = 3  # the first round is an eighth as long, so that little time gives something fair
_NEIGHBOURS: Final = 30
_HOT, _COLD = 4.0, 0.1  # of the mean prize: how much worse an answer may be kept, at first and at last
_TIME_LEFT: Final = 0.05  # of what a unit of time earns at best: breaks ties towards shorter walks
_STREAM: Final = 0x9E3779B97F4A7C15  # spreads small seeds over 64 bits (Steele, Lea and Flood 2014)


@dataclass(frozen=True)
class Search:
    """The search on one ground.

    Attributes
    ----------
    ground
        Where it walks.
    prizes
        (m,) of the stops, those that must be visited worth more than all others together.
    cost
        (m + 2t, m + 2t) units, with a start and an end for each team.
    near
        (m, k) the stops nearest to each, there and back taken together.
    """

    ground: Ground
    prizes: FloatArray
    cost: IntArray
    near: IntArray

    def run(
        self, first: Walks, *, seed: int, rounds: int, over: Callable[[], bool], tell: Callable[[int, float], None]
    ) -> tuple[Walks, bool]:
        """Search; give the best walks and whether every round was done.

        Parameters
        ----------
        first
            Walks within the limit to begin with; empty ones will do.
        over
            Asked often; True ends the search.
        tell
            Told the number of the round and the best prize after each.
        """
        best = self._state(first)
        draws = np.array([(seed + 1) * _STREAM % 2**64 or 1], dtype=np.uint64)
        for number in range(rounds):
            best, done = self._round(best, draws, number, over)
            tell(number + 1, self._worth(best))
            if not done:
                return self._walks(best), False
        return self._walks(best), True

    def _round(
        self, best: IntArray, draws: npt.NDArray[np.uint64], number: int, over: Callable[[], bool]
    ) -> tuple[IntArray, bool]:
        """Cool down once from the best state, a slice at a time; give the best and whether it was done."""
        mean = float(self.ground.prizes.mean()) or 1.0
        earns = float(self.ground.prizes.sum()) / max(1.0, float(self.ground.limit) * self.ground.teams)
        here, best = best.copy(), best.copy()
        heats = mean * _HOT * (_COLD / _HOT) ** (np.arange(_SLICES + 1) / _SLICES)
        steps = min(_MOST_STEPS, _STEPS_A_STOP * len(self.ground)) // _SLICES >> max(0, _HALVINGS - number)
        for hot, cold in pairwise(heats.tolist()):
            if over():
                return best, False
            heat = np.array([hot, cold, _TIME_LEFT * earns, mean / 2])
            anneal(self.cost, self.prizes, self.near, self.ground.limit, (here, best), draws, max(1, steps), heat)
        return best, True

    def _worth(self, state: IntArray) -> float:
        return float(self.ground.prizes[state[TEAM, : len(self.ground)] >= 0].sum())

    def _state(self, walks: Walks) -> IntArray:
        """Turn walks into a state of the compiled search."""
        stops, teams = len(self.ground), self.ground.teams
        state = np.full((4, len(self.cost)), NOBODY, dtype=np.int64)
        for team in range(teams):
            begin, end = stops + team, stops + teams + team
            state[AFTER, begin], state[BEFORE, end] = end, begin
            state[TEAM, [begin, end]] = team
            state[SPENT, team] = self.cost[begin, end]
        for team, walk in enumerate(walks):
            place = stops + team
            for stop in walk:
                put(self.cost, state, stop, place)
                place = stop
        return state

    def _walks(self, state: IntArray) -> Walks:
        stops = len(self.ground)
        walks = []
        for team in range(self.ground.teams):
            walk, stop = [], int(state[AFTER, stops + team])
            while stop < stops:
                walk.append(stop)
                stop = int(state[AFTER, stop])
            walks.append(tuple(walk))
        return tuple(walks)


def compile_first() -> None:
    """Compile the loops (about five seconds, once in a process), so that no time limit counts it."""
    tiny = Ground(
        stops=np.arange(2),
        cost=np.ones((4, 4), dtype=np.int64),
        prizes=np.ones(2),
        must=np.zeros(2, dtype=bool),
        limit=9,
        parts=1,
        teams=1,
    )
    search_of(tiny).run(((0,),), seed=1, rounds=1, over=lambda: False, tell=lambda _number, _worth: None)


def search_of(ground: Ground) -> Search:
    """Prepare the search on a ground."""
    stops, teams = len(ground), ground.teams
    nodes = np.array([*range(stops), *[stops] * teams, *[stops + 1] * teams], dtype=np.int64)
    both = ground.cost[:stops, :stops] + ground.cost[:stops, :stops].T
    np.fill_diagonal(both, 2 * FAR + 1)
    near = np.argsort(both, axis=1, kind="stable")[:, : min(stops - 1, _NEIGHBOURS)]
    prizes = ground.prizes + np.where(ground.must, ground.prizes.sum() + 1.0, 0.0)
    return Search(ground, prizes, np.ascontiguousarray(ground.cost[np.ix_(nodes, nodes)]), near.astype(np.int64))
