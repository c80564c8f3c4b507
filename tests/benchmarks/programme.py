"""How long it takes to plan a year: 1,300 cells, 400 sites, 4 to 12 hubs.

python tests/benchmarks/programme.py
"""

import time
from datetime import date

import numpy as np
import pandas as pd

from geo.hubs.decay import reach_weights
from geo.hubs.programme import Areas, Hosts, NeedReach, Partner, YearInputs, plan_year, read_all_hours
from geo.scenario import ProgrammeOptions, ReachOptions

CELLS, SITES, TOWNS, SIDE_M = 1_300, 400, 12, 25_000
HOURS = (
    "",
    "Mo-Fr 09:00-17:00",
    "Tu,Th 10:00-13:00",
    "Mo,We,Fr 09:30-14:30",
    "Mon-Fri 9-5",
    "Sa 10:00-12:00",
    "Th 13:00-17:00",
    "We 10:00-16:00",
    "Mo-Su 09:00-21:00",
    "ring the clerk",
)
PARTNERS = (
    Partner("Citizens Advice", ("Tue", "Thu")),
    Partner("Food bank", ("Wed",), ("first", "third")),
    Partner("Nurses", ("Mon", "Tue", "Wed", "Thu", "Fri"), end="12:30"),
    Partner("Jobcentre", ("Wed", "Thu"), end="16:30"),
)


def _points(rng, count, towns, sizes, spread_m):
    points = towns[rng.choice(TOWNS, count, p=sizes)] + rng.normal(0, spread_m, (count, 2))
    scattered = rng.random(count) < 0.25
    points[scattered] = rng.uniform(0, SIDE_M, (int(scattered.sum()), 2))
    return points


def district(*, seed, clients, cutoff_minutes):
    """Make a district of towns and villages, its clients, its sites and its partners."""
    rng = np.random.default_rng(seed)
    towns, sizes = rng.uniform(0, SIDE_M, (TOWNS, 2)), rng.pareto(1.2, TOWNS) + 0.3
    sizes /= sizes.sum()
    cells, sites = _points(rng, CELLS, towns, sizes, 1500), _points(rng, SITES, towns, sizes, 1200)
    counts = rng.multinomial(clients, rng.dirichlet(np.full(CELLS, 0.4))).astype(float)
    metres = np.hypot(*np.moveaxis(cells[:, None] - sites[None], 2, 0))
    minutes = np.hypot(metres, 340) * 1.3 / 80
    weights = reach_weights(minutes, ReachOptions(cutoff_minutes=cutoff_minutes)).round(2)
    need = NeedReach(
        counts, counts, np.ones(CELLS), weights, minutes <= cutoff_minutes, "households", "2024-25", "on foot", {}, 0
    )
    nearest = np.argmin(((sites[:, None] - towns[None]) ** 2).sum(axis=2), axis=1)
    table = pd.DataFrame(
        {
            "site_id": [f"s{number:03d}" for number in range(SITES)],
            "name": [f"Site {number}" for number in range(SITES)],
            "category": "library",
            "postcode": "",
            "town": [f"Town {number}" for number in nearest],
            "notes": "",
            "easting": sites[:, 0],
            "northing": sites[:, 1],
        }
    )
    hosts = Hosts(table, read_all_hours([HOURS[at] for at in rng.integers(0, len(HOURS), SITES)]))
    busiest = np.argsort(-counts)[:6]
    areas = Areas(tuple(f"Area {number}" for number in range(6)), minutes[busiest] <= 20)
    return YearInputs(need, hosts, areas, PARTNERS, 4)


def main() -> None:
    """Print a line a year."""
    for given in (
        {"seed": 1, "clients": 700, "cutoff_minutes": 30},
        {"seed": 2, "clients": 3000, "cutoff_minutes": 30},
        {"seed": 1, "clients": 700, "cutoff_minutes": 60},
    ):
        inputs = district(**given)
        for hubs in (1, 2, 3):
            rules = ProgrammeOptions(hubs_a_quarter=hubs, weeks_apart=4 if hubs < 3 else 3, seconds=120)
            start = time.perf_counter()
            found = plan_year(inputs, year="2026-27", options=rules, today=date(2026, 4, 1))
            took = time.perf_counter() - start
            print(f"{given} {4 * hubs:2} hubs: {took:5.1f} s, reach {found.reached:.1f}, proved {found.proved}")


if __name__ == "__main__":
    main()
