"""How long it takes to plan a rota, and how even it is: 6 to 60 walks a year, with agencies of several kinds.

python tests/benchmarks/walk_rota.py
"""

import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.ask import Walked
from geo.walkabouts.rota.plan import plan_rota
from tests.geo.walkabouts.rotas import ALL, OUTREACH, POLICE, TODAY, YEAR, ask

KINDS = {
    "three agencies": ALL,
    "police on Tuesday evenings": (OUTREACH, replace(POLICE, weekdays=("Tue",), bands=("evening",))),
    "no agency": (),
}
WALKS = ((1, 2), (2, 3), (4, 6), (8, 12), (15, 15))
SEEDS = 3


def main() -> None:
    """Print a line a rota."""
    before = tuple(Walked(TODAY - timedelta(days=37 * number), BANDS[number % 2]) for number in range(1, 9))
    for name, agencies in KINDS.items():
        for quarter, summer in WALKS:
            for seed in range(SEEDS):
                asked = ask(
                    YEAR,
                    agencies,
                    seed=seed,
                    before=before,
                    walks_a_quarter=quarter,
                    summer_walks_a_quarter=summer,
                )
                start = time.perf_counter()
                rota = plan_rota(asked)
                took = time.perf_counter() - start
                gaps = [(later.day - earlier.day).days for earlier, later in pairwise(rota.walks)]
                bands = [sum(walk.band == band for walk in rota.walks) for band in BANDS]
                print(
                    f"{name}, {len(rota.walks):2} walks: {took:4.1f} s, proved {rota.proved}, bands {bands}, "
                    f"days apart {min(gaps)} to {max(gaps)}, not met {len(rota.unmet)}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
