"""Draw homes by H3 cell or named area: the yardstick that clients are set against."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import WGS84, require_crs
from layers.base import PlannerMap, call
from layers.hexagons import Card, draw_hexagons, fill_data
from layers.referrals import area_shapes
from layers.style import INK, WHITE, ZERO, CountClasses, Fill, LegendEntry, count_classes, legend_of

# Greys in even steps: the yardstick has no hue of its own, so that it is never taken for clients.
_GREYS: Final = ("#dfe1e5", "#b6bac2", "#8a909b", "#4b515c", "#20242c")
_WHITE_FROM: Final = 3
_LOOKS: Final = (
    ZERO,
    *(
        Fill(colour=colour, line="#20242c", text=WHITE if rank >= _WHITE_FROM else INK)
        for rank, colour in enumerate(_GREYS)
    ),
)
_FACTS: Final = {"homes": "Homes", "people": "People", "newer_postcodes": "Postcodes newer than the homes"}


def home_classes(homes: pd.Series) -> CountClasses:
    """Choose class breaks for the homes of places."""
    most = 0 if homes.empty else round(float(homes.max()))
    return CountClasses(lows=count_classes(most).lows, looks=_LOOKS)


def draw_home_cells(
    target: PlannerMap, cells: pd.DataFrame, *, classes: CountClasses, places: Mapping[int, str]
) -> None:
    """Draw homes by H3 cell.

    Parameters
    ----------
    cells
        Columns of GRID: cell, homes, people, newer_postcodes.
    classes
        From `home_classes`.
    places
        The name of the place each cell is in.
    """
    shown = _shown(cells.assign(place=[places.get(cell, "") for cell in cells["cell"].tolist()]))
    draw_hexagons(target, shown, classes=_index(shown, classes), looks=classes.looks, card=_card("place"))


def draw_home_areas(target: PlannerMap, areas: gpd.GeoDataFrame, homes: pd.DataFrame, *, classes: CountClasses) -> None:
    """Draw homes by named area.

    Parameters
    ----------
    areas
        AREAS table of polygons, EPSG:4326.
    homes
        AREA_HOMES table of the same areas.
    """
    require_crs(areas, WGS84)
    shown = _shown(pd.DataFrame(areas[["code", "name"]]).merge(homes, on="code", how="left"))
    filled = fill_data(shown, classes=_index(shown, classes), looks=classes.looks, card=_card("name"))
    call(target, "fills", area_shapes(areas) | filled)


def legend_entries(classes: CountClasses) -> tuple[LegendEntry, ...]:
    """Name the classes."""
    return legend_of(classes.labels(), classes.looks)


def _index(shown: pd.DataFrame, classes: CountClasses) -> npt.NDArray[np.int64]:
    return np.asarray(classes.index(shown["homes"]), dtype=np.int64)


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Round for reading; people stay blank where they are not known."""
    return table.assign(homes=table["homes"].round().astype("int64"), people=table["people"].round())


def _card(heading: str) -> Card:
    return Card({heading: "Place", **_FACTS}, printed="homes")
