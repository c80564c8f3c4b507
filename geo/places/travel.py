"""Minutes between places: the matrix that reach, ranking, siting and the programme all rest on."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Mode = Literal["walk", "drive", "bus"]


@dataclass(frozen=True)
class TravelMinutes:
    """How long it takes from each place to each site, and how that was measured.

    Attributes
    ----------
    minutes
        (n, m) minutes from place i to site j; infinite beyond the cutoff it was measured to, or where there is no way.
    mode
        How people travel.
    label
        How it was measured, for every output that rests on it: "on foot along streets at 4.8 km/h" or
        "on foot at 4.8 km/h, straight line x 1.3 (no streets loaded)".
    along_streets
        False where a straight line stands in.
    cutoff_minutes
        Nothing longer was measured; infinite where everything was.
    place_snap_m, site_snap_m
        (n,) and (m,) metres from each place or site to the street it was put on; 0 for straight lines.
    cut_off_places, cut_off_sites
        (n,) and (m,) True where no street is near enough, so that nothing can be said to be reachable.
    """

    minutes: FloatArray
    mode: Mode
    label: str
    along_streets: bool
    cutoff_minutes: float
    place_snap_m: FloatArray
    site_snap_m: FloatArray
    cut_off_places: npt.NDArray[np.bool_]
    cut_off_sites: npt.NDArray[np.bool_]
