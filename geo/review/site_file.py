"""A file of sites as it was read: those kept, where they came from, and what it names but leaves out."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import geopandas as gpd
import pandas as pd

from geo.editions import Edition

_COLUMNS: Final = ("site_id", "coded", "name", "postcode", "easting", "northing", "secret")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of a file that did not become sites, by what an earlier edition may know them by: in memory only.

    Attributes
    ----------
    rows
        site_id, as the row would have been called; coded, whether that is the publisher's own code; name; postcode
        without the space, in capitals; easting and northing (EPSG:27700 metres, missing where unknown); secret, whether
        the row must not be shown. It is never told which rows are.
    """

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_COLUMNS)), repr=False)

    @property
    def secret(self) -> "LeftOut":
        """Those alone that must not be shown."""
        return LeftOut(self.rows[self.rows["secret"].astype(bool)])


class SiteFile(NamedTuple):
    """What a reader of sites gives.

    Attributes
    ----------
    sites
        SITES table in EPSG:27700.
    edition
        Where it came from; its note says how many rows were left out.
    left
        What the file names and `sites` lacks.
    """

    sites: gpd.GeoDataFrame
    edition: Edition
    left: LeftOut
