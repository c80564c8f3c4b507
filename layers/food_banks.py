"""Food banks: Give Food's list, in its old 12 columns or its present 60, read into sites.

Telephone numbers, e-mail addresses and the names of people are not kept.
"""

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
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.placing import Surroundings, place_sites
from layers.source_file import Publisher, SourceFile, load, table_bytes

PUBLISHER: Final = Publisher(
    dataset="food_banks",
    title="Give Food food banks",
    licence="Unlicense",
    attribution="Food banks: Give Food (givefood.org.uk).",
)
CATALOGUE: Final = (
    CatalogueEntry(
        PUBLISHER,
        "Give Food",
        Access(
            page="https://www.givefood.org.uk/dumps/",
            by_hand="planner add food-banks FILE",
            endpoint=Endpoints().food_banks,
            fetch="food-banks",
            usual=True,
        ),
        form="CSV with a header",
        rhythm=Rhythm("every day", 3),
        used_for="Places where staff could be, or a hub be held.",
    ),
)
_NAMES: Final = ("organisation_name", "name")
_LOOKED_AT: Final = ("organisation_alt_name", "location_name", "address", "charity_name", "url")


def read_food_banks(
    given: Path | SourceFile,
    *,
    gazetteer: Gazetteer,
    boundary: gpd.GeoDataFrame,
    nearby_km: float,
    today: date,
    safe: SafeList | None = None,
) -> SiteFile:
    """Read food banks in and near the district.

    Parameters
    ----------
    given
        Give Food's dump: CSV with `lat` and `lon`, or with `lat_lng`.
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
        The file is damaged or is not Give Food's list.
    """
    file = load(given)
    table = read_table(table_bytes(file)).rows
    heading = next((name for name in _NAMES if name in table), None)
    if heading is None or "postcode" not in table:
        message = f"{file.name} has no column of organisations and postcodes; expected Give Food's list of food banks."
        raise BadInputError(message)
    raw = table[[name for name in (heading, *_LOOKED_AT) if name in table]]
    around = Surroundings(gazetteer, boundary, nearby_km, safe)
    placed = place_sites(_rows(table, heading), raw=raw, around=around, dataset=PUBLISHER.dataset)
    edition = PUBLISHER.edition(file, rows=len(placed.sites), today=today, note=placed.note())
    return SiteFile(placed.sites, edition, placed.left)


def _rows(table: pd.DataFrame, heading: str) -> pd.DataFrame:
    place = _text(table, "location_name")
    network = _text(table, "network")
    lat, lon = _degrees(table)
    return pd.DataFrame(
        {
            "name": table[heading].str.strip() + place.map(lambda text: f", {text}" if text else ""),
            "category": "food_bank",
            "postcode": table["postcode"],
            "lat": lat,
            "lon": lon,
            "notes": network.map(lambda text: f"Network: {text}" if text else ""),
        },
    )


def _text(table: pd.DataFrame, name: str) -> pd.Series:
    return table[name].str.strip() if name in table else pd.Series("", index=table.index)


def _degrees(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    if "lat_lng" in table:
        pairs = table["lat_lng"].str.split(",", n=1, expand=True).reindex(columns=[0, 1])
        return pairs[0], pairs[1]
    return _text(table, "lat"), _text(table, "lon")
