"""Take places of the safe list out of programmes that were settled before, as if no hub had been planned there.

A hub of a listed place goes, and the numbers close up. What was worked out for the year with it goes too: it would not
add up, and a hole gives a place away. When, by whom and for which year it was settled stays, so that calendars which
were given out before can still be put right by the next one.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import NATIONAL_GRID
from geo.review.freezing import canonical
from geo.review.safe_list import SafeList

Row = tuple[Any, ...]
_WHY, _CONTENT, _DIGEST = 4, 5, 6  # columns of the table of programmes
_SENTENCES: Final = ("evidence", "rules", "notes")


def listed_hubs(hubs: Sequence[Mapping[str, Any]], safe: SafeList) -> list[Mapping[str, Any]]:
    """Find the hubs that lie at a listed place.

    Parameters
    ----------
    hubs
        With a postcode, easting and northing (EPSG:27700 metres), and what is said of them.
    """
    if not hubs:
        return []
    table = pd.DataFrame(list(hubs))
    points = gpd.points_from_xy(table["easting"], table["northing"], crs=NATIONAL_GRID)
    listed = safe.lists(gpd.GeoDataFrame(table.drop(columns=["easting", "northing"]), geometry=points))
    return [hub for hub, out in zip(hubs, listed.tolist(), strict=True) if out]


def programmes_left(
    rows: Sequence[Row], tells: Callable[[Sequence[str]], bool], listed: Callable[[Mapping[str, Any]], bool]
) -> list[Row]:
    """Give the programmes that stay, numbered anew; one that has no other hub goes.

    Parameters
    ----------
    rows
        Of the table of programmes.
    tells
        Whether texts name a listed place.
    listed
        Whether a hub lies at one.
    """
    kept: list[Row] = []
    for row in rows:
        content = json.loads(row[_CONTENT])
        left = without_hubs(content, tells, listed)
        if not left["hubs"] and content["hubs"]:
            continue
        cells = list(row)
        cells[0] = len(kept) + 1
        if tells([row[_WHY]]):
            cells[_WHY] = ""
        if left != content:
            cells[_CONTENT] = canonical(left)
            cells[_DIGEST] = hashlib.sha256(cells[_CONTENT].encode()).hexdigest()
        kept.append(tuple(cells))
    return kept


def without_hubs(
    content: dict[str, Any], tells: Callable[[Sequence[str]], bool], listed: Callable[[Mapping[str, Any]], bool]
) -> dict[str, Any]:
    """Take hubs at listed places out of what `geo.hubs.programme.content_of` wrote; parameters as `programmes_left`."""
    left = [hub for hub in content["hubs"] if not (listed(hub) or tells(_texts(hub)))]
    said = {name: [sentence for sentence in content[name] if not tells([sentence])] for name in _SENTENCES}
    if len(left) == len(content["hubs"]):
        return content | said
    numbered = [hub | {"number": number} for number, hub in enumerate(left, start=1)]
    return content | said | {"hubs": numbered, "quarters": [], "areas": [], "proof": ""}


def _texts(hub: Mapping[str, Any]) -> list[str]:
    return [text for text in hub.values() if isinstance(text, str)]
