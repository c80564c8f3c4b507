"""Everything the criteria may ask about the candidate sites, gathered once."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from geo.hubs.points import STANDING, NeedPoints, site_points
from geo.hubs.reach import reach_weights, straight_line_minutes
from geo.hubs.services import co_location_points, services_near
from geo.hubs.suitability import suitability
from geo.scenario import ReachOptions

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Facts:
    """What is known of n cells with clients and m candidate sites.

    Attributes
    ----------
    counts
        (n,) clients in each cell.
    reach, within
        (n, m) how much of a cell a site reaches, 0 to 1, and whether it lies within the cutoff at all.
    new_reach, newly_within
        The same, less what the office and the standing hubs reach already.
    near
        Services at and around each site, as `services_near` gives them.
    co_location
        (m,) points for these services.
    suitability
        (m,) 0 to 1.
    standing
        Where help stands already, in words; empty where the planner knows of no such place.
    at_cell_centre
        Clients whose cell has no homes on record, placed in its middle.
    """

    counts: FloatArray
    reach: "sparse.csr_array[np.float64]"
    within: BoolArray
    new_reach: "sparse.csr_array[np.float64]"
    newly_within: BoolArray
    near: pd.DataFrame
    co_location: FloatArray
    suitability: FloatArray
    standing: str
    at_cell_centre: int


def gather_facts(
    need: NeedPoints,
    candidates: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    *,
    office: tuple[float, float] | None,
    options: ReachOptions,
) -> Facts:
    """Measure every walk and look around every candidate.

    Parameters
    ----------
    need
        Cells with clients.
    candidates, sites
        SITES tables in EPSG:27700: the places to compare, and all places known.
    office
        Easting and northing of the council's office, used where no site is listed as one.
    """
    minutes = _minutes(need, site_points(candidates), options)
    reach, within = reach_weights(minutes, options), minutes <= options.cutoff_minutes
    standing, label = _standing(sites, office)
    there = _minutes(need, standing, options)
    reached_now = reach_weights(there, options).max(axis=1, initial=0.0)
    within_now = there.min(axis=1, initial=np.inf) <= options.cutoff_minutes
    near = services_near(candidates, sites)
    return Facts(
        counts=need.counts,
        reach=sparse.csr_array(reach),
        within=within,
        new_reach=sparse.csr_array(np.maximum(reach - reached_now[:, None], 0)),
        newly_within=within & ~np.asarray(within_now)[:, None],
        near=near,
        co_location=co_location_points(near, len(candidates)),
        suitability=suitability(candidates),
        standing=label,
        at_cell_centre=need.at_cell_centre,
    )


def _minutes(need: NeedPoints, places: FloatArray, options: ReachOptions) -> FloatArray:
    return straight_line_minutes(need.points, places, options, spread_m=need.spread_m)


def _standing(sites: gpd.GeoDataFrame, office: tuple[float, float] | None) -> tuple[FloatArray, str]:
    """Find the places where help stands already, and name them."""
    listed = sites[sites["category"].isin(STANDING)]
    points = site_points(listed)
    offices = int((listed["category"] == "council_office").sum())
    hubs = len(listed) - offices
    if office is not None and not offices:
        points, offices = np.vstack([points, office]), 1
    names = ["the office" if offices == 1 else "the offices"] * bool(offices)
    names += ["the standing hub" if hubs == 1 else "the standing hubs"] * bool(hubs)
    return points, " and ".join(names)
