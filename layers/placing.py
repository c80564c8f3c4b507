"""Put the rows of a list of sites on the map: refuse safe places, find each a point, keep those in and near."""

import hashlib
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import NATIONAL_GRID, frame_to_national_grid, to_national_grid
from geo.disclosure.safe_places import is_safe_place
from geo.disclosure.uniform_words import left_out
from geo.editions import Dataset
from geo.places.gazetteer import Gazetteer
from geo.places.postcode import spaced
from geo.review.safe_list import SafeList
from geo.review.site_file import LeftOut
from geo.schema import SITES

_GRID_EAST: Final = (1, 800_000)  # EPSG:27700 metres, the extent of the National Grid
_GRID_NORTH: Final = (1, 1_300_000)
_LATITUDE: Final = (49.0, 61.5)
_LONGITUDE: Final = (-9.5, 4.5)
_IDENTITY: Final = ["name", "category", "postcode", "easting", "northing"]
_TEXT: Final = ("code", "name", "category", "postcode", "opening_hours", "notes")
_TYPED: Final = ("inside", "capacity", "step_free", "private_room")
_NUMBERS: Final = ("easting", "northing", "lat", "lon")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a site is placed by.

    Attributes
    ----------
    gazetteer, boundary
        Where postcodes are, and the district (any CRS).
    nearby_km
        How far beyond it is still near.
    safe
        The council's list of places that never become a site; None where there is no workspace.
    """

    gazetteer: Gazetteer
    boundary: gpd.GeoDataFrame
    nearby_km: float
    safe: SafeList | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Sites kept, and how many rows were not: kept + far + unused are all the rows given.

    Attributes
    ----------
    sites
        SITES table, EPSG:27700.
    far
        Rows farther from the district than is near.
    unused
        Rows that could not be used, whatever the reason: no name, no place, a row twice, a place that must not be
        shown. They are one number on purpose.
    nearby_km
        How far was near.
    left
        By what an earlier edition may know the unused rows; a row that is there twice is not among them.
    """

    sites: gpd.GeoDataFrame
    far: int
    unused: int
    nearby_km: float
    left: LeftOut

    def note(self) -> str:
        """Say what was left out, in plain words."""
        near = int((~self.sites["inside"]).sum())
        parts = [
            f"{near} of them outside the district, within {self.nearby_km:g} km." if near else "",
            f"{rows_were(self.far)} farther away and left out." if self.far else "",
            left_out(self.unused),
        ]
        return " ".join(part for part in parts if part)


def place_sites(rows: pd.DataFrame, *, raw: pd.DataFrame, around: Surroundings, dataset: Dataset) -> Placed:
    """Turn rows into sites.

    Parameters
    ----------
    rows
        Any of: code, name, category, postcode, easting, northing (EPSG:27700), lat, lon (EPSG:4326), opening_hours,
        capacity, step_free, private_room, notes. Coordinates go before the postcode.
    raw
        The same rows as the file has them, for recognising places that must not enter.
    around
        What they are placed by.
    dataset
        Which data set they belong to.
    """
    table = _complete(rows)
    points = _points(table, around.gazetteer)
    table = table.assign(easting=points["easting"], northing=points["northing"])
    secret = _must_not_show(table, raw, around)
    usable = (table["name"] != "") & ~secret & points.notna().all(axis=1)
    near, far = _near(_as_sites(table[usable].drop_duplicates(_IDENTITY), dataset), around)
    listed = np.zeros(len(near), dtype=bool) if around.safe is None else around.safe.lists(near).to_numpy(dtype=bool)
    left = _left(_as_left(table.assign(secret=secret)[~usable], dataset), near[listed])
    kept = near[~listed].reset_index(drop=True)
    return Placed(SITES.validate(kept), far, len(table) - len(kept) - far, around.nearby_km, left)


def is_refused(raw: pd.DataFrame, safe: SafeList | None) -> pd.Series:
    """Tell which rows of a file must not be shown: by words and tags, and by the council's list.

    Parameters
    ----------
    raw
        As the file has them. A reader that passes over rows, such as closed ones, gives `place_sites` these all the
        same: they are left out there with the others.

    Returns
    -------
    pandas.Series
        True where the row must not be shown; same index.
    """
    refused = is_safe_place(raw)
    return refused if safe is None else refused | safe.mentioned(raw)


def _must_not_show(table: pd.DataFrame, raw: pd.DataFrame, around: Surroundings) -> pd.Series:
    """Find safe places by what the file says, and by the council's list also as a postcode was mended."""
    refused = pd.Series(is_refused(raw, around.safe).to_numpy(), index=table.index)
    return refused if around.safe is None else refused | around.safe.mentioned(table[["postcode"]])


