"""Distances as the TSPLIB rounds them (Reinelt 1995, "TSPLIB 95", section 2)."""

from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_PI: Final = 3.141592  # as printed there: more digits give other distances
_EARTH_KM: Final = 6378.388


def euclidean(points: FloatArray) -> FloatArray:
    """Round to the nearest whole number, halves up (EUC_2D).

    Examples
    --------
    >>> euclidean(np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 2.5]]))[0].tolist()
    [0.0, 1.0, 3.0]
    """
    return np.floor(_straight(points) + 0.5)


def ceiling(points: FloatArray) -> FloatArray:
    """Round up (CEIL_2D).

    Examples
    --------
    >>> ceiling(np.array([[0.0, 0.0], [1.0, 1.0]]))[0].tolist()
    [0.0, 2.0]
    """
    return np.ceil(_straight(points))


def pseudo_euclidean(points: FloatArray) -> FloatArray:
    """Divide the square by ten, then round to the nearest but never down (ATT).

    Examples
    --------
    >>> pseudo_euclidean(np.array([[0.0, 0.0], [10.0, 0.0]]))[0].tolist()
    [0.0, 4.0]
    """
    exact = np.sqrt(_squares(points) / 10.0)
    near = np.floor(exact + 0.5)
    return np.where(near < exact, near + 1.0, near)


def geographical(points: FloatArray) -> FloatArray:
    """Measure on a ball of the Earth's size, from degrees and minutes written DDD.MM; cut off and add one (GEO).

    Examples
    --------
    >>> geographical(np.array([[38.24, 20.42], [39.57, 26.15]]))[0].tolist()
    [0.0, 509.0]
    """
    degrees = np.trunc(points)
    radians = _PI * (degrees + 5.0 * (points - degrees) / 3.0) / 180.0
    north, east = radians[:, 0], radians[:, 1]
    one = np.cos(east[:, None] - east[None, :])
    two = np.cos(north[:, None] - north[None, :])
    three = np.cos(north[:, None] + north[None, :])
    inner = 0.5 * ((1.0 + one) * two - (1.0 - one) * three)
    away = np.trunc(_EARTH_KM * np.arccos(np.clip(inner, -1.0, 1.0)) + 1.0)
    np.fill_diagonal(away, 0.0)
    return away


def _squares(points: FloatArray) -> FloatArray:
    apart = points[:, None, :] - points[None, :, :]
    return np.asarray((apart**2).sum(axis=2))


def _straight(points: FloatArray) -> FloatArray:
    return np.sqrt(_squares(points))
