"""Take the place from rows that may be counted for the whole district only: those of domestic abuse.

Whoever looks for somebody who fled knows her circumstances, and often the month. One client on a map, or in the count
of one ward, may be her. So a row whose reason is domestic abuse, and every row of a provider of domestic-abuse
services, keeps its status and loses its cell and its areas; and so does every other row of the same household, for
another agency's row of the same approach says "eviction" and where she is now. In the totals of the district all of
them stay.
"""

from collections.abc import Collection
from typing import Final

import pandas as pd

from geo.disclosure.sensitive import is_domestic_abuse

_SAID_IN: Final = ("reason", "source", "feed")
_CELLS: Final = ("h3_7", "h3_8")
_FINEST: Final = "h3_9"
_AREAS: Final = ("ward", "lsoa", "area", "district")


def is_district_only(rows: pd.DataFrame, names: Collection[str] = ()) -> pd.Series:
    """Tell which rows speak of domestic abuse, or come from a provider whose name the council has listed.

    Parameters
    ----------
    rows
        Columns reason, source and feed, as written in a file or as kept.
    names
        Feeds or agencies that provide domestic-abuse services and whose name does not say so.

    Examples
    --------
    >>> rows = pd.DataFrame({"reason": ["DV", "eviction"], "source": ["", "Yew House"], "feed": ["A", "B"]})
    >>> is_district_only(rows).tolist(), is_district_only(rows, ["yew house"]).tolist()
    ([True, False], [True, True])
    """
    listed = {_plain(name) for name in names} - {""}
    found = pd.Series(data=False, index=rows.index)
    for column in _SAID_IN:
        texts = rows[column]
        telling = {text: is_domestic_abuse(text) or _plain(text) in listed for text in texts.unique()}
        found |= texts.map(telling).astype(bool)
    return found


def keep_to_district(records: pd.DataFrame, chosen: pd.Series) -> pd.DataFrame:
    """Take cell and areas from the chosen rows, and from all other rows of their households.

    Parameters
    ----------
    records
        RECORDS table; it is not changed.
    chosen
        True for rows that may be counted for the whole district only, on the same index.

    Returns
    -------
    pandas.DataFrame
        RECORDS table of as many rows, each with its status. A row inside the district that has neither cell nor area
        is one that is counted for the whole district only.
    """
    households = set(records.loc[chosen, "household"]) - {""}
    apart = chosen | records["household"].isin(households)
    cleared = records.copy()
    cells = [*_CELLS, *([_FINEST] if _FINEST in records else [])]
    cleared.loc[apart, cells] = 0
    cleared.loc[apart, list(_AREAS)] = ""
    return cleared


def without_a_place(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows lie in the district and are counted for the whole of it only.

    Parameters
    ----------
    rows
        RECORDS table.
    """
    nowhere = (rows[list(_CELLS)] == 0).all(axis=1) & (rows[list(_AREAS)] == "").all(axis=1)
    return (rows["status"] == "located") & nowhere


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
