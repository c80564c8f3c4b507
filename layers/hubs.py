"""Draw a ranking of places to go: numbered pins, the first the largest."""

from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import NATIONAL_GRID, frame_to_wgs84, require_crs
from layers.base import PlannerMap, call
from layers.hexagons import fact_column
from layers.marks import HUB_PX, draw_mark
from layers.payload import path_deltas
from layers.style import LegendEntry

_PIN: Final = "#1d1d1b"
_TOP_PIN: Final = "#8a1538"
_TOP: Final = 3


def draw_hubs(target: PlannerMap, table: pd.DataFrame, sites: gpd.GeoDataFrame, *, most: int = 20) -> None:
    """Draw the best-ranked sites as numbered pins.

    Parameters
    ----------
    table
        A ranking's table: rank, site_id, name, score, sentence.
    sites
        SITES table, EPSG:27700, that holds them.
    most
        How many to draw, from the best.
    """
    require_crs(sites, NATIONAL_GRID)
    best = table.sort_values(["rank", "site_id"]).head(most)
    places = frame_to_wgs84(sites).set_index("site_id").geometry
    if len(best):
        call(target, "marks", _packed(best.reset_index(drop=True), places.loc[best["site_id"]]))


def legend_entries() -> tuple[LegendEntry, ...]:
    """Explain the pins."""
    return (
        LegendEntry("Ranked 1 to 3", svg=draw_mark("pin", "1", _TOP_PIN)),
        LegendEntry("Ranked lower", svg=draw_mark("pin", "9", _PIN)),
    )


def _packed(best: pd.DataFrame, places: gpd.GeoSeries) -> dict[str, Any]:
    ranks = [int(rank) for rank in best["rank"]]
    facts = {"Score": best["score"].round(0).astype("int64"), "Why": best["sentence"]}
    return {
        "points": path_deltas(places.get_coordinates().to_numpy()),
        "icons": list(range(len(ranks))),
        "svgs": [draw_mark("pin", str(rank), _TOP_PIN if rank <= _TOP else _PIN) for rank in ranks],
        "sizes": [HUB_PX + 6 if rank <= _TOP else HUB_PX for rank in ranks],
        "names": [f"Rank {rank}: {name}" for rank, name in zip(ranks, best["name"], strict=True)],
        "facts": [fact_column(label, values) for label, values in facts.items()],
        "pins": True,
    }
