"""Draw deprivation: the national tenth of H3 cells or LSOAs, hatched where it is not known."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import WGS84, require_crs
from geo.places.deprivation import COVERED_ENOUGH, TENTHS
from layers.base import PlannerMap, call
from layers.hexagons import Card, draw_hexagons, fill_data
from layers.referrals import area_shapes
from layers.style import INK, UNRELIABLE, WHITE, Fill, LegendEntry, legend_of

# Browns from the darkest, in even steps of lightness: one hue that no other layer has, safe for colour blindness. The
# number of the tenth is printed on each shape, so that no tenth rests on its shade alone.
_BROWNS: Final = (
    "#391808", "#4b230b", "#61300e", "#784011", "#915315", "#b86e17", "#d1841a", "#e59e2c", "#edc06b", "#f6e4ba",
)  # fmt: skip
_LIGHT_FROM: Final = 5  # from this tenth, counted from 0, up a figure is printed in black
LOOKS: Final = (
    *(
        Fill(colour=colour, opacity=0.88, line="#391808", text=INK if rank >= _LIGHT_FROM else WHITE)
        for rank, colour in enumerate(_BROWNS)
    ),
    UNRELIABLE,
)
"""How each tenth is drawn, the most deprived first; last of all what has none."""
_ENDS: Final = {1: "1: most deprived tenth of England", TENTHS: f"{TENTHS}: least deprived tenth"}
_TENTH: Final = "Tenth of England (1 is the most deprived)"
_CELL_FACTS: Final = {
    "place": "Place",
    "tenth": _TENTH,
    "score": "Mean score",
    "span": "Tenths of its census areas",
    "people_shown": "People",
    "covered_percent": "Of these with a score (%)",
}
_AREA_FACTS: Final = {"name": "Place", "tenth": _TENTH, "score": "Score", "rank_shown": "Rank in England"}


def draw_deprived_cells(
    target: PlannerMap, cells: pd.DataFrame, *, places: Mapping[int, str], counted: str = "people"
) -> None:
    """Draw deprivation by H3 cell.

    Parameters
    ----------
    cells
        CELL_DEPRIVATION table.
    places
        The name of the place each cell is in, where known.
    counted
        What `people` holds: "people", or "homes" where no people are known.
    """
    names = [places.get(cell, "A cell outside the inhabited ones") for cell in cells["cell"].tolist()]
    shown = cells.assign(
        place=names,
        tenth=cells["decile"].astype("float64"),
        span=spans(cells),
        people_shown=cells["people"].round().astype("int64"),
        covered_percent=(100 * cells["covered"]).round().astype("int64"),
    )
    card = Card(_CELL_FACTS | {"people_shown": counted.capitalize()}, printed="tenth")
    draw_hexagons(target, shown, classes=_index(cells["decile"]), looks=LOOKS, card=card)


def draw_deprived_areas(target: PlannerMap, areas: gpd.GeoDataFrame) -> None:
    """Draw deprivation by LSOA.

    Parameters
    ----------
    areas
        AREAS table, EPSG:4326, with score, rank and decile.
    """
    require_crs(areas, WGS84)
    shown = pd.DataFrame(areas.drop(columns="geometry")).assign(
        tenth=areas["decile"].astype("float64"), rank_shown=ranks(areas)
    )
    filled = fill_data(shown, classes=_index(areas["decile"]), looks=LOOKS, card=Card(_AREA_FACTS, printed="tenth"))
    call(target, "fills", area_shapes(areas) | filled)


def legend_entries(*, counted: str = "") -> tuple[LegendEntry, ...]:
    """Name the tenths and the hatch: for cells, by what is counted, too few with a score; for LSOAs, no value."""
    labels = [_ENDS.get(tenth, str(tenth)) for tenth in range(1, TENTHS + 1)]
    few = f"Score known for fewer than {100 * COVERED_ENOUGH:.0f} % of its {counted}"
    hatched = few if counted else "No value, and none is guessed"
    return (*legend_of(labels, LOOKS[:TENTHS]), LegendEntry(hatched, UNRELIABLE))


def spans(cells: pd.DataFrame) -> list[str]:
    """Write the tenths of the LSOAs in each cell.

    Examples
    --------
    >>> spans(pd.DataFrame({"least": [2, 3, pd.NA], "most": [5, 3, pd.NA]}))
    ['2 to 5', '3', '']
    """
    pairs = zip(cells["least"].tolist(), cells["most"].tolist(), strict=True)
    return ["" if pd.isna(least) else str(least) if least == most else f"{least} to {most}" for least, most in pairs]


def ranks(areas: pd.DataFrame) -> list[str]:
    """Write ranks with thousands apart; none where there is none."""
    return ["" if pd.isna(rank) else f"{rank:,}" for rank in areas["rank"].tolist()]


def _index(deciles: pd.Series) -> npt.NDArray[np.int64]:
    return deciles.fillna(TENTHS + 1).to_numpy(dtype=np.int64) - 1
