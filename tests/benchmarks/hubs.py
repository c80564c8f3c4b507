"""Time the ranking of 500 sites by 1,300 cells, with its 2,000 draws of weights and counts. Bar: a second.

python tests/benchmarks/hubs.py
"""

import time

import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd

from geo.crs import to_wgs84
from geo.evidence.counts import CellCounts, Selection
from geo.hubs.facts import Surroundings
from geo.hubs.need import clients_of
from geo.hubs.ranking import rank_sites
from geo.places.grid import HexGrid
from geo.scenario import Scenario

CELLS, SITES, CLIENTS, REPEATS = 1_300, 500, 2_000, 5
EAST, NORTH, WIDTH_M = 600_000.0, 500_000.0, 30_000.0


def main() -> None:
    """Print one line."""
    rng = np.random.default_rng(1)
    need, grid = _need(rng)
    sites = _sites(rng)
    rank_sites(clients_of(need, grid), Surroundings(sites), scenario=Scenario())
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ranking = rank_sites(clients_of(need, grid), Surroundings(sites), scenario=Scenario())
        times.append(time.perf_counter() - start)
    print(f"hubs: {len(ranking.table)} sites x {CELLS} cells, 2,000 draws: best {min(times):.2f} s of {REPEATS}")


def _need(rng: np.random.Generator) -> tuple[CellCounts, HexGrid]:
    lon, lat = to_wgs84([EAST], [NORTH])
    cells = np.array(sorted(h3.grid_disk(h3.latlng_to_cell(float(lat[0]), float(lon[0]), 8), 25))[:CELLS])
    counts = 1 + rng.multinomial(CLIENTS - CELLS, np.full(CELLS, 1 / CELLS))
    table = pd.DataFrame({"cell": cells, "count": counts, "institution": 0, "shared_point": 0}).astype("int64")
    points = rng.uniform(0, WIDTH_M, size=(CELLS, 2))
    homes = {"homes": 100.0, "live_postcodes": 7, "place": "Town"}
    grid = pd.DataFrame({"cell": cells, "easting": EAST + points[:, 0], "northing": NORTH + points[:, 1]}).assign(
        **homes
    )
    none = np.zeros(0, dtype=np.int64)
    need = CellCounts(table, 8, Selection(), "household episodes", CLIENTS, CLIENTS, {}, 0)
    return need, HexGrid(8, grid, "households file", none, none)


def _sites(rng: np.random.Generator) -> gpd.GeoDataFrame:
    kinds = ["gp_surgery", "food_bank", "library", "village_hall", "community_centre", "council_office"]
    points = rng.uniform(0, WIDTH_M, size=(SITES, 2))
    frame = pd.DataFrame({"site_id": [f"s{n}" for n in range(SITES)], "name": [f"Site {n}" for n in range(SITES)]})
    frame = frame.assign(
        category=rng.choice(kinds, SITES), postcode="", inside=True, opening_hours="", notes="", dataset="sites"
    )
    frame["capacity"] = pd.array([None] * SITES, dtype="Int64")
    frame["step_free"] = frame["private_room"] = pd.array([None] * SITES, dtype="boolean")
    places = gpd.points_from_xy(EAST + points[:, 0], NORTH + points[:, 1])
    return gpd.GeoDataFrame(frame, geometry=places, crs="EPSG:27700")


if __name__ == "__main__":
    main()
