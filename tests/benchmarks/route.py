"""Measure the routes of walkabouts: how near they come to the bound, and beside PyVRP in the same run.

python tests/benchmarks/route.py           20, 50, 100 and 300 stops on a square, distances as EUC_2D, half the minutes
                                           of a round of all; prizes all one, mixed, or larger further away (the
                                           generations of Fischetti and others 1998). 5 s each, 30 s at 300 stops;
                                           PyVRP has the same seconds where it is installed (`pip install pyvrp`).
                                           Bar: within 1 % of the best known to 100 stops, 3 % at 300.
python tests/benchmarks/route.py FILES     the same on files of the OPLib
"""

import importlib.util
import sys
import time
from pathlib import Path

import numpy as np

from geo.walkabouts.routing.op_lib import read_op_lib
from geo.walkabouts.routing.op_lib_distances import euclidean
from geo.walkabouts.routing.question import RouteQuestion
from geo.walkabouts.routing.result import Route, walk_of
from geo.walkabouts.routing.route import plan_route

SIZES = (20, 50, 100, 300)
SEEDS = (1, 2)
SIDE = 1_000
ROUND_SHARE = 0.7124 * 0.5  # a round of n stops on a square of area A takes about 0.7124 sqrt(n A)
NO_END = 1_000_000


def square(stops: int, seed: int, generation: int) -> RouteQuestion:
    """Make a question: the depot and so many stops, spread evenly."""
    rng = np.random.default_rng(1_000 * stops + seed)
    away = euclidean(rng.integers(0, SIDE, (stops + 1, 2)).astype(float))
    number = np.arange(stops + 1)
    mixed, far = 1 + (7141 * number + 73) % 100, 1 + np.floor(99 * away[0] / away[0].max())
    prizes = {1: np.ones(stops + 1), 2: mixed.astype(float), 3: far}[generation]
    limit = float(int(ROUND_SHARE * np.sqrt((stops + 1) * SIDE**2)))
    return RouteQuestion(away, prizes, np.zeros(stops + 1), start=0, end=0, limit_minutes=limit)


def _seconds(question: RouteQuestion) -> float:
    return 5.0 if len(question) <= 150 else 30.0


def ours(question: RouteQuestion) -> Route:
    """Plan as `planner bench route` does."""
    return plan_route(question, seconds=_seconds(question), rounds=NO_END)


def theirs(question: RouteQuestion, seconds: float) -> float:
    """Give PyVRP's prize: each stop may be left out at the cost of its prize, and prizes outweigh any distance."""
    import pyvrp  # noqa: PLC0415 - a peer that need not be there
    from pyvrp.stop import MaxRuntime  # noqa: PLC0415 - a peer that need not be there

    model = pyvrp.Model()
    places = [model.add_location(0, 0) for _ in range(len(question))]
    depot = model.add_depot(places[0])
    model.add_vehicle_type(
        1, start_depot=depot, end_depot=depot, max_distance=int(question.limit_minutes), unit_distance_cost=1
    )
    weight = int(question.limit_minutes)
    for place, prize in zip(places[1:], question.prizes[1:], strict=True):
        model.add_client(place, prize=int(prize) * weight, required=False)
    for one, row in zip(places, question.minutes, strict=True):
        for other, distance in zip(places, row, strict=True):
            model.add_edge(one, other, distance=int(distance))
    found = model.solve(MaxRuntime(seconds), seed=1, display=False).best
    if not found.is_feasible():
        return 0.0
    stops = tuple(visit.idx + 1 for route in found.routes() for visit in route if visit.is_client())
    return walk_of(question, stops).prize  # worked out anew, and refused if over the limit


def line(name: str, question: RouteQuestion, *, peer: bool) -> None:
    """Print one comparison."""
    found = ours(question)
    began = time.perf_counter()
    other = theirs(question, _seconds(question)) if peer else float("nan")
    took = time.perf_counter() - began
    best = max(found.prize, other if peer else 0.0)
    short = 1 - found.prize / best
    print(
        f"{name}: ours {found.prize:g} in {found.seconds:.1f} s, PyVRP {other:g} in {took:.1f} s, bound {found.bound:g}"
        f"{' (proven)' if found.proven else ''}; ours {short:.2%} below the better, at most {found.gap:.2%} below any",
        flush=True,
    )


def main() -> None:
    """Run all."""
    peer = importlib.util.find_spec("pyvrp") is not None
    if not peer:
        print("PyVRP is not installed: `pip install pyvrp` to compare")
    for file in map(Path, sys.argv[1:]):
        line(file.name, read_op_lib(file.read_text(), name=file.name).question, peer=peer)
    for stops in () if sys.argv[1:] else SIZES:
        for seed in SEEDS:
            for generation in (1, 2, 3):
                line(f"{stops} stops, seed {seed}, prizes {generation}", square(stops, seed, generation), peer=peer)


if __name__ == "__main__":
    main()
