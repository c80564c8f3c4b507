"""Homes and people by postcode: counted by postcode, or by LSOA and spread evenly over its live postcodes.

Census 2021 postcode headcounts (table P001 people, P002 households), Census 2011's, and a council's own table of
postcode, people and homes are read; so is a table of LSOA, people and homes.

A table may hold several years, so that each review year is set against its own homes: in a column `year`, or in columns
such as `homes_2023, homes_2024` (`homes 2023` and `Homes 2023/24` are read too). A census table is of its census; any
other that does not say its year is of year 0, which stands for all of them.
"""

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
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.household_columns import HomesColumns, Measures, find_columns
from layers.source_file import Publisher, SourceFile, load, table_bytes

PEOPLE_PER_HOME: Final = 2.36  # Census 2021, England and Wales, usual residents per household

_COUNCIL: Final = Publisher("households", title="Homes and people")
_CENSUS: Final = Publisher(
    "households",
    title="Census postcode headcounts",
    licence="OGL v3",
    attribution="Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
)
CATALOGUE: Final = (
    CatalogueEntry(
        _CENSUS,
        "Office for National Statistics (Nomis)",
        Access(
            page="https://www.nomisweb.co.uk/sources/census_2021_pc",
            by_hand="planner add households FILE",
            endpoint=Endpoints().nomis_homes,
            fetch="homes",
            usual=True,
        ),
        form="CSV with a header: postcode, count",
        rhythm=Rhythm("with every census: the next is of 2031", 120),
        used_for="Homes and people: the yardstick of rates and of the excess test.",
    ),
)
_A_YEAR: Final = r"((?:19|20)\d\d)(?:\.0+)?(?:[-/]\d\d(?:\d\d)?)?"  # 2023, Excel's 2023.0, or the review year 2023-24


@dataclass(frozen=True, slots=True)
class _Counts:
    """People and homes by place and year, and what was assumed to fill either."""

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
    rows = read_table(table_bytes(file)).rows
    columns = find_columns([str(column) for column in rows.columns], file.name)
    counts = _counts(rows, columns, file.name)
    homes, note = _placed(counts, postcodes, lsoa)
    if not len(homes):
        message = f"None of the places in {file.name} is in or near the district; check the file and the gazetteer."
        raise BadInputError(message)
    publisher = _CENSUS if columns.census else _COUNCIL
    said = " ".join(part for part in (note, counts.note, _told_years(homes)) if part)
    return HOMES.validate(homes), publisher.edition(file, rows=homes["postcode"].nunique(), today=today, note=said)


def _counts(rows: pd.DataFrame, columns: HomesColumns, name: str) -> _Counts:
    place = rows[columns.place].str.replace(r"\s+", "", regex=True).str.upper()
    parts, notes = [], []
    for measures in columns.measures:
        # With a column a year, a blank says that the place was not there yet; a nought that nobody lived there.
        told = _told(rows, measures) if measures.year else pd.Series(data=True, index=rows.index)
        table = pd.DataFrame(
            {
                "place": place,
                "year": _years(rows, columns, name) if columns.year else measures.year or columns.census,
                "people": _numbers(rows, measures.people, name),
                "homes": _numbers(rows, measures.homes, name),
            }
        )
        filled, note = _filled(table[told & (place != "")], people=measures.people, homes=measures.homes)
        parts.append(filled)
        notes.append(note)
    together = pd.concat(parts).astype({"year": "int64"}).groupby(["place", "year"], as_index=False).sum()
    return _Counts(together, by_lsoa=columns.by_lsoa, note=" ".join(note for note in dict.fromkeys(notes) if note))


def _told(rows: pd.DataFrame, measures: Measures) -> pd.Series:
    dated = [column for column in (measures.people, measures.homes) if str(measures.year) in column]
    return (rows[dated] != "").any(axis=1)


def _years(rows: pd.DataFrame, columns: HomesColumns, name: str) -> pd.Series:
    found = rows[columns.year].str.strip().str.fullmatch(_A_YEAR)
    if not found.all():
        message = (
            f"Column '{columns.year}' of {name} must hold the year of each count, such as 2023 or 2023-24; some of its"
            " rows hold something else or nothing."
        )
        raise BadInputError(message)
    return rows[columns.year].str.strip().str[:4].astype("int64")


def _told_years(homes: pd.DataFrame) -> str:
    years = sorted(year for year in homes["year"].unique().tolist() if year)
    return f"Counted in {', '.join(str(year) for year in years)}." if years else ""


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


def _placed(counts: _Counts, postcodes: pd.DataFrame, lsoa: gpd.GeoDataFrame | None) -> tuple[pd.DataFrame, str]:
    """Bring the counts to postcodes, each year by itself."""
    places = counts.table["place"].drop_duplicates()
    if not counts.by_lsoa:
        known = counts.table["place"].isin(postcodes["postcode"])
        lost = int((~places.isin(postcodes["postcode"])).sum())
        note = f"Left out, farther away or not in the gazetteer: {lost:,} of {len(places):,} postcodes." if lost else ""
        return _in_order(counts.table[known].rename(columns={"place": "postcode"})), note
    if lsoa is None:
        message = "The file counts by LSOA; add the LSOA boundaries first with: planner add boundary FILE --as lsoa"
        raise MissingDataError(message)
    areas = lsoa[lsoa["code"].isin(places)]
    members = _members(areas, postcodes)
    spread = [_spread(table, members).assign(year=year) for year, table in counts.table.groupby("year")]
    lost = len(places) - len(areas)
    note = f"{len(areas):,} LSOAs spread evenly over their live postcodes."
    return _in_order(pd.concat(spread)), note + (
        f" {lost:,} LSOAs have no boundary here and are left out." if lost else ""
    )


def _in_order(homes: pd.DataFrame) -> pd.DataFrame:
    return homes.sort_values(["postcode", "year"], ignore_index=True)[list(HOMES.columns)]


def _spread(table: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Share each LSOA's people and homes evenly among the live postcodes inside it."""
    told = members[members["code"].isin(table["place"])]
    size = told.groupby("code")["postcode"].transform("size").to_numpy()
    counts = table.set_index("place").loc[told["code"], ["people", "homes"]].to_numpy()
    shares = pd.DataFrame(counts / size[:, None], columns=["people", "homes"])
    return shares.groupby(told["postcode"].to_numpy()).sum().rename_axis("postcode").reset_index()


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
