"""Bring what is counted by area onto H3 cells: by the homes of its postcodes, else by its ground.

An area's counts are shared out by how many of its homes (or people, or live postcodes where neither is known) lie in
each cell, which is dasymetric interpolation; an area without any is shared out by how much of its ground lies in each
cell, which is areal interpolation. Shares of an area add up to 1, so that no count is lost or made [Goodchild and Lam
1980, Areal interpolation: a variant of the traditional spatial problem; Mennis 2003, Generating surface models of
population using dasymetric mapping].
"""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from h3.api.basic_int import average_hexagon_area, average_hexagon_edge_length, geo_to_cells

from geo.crs import NATIONAL_GRID, WGS84, frame_to_national_grid, frame_to_wgs84
from geo.places.geocode import SHARED_POINT_MIN
from geo.places.grid import cell_polygons
from geo.places.inside import boundary_shape, inside_shape
from geo.schema import SHARES, SPREAD

BEYOND: Final = 0
"""Stands for a cell where a part of an area lies outside the district."""
_SLIVER: Final = 0.01  # of a hexagon, or of a smaller area: less is where two outlines differ by a hair
_REACH: Final = 1.5  # edges: a hexagon that meets a shape has its middle no farther away, distorted as it may be


@dataclass(frozen=True)
class Spread:
    """Counts brought onto cells; what is on no cell has a row of its own, so that the total is that of the areas.

    Attributes
    ----------
    table
        SPREAD table: the cells of the district, then what lies outside it and what belongs to areas without a shape.
    """

    table: pd.DataFrame

    @property
    def cells(self) -> pd.Series:
        """The counts of the district's cells, by cell."""
        located = self.table[self.table["status"] == "located"]
        return located.set_index("cell")["value"]

    def amount(self, status: str) -> float:
        """Add up the counts of one status: located, outside, no_area."""
        return float(self.table.loc[self.table["status"] == status, "value"].sum())

    @property
    def total(self) -> float:
        """All counts together."""
        return float(self.table["value"].sum())


def share_areas(
    areas: gpd.GeoDataFrame,
    postcodes: pd.DataFrame,
    codes: pd.Series,
    *,
    weights: pd.Series,
    boundary: gpd.GeoDataFrame,
    resolution: int,
) -> pd.DataFrame:
    """Find which share of each area lies in each cell.

    Parameters
    ----------
    areas
        AREAS table of polygons, in a stated CRS.
    postcodes
        GAZETTEER rows in these areas, those outside the district among them.
    codes
        On the index of `postcodes`: the code of the area each lies in, "" where there is none.
    weights
        On the index of `postcodes`: homes or people of each. Where all of an area have none, its live postcodes count
        alike, those on a shared point left out; where it has no such postcode either, its ground counts.
    boundary
        The district: what lies outside it is in no cell.
    resolution
        H3 resolution: 7, 8 or 9.

    Returns
    -------
    pandas.DataFrame
        SHARES table; the shares of every area add up to 1.
    """
    district = boundary_shape(boundary)
    by_postcode = _by_postcodes(postcodes, codes[codes.isin(areas["code"])], weights, district, resolution)
    empty = areas[~areas["code"].isin(by_postcode["code"])]
    pieces = pd.concat([by_postcode, _by_ground(empty, district, resolution)], ignore_index=True)
    pieces["share"] = pieces["amount"] / pieces.groupby("code")["amount"].transform("sum")
    table = pieces[pieces["share"] > 0].sort_values(["code", "cell"], ignore_index=True)
    return SHARES.validate(table[list(SHARES.columns)])


def spread_counts(counts: pd.Series, shares: pd.DataFrame) -> Spread:
    """Share counts of areas out among cells.

    Parameters
    ----------
    counts
        By code of the area; of finite numbers.
    shares
        From `share_areas`.

    Returns
    -------
    Spread
        Its total is that of `counts`, to a part in 1e9.
    """
    known = counts[counts.index.isin(shares["code"])]
    pieces = shares[shares["code"].isin(known.index)]
    values = pieces["share"].to_numpy() * known.reindex(pieces["code"]).to_numpy(dtype=np.float64)
    by_cell = pd.Series(values, index=pieces["cell"].to_numpy(), dtype="float64").groupby(level=0).sum()
    located = by_cell.drop(BEYOND, errors="ignore")
    rows = pd.DataFrame({"cell": located.index.astype("int64"), "status": "located", "value": located.to_numpy()})
    rest = {"outside": float(by_cell.get(BEYOND, 0.0)), "no_area": float(counts.drop(known.index).sum())}
    named = pd.DataFrame({"cell": BEYOND, "status": list(rest), "value": list(rest.values())})
    return Spread(SPREAD.validate(pd.concat([rows, named], ignore_index=True).astype({"cell": "int64"})))


