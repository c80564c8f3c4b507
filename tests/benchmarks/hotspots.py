"""Time exact Gi* on 100,000 cells against esda with 999 permutations, and both tests on a district of 1,300 cells.

python -m tests.benchmarks.hotspots
"""

import time
import warnings

import numpy as np

from geo.evidence.fdr import adjust_fdr
from geo.evidence.gi_star import gi_star
from geo.evidence.hotspots import find_hotspots
from tests.geo.evidence.districts import counts_on, grid_from, rural_district

SIDE, PERMUTATIONS, REPEATS = 316, 999, 5


def main() -> None:
    """Print a line for each."""
    rng = np.random.default_rng(1)
    counts, windows, indptr, indices = hexagons(rng)
    ours, exact = best(lambda: gi_star(counts, indptr, indices))
    found = hot(exact.p, exact.z)
    print(f"exact Gi*: {len(counts):,} cells {ours:.3f} s, {found:,} hot at 5 % after FDR")
    theirs, sampled = esda_p(counts, windows)
    found = hot(2 * sampled, exact.z)
    print(f"esda, {PERMUTATIONS} permutations: {theirs:.1f} s ({theirs / ours:.0f}x), {found:,} hot")
    whole = rural_district(1, rings=21)
    grid = grid_from(whole.cells.cell.to_numpy()[:1_300], whole.cells.homes.to_numpy()[:1_300])
    for clients in (700, 5_000):
        drawn = counts_on(grid, rng.multinomial(clients, grid.cells.homes / grid.cells.homes.sum()))
        for question in ("counts", "excess"):
            seconds, _ = best(lambda drawn=drawn, question=question: find_hotspots(drawn, grid, test=question))
            print(f"find_hotspots {question}: 1,300 cells, {clients:,} clients {seconds:.3f} s (best of {REPEATS})")


def hexagons(rng):
    """A field of hexagons with clients in proportion to very unequal homes, and some busy places."""
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    steps = [(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, -1), (-1, 1)]
    windows = []
    for i, j in zip(row.tolist(), column.tolist(), strict=True):
        near = [(i + a, j + b) for a, b in steps]
        windows.append(sorted(a * SIDE + b for a, b in near if 0 <= a < SIDE and 0 <= b < SIDE))
    counts = rng.poisson(0.3 * rng.gamma(1, 1, SIDE * SIDE))
    for centre in rng.choice(SIDE * SIDE, 200, replace=False).tolist():
        counts[windows[centre]] += rng.poisson(4, len(windows[centre]))
    return counts, windows, np.cumsum([0, *map(len, windows)]), np.concatenate(windows)


def esda_p(counts, windows):
    import esda  # noqa: PLC0415 - the peer alone, after ours was timed
    from libpysal.weights import W  # noqa: PLC0415 - the same

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights = W(dict(enumerate(windows)), silence_warnings=True)
        small = {row: [near for near in window if near < SIDE] for row, window in enumerate(windows[:SIDE])}
        first = counts[:SIDE].astype(float)  # compiles what esda compiles, before the clock starts
        esda.G_Local(first, W(small, silence_warnings=True), transform="B", permutations=9, star=True, seed=1)
        start = time.perf_counter()
        found = esda.G_Local(counts.astype(float), weights, transform="B", permutations=PERMUTATIONS, star=True, seed=1)
        return time.perf_counter() - start, found.p_sim


def hot(p, z):
    """Count the hot cells; esda's low tail leaves out ties, so only the upper side can be compared."""
    return int((adjust_fdr(np.where(z > 0, np.minimum(p, 1), 1.0)) <= 0.05).sum())


def best(work):
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


if __name__ == "__main__":
    main()
