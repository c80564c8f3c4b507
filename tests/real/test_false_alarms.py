"""Where nothing is hot, nothing may be called hot more often than stated: on the real cells of two districts."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from geo.evidence.counts import CellCounts, Selection
from geo.evidence.hotspots import find_hotspots
from geo.places.grid import build_grid

pytestmark = pytest.mark.real

SEEDS = 200
LEVEL = 0.05


@pytest.fixture(scope="module", params=["E07000093", "E07000089"], ids=["Test Valley", "Hart"])
def grid(request, open_data, gb_gazetteer):
    lsoas = gpd.read_file(open_data / "boundaries" / f"lsoa11_{request.param}.geojson")
    boundary = gpd.GeoDataFrame(geometry=[lsoas.union_all()], crs=4326)
    postcodes = gb_gazetteer.within(boundary)
    return build_grid(boundary, postcodes, resolution=8, homes=None, homes_per_postcode=15)


@pytest.mark.parametrize("clients", [300, 5000])
@pytest.mark.parametrize("question", ["counts", "excess"])
def test_false_alarms_stay_within_the_stated_rate(grid, question, clients, request):
    """Episodes in proportion to homes (for counts: shuffled over cells); any cell hot at 95 % is a false alarm."""
    rng = np.random.default_rng(5)
    share = grid.cells.homes.to_numpy() / grid.cells.homes.sum()
    marked, by_q = 0, 0
    for _ in range(SEEDS):
        drawn = rng.multinomial(clients, share)
        drawn = rng.permutation(drawn) if question == "counts" else drawn
        table = find_hotspots(as_counts(grid, drawn), grid, test=question).table
        marked += bool(table.kind.isin(["hot95", "hot99"]).any())
        by_q += bool(((table.q <= LEVEL) & (table.z > 0)).any())
    for what, alarms in (("kind", marked), ("q", by_q)):
        low, high = stats.binomtest(alarms, SEEDS).proportion_ci()
        name = request.node.callspec.id
        print(f"{name}, {what}: {alarms} of {SEEDS} districts with a false alarm ({low:.1%} to {high:.1%})")
        assert low <= LEVEL


def as_counts(grid, drawn):
    cells = pd.DataFrame({"cell": grid.cells.cell, "count": drawn, "institution": 0, "shared_point": 0})
    total = int(drawn.sum())
    return CellCounts(cells, 8, Selection(), "household episodes", total, total, {}, 0)