def mean_by_cell(values: pd.Series, people: pd.Series, shares: pd.DataFrame) -> pd.DataFrame:
    """Average a value of areas over each cell, by people; for scores and rates, never for ranks or classes.

    Parameters
    ----------
    values
        By code; blank where unknown.
    people
        By code, of every area among the shares.
    shares
        From `share_areas`.

    Returns
    -------
    pandas.DataFrame
        By cell of the district where somebody lives: `people`; `covered`, the share of them whose area has a value;
        `mean` over those, blank where there are none.
    """
    pieces = shares[shares["cell"] != BEYOND]
    amount = pieces["share"].to_numpy() * people.reindex(pieces["code"]).to_numpy(dtype=np.float64)
    value = values.reindex(pieces["code"]).to_numpy(dtype=np.float64)
    told = np.where(np.isnan(value), 0.0, amount)
    parts = {"cell": pieces["cell"].to_numpy(), "people": amount, "told": told, "sum": told * np.nan_to_num(value)}
    summed = pd.DataFrame(parts).groupby("cell").sum()
    lived_in = summed[summed["people"] > 0]
    found = pd.DataFrame({"people": lived_in["people"], "covered": lived_in["told"] / lived_in["people"]})
    found["mean"] = lived_in["sum"] / lived_in["told"].where(lived_in["told"] > 0)
    return found


def _by_postcodes(
    postcodes: pd.DataFrame, codes: pd.Series, weights: pd.Series, district: shapely.Geometry, resolution: int
) -> pd.DataFrame:
    """Add up the homes of each area in each cell."""
    inside = inside_shape(postcodes["easting"].to_numpy(), postcodes["northing"].to_numpy(), district)
    live = (postcodes["terminated"] == 0) & (postcodes["shared_point"] < SHARED_POINT_MIN) & (postcodes["easting"] > 0)
    table = pd.DataFrame(
        {
            "code": codes.reindex(postcodes.index, fill_value=""),
            "cell": postcodes[f"h3_{resolution}"].where(inside, BEYOND),
            "weight": weights,
            "live": live.astype("float64"),
        }
    )
    table = table[table["code"] != ""]
    known = table.groupby("code")["weight"].transform("sum") > 0
    table = table.assign(amount=table["weight"].where(known, table["live"]), by=np.where(known, "homes", "postcodes"))
    return table[table["amount"] > 0].groupby(["code", "cell", "by"])["amount"].sum().reset_index()


def _by_ground(areas: gpd.GeoDataFrame, district: shapely.Geometry, resolution: int) -> pd.DataFrame:
    """Measure how many square metres of each area lie in each cell, and how many outside the district."""
    shapes = shapely.make_valid(frame_to_national_grid(areas).geometry.to_numpy())
    ground = shapely.area(shapes) > 0  # an outline that is empty, or none, has no ground: its counts are told apart
    parts = [
        _cut(shape, district, resolution).assign(code=code)
        for shape, code in zip(shapes[ground], areas["code"][ground], strict=True)
    ]
    if not parts:
        return pd.DataFrame({"code": pd.Series(dtype=str), "cell": pd.Series(dtype="int64"), "amount": 0.0, "by": ""})
    return pd.concat(parts, ignore_index=True).assign(by="ground")


def _cut(shape: shapely.Geometry, district: shapely.Geometry, resolution: int) -> pd.DataFrame:
    """Cut one area, EPSG:27700, along the borders of cells and of the district."""
    cells = _cells_near(shape, resolution)
    drawn = frame_to_national_grid(gpd.GeoDataFrame(geometry=list(cell_polygons(cells)), crs=WGS84)).geometry.to_numpy()
    within = shapely.area(shapely.intersection(drawn, shapely.intersection(shape, district)))
    beyond = shapely.area(shapely.difference(shape, district))
    pieces = pd.DataFrame({"cell": [*cells.tolist(), BEYOND], "amount": [*within.tolist(), float(beyond)]})
    least = _SLIVER * min(average_hexagon_area(resolution, unit="m^2"), shapely.area(shape))
    kept: pd.DataFrame = pieces[pieces["amount"] > least]
    return kept


def _cells_near(shape: shapely.Geometry, resolution: int) -> npt.NDArray[np.int64]:
    """List every cell that meets a shape, and perhaps some beside it."""
    wide = shapely.buffer(shape, _REACH * average_hexagon_edge_length(resolution, unit="m"))
    ground = frame_to_wgs84(gpd.GeoDataFrame(geometry=[wide], crs=NATIONAL_GRID)).geometry.iloc[0]
    return np.array(sorted(geo_to_cells(ground, resolution)), dtype=np.int64)
