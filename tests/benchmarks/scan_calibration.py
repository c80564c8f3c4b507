"""Print how often a scan finds a cluster where there is none, and how often it finds one that was planted.

python -m tests.benchmarks.scan_calibration [districts]
"""

import sys

import numpy as np
from scipy.stats import binomtest

from geo.evidence.clusters import find_clusters
from geo.evidence.scan_null import NullStore
from geo.scenario import ScanOptions
from tests.benchmarks.calibration import NULLS
from tests.geo.evidence.districts import counts_on, rural_district, windows_of
from tests.geo.evidence.scans import placed

LEVEL = 0.05
OPTIONS = ScanOptions(replicates=999)
PLANTED = ((0.004, 0.01, 6), (0.02, 0.04, 2), (0.02, 0.04, 3), (0.02, 0.04, 5))  # share of homes from, to; risk


def main(districts: int) -> None:
    """Print one line for each null, and one for each planted risk."""
    grid = placed(rural_district(7))
    nulls = NullStore(most=10_000)
    print(f"{len(grid.cells)} cells, {districts} simulated districts each; p at most {LEVEL}, exact 95 % interval")
    for name, draw in (NULLS | {"cv 0.5 two rings": shared_widely}).items():
        for clients in (300, 700, 5_000):
            print_alarms(name, draw, clients, grid, districts, nulls)
    for background in (0.0, 0.3):
        for clients in (300, 700):
            for planted in PLANTED:
                print_power(background, clients, planted, grid, max(districts // 3, 30), nulls)


def shared_widely(rng, grid):
    """Unevenness shared with the neighbours' neighbours too, coefficient of variation 0.5."""
    field = rng.standard_normal(len(grid.cells))
    for _ in range(2):
        field = np.array([field[window].sum() for window in windows_of(grid)])
    return np.exp(np.sqrt(np.log(1.25)) * (field - field.mean()) / field.std())


def print_alarms(name, draw, clients, grid, districts, nulls):
    rng = np.random.default_rng(clients)
    homes = grid.cells.homes.to_numpy()
    wrong = {"p": 0, "p_uneven": 0}
    for _ in range(districts):
        risk = homes * draw(rng, grid)
        counts = counts_on(grid, rng.multinomial(clients, risk / risk.sum()))
        table = find_clusters(counts, grid, options=OPTIONS, nulls=nulls).table
        for column in wrong:
            wrong[column] += bool((table[column] <= LEVEL).any())
    print(f"{name:>17} N={clients:<5}", *(rate(law, seen, districts) for law, seen in wrong.items()), flush=True)


def rate(name, seen, of):
    low, high = binomtest(seen, of).proportion_ci()
    return f" {name}: {seen / of:6.1%} ({low:.1%}-{high:.1%})"


def print_power(background, clients, planted, grid, districts, nulls):
    """Plant one cell and its ring at a relative risk."""
    rng, (least, most, times) = np.random.default_rng(clients), planted
    homes, rings = grid.cells.homes.to_numpy(), windows_of(grid)
    held = np.array([homes[ring].sum() for ring in rings]) / homes.sum()
    centres = np.flatnonzero((held > least) & (held < most))
    found = {"p": 0, "p_uneven": 0}
    for _ in range(districts):
        ring = rings[rng.choice(centres)]
        risk = homes * (rng.gamma(1 / background**2, background**2, len(homes)) if background else 1)
        risk[ring] *= times
        counts = counts_on(grid, rng.multinomial(clients, risk / risk.sum()))
        clusters = find_clusters(counts, grid, options=OPTIONS, nulls=nulls)
        touched = set(clusters.cells.loc[clusters.cells["cell"].isin(grid.cells["cell"].iloc[ring]), "cluster"])
        there = clusters.table[clusters.table["cluster"].isin(touched)]
        for column in found:
            found[column] += bool((there[column] <= LEVEL).any())
    told = [f" {column}: {seen / districts:.0%}" for column, seen in found.items()]
    where = f"planted x{times} in {least:.1%} to {most:.1%} of homes, background cv {background}, N={clients}"
    print(f"{where}: found at {LEVEL:.0%}", *told, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
