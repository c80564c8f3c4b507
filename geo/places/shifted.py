"""Regular hexagons on the National Grid that can be shifted, to see what hangs on where a grid happens to lie."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from h3.api.basic_int import cell_area, cell_to_latlng, grid_ring

from geo.crs import to_national_grid

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

HALF_SHIFTS: Final = ((0.5, 0.0), (0.0, 0.5), (-0.5, 0.5))
"""Half a cell along each of the three axes, as steps along the first two: all the half shifts there are."""

NEIGHBOURS: Final = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
_WIDTH: Final = 1 << 20  # steps to either side of the origin that a key has room for; a cell of 1 m would still fit
_COMPASS: Final = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")


@dataclass(frozen=True)
class HexLattice:
    """Hold a grid of equal hexagons, EPSG:27700.

    Attributes
    ----------
    easting, northing
        Metres: the centre of one of its hexagons.
    spacing_m
        Distance between the centres of neighbours.
    bearing
        Direction of the first axis, from one centre to a neighbour's, in radians from east towards north. The second
        axis is 60 degrees further.
    """

    easting: float
    northing: float
    spacing_m: float
    bearing: float

    @property
    def area_m2(self) -> float:
        """The area of a hexagon in square metres."""
        return math.sqrt(3) / 2 * self.spacing_m**2

    def shifted(self, along_first: float, along_second: float) -> "HexLattice":
        """Move the grid by steps along its first two axes; whole steps lay every hexagon on another one."""
        east, north = np.array([along_first, along_second]) @ self._axes()
        return replace(self, easting=self.easting + float(east), northing=self.northing + float(north))

    def compass(self, along_first: float, along_second: float) -> str:
        """Say in which direction such a shift goes, such as "north-east"."""
        east, north = np.array([along_first, along_second]) @ self._axes()
        return _COMPASS[round(math.atan2(north, east) / (math.tau / len(_COMPASS))) % len(_COMPASS)]

    def keys_at(self, easting: npt.ArrayLike, northing: npt.ArrayLike) -> IntArray:
        """Find the hexagon of each point.

        Parameters
        ----------
        easting, northing
            EPSG:27700 metres, same shape.

        Returns
        -------
        numpy.ndarray
            A number for each hexagon, the same for points of one hexagon. Every point is in exactly one.

        Examples
        --------
        >>> lattice = HexLattice(0, 0, spacing_m=1_000, bearing=0)
        >>> here, near, next_door = lattice.keys_at([0, 450, 550], [0, 0, 0]).tolist()
        >>> here == near, here == next_door
        (True, False)
        """
        away = np.stack([np.asarray(easting) - self.easting, np.asarray(northing) - self.northing], axis=-1)
        first, second = np.moveaxis(away @ np.linalg.inv(self._axes()), -1, 0)
        return _key(*_nearest(first, second))

    def _axes(self) -> FloatArray:
        """Write the first two axes as rows of (east, north) metres."""
        turns = self.bearing + np.array([0, math.tau / 6])
        return self.spacing_m * np.stack([np.cos(turns), np.sin(turns)], axis=1)


def lattice_over(cells: IntArray) -> HexLattice:
    """Lay regular hexagons over a district's H3 cells: of their mean area, in their direction, centre upon centre.

    H3 cells are hexagons on a sphere, a little unequal; over a district the two grids drift apart by a small part of
    a cell, so that a shift by half a cell is one by about half an H3 cell as well.

    Parameters
    ----------
    cells
        H3 indexes of one resolution, at least one, in any order.
    """
    known = np.unique(cells).tolist()
    east, north = _centres(known)
    middle = int(np.hypot(east - east.mean(), north - north.mean()).argmin())
    near_east, near_north = _centres([min(grid_ring(known[middle], 1))])
    area_m2 = float(np.mean([cell_area(cell, unit="m^2") for cell in known]))
    return HexLattice(
        easting=float(east[middle]),
        northing=float(north[middle]),
        spacing_m=math.sqrt(2 * area_m2 / math.sqrt(3)),
        bearing=math.atan2(float(near_north[0]) - float(north[middle]), float(near_east[0]) - float(east[middle])),
    )


def neighbour_keys(keys: IntArray) -> IntArray:
    """Name the six neighbours of each hexagon of a lattice, shape (n, 6)."""
    first, second = keys // (2 * _WIDTH) - _WIDTH, keys % (2 * _WIDTH) - _WIDTH
    return np.stack([_key(first + one, second + two) for one, two in NEIGHBOURS], axis=-1)


def _centres(cells: list[int]) -> tuple[FloatArray, FloatArray]:
    lat_lon = np.array([cell_to_latlng(cell) for cell in cells], dtype=np.float64)
    return to_national_grid(lat_lon[:, 1], lat_lon[:, 0])


def _nearest(first: FloatArray, second: FloatArray) -> tuple[IntArray, IntArray]:
    """Round axial coordinates to the hexagon they lie in: the three of them sum to 0, the worst rounded gives way."""
    exact = np.stack([first, second, -first - second])
    whole = np.floor(exact + 0.5)  # not to even, so that a shift by a whole step changes nothing
    off = np.abs(whole - exact)
    worst = off.argmax(axis=0)
    one = np.where(worst == 0, -whole[1] - whole[2], whole[0])
    two = np.where(worst == 1, -whole[0] - whole[2], whole[1])
    return one.astype(np.int64), two.astype(np.int64)


def _key(first: IntArray, second: IntArray) -> IntArray:
    return np.asarray((first + _WIDTH) * (2 * _WIDTH) + second + _WIDTH, dtype=np.int64)