def _as_left(table: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Lay rows that could not be used out as an earlier edition would know them."""
    names = _bare_names(table)
    return table.assign(
        site_id=[f"{dataset}:{name}" for name in names], coded=table["code"] != "", postcode=_compact(table["postcode"])
    )


def _left(unused: pd.DataFrame, listed: gpd.GeoDataFrame) -> LeftOut:
    """Put the rows that could not be used together with those at a listed point."""
    there = listed.assign(
        coded=True,
        postcode=_compact(listed["postcode"]),
        easting=listed.geometry.x,
        northing=listed.geometry.y,
        secret=True,
    )
    columns = list(LeftOut().rows.columns)
    tables = [pd.DataFrame(rows[columns]) for rows in (unused, there) if len(rows)]
    return LeftOut(pd.concat(tables, ignore_index=True)) if tables else LeftOut()


def _complete(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every column its place and kind, so that the rest need not ask."""
    table = rows.reset_index(drop=True)
    for name in _TEXT:
        table[name] = _column(table, name).fillna("").astype(str).str.split().str.join(" ")
    for name in _NUMBERS:
        table[name] = pd.to_numeric(_column(table, name), errors="coerce").astype("float64")
    table["capacity"] = _whole(_column(table, "capacity"))
    for name in ("step_free", "private_room"):
        table[name] = _column(table, name).astype("boolean")
    return table


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    return table[name] if name in table else pd.Series(pd.NA, index=table.index, dtype="object")


def _whole(values: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce").astype("Float64")
    return numbers.where(numbers.between(0, 100_000)).round().astype("Int64")


def _points(table: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Find easting and northing: as given, else from degrees, else from the postcode; missing where none will do."""
    given = _sound(table["easting"], table["northing"], _GRID_EAST, _GRID_NORTH)
    degrees = _sound(table["lon"], table["lat"], _LONGITUDE, _LATITUDE)
    east, north = to_national_grid(degrees.iloc[:, 0].to_numpy(), degrees.iloc[:, 1].to_numpy())
    measured = pd.DataFrame({"easting": east, "northing": north}).replace([np.inf, -np.inf], np.nan)
    given.columns = measured.columns
    return given.fillna(measured).fillna(_from_postcodes(table["postcode"], gazetteer))


def _sound(x: pd.Series, y: pd.Series, x_range: tuple[float, float], y_range: tuple[float, float]) -> pd.DataFrame:
    inside = x.between(*x_range) & y.between(*y_range)
    return pd.DataFrame({"x": x.where(inside), "y": y.where(inside)})


def _from_postcodes(postcodes: pd.Series, gazetteer: Gazetteer) -> pd.DataFrame:
    compact = _compact(postcodes)
    found = gazetteer.lookup(compact[compact != ""]).set_index("postcode")[["easting", "northing"]]
    found = found[(found > 0).all(axis=1)].astype("float64")
    return found.reindex(compact).reset_index(drop=True)


def _compact(postcodes: pd.Series) -> pd.Series:
    return postcodes.str.replace(r"\s+", "", regex=True).str.upper()


def _as_sites(table: pd.DataFrame, dataset: Dataset) -> gpd.GeoDataFrame:
    sites = table.assign(
        site_id=_identities(table, dataset),
        postcode=spaced(_compact(table["postcode"])),
        inside=False,
        dataset=str(dataset),
    )
    columns = [name for name, column in SITES.columns.items() if name != "geometry" and column.required]
    texts = dict.fromkeys((name for name in columns if name not in _TYPED), str)  # no row leaves no type behind
    return gpd.GeoDataFrame(
        sites[columns].astype(texts),
        geometry=gpd.points_from_xy(table["easting"], table["northing"]),
        crs=NATIONAL_GRID,
    ).reset_index(drop=True)


def _identities(table: pd.DataFrame, dataset: Dataset) -> list[str]:
    """Name each site so that a newer edition names it the same: the publisher's code, else a digest of what it is."""
    bare = _bare_names(table)
    copies = pd.Series(bare, dtype=str).to_frame("name").groupby("name").cumcount()
    return [f"{dataset}:{name}" + (f"-{copy + 1}" if copy else "") for name, copy in zip(bare, copies, strict=True)]


def _bare_names(table: pd.DataFrame) -> list[str]:
    facts = table[["name", "category", "postcode"]].agg("|".join, axis=1) if len(table) else table["name"]
    digests = [hashlib.sha256(fact.casefold().encode()).hexdigest()[:10] for fact in facts]
    return [code or digest for code, digest in zip(table["code"], digests, strict=True)]


def _near(sites: gpd.GeoDataFrame, around: Surroundings) -> tuple[gpd.GeoDataFrame, int]:
    district = frame_to_national_grid(around.boundary).geometry.union_all()
    shapely.prepare(district)
    distance_m = shapely.distance(sites.geometry.to_numpy(), district)
    sites = sites.assign(inside=distance_m == 0)
    kept = sites[distance_m <= around.nearby_km * 1000].reset_index(drop=True)
    return kept, len(sites) - len(kept)


def rows_were(count: int) -> str:
    """Begin a sentence about rows: "1 row was" or "2 rows were"."""
    return "1 row was" if count == 1 else f"{count:,} rows were"
