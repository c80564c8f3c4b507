"""Time the scan on 1,300 cells with 9,999 simulated districts, for both laws, against a plain loop over numpy.

python -m tests.benchmarks.scan

Bar: 20 s for each law on two cores. Memory is the peak of this process, all of Python and numba included.
"""

import resource
import sys
import time
from dataclasses import replace

import numpy as np

from geo.evidence.clusters import find_clusters
from geo.evidence.scan_circles import draw_circles
from geo.evidence.scan_null import Null, NullStore, simulate_maxima
from geo.evidence.scan_risks import PLAIN, ClientLaw, Risks
from geo.evidence.windows import Windows
from geo.scenario import ScanOptions
from tests.geo.evidence.districts import counts_on
from tests.geo.evidence.scans import large_district, spread

CLIENTS, REPLICATES, PEER_REPLICATES = 700, 9_999, 20
LAWS = {"luck alone": PLAIN, "ordinary unevenness": Risks(0.5, 0.3)}


def main() -> None:
    """Print a line for each."""
    grid = large_district()
    east, north, homes = (grid.cells[name].to_numpy() for name in ("easting", "northing", "homes"))
    seconds, circles = timed(lambda: draw_circles(east, north, homes, population_share=0.25))
    print(f"circles: {len(homes):,} cells, {int(circles.ends.sum()):,} circles {seconds:.2f} s")
    windows = Windows(homes / homes.sum(), grid.indptr, grid.indices)
    nulls = {name: Null(circles, ClientLaw(windows, CLIENTS, risks), REPLICATES, 1) for name, risks in LAWS.items()}
    seconds, _ = timed(lambda: simulate_maxima(replace(nulls["luck alone"], replicates=1)))
    print(f"numba: imported and compiled {seconds:.2f} s")
    for name, null in nulls.items():
        seconds, _ = timed(lambda null=null: simulate_maxima(null))
        print(f"scan, {name}: {len(homes):,} cells x {REPLICATES:,} districts {seconds:.2f} s, peak {peak_mb():.0f} MB")
    print_peer(nulls["luck alone"])
    print_whole(grid)


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def print_peer(null):
    """Time what one would write with numpy: all circles of a centre at once, one district after the other."""
    drawn = null.clients.draw(np.random.default_rng(1), PEER_REPLICATES)
    seconds, plain = timed(lambda: [plain_maximum(counts, null.circles) for counts in drawn])
    from geo.evidence.scan_kernel import largest_ratios  # noqa: PLC0415 - its compilation was timed apart

    by_cell = np.ascontiguousarray(drawn.T, dtype=float)
    parts = (null.circles.starts, null.circles.members, null.circles.ends, null.circles.shares)
    ours = largest_ratios(by_cell, *parts, null.spreads, float(CLIENTS))
    np.testing.assert_allclose(ours, plain, rtol=1e-9)
    each = seconds / PEER_REPLICATES
    print(f"numpy loop: {1_000 * each:.0f} ms a district, {each * REPLICATES:.0f} s for {REPLICATES:,} (scaled)")


def plain_maximum(counts, circles):
    largest, total = 0.0, counts.sum()
    for first, last in zip(circles.starts[:-1], circles.starts[1:], strict=True):
        inside = counts[circles.members[first:last]].cumsum()
        expected = total * circles.shares[first:last]
        with np.errstate(divide="ignore", invalid="ignore"):
            within = np.where(inside > 0, inside * np.log(inside / expected), 0.0)
            beyond = np.where(inside < total, (total - inside) * np.log((total - inside) / (total - expected)), 0.0)
        largest = max(largest, (within + beyond)[inside > expected].max(initial=0))
    return largest


def print_whole(grid):
    """Time the whole answer for the first, and again for one who asks the same."""
    counts = counts_on(grid, spread(grid, CLIENTS) + 30 * (np.arange(len(grid.cells)) == 99))
    nulls = NullStore()
    first, found = timed(lambda: find_clusters(counts, grid, options=ScanOptions(), nulls=nulls))
    again, _ = timed(lambda: find_clusters(counts, grid, options=ScanOptions(), nulls=nulls))
    told = f"{first:.2f} s, asked again {again:.2f} s, {len(found.table)} clusters, peak {peak_mb():.0f} MB"
    print(f"find_clusters: both laws {told}")


def peak_mb() -> float:
    """Read the peak of this process; Linux counts kilobytes, macOS bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    main()
