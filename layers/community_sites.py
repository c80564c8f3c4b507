"""Community sites: a council's own plain table of places where a drop-in could be held, read into sites.

One row a place: name, category, postcode or coordinates (easting and northing, or lat and lon), and as far as known
opening hours, capacity, step-free, private room, notes. The Arts Council's list of libraries, and OpenStreetMap data,
are recognised too.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.errors import BadInputError
from geo.places.gazetteer import Gazetteer
from geo.review.safe_list import SafeList
from geo.review.site_file import SiteFile
from geo.review.tables import read_table
from geo.schema import SITE_CATEGORIES
from layers import libraries
from layers.osm_file import kind_of_osm
from layers.osm_sites import read_osm_sites
from layers.placing import Surroundings, is_refused, place_sites
from layers.source_file import Publisher, SourceFile, load, table_bytes

PUBLISHER: Final = Publisher(dataset="sites", title="Community sites")

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("code", "id", "site id", "ref", "reference", "uprn"),
    "name": ("name", "site", "site name", "venue", "place", "organisation"),
    "category": ("category", "type", "kind", "site type"),
    "postcode": ("postcode", "post code", "pcds", "pcd"),
    "easting": ("easting", "eastings", "x", "x coordinate"),
    "northing": ("northing", "northings", "y", "y coordinate"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "long", "longitude"),
    "opening_hours": ("opening hours", "hours", "opening times", "open"),
    "capacity": ("capacity", "people", "seats"),
    "step_free": ("step free", "step free access", "stepfree", "wheelchair", "wheelchair access", "accessible"),
    "private_room": ("private room", "private rooms", "confidential room", "meeting room"),
    "notes": ("notes", "note", "comments", "remarks"),
}
_CATEGORY_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "council_office": ("council", "council offices", "civic offices", "town hall"),
    "hub": ("hubs", "standing hub", "pop up hub"),
    "gp_surgery": ("gp", "gp practice", "surgery", "doctors", "health centre", "medical centre"),
    "food_bank": ("foodbank", "food banks", "pantry", "community larder", "community fridge"),
    "library": ("libraries",),
    "community_centre": ("community center", "community hall", "community building", "leisure centre", "youth centre"),
    "village_hall": ("hall", "parish hall", "memorial hall"),
    "place_of_worship": ("church", "church hall", "chapel", "mosque", "temple", "synagogue", "faith building"),
    "citizens_advice": ("citizens advice bureau", "cab", "ca"),
    "jobcentre": ("jobcentre plus", "job centre", "job centre plus", "job center", "dwp", "employment agency"),
    "childrens_centre": ("children s centre", "family hub", "sure start", "family centre"),
    "school_or_college": (
        "school",
        "primary school",
        "secondary school",
        "college",
        "sixth form college",
        "further education college",
        "academy",
        "university",
    ),
    "military": (
        "barracks",
        "raf",
        "raf station",
        "raf base",
        "army",
        "army barracks",
        "army base",
        "naval base",
        "base",
        "military base",
        "military site",
        "armed forces",
    ),
}
_YES: Final = frozenset({"yes", "y", "true", "t", "1", "full"})
_NO: Final = frozenset({"no", "n", "false", "f", "0", "none"})


def read_sites(
    given: Path | SourceFile,
    *,
    gazetteer: Gazetteer,
    boundary: gpd.GeoDataFrame,
    nearby_km: float,
    today: date,
    safe: SafeList | None = None,
) -> SiteFile:
    """Read community sites, or libraries, in and near the district.

    Parameters
    ----------
    given
        CSV or XLSX with a header; the edition's data set is "libraries" for the Arts Council's list, else "sites". Or
        OpenStreetMap's `.osm` or `.osm.pbf`, which makes the data set "osm_sites".
    gazetteer
        Places those without coordinates by their postcode.
    boundary, nearby_km, today, safe
        As in `layers.gp_surgeries.read_gp_surgeries`.

    Returns
    -------
    SiteFile
        Sites, and where they came from.

    Raises
    ------
    BadInputError
        The file is damaged, or has no column of names, or none that says where a site is.
    """
    around = Surroundings(gazetteer, boundary, nearby_km, safe)
    kind = kind_of_osm(given.content if isinstance(given, SourceFile) else given)
    if kind:
        return read_osm_sites(given, kind=kind, around=around, today=today)
    file = load(given)
    table = read_table(table_bytes(file)).rows
    if libraries.is_library_list(table):
        chosen, closed = libraries.open_libraries(table, refused=is_refused(table, safe))
        placed = place_sites(libraries.rows_of(chosen), raw=chosen, around=around, dataset="libraries")
        note = f"{placed.note()} {closed} closed, mobile or not libraries.".strip()
        edition = libraries.PUBLISHER.edition(file, rows=len(placed.sites), today=today, note=note)
        return SiteFile(placed.sites, edition, placed.left)
    placed = place_sites(_rows(table, file.name), raw=table, around=around, dataset=PUBLISHER.dataset)
    edition = PUBLISHER.edition(file, rows=len(placed.sites), today=today, note=placed.note())
    return SiteFile(placed.sites, edition, placed.left)


def category_of(text: str) -> str:
    """Find the house's category for a word in a file; what is not known is "other".

    Examples
    --------
    >>> category_of("Village Hall"), category_of("Church hall"), category_of("Bandstand")
    ('village_hall', 'place_of_worship', 'other')
    """
    plain = _plain(text)
    for category in SITE_CATEGORIES:
        if plain in {category.replace("_", " "), *_CATEGORY_WORDS.get(category, ())}:
            return category
    return "other"


def _rows(table: pd.DataFrame, name: str) -> pd.DataFrame:
    found = _matched(table.columns)
    rows = pd.DataFrame({field: table[column] for field, column in found.items()})
    placed = {"postcode"} <= set(found) or {"easting", "northing"} <= set(found) or {"lat", "lon"} <= set(found)
    if "name" not in found or not placed:
        message = (
            f"{name} needs a column 'name' and one that says where each site is: 'postcode', "
            "or 'easting' and 'northing', or 'lat' and 'lon'."
        )
        raise BadInputError(message)
    categories = rows["category"] if "category" in rows else pd.Series("", index=rows.index)
    answers = {field: rows[field].map(_yes_or_no) for field in ("step_free", "private_room") if field in rows}
    return rows.assign(category=categories.map(category_of), **answers)


def _matched(columns: Iterable[str]) -> dict[str, str]:
    plain = {_plain(str(column)): str(column) for column in columns}
    choices = {
        field: next((plain[alias] for alias in aliases if alias in plain), None) for field, aliases in COLUMNS.items()
    }
    return {field: column for field, column in choices.items() if column is not None}


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _yes_or_no(text: str) -> object:
    plain = _plain(text)
    return True if plain in _YES else False if plain in _NO else pd.NA
