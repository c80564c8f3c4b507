"""GP surgeries: NHS ODS's lists of practices (epraccur) and of branch surgeries (ebranchs), read into sites.

Both come without a header, in 27 columns: 1 code, 2 name, 5-9 address, 10 postcode, 12 close date, 13 status,
26 prescribing setting. A surgery is an active practice (status A) of prescribing setting 4; ebranchs leaves its status
column empty, and a branch is kept while it has no close date.
"""

import string
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.errors import BadInputError
from geo.places.gazetteer import Gazetteer
from geo.review.csv_tables import read_csv
from geo.review.safe_list import SafeList
from geo.review.site_file import SiteFile
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.placing import Surroundings, is_refused, place_sites
from layers.source_file import Publisher, SourceFile, load, table_bytes

PUBLISHER: Final = Publisher(
    dataset="gp_surgeries",
    title="NHS ODS GP practices (epraccur)",
    licence="OGL v3",
    attribution="Contains NHS England Organisation Data Service data licensed under the Open Government Licence v3.0.",
)
BRANCHES: Final = replace(PUBLISHER, dataset="gp_branches", title="NHS ODS branch surgeries (ebranchs)")
_PAGE: Final = "https://digital.nhs.uk/services/organisation-data-service (GP and GP practice related data)"
CATALOGUE: Final = tuple(
    CatalogueEntry(
        publisher,
        "NHS England, Organisation Data Service",
        Access(
            page=_PAGE,
            by_hand="planner add gp FILE",
            endpoint=f"{Endpoints().ods_report}?report={report}",
            fetch="gp",
            usual=True,
        ),
        form="CSV, 27 columns, no header",
        rhythm=Rhythm("every day; whole lists every three months", 3),
        used_for="Places where staff could be, or a hub be held.",
    )
    for publisher, report in ((PUBLISHER, "epraccur"), (BRANCHES, "ebranchs"))
)
_WIDTH: Final = 27
_CODE, _NAME, _POSTCODE, _CLOSED, _STATUS, _SETTING = 0, 1, 9, 11, 12, 25


def read_gp_surgeries(
    given: Path | SourceFile,
    *,
    gazetteer: Gazetteer,
    boundary: gpd.GeoDataFrame,
    nearby_km: float,
    today: date,
    safe: SafeList | None = None,
) -> SiteFile:
    """Read GP surgeries in and near the district.

    Parameters
    ----------
    given
        epraccur or ebranchs: CSV, or a zip or gzip of it.
    gazetteer
        Places each surgery by its postcode.
    boundary
        The district, in any stated CRS.
    nearby_km
        Surgeries up to this far beyond it are kept, with `inside` False.
    today
        Recorded as the day it was added.
    safe
        The council's list of places that never become a site.

    Returns
    -------
    SiteFile
        Sites, and where they came from. Practices and branches are two data sets, so that neither list replaces the
        other.

    Raises
    ------
    BadInputError
        The file is damaged, is not one of these lists, or lists no open surgery.
    """
    file = load(given)
    table = _columns(file)
    branches = bool((table[_STATUS] == "").all())
    publisher = BRANCHES if branches else PUBLISHER
    raw = _open_surgeries(table, file.name, branches=branches, safe=safe)
    rows = pd.DataFrame(
        {
            "code": raw[_CODE],
            "name": [string.capwords(name) for name in raw[_NAME]],
            "category": "gp_surgery",
            "postcode": raw[_POSTCODE],
            "notes": "Branch surgery" if branches else "",
        },
    )
    around = Surroundings(gazetteer, boundary, nearby_km, safe)
    placed = place_sites(rows, raw=raw, around=around, dataset=publisher.dataset)
    edition = publisher.edition(file, rows=len(placed.sites), today=today, note=placed.note())
    return SiteFile(placed.sites, edition, placed.left)


def _columns(file: SourceFile) -> pd.DataFrame:
    grid = read_csv(table_bytes(file))
    lines = [[cell.strip() for cell in cells] for _, cells in grid.rows if any(cell.strip() for cell in cells)]
    if not lines or any(len(line) != _WIDTH for line in lines):
        found = len(lines[0]) if lines else 0
        message = f"{file.name} has {found} columns; expected NHS ODS's epraccur or ebranchs, which have {_WIDTH}."
        raise BadInputError(message)
    return pd.DataFrame(lines, dtype="str")


def _open_surgeries(table: pd.DataFrame, name: str, *, branches: bool, safe: SafeList | None) -> pd.DataFrame:
    """Keep those that are open, and those that `place_sites` must refuse."""
    open_now = table[_CLOSED] == "" if branches else (table[_STATUS] == "A") & (table[_SETTING] == "4")
    if not open_now.any():
        message = (
            f"{name} lists no open GP surgery (status A in column 13 and prescribing setting 4 in column 26); "
            "expected NHS ODS's epraccur or ebranchs, not pharmacies or other prescribers."
        )
        raise BadInputError(message)
    return table[open_now | is_refused(table, safe)].reset_index(drop=True)
