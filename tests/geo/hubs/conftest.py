"""A coast with a road along it: homes and sites stand on one line, so that every walk can be checked by hand."""

from collections.abc import Callable, Sequence

import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd
import pytest

from geo.crs import to_wgs84
from geo.evidence.counts import CellCounts, Selection
from geo.places.grid import HexGrid
from geo.schema import CELLS, GRID, SITES

ORIGIN = (600_000, 500_000)  # in the North Sea
RESOLUTION = 8
MakeNeed = Callable[..., tuple[CellCounts, HexGrid]]
MakeSites = Callable[..., gpd.GeoDataFrame]


def _cells(count: int) -> list[int]:
    """Take that many neighbouring cells; where their homes stand is told by the grid table, not by the cell."""
    lon, lat = to_wgs84([ORIGIN[0]], [ORIGIN[1]])
    rings = 1 + int(np.ceil(np.sqrt(count / 3)))
    return sorted(h3.grid_disk(h3.latlng_to_cell(float(lat[0]), float(lon[0]), RESOLUTION), rings))[:count]


@pytest.fixture
def make_need() -> MakeNeed:
    """Make counts and a grid from (metres along the road, clients) pairs."""

    def make(homes: Sequence[tuple[float, int]], *, unit: str = "household episodes", unmapped: int = 0):
        cells = _cells(len(homes))
        counts = [clients for _, clients in homes]
        busy = [(cell, count) for cell, count in zip(cells, counts, strict=True) if count]
        table = pd.DataFrame(busy, columns=["cell", "count"]).assign(institution=0, shared_point=0).astype("int64")
        grid = pd.DataFrame(
            {
                "cell": np.array(cells, dtype=np.int64),
                "homes": 100.0,
                "people": 240.0,
                "newer_postcodes": np.int64(0),
                "live_postcodes": np.int64(5),
                "easting": [ORIGIN[0] + float(metres) for metres, _ in homes],
                "northing": float(ORIGIN[1]),
                "place": "Town",
            }
        )
        lost = {"no_fixed_abode": unmapped} if unmapped else {}
        total = sum(counts) + unmapped
        need = CellCounts(CELLS.validate(table), RESOLUTION, Selection(), unit, total, total, lost, 0)
        none = np.zeros(0, dtype=np.int64)
        return need, HexGrid(RESOLUTION, GRID.validate(grid), "households file", none, none)

    return make


@pytest.fixture
def make_sites() -> MakeSites:
    """Make sites from (name, category, metres along the road) triples; nothing else of them is recorded."""

    def make(places: Sequence[tuple[str, str, float]], **columns: object) -> gpd.GeoDataFrame:
        names, categories, metres = zip(*places, strict=True) if places else ((), (), ())
        frame = pd.DataFrame(
            {
                "site_id": [f"s{number}" for number in range(len(names))],
                "name": list(names),
                "category": list(categories),
                "postcode": "",
                "inside": True,
                "opening_hours": "",
                "capacity": pd.array([None] * len(names), dtype="Int64"),
                "step_free": pd.array([None] * len(names), dtype="boolean"),
                "private_room": pd.array([None] * len(names), dtype="boolean"),
                "notes": "",
                "dataset": "sites",
            }
        ).astype(dict.fromkeys(("site_id", "name", "category", "postcode", "opening_hours", "notes"), str))
        points = gpd.points_from_xy(ORIGIN[0] + np.array(metres, dtype=float), np.full(len(names), float(ORIGIN[1])))
        for column, values in columns.items():
            frame[column] = pd.array(values, dtype=frame[column].dtype)
        sites = gpd.GeoDataFrame(frame.astype({"inside": bool, "dataset": str}), geometry=points, crs="EPSG:27700")
        return gpd.GeoDataFrame(SITES.validate(sites), geometry="geometry", crs="EPSG:27700")

    return make
