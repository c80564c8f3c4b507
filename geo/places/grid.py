"""The inhabited H3 cells of a district: who lives in each, what it is called, and which are its neighbours."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from h3.api.basic_int import cell_to_boundary, grid_disk

from geo.places.geocode import SHARED_POINT_MIN
from geo.places.homes import housed_postcodes
from geo.places.inside import boundary_shape, inside_shape
from geo.places.naming import PlaceNames, name_places
from geo.places.postcode import sectors
from geo.schema import GRID

HOMES_FILE: Final = "households file"


@dataclass(frozen=True)
class HexGrid:
    """Hold the inhabited cells of a district at one resolution.

    Attributes
    ----------
    resolution
        H3 resolution.
    cells
        GRID table, sorted by cell.
    homes_source
        Where its homes come from: "households file" or such as "live postcodes x 15".
    indptr, indices
        Row i's window is `indices[indptr[i]:indptr[i + 1]]`: the row numbers, ascending, of the cell itself and of
        those in its first ring that are in the grid (the layout of a scipy CSR matrix).
    """

    resolution: int
    cells: pd.DataFrame
    homes_source: str
    indptr: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int64]


def build_grid(
    boundary: gpd.GeoDataFrame,
    postcodes: pd.DataFrame,
    *,
    resolution: int,
    homes: pd.DataFrame | None,
    homes_per_postcode: float,
    places: PlaceNames | None = None,
) -> HexGrid:
    """Find the inhabited cells: at least one home, or one live postcode that is not on a shared point.

    Parameters
    ----------
    boundary
        The district, in a stated CRS; postcodes outside it are left out, so a border cell counts its inside only.
    postcodes
        GAZETTEER rows, as `Gazetteer.within` returns them.
    resolution
        H3 resolution: 7, 8 or 9.
    homes
        HOMES table of one year, as `homes_for` chooses it; None lets each live postcode stand for
        `homes_per_postcode` homes.
    homes_per_postcode
        Used only without `homes`.
    places
        What cells may be named after; without it they carry the name of their postcode sector.
    """
    shape = boundary_shape(boundary)
    placed = inside_shape(postcodes["easting"].to_numpy(), postcodes["northing"].to_numpy(), shape)
    inhabited = _inhabited(postcodes[placed], resolution, homes, homes_per_postcode)
    cells = _gather(inhabited)
    cells["place"] = name_places(cells, places or PlaceNames())
    indptr, indices = _windows(cells["cell"].to_numpy())
    source = HOMES_FILE if homes is not None else f"live postcodes x {homes_per_postcode:g}"
    table = GRID.validate(cells[list(GRID.columns)])
    return HexGrid(resolution, table, source, indptr, indices)


def cell_polygons(cells: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    """Draw each cell.

    Parameters
    ----------
    cells
        H3 indexes.

    Returns
    -------
    numpy.ndarray
        shapely polygons in EPSG:4326, (longitude, latitude), same length and order.
    """
    rings = [cell_to_boundary(cell) for cell in cells.tolist()]
    lat_lon = np.array([corner for ring in rings for corner in ring], dtype=np.float64).reshape(-1, 2)
    which = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    drawn = shapely.polygons(shapely.linearrings(lat_lon[:, ::-1], indices=which))
    return np.asarray(drawn, dtype=np.object_)


def _inhabited(
    postcodes: pd.DataFrame, resolution: int, homes: pd.DataFrame | None, homes_per_postcode: float
) -> pd.DataFrame:
    """Give each postcode its homes, keeping those that make a cell inhabited."""
    live = (postcodes["terminated"] == 0) & (postcodes["shared_point"] < SHARED_POINT_MIN)
    housed = housed_postcodes(postcodes, homes, homes_per_postcode=homes_per_postcode)
    table = pd.DataFrame(
        {
            "cell": postcodes[f"h3_{resolution}"],
            "homes": housed["homes"],
            "people": housed["people"],
            "newer_postcodes": housed["newer"].astype("int64"),
            "live_postcodes": live.astype("int64"),
            "easting": postcodes["easting"].astype(float),
            "northing": postcodes["northing"].astype(float),
            "sector": sectors(postcodes["postcode"]),
        }
    )
    return table[(table["homes"] > 0) | (table["live_postcodes"] > 0)]


def _gather(postcodes: pd.DataFrame) -> pd.DataFrame:
    """Add postcodes up to cells; a cell stands at the mean point of its homes, else of its live postcodes."""
    total = postcodes.groupby("cell")["homes"].transform("sum")
    weight = postcodes["homes"].where(total > 0, postcodes["live_postcodes"])
    weighed = postcodes.assign(
        weight=weight,
        easting=postcodes["easting"] * weight,
        northing=postcodes["northing"] * weight,
    )
    summed = ["homes", "newer_postcodes", "live_postcodes", "easting", "northing", "weight"]
    by_cell = weighed.groupby("cell", sort=True)
    cells = by_cell[summed].sum().assign(people=by_cell["people"].sum(min_count=1))
    cells["easting"] /= cells["weight"]
    cells["northing"] /= cells["weight"]
    cells["sector"] = _main_sector(weighed)
    return cells.drop(columns="weight").reset_index()


def _main_sector(postcodes: pd.DataFrame) -> pd.Series:
    """Find the sector with most homes in each cell; of equals the first by name."""
    by_sector = postcodes.groupby(["cell", "sector"])["weight"].sum().reset_index()
    ordered = by_sector.sort_values(["cell", "weight", "sector"], ascending=[True, False, True])
    first = ordered.drop_duplicates("cell")
    return pd.Series(first["sector"].to_numpy(), index=first["cell"].to_numpy())


def _windows(cells: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Find each cell's own row and its neighbours' among sorted cells."""
    rows = {cell: row for row, cell in enumerate(cells.tolist())}
    windows = [sorted(rows[near] for near in grid_disk(cell, 1) if near in rows) for cell in rows]
    sizes = np.array([len(window) for window in windows], dtype=np.int64)
    indices = np.array([row for window in windows for row in window], dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]), indices
