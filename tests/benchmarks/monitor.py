"""Print how often the monitor's ranges hold the truth, and how often it calls an effect where there is none.

python -m tests.benchmarks.monitor [runs]
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from scipy.stats import binomtest

from tests.geo.hubs.monitor.simulated import Design, tried

RATIOS = (1.0, 0.7, 1.5, 2.0)
DESIGNS = {
    "places alike": Design(),
    "towns and villages": Design(homes=1.0, trend=1.15),
    "alike, lopsided rates": Design(lopsided=True),
    "alike, drift 0.4": Design(drift=0.4),
    "towns, drift 0.4": Design(homes=1.0, drift=0.4, trend=1.15),
    "alike, no drift": Design(drift=0.0, trend=0.9),
}
SEED = 31_000


def main(runs: int) -> None:
    """Print one line for each design and each true effect."""
    print(f"{runs} districts each, 4 hubs where most clients came; share of runs, with its exact 95 % interval")
    tasks = [(name, replace(design, ratio=ratio), runs, ratio) for name, design in DESIGNS.items() for ratio in RATIOS]
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(line_of, tasks):
            print(line, flush=True)


def line_of(task):
    name, design, runs, ratio = task
    began = time.perf_counter()
    # A seed of its own for each line, none of which was looked at while the method was chosen.
    found = tried(design, runs, SEED + 10 * list(DESIGNS).index(name) + RATIOS.index(ratio))
    shown = ("pooled held", "pooled called", "a place called", "naive called")
    told = [f"{what} {interval(found[what], runs)}" for what in shown]
    if ratio != 1:
        told.append(f"seen for what it is {found['rightly']:.1%}")
    return (
        f"{name:>22} x{ratio}: place held {found['place held']:.1%}, {', '.join(told)} "
        f"({time.perf_counter() - began:.0f} s)"
    )


def interval(share, runs):
    low, high = binomtest(round(share * runs), runs).proportion_ci()
    return f"{share:.1%} ({low:.1%}-{high:.1%})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
