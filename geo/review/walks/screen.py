"""Keep stops of a walk away from safe places, in a way that tells nobody that there is one."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Final

import geopandas as gpd
import shapely

from geo.crs import NATIONAL_GRID
from geo.places.streets import Streets
from geo.review.safe_list import SafeList, safe_list
from geo.review.workspace import Workspace
from geo.scenario import ReachOptions, TravelOptions
from geo.walkabouts.planning.ground import STOP_SNAP_M
from geo.walkabouts.squares import SIDE_M, corner_of, middle_of

Spot = tuple[float, float]

_STEPS: Final = (0.0, 0.5, 1.0)  # of a side: no place in a square is farther than 36 m from one of nine points


def fit_squares(workspace: Workspace, squares: Iterable[str], streets: Streets | None) -> frozenset[str]:
    """Give the squares where a team may stop: a street is near enough, and no listed safe place is.

    Of the others the same is said, whichever it is.

    Parameters
    ----------
    squares
        Squares of 100 m.
    streets
        Of the workspace; None where it has none.

    Raises
    ------
    MissingDataError, BadInputError
        The workspace's key is not on this machine.
    """
    safe = safe_list(workspace)
    asked = list(dict.fromkeys(squares))
    points = [point for square in asked for point in _points_of(square)]
    owners = [square for square in asked for _ in product(_STEPS, _STEPS)]
    standing, near = _standing(asked, streets)
    refused = _listed(safe, owners, points) | _listed(safe, asked, standing)
    return frozenset(square for square, on in zip(asked, near, strict=True) if on) - refused


def _points_of(square: str) -> list[Spot]:
    east, north = corner_of(square)
    return [(east + x * SIDE_M, north + y * SIDE_M) for x, y in product(_STEPS, _STEPS)]


def _standing(squares: Sequence[str], streets: Streets | None) -> tuple[list[Spot], list[bool]]:
    """Give where a team would stand for each square, on the nearest street, and whether that is near enough."""
    middles = [middle_of(square) for square in squares]
    if streets is None or not squares:
        return middles, [True] * len(middles)
    network = streets.network("walk", ReachOptions(), TravelOptions())
    snapped = network.snap(middles)
    placed = shapely.line_interpolate_point(network.lines[snapped.street], snapped.along_m)
    return [(float(point.x), float(point.y)) for point in placed], (snapped.snap_m <= STOP_SNAP_M).tolist()


def _listed(safe: SafeList, squares: Sequence[str], points: Sequence[Spot]) -> set[str]:
    shapes = gpd.points_from_xy([x for x, _ in points], [y for _, y in points], crs=NATIONAL_GRID)
    table = gpd.GeoDataFrame({"postcode": [""] * len(squares)}, geometry=shapes)
    listed = safe.lists(table)
    return {square for square, found in zip(squares, listed, strict=True) if found}
