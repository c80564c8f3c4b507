"""Find where a walk begins or ends from what somebody types: a postcode, a site, a grid reference, two numbers."""

import re
from typing import Final

import numpy as np

from geo.crs import to_national_grid
from geo.disclosure.uniform_words import left_out
from geo.errors import BadInputError, MissingDataError
from geo.places.postcode import Postcode
from geo.review.register import registered_sites
from geo.review.register_places import find_place
from geo.review.register_screen import screen_of
from geo.review.walks.fields import note_not_used
from geo.review.walks.near_street import end_at_point
from geo.review.workspace import Workspace
from geo.walkabouts.plan import WalkEnd
from geo.walkabouts.planning.ground import START_SNAP_M
from geo.walkabouts.squares import middle_of, read_square, told_square

OFFICE: Final = "the council office"
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_GRID: Final = re.compile(r"[A-Za-z]{2}\s*(?:\d\s*){6,10}")
_LATITUDES: Final = (49.0, 61.5)  # of Great Britain; a longitude there is never among them
_LONGITUDES: Final = (-9.0, 2.5)
_GRID_M: Final = (800_000.0, 1_300_000.0)
_EXPECTED: Final = (
    "expected a postcode, the name of a site of the register, a grid reference such as SU 364 455, or two numbers: "
    "longitude and latitude, or easting and northing"
)
_FEW: Final = 3


def find_end(workspace: Workspace, text: str) -> WalkEnd:
    """Find a place by what was typed.

    Parameters
    ----------
    text
        A postcode, a site's name or id, a grid reference, "longitude,latitude" or "easting,northing"; empty for the
        council office.

    Raises
    ------
    BadInputError
        There is no such place, or several.
    MissingDataError
        The office is not known, or no postcode directory has been added.
    """
    asked = text.strip()
    if not asked:
        return office_end(workspace)
    pair = _pair(asked)
    if pair is not None:
        return _at_numbers(workspace, pair)
    if _GRID.fullmatch(asked):
        square = read_square(asked)
        return pointed_end(workspace, middle_of(square), otherwise=told_square(square))
    return _at_postcode(workspace, asked) or _at_site(workspace, asked)


def office_end(workspace: Workspace) -> WalkEnd:
    """Give the council office, where walks begin and end unless somebody says otherwise.

    Raises
    ------
    MissingDataError
        Its postcode is not set, or no postcode directory has been added.
    BadInputError
        The directory does not have its postcode.
    """
    postcode = workspace.scenario.office_postcode
    if not postcode:
        message = (
            "The council office is not known (office_postcode in scenario.toml); say where the walk starts: "
            f"{_EXPECTED}."
        )
        raise MissingDataError(message)
    found = _at_postcode(workspace, postcode)
    if found is None:
        message = f"{left_out(1)} It is the office's postcode; say otherwise where the walk starts: {_EXPECTED}."
        raise BadInputError(message)
    return WalkEnd(OFFICE, found.point)


def pointed_end(workspace: Workspace, point: tuple[float, float], *, otherwise: str) -> WalkEnd:
    """Give a start or an end at a point, EPSG:27700: named by the nearest street, as its card says it."""
    return end_at_point(workspace, point, otherwise=otherwise, within_m=START_SNAP_M)


def _pair(text: str) -> tuple[float, float] | None:
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts):  # noqa: PLR2004 - a pair
        return float(parts[0]), float(parts[1])
    return None


def _at_numbers(workspace: Workspace, pair: tuple[float, float]) -> WalkEnd:
    """Read longitude and latitude in either order, for in Britain they cannot be taken for each other."""
    first, second = pair
    for lon, lat in ((first, second), (second, first)):
        if _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]:
            easting, northing = to_national_grid(np.array([lon]), np.array([lat]))
            point = (float(easting[0]), float(northing[0]))
            return pointed_end(workspace, point, otherwise=f"the point {lat:.4f}, {lon:.4f}")
    if 0 < first < _GRID_M[0] and 0 < second < _GRID_M[1] and min(pair) > _LATITUDES[1]:
        return pointed_end(workspace, pair, otherwise=f"the point {first:.0f}, {second:.0f}")
    message = f"{first:g}, {second:g} is no place in Great Britain; {_EXPECTED}."
    raise BadInputError(message)


def _at_postcode(workspace: Workspace, text: str) -> WalkEnd | None:
    try:
        name = str(Postcode.parse(text))
    except BadInputError:
        return None
    point = find_place(workspace, screen_of(workspace), name)
    if point is None:
        note_not_used(workspace)
        message = f"{left_out(1)} For a walk's start or end, {_EXPECTED}."
        raise BadInputError(message)
    return WalkEnd(name, point)


def _at_site(workspace: Workspace, text: str) -> WalkEnd:
    sites = registered_sites(workspace)
    names = sites["name"].str.casefold()
    fitting = sites[(sites["site_id"] == text) | (names == text.casefold())]
    if fitting.empty:
        fitting = sites[names.str.contains(text.casefold(), regex=False)]
    if len(fitting) == 1:
        row = fitting.iloc[0]
        return WalkEnd(str(row["name"]), (float(row.geometry.x), float(row.geometry.y)))
    if fitting.empty:
        message = f"'{text[:60]}' is no place that the planner knows; {_EXPECTED}."
        raise BadInputError(message)
    told = "; ".join(sorted(f"{row.name} ({row.postcode})" for row in fitting.head(_FEW).itertuples()))
    message = f"{len(fitting)} sites are called so ('{text[:60]}'): {told}. Give the postcode, or the name in full."
    raise BadInputError(message)
