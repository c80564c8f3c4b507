"""Read a partner's own file on the partner's own machine, and place its rows; nothing of it is kept or written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import NATIONAL_GRID
from geo.disclosure.district_only import is_district_only, keep_to_district
from geo.errors import BadInputError
from geo.places.gazetteer import Gazetteer
from geo.places.geocode import resolve
from geo.review.broad_reasons import broad_reason
from geo.review.columns import propose
from geo.review.dates import parse_dates
from geo.review.identity import find_duplicates, references
from geo.review.placing import area_codes
from geo.review.tables import Table, load_bytes, read_table
from geo.review.vocabulary import keep_categories
from geo.schema import RECORDS

_CELLS: Final = ["h3_7", "h3_8"]
_EDGE_M: Final = 2_000_000  # beyond the far corner of the National Grid
_NONE: Final = "not_stated"


@dataclass(frozen=True)
class Ground:
    """Where rows may be counted.

    Attributes
    ----------
    gazetteer
        Where postcodes are.
    wards
        AREAS table of the council's wards, EPSG:4326; None where hexagons are counted.
    boundary
        The district, EPSG:4326; None for wherever the wards, the district's code or the postcode directory reach.
    district
        GSS code of the district, as the postcode directory writes it; empty for any.
    """

    gazetteer: Gazetteer
    wards: gpd.GeoDataFrame | None = None
    boundary: gpd.GeoDataFrame | None = None
    district: str = ""

    @property
    def outline(self) -> gpd.GeoDataFrame:
        """The polygons that rows must lie in."""
        found = self.wards if self.boundary is None else self.boundary
        if found is not None:
            return found
        return gpd.GeoDataFrame(geometry=[shapely.box(-1, -1, _EDGE_M, _EDGE_M)], crs=NATIONAL_GRID)


@dataclass(frozen=True)
class PartnerFile:
    """A file, and how it is to be read.

    Attributes
    ----------
    content
        Its bytes, or where it is.
    feed
        The name that the council knows it by.
    columns
        Field to column name, where the proposal is not right; "" leaves a field out.
    sheet
        Of a workbook; "" is the first.
    """

    content: bytes | Path
    feed: str
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""


def place_partner_rows(file: PartnerFile, ground: Ground, *, today: date) -> pd.DataFrame:
    """Check and place every row, as the council's own intake would.

    Returns
    -------
    pandas.DataFrame
        RECORDS table, one row for each of the file, in memory only: its references are not hashed. Reasons are broad
        ones. Rows of domestic abuse, and others of the same household, have no area.

    Raises
    ------
    BadInputError
        The file or its columns cannot be used.
    BadRowsError
        Dates of single rows cannot be used.
    """
    table = read_table(load_bytes(file.content), sheet=file.sheet)
    texts = _texts(table, propose(table.columns, preferred=file.columns))
    days = parse_dates(texts["date"], today=today)
    duplicate = find_duplicates(table.rows, references(texts["referral_id"]))
    placed = placed_in(texts["postcode"], ground)
    placed.loc[duplicate, "status"] = "duplicate"
    placed.loc[duplicate, _CELLS] = 0
    placed.loc[duplicate, "ward"] = ""
    households = references(texts["household_ref"])
    records = _records(placed, households, days, feed=file.feed)
    clients = households.where(households != "", records["record"]).mask(duplicate)
    kept = keep_categories(texts["reason"], "reason", clients=clients)
    records["reason"] = kept.categories.map(broad_reason)
    written = pd.DataFrame({"reason": texts["reason"], "source": texts["source"], "feed": file.feed}, dtype="str")
    whole = RECORDS.validate(records[list(RECORDS.columns)].reset_index(drop=True))
    return keep_to_district(whole, is_district_only(written).reset_index(drop=True))


def placed_in(postcodes: pd.Series, ground: Ground) -> pd.DataFrame:
    """Find where postcodes lie: `status`, `h3_7` and `h3_8` (0 unless located), `ward` ("" unless located)."""
    found = resolve(postcodes, ground.gazetteer, ground.outline)
    if ground.district:
        elsewhere = (found["status"] == "located") & (found["district"] != ground.district)
        found = found.assign(status=found["status"].mask(elsewhere, "outside"))
    located = (found["status"] == "located").to_numpy()
    placed = found[["status", *_CELLS]].copy()
    placed.loc[~located, _CELLS] = 0
    return placed.assign(ward=area_codes(found[["easting", "northing"]], ground.wards, located))


def ground_postcodes(ground: Ground) -> pd.DataFrame:
    """List the postcodes of the ground: GAZETTEER rows, with the ward of each.

    Raises
    ------
    BadInputError
        There is none.
    """
    found = ground.gazetteer.within(ground.outline)
    found = found[found["district"] == ground.district] if ground.district else found
    found = found.reset_index(drop=True)
    if found.empty:
        message = "The postcode directory holds no postcode of this area; check the directory, the wards or the code."
        raise BadInputError(message)
    every = np.ones(len(found), dtype=bool)
    return found.assign(ward=area_codes(found[["easting", "northing"]].astype(float), ground.wards, every))


def _texts(table: Table, mapping: Mapping[str, str]) -> dict[str, pd.Series]:
    blank = pd.Series("", index=table.rows.index, dtype="str")
    fields = ("referral_id", "household_ref", "date", "postcode", "reason", "source")
    return {name: table.rows[mapping[name]] if mapping.get(name) else blank for name in fields}


def _records(placed: pd.DataFrame, households: pd.Series, days: pd.Series, *, feed: str) -> pd.DataFrame:
    records = placed.assign(
        record=[f"{number:09d}" for number in range(len(placed))],
        household=households,
        month=days.map(lambda day: day.strftime("%Y-%m")).astype("str"),
        feed=feed,
        source=feed,
        address_kind=_NONE,
        date_kind=_NONE,
        route=_NONE,
    )
    records[["household_type", "age_band", "outcome", "lsoa", "area", "district"]] = ""
    records[["terminated", "shared_point", "institution", "repaired"]] = False
    return records
