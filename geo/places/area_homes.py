"""Homes, people and newer postcodes of named areas, and which areas touch: what `grid.py` tells of H3 cells."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import frame_to_national_grid
from geo.places.geocode import SHARED_POINT_MIN
from geo.places.grid import HOMES_FILE
from geo.places.homes import housed_postcodes
from geo.schema import AREA_HOMES

TOUCH_M: Final = 10.0  # boundaries drawn or simplified by hand leave slits of a few metres between neighbours


@dataclass(frozen=True)
class AreaHomes:
    """Hold the named areas of a district.

    Attributes
    ----------
    areas
        AREA_HOMES table, sorted by code.
    homes_source
        As in `HexGrid`.
    beyond
        Homes of the district that lie in none of the areas.
    indptr, indices
        Row i's neighbourhood is `indices[indptr[i]:indptr[i + 1]]`: the row numbers, ascending, of the area itself
        and of those that touch it.
    """

    areas: pd.DataFrame
    homes_source: str
    beyond: float
    indptr: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int64]


def gather_areas(
    areas: gpd.GeoDataFrame,
    postcodes: pd.DataFrame,
    codes: pd.Series,
    *,
    homes: pd.DataFrame | None,
    homes_per_postcode: float,
) -> AreaHomes:
    """Add the postcodes of a district up to its named areas.

    Parameters
    ----------
    areas
        AREAS table of polygons, any stated CRS.
    postcodes
        GAZETTEER rows inside the district; an area that reaches beyond it counts its inside only.
    codes
        On the index of `postcodes`: the code of the area each lies in, empty where there is none, by the very rule
        that records are tagged with.
    homes
        HOMES table of one year, as `homes_for` chooses it; None lets each live postcode stand for
        `homes_per_postcode` homes.
    homes_per_postcode
        Used only without `homes`.
    """
    ordered = areas.sort_values("code", kind="stable").reset_index(drop=True)
    housed = housed_postcodes(postcodes, homes, homes_per_postcode=homes_per_postcode)
    live = (postcodes["terminated"] == 0) & (postcodes["shared_point"] < SHARED_POINT_MIN)
    table = pd.DataFrame(
        {
            "code": codes,
            "homes": housed["homes"],
            "people": housed["people"],
            "newer_postcodes": housed["newer"].astype("int64"),
            "live_postcodes": live.astype("int64"),
        }
    )
    indptr, indices = _touching(ordered)
    return AreaHomes(
        areas=AREA_HOMES.validate(_summed(table, ordered["code"], known=homes is not None)),
        homes_source=HOMES_FILE if homes is not None else f"live postcodes x {homes_per_postcode:g}",
        beyond=float(table.loc[table["code"] == "", "homes"].sum()),
        indptr=indptr,
        indices=indices,
    )


def _summed(table: pd.DataFrame, codes: pd.Series, *, known: bool) -> pd.DataFrame:
    """Add postcodes up to areas; one without a postcode has none of anything, and people only where they are known."""
    summed = table.groupby("code")[["homes", "people", "newer_postcodes", "live_postcodes"]].sum()
    filled = summed.reindex(codes.to_numpy(), fill_value=0).rename_axis("code").reset_index()
    return filled if known else filled.assign(people=np.nan)


def _touching(ordered: gpd.GeoDataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """List each area's own row and those of the areas that touch it."""
    shapes = frame_to_national_grid(ordered).geometry.to_numpy()
    row, near = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCH_M)
    order = np.lexsort((near, row))
    sizes = np.bincount(row, minlength=len(shapes))
    indptr = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]).astype(np.int64)
    return indptr, near[order].astype(np.int64)
