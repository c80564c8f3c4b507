"""How many homes each ward has, and had by the edition before."""

from typing import Final

import geopandas as gpd
import pandas as pd

from geo.review.postcode_changes import NO_WARD, wards_of

_COLUMNS: Final = ("ward", "before", "now", "change")


def home_changes(
    before: pd.DataFrame, after: pd.DataFrame, *, postcodes: pd.DataFrame, wards: gpd.GeoDataFrame | None
) -> pd.DataFrame:
    """Add up homes by ward, of the newest year of each edition.

    Parameters
    ----------
    before, after
        HOMES tables.
    postcodes
        GAZETTEER rows inside the district: homes elsewhere are not counted.
    wards
        AREAS table; None where there is none, and then there is one row for the district.

    Returns
    -------
    pandas.DataFrame
        Columns ward, before, now, change, by ward; what lies in the district and in no ward comes last.
    """
    known = postcodes[postcodes["easting"] > 0].drop_duplicates("postcode").set_index("postcode")
    ward = wards_of(known, wards)
    counted = {name: _by_ward(homes, ward) for name, homes in (("before", before), ("now", after))}
    table = pd.DataFrame(counted).fillna(0).round().astype("int64").rename_axis("ward").reset_index()
    table["change"] = table["now"] - table["before"]
    last = table["ward"] == NO_WARD
    return pd.concat([table[~last].sort_values("ward"), table[last]], ignore_index=True)[list(_COLUMNS)]


def _by_ward(homes: pd.DataFrame, ward: pd.Series) -> pd.Series:
    newest = homes[homes["year"] == homes["year"].max()].set_index("postcode")["homes"]
    inside = newest[newest.index.isin(ward.index)]
    counted: pd.Series = inside.groupby(ward.reindex(inside.index).to_numpy()).sum()
    return counted
