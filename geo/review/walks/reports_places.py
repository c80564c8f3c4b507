"""Find where reports of rough sleeping lie, however their places were given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import frame_to_national_grid
from geo.errors import BadInputError
from geo.places.geocode import resolve
from geo.places.inside import boundary_shape
from geo.places.street_places import StreetNames, StreetPlaces
from geo.places.streets import Streets
from geo.review.streets import streets_of
from geo.review.walks.reports_made import GivenPlace
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import Located
from geo.walkabouts.squares import middle_of, read_square, square_at

Point = tuple[float, float]

APART_M: Final = 1_000.0
_OF_TOWN_M: Final = 5_000.0
_SHORE_M: Final = 100.0  # a map's coast is not drawn to the metre
_NO_STREETS: Final = "the workspace has no streets to find a street by; fetch them, or give a grid reference"
_NO_POSTCODES: Final = (
    "the workspace has no postcode directory to find a postcode by; add one, or give a grid reference"
)
_POSTCODE: Final = {
    "missing": "it does not say where",
    "malformed": "its postcode is none; expected one such as SP10 1DP",
    "no_fixed_abode": "its postcode stands for no fixed abode; give the place where somebody was seen",
}


@dataclass(frozen=True)
class FoundPlace:
    """Where a report lies, or why that cannot be told.

    Attributes
    ----------
    square
        The square of 100 m; empty where only a town is named, and where there is a fault.
    point
        EPSG:27700; for the council's list of safe places and the street's name, and never kept.
    located
        By which of the ways it was found.
    street
        The street's name as the map has it, where it was found by that.
    fault
        The end of a sentence; empty where the place is good.
    apart
        Two of the ways contradict each other by more than a kilometre.
    beyond
        It lies outside the district, within reach of it.
    """

    square: str = ""
    point: Point | None = field(default=None, repr=False)
    located: Located = "district only"
    street: str = ""
    fault: str = ""
    apart: bool = False
    beyond: bool = False


@dataclass(frozen=True)
class _Ground:
    """What places are found by."""

    district: shapely.Geometry
    around: shapely.Geometry
    land: shapely.Geometry | None
    streets: Streets | None
    towns: Mapping[str, Sequence[Point]] | None
    postcodes: Mapping[str, Point | str]
    named: Mapping[str, StreetPlaces]


def find_places(workspace: Workspace, given: Sequence[GivenPlace]) -> tuple[FoundPlace, ...]:
    """Find each place: by its point, else its grid reference, postcode, street; a town alone is the whole district.

    Parameters
    ----------
    given
        As typed.

    Returns
    -------
    tuple of FoundPlace
        One for each, in their order.
    """
    ground = _ground(workspace, given)
    return tuple(_checked(_find(one, ground), ground) for one in given)


def _find(given: GivenPlace, ground: _Ground) -> FoundPlace:
    try:
        ways = _ways(given, ground)
    except BadInputError:
        return FoundPlace(fault="its grid reference is none; expected two letters and six figures, such as SU 364 455")
    if ways:
        located, point = ways[0]
        try:
            square = square_at(*point)
        except BadInputError:
            return FoundPlace(fault="it lies outside Great Britain")
        apart = any(np.hypot(point[0] - x, point[1] - y) > APART_M for _, (x, y) in ways[1:])
        return FoundPlace(square, point, located, apart=apart)
    if given.postcode and not given.street:
        return FoundPlace(fault=str(ground.postcodes[given.postcode]))
    if given.street:
        return _in_street(given, ground)
    return _in_town(given, ground) if given.town else FoundPlace(fault="it does not say where")


def _ways(given: GivenPlace, ground: _Ground) -> list[tuple[Located, Point]]:
    """Give the points that a place names, the surest first."""
    found: list[tuple[Located, Point]] = [("point", given.point)] if given.point is not None else []
    if given.grid_reference:
        found.append(("grid reference", middle_of(read_square(given.grid_reference))))
    postcode = ground.postcodes.get(given.postcode, "")
    if not isinstance(postcode, str):
        found.append(("postcode", postcode))
    return found


def _in_street(given: GivenPlace, ground: _Ground) -> FoundPlace:
    if ground.streets is None:
        return FoundPlace(fault=_NO_STREETS)
    places = ground.named[given.street]
    found = list(places.found)
    if given.town and len(found) > 1:
        towns = (ground.towns or {}).get(_folded(given.town))
        if not towns:
            return FoundPlace(fault="the map knows several such streets and no such town; give a grid reference")
        found.sort(key=lambda one: _gap(towns, (one.easting, one.northing)))
        found = [one for one in found[:1] if _gap(towns, (one.easting, one.northing)) <= _OF_TOWN_M]
    if len(found) > 1:
        return FoundPlace(fault=f"the map knows {len(found)} streets of that name; give the town or a grid reference")
    if not found:
        return FoundPlace(fault="the map knows no such street; give a grid reference or a postcode")
    point = (found[0].easting, found[0].northing)
    return FoundPlace(square_at(*point), point, "street", found[0].name)


def _in_town(given: GivenPlace, ground: _Ground) -> FoundPlace:
    if ground.towns is not None and _folded(given.town) not in ground.towns:
        return FoundPlace(fault="the map knows no such town in or near the district")
    return FoundPlace()


def _checked(found: FoundPlace, ground: _Ground) -> FoundPlace:
    """Refuse what lies in the sea or too far away."""
    if found.point is None:
        return found
    here = shapely.Point(found.point)
    if ground.land is not None and not shapely.dwithin(ground.land, here, _SHORE_M):
        return FoundPlace(fault="it lies in the sea, or beyond the land that the map knows", apart=found.apart)
    if not shapely.contains(ground.around, here):
        return FoundPlace(
            fault="it lies outside the district, in the sea or in another council's area", apart=found.apart
        )
    beyond = not shapely.contains(ground.district, here)
    return FoundPlace(found.square, found.point, found.located, found.street, apart=found.apart, beyond=beyond)


def _ground(workspace: Workspace, given: Sequence[GivenPlace]) -> _Ground:
    surer = [one for one in given if one.point is None and not one.grid_reference]
    streets_asked = {one.street for one in surer if one.street}
    streets = streets_of(workspace) if streets_asked else None
    names = None if streets is None else StreetNames(streets)
    boundary, land = workspace.boundary(), workspace.areas("land")
    return _Ground(
        district=boundary_shape(boundary),
        around=boundary_shape(boundary, margin_m=workspace.scenario.nearby_km * 1_000),
        land=None if land is None else boundary_shape(land),
        streets=streets,
        towns=_towns(workspace.areas("settlements")),
        postcodes=_postcodes(workspace, {one.postcode for one in given if one.postcode}, boundary),
        named={} if names is None else {name: names.places(name) for name in streets_asked},
    )


def _towns(settlements: gpd.GeoDataFrame | None) -> dict[str, list[Point]] | None:
    if settlements is None:
        return None
    found: dict[str, list[Point]] = {}
    points = frame_to_national_grid(settlements).geometry.centroid
    for name, point in zip(settlements["name"], points, strict=True):
        found.setdefault(_folded(name), []).append((float(point.x), float(point.y)))
    return found


def _postcodes(workspace: Workspace, asked: set[str], boundary: gpd.GeoDataFrame) -> dict[str, Point | str]:
    """Look postcodes up: a point, or the end of a sentence on why there is none."""
    if not asked:
        return {}
    if not workspace.has("gazetteer"):
        return dict.fromkeys(asked, _NO_POSTCODES)
    texts = pd.Series(sorted(asked))
    table = resolve(texts, workspace.gazetteer(), boundary)
    rows = zip(texts, table["status"], table["easting"], table["northing"], strict=True)
    return {
        text: (float(east), float(north))
        if status in {"located", "outside"}
        else _POSTCODE.get(status, "its postcode has no place in the postcode directory; give a grid reference")
        for text, status, east, north in rows
    }


def _gap(towns: Sequence[Point], point: Point) -> float:
    return min(float(np.hypot(x - point[0], y - point[1])) for x, y in towns)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
