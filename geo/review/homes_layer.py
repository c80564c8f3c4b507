"""The homes of a workspace as a layer of the map: by cell or named area, with what lies on none of them."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.evidence.counts import AreaLevel
from geo.places.grid import HexGrid
from geo.review.maps import grid_of, homes_of
from geo.review.rates import area_homes_of, areas_of
from geo.review.workspace import Workspace

_COLUMNS: Final = ["homes", "people", "newer_postcodes", "live_postcodes"]


@dataclass(frozen=True)
class HomesLayer:
    """Homes and people by place.

    Attributes
    ----------
    by
        The H3 resolution of cells, or the level of named areas.
    table
        A row a place: `cell` (int64 H3) or `code`, its name as `place`, homes, people (blank where unknown),
        newer_postcodes and live_postcodes, as in GRID.
    no_area
        Homes of the district that lie in none of the areas; 0 by cell.
    outside
        Homes that the file holds beyond the district, or by a postcode that the postcode file lacks.
    source
        Where the homes come from, as in `HexGrid`.
    year
        The year they were counted in; 0 where the file does not say, or there is none.
    """

    by: int | AreaLevel
    table: pd.DataFrame
    no_area: float
    outside: float
    source: str
    year: int

    @property
    def total(self) -> float:
        """All homes that were read: on the map, in no area, and outside."""
        return float(self.table["homes"].sum()) + self.no_area + self.outside


def homes_layer_of(workspace: Workspace, *, by: int | AreaLevel, grid: HexGrid | None = None) -> HomesLayer:
    """Add the newest homes up to cells or named areas.

    Parameters
    ----------
    by
        H3 resolution, or the level of named areas.
    grid
        The cells of this resolution, where they have been worked out before.

    Raises
    ------
    BadInputError
        The resolution is not kept.
    MissingDataError
        There are no postcodes, or no such areas.
    """
    if isinstance(by, int):
        found = grid or grid_of(workspace, by)
        return _layer(workspace, by, found.cells[["cell", "place", *_COLUMNS]], 0.0, found.homes_source)
    areas = area_homes_of(workspace, level=by)
    names = areas_of(workspace, level=by).set_index("code")["name"]
    table = areas.areas.assign(place=names.reindex(areas.areas["code"]).to_numpy())
    return _layer(workspace, by, table[["code", "place", *_COLUMNS]], areas.beyond, areas.homes_source)


def _layer(workspace: Workspace, by: int | AreaLevel, table: pd.DataFrame, no_area: float, source: str) -> HomesLayer:
    homes = homes_of(workspace)
    here = float(table["homes"].sum()) + no_area
    outside = 0.0 if homes is None else max(float(homes["homes"].sum()) - here, 0.0)
    year = 0 if homes is None or homes.empty else int(homes["year"].max())
    return HomesLayer(by, table.reset_index(drop=True), no_area, outside, source, year)
