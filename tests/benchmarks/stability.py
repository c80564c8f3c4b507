"""Time the stability of a district of some 500 cells, and how firm planted clusters and places without one come out.

python -m tests.benchmarks.stability
"""

import time

import numpy as np

from geo.evidence.counts import Selection, count_selected_cells
from geo.evidence.episodes import find_episodes
from geo.evidence.hotspots import find_hotspots
from geo.evidence.left_out import leave_out_parts, located_clients
from geo.evidence.power import detectable_risks
from geo.evidence.stability import find_stability
from geo.evidence.stability_runs import Ground, run_settings
from geo.scenario import StabilityOptions
from tests.geo.evidence.districts import grid_from
from tests.geo.evidence.homesteads import approaches, busiest, homesteads

A_YEAR, DISTRICTS = 500, 8
RISKS = {"every year": (5, 5, 5), "one year": (1, 1, 8), "never": (1, 1, 1)}


def main() -> None:
    """Print a line for each."""
    housed = homesteads(1, postcodes=1_800, reach_m=11_000)
    made = approaches(housed, np.random.default_rng(1), cells=busiest(housed), risk=RISKS["every year"], a_year=A_YEAR)
    start = time.perf_counter()
    found = judge(housed, made)
    seconds = time.perf_counter() - start
    cells, runs = housed["h3_8"].nunique(), int(found.table["runs"].iloc[0])
    print(f"stability: {cells} cells, {len(made):,} episodes, {runs} runs, {found.options.draws} draws {seconds:.1f} s")
    time_power(housed, made)
    for name, risk in RISKS.items():
        words = [word_of(seed, risk) for seed in range(DISTRICTS)]
        told = ", ".join(f"{word} {words.count(word)}" for word in ("firm", "fair", "fragile"))
        print(f"a cluster of seven cells, hot {name}: {told} of {DISTRICTS} districts")


def judge(housed, made):
    episodes = find_episodes(made, months=6, first_month=4)
    ground = Ground(housed, located_clients(episodes, Selection()), "h3_8", StabilityOptions())
    tried = run_settings(ground, leave_out_parts(made, Selection(), months=6, first_month=4))
    area = {"The busiest cells": busiest(housed)}
    return find_stability(area, tried.runs, clients=len(episodes), options=ground.options)


def word_of(seed, risk):
    housed = homesteads(seed)
    made = approaches(housed, np.random.default_rng(seed), cells=busiest(housed), risk=risk)
    return judge(housed, made).table["word"].iloc[0]


def time_power(housed, made):
    homes = housed.groupby("h3_8")["homes"].sum()
    grid = grid_from(homes.index.tolist(), homes.tolist())
    counts = count_selected_cells(find_episodes(made, months=6, first_month=4), Selection(), resolution=8)
    found = find_hotspots(counts, grid, test="excess")
    start = time.perf_counter()
    risks = detectable_risks(found, grid)
    seconds = time.perf_counter() - start
    print(f"smallest detectable risk: {len(risks)} cells {seconds:.2f} s, {risks.min():.1f} to {risks.max():.1f} times")


if __name__ == "__main__":
    main()
