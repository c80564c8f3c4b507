"""Print how often the tests call something hot where nothing is, and how often they find what was planted.

python -m tests.benchmarks.calibration [districts]
"""

import sys

import numpy as np
from scipy.stats import binomtest

from geo.evidence.hotspots import find_hotspots
from tests.geo.evidence.districts import counts_on, rural_district, windows_of

LEVEL = 0.05


def main(districts: int) -> None:
    """Print one line for each null and each planted design."""
    grid = rural_district(7)
    print(f"{len(grid.cells)} cells, {districts} simulated districts each; hot at 95 %, exact 95 % interval")
    for name, draw in NULLS.items():
        for clients in (300, 700, 2_000, 5_000):
            print_alarms(name, draw, clients, grid, districts)
    for cv in (0.0, 0.3):
        for lone in (False, True):
            for clients in (700, 5_000):
                print_power(cv, clients, grid, max(districts // 5, 10), lone=lone)


def even(_rng, grid):
    return np.ones(len(grid.cells))


def gamma(rng, grid):
    return rng.gamma(4, 0.25, len(grid.cells))


def lognormal(rng, grid):
    return np.exp(np.sqrt(np.log(1.25)) * rng.standard_normal(len(grid.cells)))


def shared(rng, grid):
    """Unevenness that a cell has in common with its neighbours, coefficient of variation 0.5."""
    field = rng.standard_normal(len(grid.cells))
    smooth = [field[window].sum() / np.sqrt(len(window)) for window in windows_of(grid)]
    return np.exp(np.sqrt(np.log(1.25)) * np.array(smooth))


NULLS = {"even": even, "cv 0.5 gamma": gamma, "cv 0.5 lognormal": lognormal, "cv 0.5 shared": shared}


def print_alarms(name, draw, clients, grid, districts):
    rng = np.random.default_rng(clients)
    homes = grid.cells.homes.to_numpy()
    wrong = {"counts": 0, "q": 0, "q_uneven": 0}
    for _ in range(districts):
        risk = homes * draw(rng, grid)
        drawn = rng.multinomial(clients, risk / risk.sum())
        excess = find_hotspots(counts_on(grid, drawn), grid, test="excess").table
        above = excess["window_count"] > excess["expected"]
        for column in ("q", "q_uneven"):
            wrong[column] += bool(((excess[column] <= LEVEL) & above).any())
        shuffled = find_hotspots(counts_on(grid, rng.permutation(drawn)), grid, test="counts").table
        wrong["counts"] += bool(shuffled["kind"].isin(["hot99", "hot95"]).any())
    print(f"{name:>17} N={clients:<5}", *(rate(test, seen, districts) for test, seen in wrong.items()), flush=True)


def rate(name, seen, of):
    low, high = binomtest(seen, of).proportion_ci()
    return f" {name}: {seen / of:6.1%} ({low:.1%}-{high:.1%})"


def print_power(cv, clients, grid, districts, *, lone):
    """Plant up to five clusters of 6 % of the clients each at relative risk 5 to 10."""
    rng = np.random.default_rng(clients + 1)
    homes, rings = grid.cells.homes.to_numpy(), windows_of(grid)
    found = {"q": [], "q_uneven": []}
    for _ in range(districts):
        risk = homes * (rng.gamma(1 / cv**2, cv**2, len(homes)) if cv else 1)
        clusters = choose(rng, homes, rings, lone=lone)
        for cells in clusters:
            risk[cells] *= 0.06 / (1 - 0.06 * len(clusters)) * homes.sum() / homes[cells].sum()
        table = find_hotspots(counts_on(grid, rng.multinomial(clients, risk / risk.sum())), grid, test="excess").table
        for column, seen in found.items():
            hot = ((table[column] <= 0.01) & (table["window_count"] > table["expected"])).to_numpy()
            seen += [hot[cells].any() for cells in clusters]
    what = "one to four cells" if lone else "a cell and its ring"
    told = [f" {column}: {np.mean(seen):.1%} of {len(seen)}" for column, seen in found.items()]
    print(f"planted {what}, background cv {cv}, N={clients}: hot at 99 %", *told, flush=True)


def choose(rng, homes, rings, *, lone):
    """Choose clusters whose homes make the risk 5 to 10 times the district's, and whose rings do not touch."""
    chosen, taken = [], set()
    for centre in rng.permutation(len(homes)):
        cells = rings[centre]
        if lone:
            cells = np.union1d([centre], rng.permutation(cells)[: rng.integers(0, 4)])
        near = {int(cell) for member in cells for cell in rings[member]}
        if 5 <= 0.06 / 0.7 * homes.sum() / homes[cells].sum() <= 10 and not near & taken:
            chosen.append(cells)
            taken |= near
    return chosen[:5]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
