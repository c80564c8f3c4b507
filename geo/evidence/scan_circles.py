"""The circles of a scan: drawn about every cell, each with its likelihood ratio, and the best ones that keep apart."""

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
_Number = TypeVar("_Number", np.int64, np.float64)

_MM_PER_M: Final = 1000
# Homes are added up in another order for every centre; sums that differ by rounding alone are the same.
_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Circles:
    """Hold every circle: for each centre its cells by distance, a circle being all of them up to some place.

    Attributes
    ----------
    starts
        The places of centre i are `starts[i]` up to, not including, `starts[i + 1]`; shape (cells + 1,).
    members
        The cell that enters at each place, as a row number.
    ends
        Whether a circle ends at the place; it does not where the next cell is just as far away.
    shares
        Share of the homes inside, up to and including the place.
    radii_m
        Distance of the place's cell from the centre, in metres.
    """

    starts: IntArray
    members: IntArray
    ends: BoolArray
    shares: FloatArray
    radii_m: FloatArray

    @property
    def cells(self) -> int:
        """How many cells there are, each of them a centre."""
        return len(self.starts) - 1

    def centres(self) -> IntArray:
        """Give each place the row number of its centre."""
        return np.repeat(np.arange(self.cells), np.diff(self.starts))

    def sums(self, values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
        """Sum a value over the cells up to each place."""
        running = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values[self.members])])
        sums: npt.NDArray[_Number] = running[1:] - np.repeat(running[self.starts[:-1]], np.diff(self.starts))
        return sums

    def up_to(self, place: int) -> IntArray:
        """List the cells of the circle that ends at a place, nearest first."""
        first = self.starts[np.searchsorted(self.starts, place, side="right") - 1]
        return self.members[first : place + 1]


def draw_circles(easting: FloatArray, northing: FloatArray, homes: FloatArray, *, population_share: float) -> Circles:
    """Draw circles about every cell, growing by distance while they hold no more than a share of all homes.

    Parameters
    ----------
    easting, northing
        EPSG:27700 metres of each cell's home-weighted point.
    homes
        Homes of each cell, above 0.
    population_share
        The largest share of all homes in a circle.

    Notes
    -----
    Distances count to the millimetre. Cells at an equal distance enter together, in the order of their rows. A cell
    that alone holds more than the share is in no circle.

    Examples
    --------
    >>> line = draw_circles(np.array([0.0, 1, 2, 9]), np.zeros(4), np.ones(4), population_share=0.5)
    >>> [line.up_to(place).tolist() for place in np.flatnonzero(line.ends)]
    [[0], [0, 1], [1], [2], [2, 1], [3], [3, 2]]
    """
    most = population_share * homes.sum() * (1 + _ROUNDING)
    drawn = [
        _grow(np.rint(np.hypot(easting - east, northing - north) * _MM_PER_M).astype(np.int64), homes, most)
        for east, north in zip(easting.tolist(), northing.tolist(), strict=True)
    ]
    sizes = [len(members) for members, _, _, _ in drawn]
    members, ends, held, distances = (np.concatenate(parts) for parts in zip(*drawn, strict=True))
    starts = np.cumsum([0, *sizes]).astype(np.int64)
    return Circles(starts, members, ends, held / homes.sum(), distances / _MM_PER_M)


def _grow(distances: IntArray, homes: FloatArray, most: float) -> tuple[IntArray, BoolArray, FloatArray, IntArray]:
    """Take in cells by distance up to the last circle that holds no more homes than `most`."""
    order = np.argsort(distances, kind="stable")
    far = distances[order]
    held = np.cumsum(homes[order])
    ends = np.append(far[1:] != far[:-1], True) & (held <= most)
    size = int(np.flatnonzero(ends)[-1]) + 1 if ends.any() else 0
    return order[:size], ends[:size], held[:size], far[:size]


def likelihood_ratios(counts: IntArray, shares: FloatArray, total: int) -> FloatArray:
    """Compute the log likelihood ratio of circles that hold more clients than their homes explain, 0 for others.

    With c of the C clients inside a circle and E = C x its share of the homes expected there,

        LLR = c ln(c / E) + (C - c) ln((C - c) / (C - E))     where c > E

    (Kulldorff 1997, Communications in Statistics: Theory and Methods 26:1481-1496, the Poisson model).

    Examples
    --------
    >>> likelihood_ratios(np.array([4, 1]), np.array([0.25, 0.25]), 4).round(4).tolist()  # 4 ln 4
    [5.5452, 0.0]
    """
    expected = total * shares
    inside = xlogy(counts, counts / expected)
    outside = xlogy(total - counts, (total - counts) / (total - expected))
    return np.where(counts > expected, inside + outside, 0.0)


def best_apart(circles: Circles, ratios: FloatArray, *, most: int) -> list[int]:
    """Choose the best circle, then the next best that shares no cell with a better one, and so on.

    Parameters
    ----------
    ratios
        Log likelihood ratio at each place of `circles`; 0 where a circle is not to be chosen.
    most
        How many to choose at most.

    Returns
    -------
    list of int
        Places where the chosen circles end, best first. Of equal circles the one with fewer cells is taken, then the
        smaller, then the one whose centre comes first.
    """
    places = np.flatnonzero(circles.ends & (ratios > 0))
    sizes = places - circles.starts[circles.centres()[places]]
    order = np.lexsort([places, circles.radii_m[places], sizes, -ratios[places].round(9)])
    left, taken, chosen = places[order], np.zeros(circles.cells, dtype=np.int64), list[int]()
    while len(left) and len(chosen) < most:
        chosen.append(int(left[0]))
        taken[circles.up_to(chosen[-1])] = 1
        left = left[circles.sums(taken)[left] == 0]
    return chosen
