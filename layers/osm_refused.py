"""Tell which places of OpenStreetMap must not enter: by their tags, or as the house around one that must not."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import to_national_grid
from geo.disclosure.safe_places import is_safe_place
from layers.osm_elements import OsmPlace
from layers.osm_kinds import FOR_WHOM, for_the_abused

_TELLING: Final = ("social_facility", "amenity", "refugee")
_HOUSE_M: Final = 50.0  # a place is often drawn twice, as a point and as the house around it


def as_tagged(places: Sequence[OsmPlace]) -> pd.DataFrame:
    """Lay all tags out for the recognition of safe places: the telling ones by name, and every one in a text.

    Parameters
    ----------
    places
        All that are near, in use or not. One of the same name as a safe place, or of none, that lies within 50 m of it
        is tagged as if it were that place.
    """
    own = _laid_out([_told(place.tags) for place in places])
    houses = _around(places, is_safe_place(own).to_numpy())
    return own.assign(**{FOR_WHOM: own.get(FOR_WHOM, pd.Series("", index=own.index)).mask(houses, "the place in it")})


def _told(tags: Mapping[str, str]) -> dict[str, str]:
    whom = for_the_abused(tags)
    return {**tags, **({FOR_WHOM: whom} if whom else {})}


def _laid_out(tags: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    keys = sorted({key for one in tags for key in one if any(word in key for word in _TELLING)})
    texts = ["\n".join(f"{key} {value}" for key, value in sorted(one.items())) for one in tags]
    return pd.DataFrame({"tags": texts} | {key: [one.get(key, "") for one in tags] for key in keys})


def _around(places: Sequence[OsmPlace], safe: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Find the places that are, by name and by where they stand, one of the safe ones once more."""
    found = np.zeros(len(places), dtype=bool)
    if not safe.any():
        return found
    points = _points(places)
    names = [" ".join(place.tags.get("name", "").casefold().split()) for place in places]
    one, other = shapely.STRtree(points).query(points[safe], predicate="dwithin", distance=_HOUSE_M)
    for at, beside in zip(np.flatnonzero(safe)[one].tolist(), other.tolist(), strict=True):
        found[beside] |= not names[beside] or names[beside] == names[at]
    return found


def _points(places: Sequence[OsmPlace]) -> npt.NDArray[np.object_]:
    """Give the points in metres, EPSG:27700; none for a place that the file does not place."""
    spots = np.array([place.spot or (np.nan, np.nan) for place in places], dtype=np.float64)
    known = ~np.isnan(spots).any(axis=1)
    points = np.full(len(places), None, dtype=np.object_)
    if known.any():
        points[known] = shapely.points(*to_national_grid(*spots[known].T))
    return points
