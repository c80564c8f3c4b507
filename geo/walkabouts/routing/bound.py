"""What no route can be worth more than: a linear programme that is tightened until it meets the prize or time is up.

The ways walked are shares between 0 and 1. Each stop is left as often as it is reached, at most once; all walks
together take at most the minutes of all teams; and who visits a stop comes in to every set of stops around it from
outside (Fischetti, Salazar Gonzalez and Toth 1998, INFORMS Journal on Computing 10). Ways are added where they may pay.
Every bound told is worked out anew from the solver's prices over all ways, so it holds whatever the solver's rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.walkabouts.routing.cuts import Cut, crossing, violated
from geo.walkabouts.routing.ground import FAR, Ground, shortest

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Untyped = Any  # of highspy, which is imported where it is used

_ROUNDS: Final = 200
_NEIGHBOURS: Final = 8  # ways to each stop to begin with
_AT_A_TIME: Final = 3_000  # ways added
_MOST_WAYS: Final = 5_000  # that are worth searching one by one
_SHARE: Final = 0.7  # of the seconds left: HiGHS looks at its clock now and then only
_PAYS: Final = 1e-6
_SAME: Final = 1e-6


def simple_bound(ground: Ground) -> float:
    """Fill all teams' minutes as if each stop cost half its shortest ways in and out, the last one in part.

    Examples
    --------
    >>> cost = np.array([[0, 4, 4, 4], [4, 0, 4, 4], [4, 4, 0, 0], [4, 4, 0, 0]])
    >>> simple_bound(Ground(np.arange(2), cost, np.array([3.0, 1.0]), np.zeros(2, bool), 6, 1, 1))
    3.5
    """
    cost = np.where(np.eye(len(ground.cost), dtype=bool), FAR, ground.cost).astype(np.float64)
    stops = len(ground)
    least = (cost[: stops + 1, :stops].min(axis=0) + cost[:stops, [*range(stops), stops + 1]].min(axis=1)) / 2
    order = np.argsort(-ground.prizes / np.maximum(least, 1e-9), kind="stable")
    room = float(ground.limit * ground.teams) - np.concatenate([[0.0], np.cumsum(least[order])[:-1]])
    shares = np.clip(room / np.maximum(least[order], 1e-9), 0.0, 1.0)
    return float((shares * ground.prizes[order]).sum())


def whole_bound(bound: float, prizes: FloatArray) -> float:
    """Round a bound down to what prizes can add up to, where all of them are whole."""
    return float(np.floor(bound + _SAME)) if (prizes == np.rint(prizes)).all() else bound


def bound_of(ground: Ground, prize: float, *, over: Callable[[], bool], left: Callable[[], float]) -> float:
    """Give what no route is worth more than.

    Parameters
    ----------
    prize
        Of the best route known: reaching it ends the work.
    over, left
        Whether to stop, and the seconds left.
    """
    best = whole_bound(min(simple_bound(ground), float(ground.prizes.sum())), ground.prizes)
    programme, slack = Programme(ground), np.inf
    worth = np.zeros(programme.ways.shape)
    for _ in range(_ROUNDS):
        if best <= prize + _SAME or over() or not programme.solve(left()):
            return max(best, prize)
        worth = programme.worth_of_ways()
        slack = programme.bound(worth) - prize
        best = min(best, whole_bound(slack + prize, ground.prizes))
        added = programme.add_ways(worth)
        if not programme.add_cuts(over) and not added:
            break
    better = prize + (1.0 if (ground.prizes == np.rint(ground.prizes)).all() else _SAME)
    may_help = worth >= better - prize - slack - _SAME
    if best > prize + _SAME and may_help.sum() <= _MOST_WAYS and not over():
        programme.keep(may_help)
        best = min(best, whole_bound(programme.search_above(better, over, left), ground.prizes))
    return max(best, prize)


@dataclass
class Programme:
    """The programme so far: HiGHS, the ways in it, and the sets that have to be entered."""

    ground: Ground
    ways: BoolArray = field(init=False)
    known: BoolArray = field(init=False)
    tails: IntArray = field(init=False)
    heads: IntArray = field(init=False)
    cuts: list[Cut] = field(default_factory=list)
    highs: Untyped = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the shortest ways to each stop, and those from the start and to the end."""
        stops, cost = len(self.ground), self.ground.cost
        way_there, way_on = shortest(cost, stops), shortest(cost.T, stops + 1)
        self.ways = way_there[:, None] + cost + way_on[None, :] <= self.ground.limit
        np.fill_diagonal(self.ways, val=False)
        self.ways[:, stops] = self.ways[stops + 1, :] = self.ways[stops, stops + 1] = False
        ranks = np.argsort(np.argsort(np.where(self.ways, cost, FAR), axis=0, kind="stable"), axis=0, kind="stable")
        first = self.ways & (ranks < _NEIGHBOURS)
        first[stops, :] = self.ways[stops, :]
        first[:, stops + 1] = self.ways[:, stops + 1]
        self.known = np.zeros_like(self.ways)
        self.tails = self.heads = np.empty(0, dtype=np.int64)
        self.highs = _solver()
        self._add_rows()
        self._add(np.argwhere(first))

    def _add_rows(self) -> None:
        """Reach each stop at most once, leave as often, start at most once a team, keep the minutes of all."""
        teams, none = float(self.ground.teams), np.empty(0, dtype=np.int32)
        for must in self.ground.must:
            self.highs.addRow(1.0 if must else 0.0, 1.0, 0, none, none.astype(np.float64))
        for _ in range(len(self.ground)):
            self.highs.addRow(0.0, 0.0, 0, none, none.astype(np.float64))
        for _ in range(2):
            self.highs.addRow(0.0, teams, 0, none, none.astype(np.float64))

    def _add(self, ways: IntArray) -> None:
        stops = len(self.ground)
        inside = np.array([cut.inside for cut in self.cuts], dtype=bool).reshape(len(self.cuts), stops + 2)
        wanted = np.array([cut.stop for cut in self.cuts], dtype=np.int64)
        for tail, head in ways.tolist():
            rows = [
                *((head, stops + head) if head < stops else ()),
                *((stops + tail,) if tail < stops else (2 * stops,)),
            ]
            values = [*((1.0, 1.0) if head < stops else ()), -1.0 if tail < stops else 1.0]
            rows.append(2 * stops + 1)
            values.append(float(self.ground.cost[tail, head]) / self.ground.limit)
            shares = (inside[:, head] & ~inside[:, tail]).astype(np.float64) - (wanted == head)
            there = np.flatnonzero(shares)
            rows.extend((2 * stops + 2 + there).tolist())
            values.extend(shares[there].tolist())
            prize = float(self.ground.prizes[head]) if head < stops else 0.0
            columns = np.array(rows, dtype=np.int32), np.array(values)
            self.highs.addCol(-prize, 0.0, np.inf, len(rows), *columns)
        self.known[ways[:, 0], ways[:, 1]] = True
        self.tails = np.concatenate([self.tails, ways[:, 0]])
        self.heads = np.concatenate([self.heads, ways[:, 1]])

    def solve(self, seconds: float) -> bool:
        """Solve the programme as it stands; tell whether that was done in time."""
        import highspy  # noqa: PLC0415 - takes a moment to load

        self.highs.setOptionValue("time_limit", float(self.highs.getRunTime() + max(seconds, 0.0)))
        self.highs.run()
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def worth_of_ways(self) -> FloatArray:
        """Give what each way would add, at the solver's prices with their signs put right."""
        stops, prices = len(self.ground), self._prices()
        worth = np.zeros(self.ways.shape)
        worth[:, :stops] += self.ground.prizes + prices[:stops] + prices[stops : 2 * stops]
        worth[:stops, :] -= prices[stops : 2 * stops, None]
        worth[stops, :] += prices[2 * stops]
        worth += prices[2 * stops + 1] * self.ground.cost / self.ground.limit
        for cut, price in zip(self.cuts, prices[2 * stops + 2 :], strict=True):
            if price:
                worth[np.ix_(~cut.inside, cut.inside)] += price
                worth[:, cut.stop] -= price
        return np.where(self.ways, worth, -np.inf)

    def bound(self, worth: FloatArray) -> float:
        """Add up the prices of what there is, and the best way to each stop where one would add anything."""
        stops, prices, teams = len(self.ground), self._prices(), self.ground.teams
        gains = np.maximum(worth.max(axis=0), 0.0)
        used = prices[:stops].sum() + teams * prices[2 * stops : 2 * stops + 2].sum()
        return float(gains[:stops].sum() + teams * gains[-1] - used)

    def keep(self, ways: BoolArray) -> None:
        """Go on with these ways alone, each walked or not: no better route uses another."""
        import highspy  # noqa: PLC0415 - takes a moment to load

        self._add(np.argwhere(ways & self.ways & ~self.known))
        for column, (tail, head) in enumerate(zip(self.tails.tolist(), self.heads.tolist(), strict=True)):
            self.highs.changeColBounds(column, 0.0, 1.0 if ways[tail, head] else 0.0)
            self.highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def search_above(self, better: float, over: Callable[[], bool], left: Callable[[], float]) -> float:
        """Search for a route worth at least so much; give what none is worth more than (0 where there is none)."""
        import highspy  # noqa: PLC0415 - takes a moment to load

        prizes = np.append(self.ground.prizes, [0.0, 0.0])[self.heads]
        there = np.flatnonzero(prizes).astype(np.int32)
        self.highs.addRow(better - _SAME, np.inf, len(there), there, prizes[there])
        bound = np.inf
        while not over():
            solved = self.solve(_SHARE * left())
            if self.highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
                return 0.0
            bound = min(bound, -float(self.highs.getInfo().mip_dual_bound))
            if not solved or not self.add_cuts(over):
                break
        return bound

    def _prices(self) -> FloatArray:
        """Read the rows' prices; of the wrong sign they are rounding, and nought."""
        stops = len(self.ground)
        prices = np.array(self.highs.getSolution().row_dual)
        at_most = np.r_[~self.ground.must, np.zeros(stops, dtype=bool), True, True]
        head, cuts = prices[: len(at_most)], prices[len(at_most) :]
        return np.concatenate([np.where(at_most, np.minimum(head, 0.0), head), np.maximum(cuts, 0.0)])

    def add_ways(self, worth: FloatArray) -> bool:
        """Add the ways that would add most; tell whether there were any."""
        open_ways = np.where(self.known, -np.inf, worth)
        pays = np.argwhere(open_ways > _PAYS)
        order = np.argsort(-open_ways[pays[:, 0], pays[:, 1]], kind="stable")[:_AT_A_TIME]
        self._add(pays[order])
        return bool(len(order))

    def add_cuts(self, over: Callable[[], bool]) -> bool:
        """Demand that sets around visited stops are entered, where they are not; tell whether there were any."""
        flows = np.array(self.highs.getSolution().col_value)[: len(self.tails)]
        shares = np.zeros(self.ways.shape)
        shares[self.tails[: len(flows)], self.heads[: len(flows)]] = np.maximum(flows, 0.0)
        found = violated(shares, over)
        for cut in found:
            values = crossing(cut, self.tails, self.heads)
            there = np.flatnonzero(values).astype(np.int32)
            self.highs.addRow(0.0, np.inf, len(there), there, values[there])
        self.cuts.extend(found)
        return bool(found)


def _solver() -> Untyped:
    import highspy  # noqa: PLC0415 - takes a moment to load

    solver: Untyped = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy's own
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - highspy takes it by position only
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver
