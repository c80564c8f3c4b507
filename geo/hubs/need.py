"""Whose need sites are measured by: the clients who came, or as many as the homes let one expect."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import gammaincinv

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import CellCounts
from geo.evidence.intervals import poisson_interval
from geo.evidence.rates import Rates
from geo.hubs.points import NeedPoints, need_points
from geo.places.grid import HexGrid

FloatArray = npt.NDArray[np.float64]
NeedKind = Literal["clients", "expected"]

_TAIL: Final = 0.025
_TWO_SIGMAS: Final = 2 * 1.959964  # a 95 % range is so many standard deviations wide
_LEAST: Final = 1e-9  # of a client: a gamma of no width cannot be drawn from


@dataclass(frozen=True)
class Need:
    """Need by cell, as it is known and as it may be.

    Attributes
    ----------
    kind
        "clients" who came, or clients "expected" from the homes at the smoothed rate.
    points
        The cells with need; the counts of "expected" are fractions.
    shape, scale
        (n,) the need of a cell is drawn from Gamma(shape) x scale, whose mean is its count.
    counted
        The counts that this need comes from.
    without_homes
        Of "expected": clients of cells without homes on record, which have no rate and count as they came.
    """

    kind: NeedKind
    points: NeedPoints
    shape: FloatArray
    scale: FloatArray
    counted: CellCounts
    without_homes: int = 0

    @property
    def total(self) -> float:
        """All need that has a place on the map."""
        return float(self.points.counts.sum())

    def interval(self, reached: npt.NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
        """Give the 95 % range of the need that each of m sites reaches.

        Parameters
        ----------
        reached
            (n, m) which cells a site reaches.

        Notes
        -----
        Of counts it is Garwood's exact interval. Of expected need the gammas of the cells are added up by their mean
        and variance, as if they were independent.
        """
        if self.kind == "clients":
            return poisson_interval(self.points.counts @ reached)
        mean = self.points.counts @ reached
        variance = (self.shape * self.scale**2) @ reached
        some = variance > 0
        shape = np.where(some, mean**2 / np.where(some, variance, 1), 1.0)
        scale = np.where(some, variance / np.where(mean > 0, mean, 1), 0.0)
        low, high = (np.asarray(gammaincinv(shape, tail) * scale, dtype=np.float64) for tail in (_TAIL, 1 - _TAIL))
        return np.where(some, low, mean), np.where(some, high, mean)


def clients_of(counts: CellCounts, grid: HexGrid) -> Need:
    """Take the clients who came as the need.

    Parameters
    ----------
    counts
        By cell.
    grid
        Where the homes of each cell are, at the same resolution.

    Raises
    ------
    MissingDataError
        No client has a place on the map.
    BadInputError
        Grid and counts differ in resolution.
    """
    _require(counts, grid.resolution)
    points = need_points(counts.cells, grid.cells)
    return Need("clients", points, shape=points.counts, scale=np.ones(len(points.counts)), counted=counts)


def expected_of(counts: CellCounts, grid: HexGrid, rates: Rates) -> Need:
    """Take as the need how many clients the homes of each cell let one expect, at its smoothed rate.

    A cell from which two people came by chance then counts for little more than its neighbours, and one from which
    nobody came counts for something.

    Parameters
    ----------
    counts, grid
        As for `clients_of`.
    rates
        Of these counts, by cell of the same resolution.

    Raises
    ------
    MissingDataError, BadInputError
        As `clients_of`.

    Notes
    -----
    Homes x years x the smoothed rate of `geo.evidence.shrinkage` (Marshall 1991); it is drawn from a gamma with that
    mean and the width of its credible interval.
    """
    _require(counts, grid.resolution)
    _require(counts, rates.resolution)
    table = rates.table
    exposure = (table["homes"] * rates.exposure_years / 1000).to_numpy(dtype=np.float64)
    housed = exposure > 0
    mean, low, high = (
        np.where(housed, table[f"smoothed_{name}per_1000_homes"].fillna(0.0) * exposure, table["count"])
        for name in ("", "low_", "high_")
    )
    cells = pd.DataFrame({"cell": table["cell"], "count": mean})
    points = need_points(cells, grid.cells)
    spread = pd.Series(np.where(housed, (high - low) / _TWO_SIGMAS, np.sqrt(mean)), index=table["cell"].to_numpy())
    variance = np.maximum(spread.reindex(points.cells).to_numpy(dtype=np.float64), _LEAST * points.counts) ** 2
    return Need(
        "expected",
        points,
        shape=points.counts**2 / variance,
        scale=variance / points.counts,
        counted=counts,
        without_homes=int(table.loc[~housed, "count"].sum()),
    )


def _require(counts: CellCounts, resolution: int) -> None:
    """Refuse counts that no site can be ranked by."""
    if counts.resolution != resolution:
        message = f"The counts are at resolution {counts.resolution}, the grid at {resolution}; make both the same."
        raise BadInputError(message)
    if not counts.located:
        lost = sum(counts.unmapped.values())
        message = (
            f"No client of this choice has a place on the map ({lost} could not be mapped, {counts.left_out} were left "
            "out), so no site can be ranked; choose another period or source, or add referrals."
        )
        raise MissingDataError(message)
