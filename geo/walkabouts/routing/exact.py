"""The best route of few stops, proven: the shortest walk of every set of stops, and the best share-out among teams.

Dynamic programming over sets (Held and Karp 1962; Bellman 1962). Fifteen stops have 32,768 sets, and a share-out among
teams looks at 14 million pairs of them.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.walkabouts.routing.ground import FAR, Ground
from geo.walkabouts.routing.moves import compiled

IntArray = npt.NDArray[np.int64]
Walks = tuple[tuple[int, ...], ...]  # one a team, positions among the ground's stops

EXACT_STOPS: Final = 15
_SAME: Final = 1e-9


def _reach(cost: IntArray, table: IntArray) -> None:
    """Fill table[set, last] with the least units from the start over a set of stops, ending at one of them."""
    stops = table.shape[1]
    for last in range(stops):
        table[1 << last, last] = cost[stops, last]
    for chosen in range(1, table.shape[0]):
        for last in range(stops):
            if not (chosen >> last) & 1 or table[chosen, last] >= FAR:
                continue
            for then in range(stops):
                if (chosen >> then) & 1:
                    continue
                more = table[chosen, last] + cost[last, then]
                larger = chosen | (1 << then)
                table[larger, then] = min(table[larger, then], more)


def _share_out(one: IntArray, fewer: IntArray, out: IntArray, split: IntArray, longest: bool) -> None:  # noqa: FBT001 - compiled
    """Let one team more take part of every set: the least sum of the two, or the least of the longer."""
    for chosen in range(1, len(one)):
        out[chosen], split[chosen] = fewer[chosen], 0
        low = chosen & -chosen
        part = chosen
        while part:
            if part & low:
                rest = fewer[chosen ^ part]
                value = max(one[part], rest) if longest else one[part] + rest
                if value < out[chosen]:
                    out[chosen], split[chosen] = value, part
            part = (part - 1) & chosen


reach: Any = compiled(_reach)
share_out: Any = compiled(_share_out)


@dataclass(frozen=True)
class Sets:
    """What is known of every set of stops (bit i of the index: stop i is in it).

    Attributes
    ----------
    table
        (sets, m) least units from the start over the set, by its last stop.
    whole
        (sets,) least units of one walk over the set; 0 for the empty set.
    """

    ground: Ground
    table: IntArray
    whole: IntArray

    def best_within(self) -> Walks | None:
        """Give the walks worth most within the limit that visit all that must be; None where there are none.

        Of equal worth, the fewest units in all win, then the set of the lowest number.
        """
        one = np.where(self.whole <= self.ground.limit, self.whole, FAR)
        together, splits = self._shared(one, longest=False)
        numbers = np.arange(len(one))
        must = int((1 << np.flatnonzero(self.ground.must)).sum())
        possible = (together < FAR) & ((numbers & must) == must)
        if not possible.any():
            return None
        worth = _worths(self.ground.prizes)
        top = worth[possible].max()
        best = np.flatnonzero(possible & (worth >= top - _SAME * max(1.0, top)))
        return self._walks(int(best[np.argmin(together[best])]), splits)

    def over_all(self) -> tuple[Walks, int] | None:
        """Give walks over every stop whose longest is as short as can be, and its units; None where there is no way."""
        longest, splits = self._shared(self.whole, longest=True)
        if longest[-1] >= FAR:
            return None
        return self._walks(len(self.whole) - 1, splits), int(longest[-1])

    def _shared(self, one: IntArray, *, longest: bool) -> tuple[IntArray, list[IntArray]]:
        together, splits = one, []
        for _ in range(self.ground.teams - 1):
            out, split = np.zeros_like(one), np.zeros_like(one)
            share_out(one, together, out, split, longest)
            together = out
            splits.append(split)
        return together, splits

    def _walks(self, chosen: int, splits: list[IntArray]) -> Walks:
        walks = []
        for split in reversed(splits):
            part = int(split[chosen])
            walks.append(self._walk(part))
            chosen ^= part
        return (*walks, self._walk(chosen))

    def _walk(self, chosen: int) -> tuple[int, ...]:
        """Go back from the end along the shortest walk over a set; the lowest number wins where two are equal."""
        walk: list[int] = []
        then, cost = len(self.ground) + 1, self.ground.cost
        while chosen:
            last = int(np.argmin(self.table[chosen] + cost[: len(self.ground), then]))
            walk.append(last)
            chosen, then = chosen & ~(1 << last), last
        return tuple(reversed(walk))


def sets_of(ground: Ground) -> Sets:
    """Work out the shortest walk over every set of at most `EXACT_STOPS` stops."""
    table = np.full((1 << len(ground), len(ground)), FAR, dtype=np.int64)
    reach(ground.cost, table)
    whole = np.minimum((table + ground.cost[: len(ground), -1]).min(axis=1), FAR)
    whole[0] = 0
    return Sets(ground, table, whole)


def _worths(prizes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Add up the prizes of every set."""
    worth = np.zeros(1)
    for prize in prizes:
        worth = np.concatenate([worth, worth + prize])
    return worth
