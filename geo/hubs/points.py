"""Where the clients are, where the sites are, and where help stands already: all as points in metres."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import NATIONAL_GRID, require_crs, to_national_grid
from geo.places.travel import PlacePoints, spread_within_cell_m

FloatArray = npt.NDArray[np.float64]

# Help stands here already; a standing place is no candidate for a new one.
STANDING: Final = ("council_office", "hub")


@dataclass(frozen=True)
class NeedPoints:
    """Cells with clients, each as one point.

    Attributes
    ----------
    cells
        (n,) H3 cells, ascending.
    counts
        (n,) clients in each cell.
    points
        (n, 2) eastings and northings, EPSG:27700 metres.
    spread_m
        (n,) how widely people live around the point, metres.
    at_cell_centre
        Clients whose cell has no homes on record, so that its middle stands for them.
    """

    cells: npt.NDArray[np.int64]
    counts: FloatArray
    points: FloatArray
    spread_m: FloatArray
    at_cell_centre: int

    @property
    def places(self) -> PlacePoints:
        """Where journeys start from."""
        return PlacePoints(self.points, self.spread_m)


def need_points(cells: pd.DataFrame, grid_cells: pd.DataFrame) -> NeedPoints:
    """Put the clients of each cell where its homes are.

    Parameters
    ----------
    cells
        Columns `cell` and `count`, as in a CELLS table; cells that the grid does not know keep their clients.
    grid_cells
        GRID table: mean point of the homes in each cell.
    """
    busy = cells.loc[cells["count"] > 0, ["cell", "count"]]
    placed = busy.merge(grid_cells[["cell", "easting", "northing"]], on="cell", how="left").sort_values("cell")
    unknown = placed["easting"].isna().to_numpy()
    points = placed[["easting", "northing"]].to_numpy(dtype=np.float64, copy=True)
    points[unknown] = _cell_centres(placed.loc[unknown, "cell"])
    counts = placed["count"].to_numpy(dtype=np.float64)
    at = placed["cell"].to_numpy(dtype=np.int64)
    return NeedPoints(at, counts, points, spread_in_cells_m(at), round(counts[unknown].sum()))


def home_points(grid_cells: pd.DataFrame) -> PlacePoints:
    """Put the homes of each cell at their mean point: GRID table."""
    points = grid_cells[["easting", "northing"]].to_numpy(dtype=np.float64)
    return PlacePoints(points, spread_in_cells_m(grid_cells["cell"].to_numpy(dtype=np.int64)))


def spread_in_cells_m(cells: npt.NDArray[np.int64]) -> FloatArray:
    """Give (n,) metres: how widely people live around the middle of each H3 cell."""
    return spread_within_cell_m([h3.cell_area(cell, unit="m^2") for cell in cells.tolist()])


def site_points(sites: gpd.GeoDataFrame) -> FloatArray:
    """Give (n, 2) eastings and northings of sites.

    Raises
    ------
    BadInputError
        The sites are not in EPSG:27700.
    """
    require_crs(sites, NATIONAL_GRID)
    return np.column_stack([sites.geometry.x.to_numpy(), sites.geometry.y.to_numpy()]).astype(np.float64)


def office_point(places: pd.DataFrame) -> tuple[float, float] | None:
    """Give the office's easting and northing.

    Parameters
    ----------
    places
        GAZETTEER rows found for the office's postcode; perhaps none, perhaps one without a location.
    """
    known = places[(places["easting"] != 0) & (places["northing"] != 0)]
    if known.empty:
        return None
    return float(known["easting"].iloc[0]), float(known["northing"].iloc[0])


def _cell_centres(cells: pd.Series) -> FloatArray:
    centres = np.array([h3.cell_to_latlng(int(cell)) for cell in cells], dtype=np.float64).reshape(-1, 2)
    return np.column_stack(to_national_grid(lon=centres[:, 1], lat=centres[:, 0]))
