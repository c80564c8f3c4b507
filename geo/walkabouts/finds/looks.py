"""Lay visits out as numbers: which square, which band, how long, how many were found, how long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import BANDS, band_of, utc
from geo.walkabouts.sightings import Visit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_LEAST_HOURS: Final = 1 / 60  # whoever looked at a place was there for a minute, whatever was written down
_SECONDS_A_WEEK: Final = 7 * 24 * 3600


@dataclass(frozen=True)
class Looks:
    """Visits that could see their place, as columns.

    Attributes
    ----------
    places
        How many squares there are; `square` counts from 0.
    square, band
        Which square, and which of `BANDS`; shape (n,).
    hours
        Spent there, above 0.
    found
        People found.
    age_weeks
        How long ago, 0 or more.
    """

    places: int
    square: IntArray
    band: IntArray
    hours: FloatArray
    found: FloatArray
    age_weeks: FloatArray

    def by_place(self, values: FloatArray) -> FloatArray:
        """Add values of visits up by square and band, shape (places, bands)."""
        cells = self.square * len(BANDS) + self.band
        flat = np.bincount(cells, weights=values, minlength=self.places * len(BANDS))
        return flat.reshape(self.places, len(BANDS)).astype(np.float64)


def usable(visits: Sequence[Visit], *, now: datetime) -> tuple[Visit, ...]:
    """Take the visits that stand, have a square and began before `now`, by when the team arrived, in whatever order."""
    standing = (one for one in visits if one.stands and one.square and utc(one.arrived) <= utc(now))
    return tuple(sorted(standing, key=lambda one: (utc(one.arrived), one.number, one.square)))


def look_at(visits: Sequence[Visit], squares: Sequence[str], options: WalkaboutOptions, *, now: datetime) -> Looks:
    """Lay visits out as columns; those of places that were not accessible tell nothing and are left out.

    Parameters
    ----------
    visits
        As `usable` gives them.
    squares
        Every square of a visit, and perhaps others.
    """
    place = {square: number for number, square in enumerate(squares)}
    seen = [one for one in visits if one.outcome != "not accessible"]
    ages = [(utc(now) - utc(one.arrived)).total_seconds() / _SECONDS_A_WEEK for one in seen]
    return Looks(
        places=len(squares),
        square=np.array([place[one.square] for one in seen], dtype=np.int64),
        band=np.array([BANDS.index(band_of(one.arrived, options)) for one in seen], dtype=np.int64),
        hours=np.array([max(one.hours, _LEAST_HOURS) for one in seen], dtype=np.float64),
        found=np.array([one.found for one in seen], dtype=np.float64),
        age_weeks=np.array(ages, dtype=np.float64),
    )


def faded(age_weeks: FloatArray, *, half_life_weeks: float) -> FloatArray:
    """Say how much a visit of some age still counts.

    Examples
    --------
    >>> faded(np.array([0.0, 26.0, 52.0]), half_life_weeks=26).tolist()
    [1.0, 0.5, 0.25]
    """
    return np.asarray(0.5 ** (age_weeks / half_life_weeks), dtype=np.float64)
