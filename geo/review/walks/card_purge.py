"""Take walk cards away that stop, begin or end at a place which was put on the safe list since, as if never made.

A card goes as a whole: its stops' numbers are on paper, so that none of them can close up.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, Final

import geopandas as gpd

from geo.crs import NATIONAL_GRID
from geo.review.safe_list import SafeList
from geo.walkabouts.squares import SIDE_M, corner_of

Row = tuple[Any, ...]
Stop = tuple[str, tuple[float, float]]
_CONTENT: Final = 5  # column of the table of cards
_STEPS: Final = (0.0, 0.5, 1.0)  # of a side, as plans are screened (geo/review/walks/screen.py)


def cards_left(rows: Sequence[Row], safe: SafeList, tells: Callable[[Sequence[Any]], bool]) -> list[Row]:
    """Give the cards that stay, with the numbers they have.

    Parameters
    ----------
    rows
        Of the table of cards.
    tells
        Whether the texts of a row name a listed place.
    """
    stops = [_stops(json.loads(row[_CONTENT])) for row in rows]
    gone = listed_stops([stop for found in stops for stop in found], safe)
    return [row for row, found in zip(rows, stops, strict=True) if not (tells(row) or gone & set(found))]


def listed_stops(stops: Sequence[Stop], safe: SafeList) -> set[Stop]:
    """Find the stops at which no walk may stop: anything of the square, or where the team stands, is near a safe place.

    Parameters
    ----------
    stops
        Square, and where the team stands, EPSG:27700; without a square, as for a walk's start or end, the point alone
        is looked at.
    """
    around = {stop: (stop[1], *_spots_of(stop[0])) for stop in stops}
    spots = list(dict.fromkeys(spot for those in around.values() for spot in those))  # squares share their corners
    if not spots:
        return set()
    shapes = gpd.points_from_xy(*zip(*spots, strict=True), crs=NATIONAL_GRID)
    near = safe.lists(gpd.GeoDataFrame({"postcode": [""] * len(spots)}, geometry=shapes))
    listed = {spot for spot, found in zip(spots, near, strict=True) if found}
    return {stop for stop, those in around.items() if listed.intersection(those)}


def _spots_of(square: str) -> list[tuple[float, float]]:
    if not square:
        return []
    east, north = corner_of(square)
    return [(east + x * SIDE_M, north + y * SIDE_M) for x, y in product(_STEPS, _STEPS)]


def _stops(content: Mapping[str, Any]) -> list[Stop]:
    found = [(stop["square"], stop["point"]) for team in content["teams"] for stop in team["stops"]]
    ends = [("", content[name]["point"]) for name in ("start", "end")]
    return [(square, (float(point[0]), float(point[1]))) for square, point in (*found, *ends)]
