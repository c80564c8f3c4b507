"""Homes and people by postcode: counted by postcode, or by LSOA and spread evenly over its live postcodes.

Census 2021 postcode headcounts (table P001 people, P003 households), Census 2011's, and a council's own table of
postcode, people and homes are read; so is a table of LSOA, people and homes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import frame_to_national_grid
from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.geocode import SHARED_POINT_MIN
from geo.review.tables import read_table
from geo.schema import HOMES
from layers.source_file import Publisher, SourceFile, load, table_bytes

PEOPLE_PER_HOME: Final = 2.36  # Census 2021, England and Wales, usual residents per household

_COUNCIL: Final = Publisher("households", title="Homes and people")
_CENSUS: Final = Publisher(
    "households",
    title="Census postcode headcounts",
    licence="OGL v3",
    attribution="Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
)
_POSTCODES: Final = ("postcode", "post code", "pcd", "pcds", "pcd7", "pcd8", "pcd2")
_LSOAS: Final = re.compile(r"^(lsoa(\d\d)?( ?cd| code| name code)?|lower layer super output areas?( code)?)$")
_PEOPLE: Final = (
    "people", "persons", "population", "total population", "residents", "usual residents", "total persons", "total",
    "headcount", "pop mid2020", "all usual residents",
)  # fmt: skip
_HOMES: Final = ("homes", "households", "occupied households", "dwellings", "properties", "addresses")
_COUNT: Final = ("count", "observation", "value")
_PEOPLE_TABLES: Final = re.compile(r"p00[12]", re.IGNORECASE)
_HOMES_TABLES: Final = re.compile(r"p003|household", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Counts:
    """People and homes by place, and what was assumed to fill either."""

    table: pd.DataFrame
    by_lsoa: bool
    note: str


def read_households(
    given: Path | SourceFile, *, postcodes: pd.DataFrame, lsoa: gpd.GeoDataFrame | None = None, today: date
) -> tuple[pd.DataFrame, Edition]:
    """Read homes and people by postcode.

    Parameters
    ----------
    given
        CSV or XLSX with a column of postcodes or of LSOA codes, and one of people, of homes, or both.
    postcodes
        GAZETTEER rows in and near the district, from `Gazetteer.within`; rows of other postcodes are left out.
    lsoa
        AREAS table of the LSOAs, EPSG:4326; needed where the file counts by LSOA.
    today
        Recorded as the day it was added.

    Returns
    -------
    pandas.DataFrame, Edition
        HOMES table, and where it came from; its note says what was left out and what was assumed.

    Raises
    ------
    BadInputError
        It is no table, lacks a column, or none of its places is in or near the district.
    MissingDataError
        It counts by LSOA and no LSOA boundaries were given.
    """
    file = load(given)
    counts = _counts(read_table(table_bytes(file)).rows, file.name)
    homes, note = _spread(counts.table, postcodes, lsoa) if counts.by_lsoa else _matched(counts.table, postcodes)
    if not len(homes):
        message = f"None of the places in {file.name} is in or near the district; check the file and the gazetteer."
        raise BadInputError(message)
    publisher = _CENSUS if _PEOPLE_TABLES.search(file.name) or "p003" in file.name.lower() else _COUNCIL
    said = " ".join(part for part in (note, counts.note) if part)
    return HOMES.validate(homes), publisher.edition(file, rows=len(homes), today=today, note=said)


def _counts(rows: pd.DataFrame, name: str) -> _Counts:
    plain = {re.sub(r"[^a-z0-9]+", " ", str(column).lower()).strip(): str(column) for column in rows.columns}
    postcode = _first(plain, _POSTCODES)
    lsoa = next((column for text, column in plain.items() if _LSOAS.match(text)), "")
    people, homes = _measures(plain, name)
    if not (postcode or lsoa) or not (people or homes):
        message = f"{name} needs a column 'postcode' or 'lsoa', and one of 'people' or 'homes'."
        raise BadInputError(message)
    place = rows[postcode or lsoa].str.replace(r"\s+", "", regex=True).str.upper()
    table = pd.DataFrame({"place": place, "people": _numbers(rows, people, name), "homes": _numbers(rows, homes, name)})
    filled, note = _filled(table[table["place"] != ""], people=people, homes=homes)
    return _Counts(filled.groupby("place", as_index=False).sum(), by_lsoa=not postcode, note=note)


def _measures(plain: dict[str, str], name: str) -> tuple[str, str]:
    """Find the columns of people and of homes; a bare "Count" is what the census table's name says it is."""
    people, homes, count = _first(plain, _PEOPLE), _first(plain, _HOMES), _first(plain, _COUNT)
    if people or homes or not count:
        return people, homes
    return ("", count) if _HOMES_TABLES.search(name) else (count, "")


