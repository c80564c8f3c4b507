"""Measure the choice of a set of hubs: on questions like the public p-median set, and beside spopt.

python tests/benchmarks/siting.py pmed      40 questions made like pmed1 to pmed40 of the OR-Library (same sizes and
                                            densities; the files themselves are run by `planner bench siting FILE`).
                                            Bar: every one proven, each within 60 s.
python tests/benchmarks/siting.py large     2,000 x 300 (bar: p-median, p = 10, proven in about half a second) and
                                            10,000 x 1,000 (bar: cover proven, under 2 GB)
python tests/benchmarks/siting.py peers     the same beside spopt with CBC and HiGHS; needs `pip install spopt highspy`
"""

import importlib.util
import multiprocessing
import os
import resource
import signal
import sys
import time
from dataclasses import replace

import numpy as np

from geo.hubs.siting.choose import Choice, choose
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.or_library import read_or_library
from geo.hubs.siting.problem import SiteList, SitingProblem, SitingRules

SIZES = {
    100: (5, 10, 10, 20, 33),
    200: (5, 10, 20, 40, 67),
    300: (5, 10, 30, 60, 100),
    400: (5, 10, 40, 80, 133),
    500: (5, 10, 50, 100, 167),
    600: (5, 10, 60, 120, 200),
    700: (5, 10, 70, 140),
    800: (5, 10, 80),
    900: (5, 10, 90),
}
LIMIT_SECONDS = 60
PEER_SECONDS, HARD_LIMIT_SECONDS = 60, 150
KM, CLUSTERS = 100.0, 30


