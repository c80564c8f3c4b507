"""Homes and people by postcode: which year's to use, and what stands in where no file is loaded."""

from typing import Final

import numpy as np
import pandas as pd

from geo.places.geocode import SHARED_POINT_MIN

_DECEMBER: Final = 12


def homes_for(homes: pd.DataFrame | None, *, year: int) -> pd.DataFrame | None:
    """Choose the homes to set against the clients of a year.

    Parameters
    ----------
    homes
        HOMES table of any number of years, or None.
    year
        The calendar year in which the review year begins; 0 takes the newest.

    Returns
    -------
    pandas.DataFrame or None
        HOMES table of one year: the newest that is not later than `year`, else the oldest.

    Examples
    --------
    >>> both = pd.DataFrame({"postcode": ["ZZ11AA"] * 2, "people": [4.0, 9], "homes": [2.0, 4], "year": [2021, 2024]})
    >>> homes_for(both, year=2023)["homes"].tolist(), homes_for(both, year=0)["homes"].tolist()
    ([2.0], [4.0])
    """
    if homes is None or homes.empty:
        return homes
    years = homes["year"].unique()
    past = years[years <= year] if year else years
    chosen = past.max() if len(past) else years.min()
    found: pd.DataFrame = homes[homes["year"] == chosen].reset_index(drop=True)
    return found


def housed_postcodes(postcodes: pd.DataFrame, homes: pd.DataFrame | None, *, homes_per_postcode: float) -> pd.DataFrame:
    """Give each postcode its homes and people, and mark those that the homes do not know yet.

    Parameters
    ----------
    postcodes
        GAZETTEER rows.
    homes
        HOMES table of one year; None lets each live postcode stand for `homes_per_postcode` homes.
    homes_per_postcode
        Used only without `homes`.

    Returns
    -------
    pandas.DataFrame
        On the same index: `homes`; `people`, NaN where unknown; `newer`: live, not on a shared point, and introduced
        after the year the homes were counted in. Where either date is unknown, a postcode that the file of homes does
        not name counts as newer: an estate built since, or a place of work.
    """
    live = (postcodes["terminated"] == 0) & (postcodes["shared_point"] < SHARED_POINT_MIN)
    if homes is None:
        return pd.DataFrame({"homes": live * float(homes_per_postcode), "people": np.nan, "newer": False})
    known = homes.set_index("postcode")
    count = postcodes["postcode"].map(known["homes"])
    people = postcodes["postcode"].map(known["people"])
    counted_until = int(homes["year"].max() or 0) * 100 + _DECEMBER if len(homes) else 0
    dated = (postcodes["introduced"] > 0) & (counted_until > _DECEMBER)
    newer = (postcodes["introduced"] > counted_until).where(dated, count.isna())
    return pd.DataFrame({"homes": count.fillna(0.0), "people": people.fillna(0.0), "newer": live & newer})