def _first(plain: dict[str, str], names: Iterable[str]) -> str:
    return next((plain[name] for name in names if name in plain), "")


def _numbers(rows: pd.DataFrame, column: str, name: str) -> pd.Series:
    if not column:
        return pd.Series(0.0, index=rows.index)
    values = pd.to_numeric(rows[column].str.replace(",", "").replace("", "0"), errors="coerce")
    if values.isna().any() or (values < 0).any():
        message = f"Column '{column}' of {name} must hold counts; some of its rows hold other text or less than 0."
        raise BadInputError(message)
    return values.astype("float64")


def _filled(table: pd.DataFrame, *, people: str, homes: str) -> tuple[pd.DataFrame, str]:
    if not homes:
        note = f"Homes are people divided by {PEOPLE_PER_HOME}, the mean of England and Wales."
        return table.assign(homes=table["people"] / PEOPLE_PER_HOME), note
    if not people:
        note = f"People are homes times {PEOPLE_PER_HOME}, the mean of England and Wales."
        return table.assign(people=table["homes"] * PEOPLE_PER_HOME), note
    return table, ""


def _matched(table: pd.DataFrame, postcodes: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    known = table["place"].isin(postcodes["postcode"])
    left_out = int((~known).sum())
    note = (
        f"Left out, farther away or not in the gazetteer: {left_out:,} of {len(table):,} postcodes." if left_out else ""
    )
    return table[known].rename(columns={"place": "postcode"}).reset_index(drop=True), note


def _spread(table: pd.DataFrame, postcodes: pd.DataFrame, lsoa: gpd.GeoDataFrame | None) -> tuple[pd.DataFrame, str]:
    """Share each LSOA's people and homes evenly among the live postcodes inside it."""
    if lsoa is None:
        message = "The file counts by LSOA; add the LSOA boundaries first with: planner add boundary FILE --as lsoa"
        raise MissingDataError(message)
    areas = lsoa[lsoa["code"].isin(table["place"])]
    members = _members(areas, postcodes)
    counts = table.set_index("place").loc[members["code"], ["people", "homes"]].to_numpy()
    size = members.groupby("code")["postcode"].transform("size").to_numpy()
    shares = pd.DataFrame(counts / size[:, None], columns=["people", "homes"]).assign(
        postcode=members["postcode"].to_numpy()
    )
    homes = shares.groupby("postcode", as_index=False)[["people", "homes"]].sum()
    left_out = len(table) - len(areas)
    note = f"{len(areas):,} LSOAs spread evenly over their live postcodes."
    return homes, note + (f" {left_out:,} LSOAs have no boundary here and are left out." if left_out else "")


def _members(areas: gpd.GeoDataFrame, postcodes: pd.DataFrame) -> pd.DataFrame:
    """List the postcodes of each LSOA; an LSOA with none takes the nearest, so that nobody is lost."""
    live = postcodes[(postcodes["terminated"] == 0) & (postcodes["easting"] > 0)]
    lived_in = live[live["shared_point"] < SHARED_POINT_MIN]  # nobody lives at a delivery office
    chosen = lived_in if len(lived_in) else live
    if not len(chosen) or not len(areas):
        return pd.DataFrame({"code": pd.Series(dtype=str), "postcode": pd.Series(dtype=str)})
    points = np.asarray(shapely.points(chosen["easting"].to_numpy(), chosen["northing"].to_numpy()))
    shapes = frame_to_national_grid(areas).geometry.to_numpy()
    tree = shapely.STRtree(points)
    area, point = tree.query(shapes, predicate="covers")
    empty = np.setdiff1d(np.arange(len(shapes)), area)
    nearest = tree.nearest(shapely.point_on_surface(shapes[empty]))
    area, point = np.concatenate([area, empty]), np.concatenate([point, np.atleast_1d(nearest)])
    return pd.DataFrame({"code": areas["code"].to_numpy()[area], "postcode": chosen["postcode"].to_numpy()[point]})
