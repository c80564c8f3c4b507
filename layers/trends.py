"""Draw trends: which places are new, growing, steady or fading, and where there are too few to tell."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import WGS84, require_crs
from layers.base import PlannerMap, call
from layers.hexagons import Card, draw_hexagons, fill_data
from layers.payload import path_deltas, polygon_deltas
from layers.referrals import TOLERANCE_DEG
from layers.style import WHITE, Fill, LegendEntry, legend_of

# Orange and blue, safe for colour blindness; "new" is dotted and "fading" lined, and the outline of a change is thick,
# so that no class rests on its colour alone.
TREND_LOOKS: Final[dict[str, Fill]] = {
    "new": Fill(colour="#f7b267", line="#7a3300", line_px=2.6, hatch="dots", hatch_colour="#7a3300"),
    "growing": Fill(colour="#e07b39", line="#5f2600", line_px=2.6),
    "steady": Fill(colour="#e4e1d4", line="#6d6a63", line_px=1.0),
    "fading": Fill(colour="#9cc3e0", line="#174a78", line_px=2.6, hatch="lines", hatch_colour="#2f6d9b"),
    "too few to tell": Fill(colour=WHITE, opacity=0.3, line="#7a776f", line_px=0.5),
}
TREND_LABELS: Final[dict[str, str]] = {
    "new": "New: nobody came before",
    "growing": "Growing",
    "steady": "Steady: neither half nor twice as many",
    "fading": "Fading, or gone",
    "too few to tell": "Too few to tell",
}
_CARD: Final = Card(
    {
        "place": "Place",
        "finding": "Change",
        "later": "Clients in the later year",
        "earlier": "Clients in the earlier year",
        "ratio": "Times as many",
        "low": "At least",
        "high": "At most",
        "q": "q (false discovery rate)",
    },
    printed="later",
)


def draw_trend_cells(target: PlannerMap, table: pd.DataFrame, *, places: Mapping[int, str] | None = None) -> None:
    """Draw the trend of each H3 cell.

    Parameters
    ----------
    table
        TRENDS table of cells.
    places
        The name of the place each cell is in, where known.
    """
    shown = _described(table, table["cell"].map(dict(places or {})).fillna("A cell outside the inhabited ones"))
    draw_hexagons(target, shown, classes=_classes(shown), looks=list(TREND_LOOKS.values()), card=_CARD)


def draw_trend_areas(target: PlannerMap, areas: gpd.GeoDataFrame, table: pd.DataFrame) -> None:
    """Draw the trend of each named area; an area where nobody came is too few to tell.

    Parameters
    ----------
    areas
        AREAS table of polygons, EPSG:4326.
    table
        TRENDS table whose units are their codes.
    """
    require_crs(areas, WGS84)
    joined = areas.merge(table, left_on="code", right_on="unit", how="left")
    nobody = dict.fromkeys(("earlier", "later"), 0) | {"trend": "too few to tell"}
    filled = joined.fillna(nobody).astype({"earlier": "int64", "later": "int64"})
    shown = _described(pd.DataFrame(filled.drop(columns="geometry")), filled["name"])
    shapes = areas.geometry.simplify(TOLERANCE_DEG)
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes.to_numpy()))
    geometry = {"shapes": [polygon_deltas(shape) for shape in shapes], "anchors": path_deltas(inside)}
    packed = fill_data(shown, classes=_classes(shown), looks=list(TREND_LOOKS.values()), card=_CARD)
    call(target, "fills", geometry | packed)


def legend_entries() -> tuple[LegendEntry, ...]:
    """Name the classes, the newest first."""
    return legend_of(list(TREND_LABELS.values()), list(TREND_LOOKS.values()))


def _described(table: pd.DataFrame, places: pd.Series) -> pd.DataFrame:
    return table.assign(place=places, finding=table["trend"].map(TREND_LABELS))


def _classes(table: pd.DataFrame) -> npt.NDArray[np.int64]:
    kinds = list(TREND_LOOKS)
    return np.array([kinds.index(kind) for kind in table["trend"]], dtype=np.int64)
