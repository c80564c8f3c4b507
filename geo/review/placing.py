"""Give every row of a file its status, flags, cells and areas; the postcode itself goes no further."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import frame_to_national_grid
from geo.editions import Dataset
from geo.places.geocode import resolve
from geo.places.postcode import Postcode
from geo.review.finest import keeps_finest, without_finest
from geo.review.keys import Key
from geo.review.safe_list import SafeList, safe_list
from geo.review.workspace import Workspace
from geo.schema import FLAGS

AREA_LEVELS: Final[dict[str, Dataset]] = {"ward": "wards", "lsoa": "lsoa", "area": "areas"}
"""The areas that records are tagged with, and the data set that holds each."""

UNKNOWN: Final = "not_in_gazetteer"
_CELLS = ["h3_7", "h3_8", "h3_9"]


def place_rows(postcodes: pd.Series, workspace: Workspace, *, key: Key) -> pd.DataFrame:
    """Find where rows belong.

    Parameters
    ----------
    postcodes
        As written in the export.

    Returns
    -------
    pandas.DataFrame
        On the same index: `status`, the four flags, `h3_7` and `h3_8` (0 unless located), `h3_9` (0 unless located and
        kept), `ward`, `lsoa` and `area`
        (codes; empty where no such boundary is loaded or the row is not located), and `district` (of outside rows). A
        row at a place on the council's list of safe places is the very same as one whose postcode is in no directory.

    Raises
    ------
    MissingDataError
        The workspace has no gazetteer yet.
    """
    found = _withheld(resolve(postcodes, workspace.gazetteer(), workspace.boundary()), safe_list(workspace, key))
    located = (found["status"] == "located").to_numpy()
    placed = found[["status", "terminated", "shared_point", "repaired", *_CELLS]].copy()
    placed["institution"] = _at_institution(found["postcode"], workspace, key) & (found["status"] != UNKNOWN)
    placed.loc[~located, _CELLS] = 0
    placed = placed if keeps_finest(workspace) else without_finest(placed)
    for name, dataset in AREA_LEVELS.items():
        placed[name] = area_codes(found[["easting", "northing"]], workspace.areas(dataset), located)
    placed["district"] = found["district"].where(found["status"] == "outside", "").astype("str")
    return placed


def clear_duplicates(placed: pd.DataFrame, duplicate: np.ndarray) -> pd.DataFrame:
    """Mark the rows that are there already: no cell, no area, no flag, so that nothing counts twice."""
    marked = placed.copy()
    marked.loc[duplicate, "status"] = "duplicate"
    marked.loc[duplicate, list(FLAGS)] = False
    marked.loc[duplicate, _CELLS] = 0
    marked.loc[duplicate, [*AREA_LEVELS, "district"]] = ""
    return marked


def place_hash(key: Key, postcode: str) -> str:
    """Hash a postcode the way the list of institutions keeps it.

    Raises
    ------
    BadInputError
        It is not shaped like a postcode.
    """
    return key.digest("place", Postcode.parse(postcode).compact)


def area_codes(points: pd.DataFrame, areas: gpd.GeoDataFrame | None, chosen: np.ndarray) -> pd.Series:
    """Find the area that each chosen point lies in; on a shared border the first code of the alphabet.

    Parameters
    ----------
    points
        Columns `easting` and `northing`, EPSG:27700 metres.
    areas
        AREAS table, EPSG:4326, or None where none is loaded.
    chosen
        Which rows are looked up.

    Returns
    -------
    pandas.Series
        Codes on the index of `points`, empty where there is none.
    """
    codes = pd.Series("", index=points.index, dtype="str")
    if areas is None or not chosen.any():
        return codes
    ordered = frame_to_national_grid(areas).sort_values("code", kind="stable")
    spots = shapely.points(points["easting"].to_numpy()[chosen], points["northing"].to_numpy()[chosen])
    spot, area = shapely.STRtree(ordered.geometry.to_numpy()).query(spots, predicate="intersects")
    hits = pd.DataFrame({"spot": spot, "area": area}).sort_values(["spot", "area"]).drop_duplicates("spot")
    rows = np.flatnonzero(chosen)[hits["spot"].to_numpy()]
    codes.iloc[rows] = ordered["code"].to_numpy()[hits["area"].to_numpy()]
    return codes


def _withheld(found: pd.DataFrame, safe: SafeList) -> pd.DataFrame:
    """Make rows at safe places the same as rows whose postcode nobody knows.

    They do not keep the status `withheld`: it would single them out for whoever opens the database, and a number of
    them would tell everybody that a file holds some. The equality that holds, byte for byte, is between a file with
    rows at a listed place and the same file with a postcode there that is in no directory. It is not between one list
    and another: rows that are mapped while their place is not on the list are not mapped once it is. Nobody but the
    two officers sees the world without it, as long as a place is listed before the first file that holds it.
    """
    hidden = safe.holds(found["postcode"]).to_numpy()
    same = found.copy()
    same.loc[hidden, "status"] = UNKNOWN
    same.loc[hidden, ["terminated", "shared_point", "repaired"]] = False
    same.loc[hidden, ["easting", "northing", *_CELLS]] = 0
    same.loc[hidden, "district"] = ""
    return same


def _at_institution(compact: pd.Series, workspace: Workspace, key: Key) -> pd.Series:
    listed = set(workspace.institutions())
    office = workspace.scenario.office_postcode
    if office.strip():
        listed.add(place_hash(key, office))
    hashes = {text: key.digest("place", text) for text in compact.unique() if text}
    return compact.map(lambda text: hashes.get(text) in listed).astype(bool)
