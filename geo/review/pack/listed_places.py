"""Leave out of a pack that was frozen before whatever tells of a place that came onto the safe list since.

It is told again without such places, and never kept anew with them; a kept one loses them (`geo/review/pack_purge.py`).
What was given out before cannot be called back.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import NATIONAL_GRID
from geo.review.listed_names import telling_names
from geo.review.programme_purge import without_hubs
from geo.review.register_state import overlaid, read_known
from geo.review.safe_list import SafeList, safe_list
from geo.review.workspace import Workspace

_LONGEST: Final = 4_000  # letters of a text; what is longer is a shape
_OUTSIDE: Final = -1e7  # metres: a place whose point is not known lies near none


def told_without_listed(workspace: Workspace, aggregates: dict[str, Any]) -> dict[str, Any]:
    """Give a pack's aggregates as they may be told now; the same where no place of theirs is on the list.

    Raises
    ------
    MissingDataError, BadInputError
        Places are listed, and the workspace's key is not on this machine.
    """
    with workspace.store.reading() as connection:
        if connection.execute("SELECT 1 FROM safe_places").fetchone() is None:
            return aggregates
    return without_listed(aggregates, safe_list(workspace))


def without_listed(aggregates: dict[str, Any], safe: SafeList, *, refused: Collection[str] = ()) -> dict[str, Any]:
    """Leave out every row, shape and sentence that tells of a listed place.

    Parameters
    ----------
    refused
        Ids of sites that must not be shown either.
    """
    places = {str(row["site_id"]): row for row in _places(aggregates)}
    gone = _listed(places, safe) | (set(refused) & set(places))
    telling = gone | _telling(set(_texts(aggregates)), _names(places, gone), safe)

    def tells(texts: Sequence[Any]) -> bool:
        return any(text in telling for text in texts if isinstance(text, str))

    found: dict[str, Any] = _cleared(_planned_without(aggregates, tells, gone), tells)
    return found


def _planned_without(
    aggregates: dict[str, Any], tells: Callable[[Sequence[Any]], bool], gone: set[str]
) -> dict[str, Any]:
    """Take hubs out of the programme, with what was worked out for the year with them."""
    programme = aggregates.get("programme") or {}
    if not programme.get("content"):
        return aggregates
    left = without_hubs(programme["content"], tells, lambda hub: hub["site_id"] in gone)
    return aggregates | {"programme": programme | {"content": left}}


def named_places(workspace: Workspace, site_ids: set[str]) -> list[dict[str, Any]]:
    """Write down where sites are, so that a pack can be told without them if they are ever listed."""
    sites = overlaid(read_known(workspace))
    some = sites[sites["site_id"].isin(site_ids)].sort_values("site_id")
    rows = zip(some["site_id"], some["name"], some["postcode"], some.geometry.x, some.geometry.y, strict=True)
    names = ("site_id", "name", "postcode", "easting", "northing")
    return [dict(zip(names, (*map(str, row[:3]), *map(float, row[3:])), strict=True)) for row in rows]


def _places(value: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - plain values of any depth
    """Find every row that says where a site is."""
    if isinstance(value, Mapping):
        if "site_id" in value and "postcode" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _places(inner)


def _listed(places: Mapping[str, Mapping[str, Any]], safe: SafeList) -> set[str]:
    if not places:
        return set()
    table = pd.DataFrame(
        {
            "site_id": list(places),
            "name": [str(row["name"]) for row in places.values()],
            "postcode": [str(row["postcode"]) for row in places.values()],
        }
    )
    east, north = ([float(row.get(name, _OUTSIDE)) for row in places.values()] for name in ("easting", "northing"))
    sites = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(east, north, crs=NATIONAL_GRID))
    return {site for site, out in zip(places, safe.lists(sites).tolist(), strict=True) if out and site}


def _names(places: Mapping[str, Mapping[str, Any]], gone: set[str]) -> set[str]:
    others = [str(row["name"]) for site, row in places.items() if site not in gone]
    return telling_names((str(places[site]["name"]) for site in gone), others)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain values of any depth
    if isinstance(value, str) and len(value) <= _LONGEST:
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)


def _telling(texts: set[str], names: set[str], safe: SafeList) -> set[str]:
    """Find the texts that hold the name of a listed place, or its postcode."""
    said = pd.DataFrame({"text": sorted(texts)}, dtype=object)
    found = set(said.loc[safe.mentioned(said), "text"])
    called = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))
    return found | ({text for text in texts if called.search(text.casefold())} if names else set())


def _cleared(value: Any, tells: Callable[[Sequence[Any]], bool]) -> Any:  # noqa: ANN401 - plain values of any depth
    """Leave rows and sentences out of every list; what no list holds stays."""
    if isinstance(value, dict):
        return {name: _cleared(inner, tells) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleared(inner, tells) for inner in value if not tells(_said(inner))]
    return value


def _said(value: Any) -> list[Any]:  # noqa: ANN401 - a row, a sentence or another value of a list
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]
