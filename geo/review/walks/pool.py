"""List the squares that a walk may explore: those of the district with a street, or where people live.

Nobody is shown the list. A place that is left out of it because it lies near a safe place would show as a hole, so only
what was drawn from it is ever told, and nothing says why a square is not in it.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.places.geocode import SHARED_POINT_MIN
from geo.places.inside import boundary_shape, inside_shape
from geo.places.streets import Streets
from geo.review.safe_list import NEAR_M, SafeList, point_digest, safe_list
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from geo.walkabouts.squares import SIDE_M, square_at

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_STEP_M: Final = 50.0  # a street is looked at so often along its length
_CELL_M: Final = 10  # the safe list keeps a point as the square of 10 m it lies in
_MARGIN: Final = int(NEAR_M) // _CELL_M
_TILE: Final = 1_000  # squares of 100 m along the side of a lettered square


def exploration_pool(
    workspace: Workspace, *, around: tuple[float, float] | None = None, within_m: float = np.inf
) -> tuple[str, ...]:
    """List the squares that a walk may be sent to without anything being known of them, in alphabetical order.

    Parameters
    ----------
    around, within_m
        Only squares whose middle is so near to a point, EPSG:27700; None for the whole district. What a walk cannot
        reach need not be looked at: where officers gave points of safe places, thousands of squares take seconds.

    Raises
    ------
    MissingDataError, BadInputError
        The workspace's key is not on this machine; so it is whether there is a safe place or not.

    Notes
    -----
    Squares whose middle lies in the district, that hold a street people can walk on; without streets, those that hold a
    live postcode. Squares that no walk may stop at, and squares within 50 m of a listed safe place, are not among them.
    """
    safe = safe_list(workspace)
    kept = _inside(workspace)
    if around is not None:
        kept = kept[np.hypot(*(_middles(kept) - np.array(around)).T) <= within_m]
    names = _named(kept[~_near_safe(workspace, safe, kept)])
    return tuple(sorted(names - set(workspace.scenario.walkabouts.avoid)))


def open_middles(workspace: Workspace) -> FloatArray:
    """Give the middles of the district's squares with a street, whatever is near them, (n, 2), EPSG:27700.

    For counting how many a walk can reach: whether there is a safe place makes no difference to it.
    """
    return _middles(_inside(workspace))


def pool_basis(workspace: Workspace) -> str:
    """Say which places can be drawn."""
    if workspace.has("streets"):
        return "Places to explore are drawn from all squares of 100 m in the district with a street people can walk on."
    return (
        "Places to explore are drawn from all squares of 100 m in the district with a postcode in use, for the "
        "workspace has no streets yet; add them on the Start page, so that parks, paths and yards can be drawn too."
    )


def _inside(workspace: Workspace) -> IntArray:
    """Give the corners of the squares whose middle lies in the district, in hundreds of metres."""
    corners = _corners(workspace)
    middles = _middles(corners)
    return corners[inside_shape(middles[:, 0], middles[:, 1], boundary_shape(workspace.boundary()))]


def _middles(corners: IntArray) -> FloatArray:
    return (corners * SIDE_M + SIDE_M / 2).astype(np.float64)


def _corners(workspace: Workspace) -> IntArray:
    """Give the squares with a street, or a live postcode, as easting and northing in hundreds of metres, each once."""
    streets = streets_of(workspace)
    spots = _along(streets) if streets is not None else _postcodes(workspace)
    return np.unique(np.floor(spots / SIDE_M).astype(np.int64), axis=0)


def _along(streets: Streets) -> FloatArray:
    walked = streets.table[streets.table["walk_ways"] > 0]
    return shapely.get_coordinates(shapely.segmentize(walked.geometry.to_numpy(), _STEP_M))


def _postcodes(workspace: Workspace) -> FloatArray:
    if not workspace.has("gazetteer"):
        return np.empty((0, 2))
    found = workspace.gazetteer().within(workspace.boundary())
    live = found[(found["terminated"] == 0) & (found["shared_point"] < SHARED_POINT_MIN)]
    return live[["easting", "northing"]].to_numpy(dtype=np.float64)


def _named(corners: IntArray) -> set[str]:
    """Name many squares: the two letters once for each lettered square of 100 km."""
    if not len(corners):
        return set()
    tiles, which = np.unique(corners // _TILE, axis=0, return_inverse=True)
    letters = [square_at(*(tile * _TILE * SIDE_M + SIDE_M / 2).tolist())[:2] for tile in tiles]
    parts = zip(which.ravel().tolist(), (corners % _TILE).tolist(), strict=True)
    return {f"{letters[tile]}{east:03d}{north:03d}" for tile, (east, north) in parts}


def _near_safe(workspace: Workspace, safe: SafeList, corners: IntArray) -> npt.NDArray[np.bool_]:
    """Tell which squares lie within 50 m of a listed place.

    Listed postcodes are found in the directory, which takes a hash a postcode; only where an officer gave a point as
    well is every square of 10 m tried, which takes a second or two.
    """
    refused = np.zeros(len(corners), dtype=np.bool_)
    for spots in (_listed_spots(workspace, safe), _given_spots(safe, corners)):
        for east, north in spots:
            gap = np.abs(corners * SIDE_M + SIDE_M / 2 - np.array([east, north])) - SIDE_M / 2
            refused |= np.hypot(*np.maximum(gap, 0).T) <= NEAR_M + _CELL_M
    return refused


def _listed_spots(workspace: Workspace, safe: SafeList) -> list[tuple[float, float]]:
    """Give where the listed postcodes of the district lie, and of what is around it."""
    if not safe.places or not workspace.has("gazetteer"):
        return []
    found = workspace.gazetteer().within(workspace.boundary(), margin_m=2 * NEAR_M)
    listed = found[safe.holds(found["postcode"]).to_numpy()]
    return list(zip(listed["easting"].astype(float), listed["northing"].astype(float), strict=True))


def _given_spots(safe: SafeList, corners: IntArray) -> list[tuple[float, float]]:
    """Give the middles of the squares of 10 m that an officer's points lie in."""
    if not safe.points or not len(corners):
        return []
    side = int(SIDE_M) // _CELL_M
    steps = np.arange(-_MARGIN, side + _MARGIN)
    offsets = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    cells = np.unique((corners[:, None, :] * side + offsets[None, :, :]).reshape(-1, 2), axis=0)
    middles = cells * _CELL_M + _CELL_M / 2
    return [(x, y) for x, y in middles.tolist() if point_digest(safe.key, x, y) in safe.points]
