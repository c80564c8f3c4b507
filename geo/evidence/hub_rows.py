"""Tell which rows came by a hub: hubs raise referrals by design, so no trend counts them in."""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

# As a word: "Pop-up hub" and "Andover Hubs", but not "Shrubland Road".
_HUB: Final = re.compile(r"(?<![^\W_])hubs?(?![^\W_])", re.IGNORECASE)


def hub_names(records: pd.DataFrame, hub_sources: Sequence[str]) -> pd.Series:
    """Name the hub that each row came by.

    Parameters
    ----------
    records
        RECORDS or EPISODES table.
    hub_sources
        Feeds or sources that are hubs, in any capitals, besides those whose name has the word hub.

    Returns
    -------
    pandas.Series
        The source where it is a hub, else the feed where it is one, else empty; on the index of `records`.

    Examples
    --------
    >>> rows = pd.DataFrame({"feed": ["Pop-up HUB", "Housing", "Housing"], "source": ["x", "Hubert House", "Library"]})
    >>> hub_names(rows, ["library"]).tolist()
    ['Pop-up HUB', '', 'Library']
    """
    listed = {name.casefold() for name in hub_sources}
    names = {str(name) for column in ("feed", "source") for name in records[column].unique()}
    hubs = {name for name in names if name.casefold() in listed or _HUB.search(name)}
    by_feed = records["feed"].where(records["feed"].isin(list(hubs)), "")
    return records["source"].where(records["source"].isin(list(hubs)), by_feed)
