"""Name places as squares of 100 m of the National Grid, the finest that is kept of where anybody sleeps rough.

A square is written as its six-figure grid reference without spaces, such as "SU364455": what a paper map, a radio
message and QGIS agree on (Ordnance Survey, *A guide to coordinate systems in Great Britain*, section 7).
"""

import re
from typing import Final

import shapely

from geo.errors import BadInputError

SIDE_M: Final = 100.0
_LETTERS: Final = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # without I; five rows of five, from the north-west
_ACROSS: Final = 5
_BIG: Final = 100_000  # metres: the side of a square of two letters
_SMALL: Final = 100
_FALSE_EAST, _FALSE_NORTH = 2, 1  # squares of 500 km from the letters' own corner to easting 0, northing 0
_EAST_END, _NORTH_END = 700_000, 1_300_000
_SIX_FIGURES: Final = re.compile(r"[A-Z]{2}\d{6}")
_FINER: Final = re.compile(r"([A-Z]{2})(\d{3})\d{1,2}(\d{3})\d{1,2}")


def square_at(easting: float, northing: float) -> str:
    """Name the square that a point lies in.

    Parameters
    ----------
    easting, northing
        EPSG:27700, metres.

    Raises
    ------
    BadInputError
        The point is off the National Grid.

    Examples
    --------
    >>> square_at(436_412.9, 145_599.0)
    'SU364455'
    """
    if not (0 <= easting < _EAST_END and 0 <= northing < _NORTH_END):
        message = f"Easting {easting:g}, northing {northing:g} is no point of the National Grid."
        raise BadInputError(message)
    east, north = int(easting // _BIG), int(northing // _BIG)
    far = _letter(east // _ACROSS + _FALSE_EAST, north // _ACROSS + _FALSE_NORTH)
    near_by = _letter(east % _ACROSS, north % _ACROSS)
    return f"{far}{near_by}{int(easting % _BIG) // _SMALL:03d}{int(northing % _BIG) // _SMALL:03d}"


def read_square(text: str) -> str:
    """Read a grid reference of six figures or more as the square of 100 m it lies in.

    Raises
    ------
    BadInputError
        It is no such grid reference.

    Examples
    --------
    >>> read_square("su 364 455"), read_square("SU 36412 45599")
    ('SU364455', 'SU364455')
    """
    tidy = re.sub(r"\s", "", text).upper()
    finer = _FINER.fullmatch(tidy)
    if finer and len(tidy) % 2 == 0:
        tidy = "".join(finer.groups())
    if not _SIX_FIGURES.fullmatch(tidy):
        message = f"'{text[:20]}' is no grid reference; expected two letters and six figures, such as SU 364 455."
        raise BadInputError(message)
    corner_of(tidy)
    return tidy


def corner_of(square: str) -> tuple[float, float]:
    """Give the south-western corner of a square, EPSG:27700.

    Raises
    ------
    BadInputError
        It is no square of the National Grid.
    """
    if _SIX_FIGURES.fullmatch(square) and "I" not in square:
        (far_east, far_north), (east, north) = map(_place, square[:2])
        easting = ((far_east - _FALSE_EAST) * _ACROSS + east) * _BIG + int(square[2:5]) * _SMALL
        northing = ((far_north - _FALSE_NORTH) * _ACROSS + north) * _BIG + int(square[5:]) * _SMALL
        if 0 <= easting < _EAST_END and 0 <= northing < _NORTH_END:
            return float(easting), float(northing)
    message = f"'{square[:20]}' is no square of the National Grid; expected one such as SU364455."
    raise BadInputError(message)


def middle_of(square: str) -> tuple[float, float]:
    """Give the middle of a square, EPSG:27700.

    Examples
    --------
    >>> middle_of("SU364455")
    (436450.0, 145550.0)
    """
    easting, northing = corner_of(square)
    return easting + SIDE_M / 2, northing + SIDE_M / 2


def outline_of(square: str) -> shapely.Polygon:
    """Give a square's outline, EPSG:27700."""
    easting, northing = corner_of(square)
    return shapely.box(easting, northing, easting + SIDE_M, northing + SIDE_M)


def told_square(square: str) -> str:
    """Write a square as people read it.

    Examples
    --------
    >>> told_square("SU364455")
    'SU 364 455'
    """
    return f"{square[:2]} {square[2:5]} {square[5:]}"


def near(square: str, other: str, *, within_m: float) -> bool:
    """Tell whether two squares are the same, or their middles at most so far apart.

    Examples
    --------
    >>> near("SU364455", "SU365456", within_m=150), near("SU364455", "SU366455", within_m=150)
    (True, False)
    """
    if square == other:
        return True
    here, there = middle_of(square), middle_of(other)
    return (here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2 <= within_m**2


def _letter(east: int, north: int) -> str:
    return _LETTERS[(_ACROSS - 1 - north) * _ACROSS + east]


def _place(letter: str) -> tuple[int, int]:
    row, east = divmod(_LETTERS.index(letter), _ACROSS)
    return east, _ACROSS - 1 - row