def pmed_like(count: int, hubs: int, seed: int) -> SitingProblem:
    """Make a connected random graph of the set's density (n^2 / 50 edges, costs 1 to 100, some given twice)."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(count)
    tree = [(order[rng.integers(0, place)], order[place]) for place in range(1, count)]
    rest = [pair for pair in rng.integers(0, count, (count**2 // 50, 2)) if pair[0] != pair[1]]
    edges = [*tree, *rest][: max(count - 1, count**2 // 50)]
    rows = [f"{a + 1} {b + 1} {rng.integers(1, 101)}" for a, b in edges]
    return read_or_library("\n".join([f"{count} {len(rows)} {hubs}", *rows]), name="made")


def plane(places: int, sites: int, *, question: str, hubs: int, minutes: float, clustered: bool) -> SitingProblem:
    """Spread clients and sites over a square of 100 minutes a side, evenly or round thirty towns."""
    rng = np.random.default_rng(5)
    if clustered:
        towns = rng.random((CLUSTERS, 2)) * KM
        start = towns[rng.integers(0, CLUSTERS, places)] + rng.normal(0, 6, (places, 2))
        end = towns[rng.integers(0, CLUSTERS, sites)] + rng.normal(0, 8, (sites, 2))
    else:
        start, end = rng.random((places, 2)) * KM, rng.random((sites, 2)) * KM
    away = np.hypot(start[:, None, 0] - end[None, :, 0], start[:, None, 1] - end[None, :, 1])
    names = tuple(str(site) for site in range(sites))
    return SitingProblem(
        question=question,
        need=rng.poisson(2, places) + 1.0,
        places=tuple(str(place) for place in range(places)),
        minutes=away,
        standing_minutes=np.full(places, np.inf),
        sites=SiteList(names, names, ("",) * sites, end, np.zeros(sites), np.full(sites, np.inf)),
        rules=SitingRules(hubs=hubs),
        within_minutes=minutes,
        beyond_minutes=2 * KM,
    )


LARGE = [
    ("2,000 x 300 average p=10 even", {"question": "average", "hubs": 10, "minutes": 10, "clustered": False}),
    ("2,000 x 300 average p=10 towns", {"question": "average", "hubs": 10, "minutes": 10, "clustered": True}),
    ("2,000 x 300 cover p=10 t=8 towns", {"question": "cover", "hubs": 10, "minutes": 8, "clustered": True}),
    ("2,000 x 300 worst p=10 even", {"question": "worst", "hubs": 10, "minutes": 10, "clustered": False}),
    ("2,000 x 300 fewest t=15 even", {"question": "fewest", "hubs": 10, "minutes": 15, "clustered": False}),
    ("10,000 x 1,000 cover p=10 t=10 even", {"question": "cover", "hubs": 10, "minutes": 10, "clustered": False}),
    ("10,000 x 1,000 cover p=10 t=10 towns", {"question": "cover", "hubs": 10, "minutes": 10, "clustered": True}),
    ("10,000 x 1,000 cover p=20 t=6 towns", {"question": "cover", "hubs": 20, "minutes": 6, "clustered": True}),
    ("10,000 x 1,000 average p=10 towns", {"question": "average", "hubs": 10, "minutes": 10, "clustered": True}),
    ("10,000 x 1,000 average p=10 even", {"question": "average", "hubs": 10, "minutes": 10, "clustered": False}),
]


def _size(name: str) -> tuple[int, int]:
    return (10_000, 1_000) if name.startswith("10,000") else (2_000, 300)


def _told(name: str, found: Choice) -> str:
    proof = "proven" if found.proven else f"gap {found.gap:.3%}"
    first = f"first answer {found.first_value:,.1f} in {found.first_seconds:.3f} s"
    return f"{name}: {found.value:,.1f} {proof} in {found.seconds:.2f} s ({first})"


def pmed() -> None:
    """Run the forty."""
    choose(pmed_like(60, 4, 0))  # compiles the loops
    proven, seconds, number = 0, [], 0
    for count, sizes in SIZES.items():
        for hubs in sizes:
            number += 1
            found = choose(pmed_like(count, hubs, number), limit_seconds=LIMIT_SECONDS)
            proven, seconds = proven + found.proven, [*seconds, found.seconds]
            print(_told(f"{number:2} n={count} p={hubs}", found), flush=True)
    print(f"pmed: {proven} of {number} proven; median {np.median(seconds):.2f} s, longest {max(seconds):.2f} s")


def large() -> None:
    """Run the large ones, each in a process of its own so that its memory is told apart."""
    for name, options in LARGE:
        process = multiprocessing.get_context("spawn").Process(target=_one, args=(name, options))
        process.start()
        process.join()


def _one(name: str, options: dict) -> None:
    choose(plane(200, 40, **options))  # compiles the loops
    found = choose(plane(*_size(name), **options), limit_seconds=LIMIT_SECONDS)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{_told(name, found)}; peak {peak_mb:,.0f} MB", flush=True)


def peers() -> None:
    """Set spopt beside us, every objective worked out anew from the minutes."""
    if importlib.util.find_spec("spopt") is None:
        print("spopt is not installed: `pip install spopt highspy` to compare")
        return
    choose(plane(50, 10, question="average", hubs=3, minutes=10, clustered=False))
    for name, options in (LARGE[0], LARGE[1], LARGE[2], LARGE[6]):
        problem = plane(*_size(name), **options)
        print(_told(f"planner  {name}", choose(problem, limit_seconds=LIMIT_SECONDS)), flush=True)
        for solver in ("CBC", "HiGHS"):
            process = multiprocessing.get_context("spawn").Process(target=_one_peer, args=(name, options, solver))
            process.start()
            process.join(HARD_LIMIT_SECONDS)
            if process.is_alive():  # CBC heeds its own time limit now and then only
                os.killpg(process.pid, signal.SIGKILL)
                print(f"spopt+{solver} {name}: stopped after {HARD_LIMIT_SECONDS} s without an answer", flush=True)


def _one_peer(name: str, options: dict, solver: str) -> None:
    os.setsid()  # so that the solver it starts can be ended with it
    print(f"spopt+{solver} {name}: {_peer(plane(*_size(name), **options), solver)}", flush=True)


def _peer(problem: SitingProblem, solver: str) -> str:
    import pulp  # noqa: PLC0415 - a peer that need not be there
    from spopt.locate import MCLP, PMedian  # noqa: PLC0415 - a peer that need not be there

    begin = time.perf_counter()
    hubs, need = problem.rules.hubs, problem.need
    if problem.question == "cover":
        model = MCLP.from_cost_matrix(problem.minutes, need, problem.within_minutes, p_facilities=hubs)
    else:
        model = PMedian.from_cost_matrix(problem.minutes, need, p_facilities=hubs)
    built = time.perf_counter() - begin
    kind = pulp.PULP_CBC_CMD if solver == "CBC" else pulp.HiGHS
    try:
        model.solve(kind(msg=False, timeLimit=PEER_SECONDS), results=False)
    except RuntimeError as error:
        return f"no answer after {time.perf_counter() - begin:.0f} s ({built:.0f} s to build): {str(error)[:80]}"
    took = time.perf_counter() - begin
    values = [variable.value() for variable in model.fac_vars]
    if any(value is None for value in values):
        return f"no answer after {took:.0f} s ({built:.0f} s to build)"
    chosen = np.flatnonzero(np.array(values) > 0.5)
    outcome = evaluate(replace(problem, rules=SitingRules(hubs=len(chosen))), chosen)
    status = pulp.LpStatus[model.problem.status]
    return f"{outcome.value:,.1f} says '{status}' after {took:.1f} s ({built:.1f} s to build), {len(chosen)} sites"


if __name__ == "__main__":
    {"pmed": pmed, "large": large, "peers": peers}[sys.argv[1] if len(sys.argv) > 1 else "pmed"]()
