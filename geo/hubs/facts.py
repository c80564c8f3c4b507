"""Everything the criteria may ask about the candidate sites, gathered once."""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from geo.hubs.decay import reach_weights
from geo.hubs.need import Need
from geo.hubs.points import STANDING, site_points
from geo.hubs.services import co_location_points, services_near
from geo.hubs.suitability import suitability
from geo.places.travel import PlacePoints, TravelMinutes, straight_line
from geo.scenario import ReachOptions

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Travel = Callable[[PlacePoints, FloatArray], TravelMinutes]
"""Measures the journeys from places to (m, 2) sites, EPSG:27700 metres: along streets, by straight lines or by bus."""


@dataclass(frozen=True, slots=True)
class Doubles:
    """Pairs of sites that look like one place and on which nobody has said what they are.

    Attributes
    ----------
    likely
        One place is probably listed twice.
    perhaps
        They perhaps share a roof.
    """

    likely: int = 0
    perhaps: int = 0


@dataclass(frozen=True)
class Surroundings:
    """The places known, and how one gets from one to the other.

    Attributes
    ----------
    sites
        SITES table of all places known, EPSG:27700; offices and hubs in it are where help stands already.
    office
        Easting and northing of the council's office, used where no site is listed as one.
    travel
        Measures journeys; None walks in straight lines.
    over
        Ids of sites that refused or whose arrangement ended: no candidates, and no help stands there. What service
        they are still counts as near by.
    doubles
        Pairs of sites that may be one.
    """

    sites: gpd.GeoDataFrame
    office: tuple[float, float] | None = None
    travel: Travel | None = None
    over: frozenset[str] = frozenset()
    doubles: Doubles = Doubles()

    @property
    def open_sites(self) -> gpd.GeoDataFrame:
        """The sites that may be asked, and those where help stands."""
        return self.sites[~self.sites["site_id"].isin(self.over)]


@dataclass(frozen=True)
class Facts:
    """What is known of n cells with clients and m candidate sites.

    Attributes
    ----------
    need
        The need of the cells.
    journeys
        (n, m) minutes, and how they were measured.
    reach, within
        (n, m) how much of a cell a site reaches, 0 to 1, and whether it lies within the cutoff at all.
    new_reach, newly_within
        The same, less what the office and the standing hubs reach already.
    minutes_now
        (n,) minutes from each cell to the nearest office or standing hub; infinite where there is none.
    near
        Services at and around each site, as `services_near` gives them.
    co_location
        (m,) points for these services.
    suitability
        (m,) 0 to 1.
    standing
        Where help stands already, in words; empty where the planner knows of no such place.
    refused
        Sites that are no candidates, for they refused or the arrangement ended.
    doubles
        Pairs of sites that may be one.
    """

    need: Need
    journeys: TravelMinutes
    reach: "sparse.csr_array[np.float64]"
    within: BoolArray
    new_reach: "sparse.csr_array[np.float64]"
    newly_within: BoolArray
    minutes_now: FloatArray
    near: pd.DataFrame
    co_location: FloatArray
    suitability: FloatArray
    standing: str
    refused: int
    doubles: Doubles = Doubles()

    @property
    def counts(self) -> FloatArray:
        """(n,) clients in each cell."""
        return self.need.points.counts


def gather_facts(
    need: Need, candidates: gpd.GeoDataFrame, surroundings: Surroundings, *, options: ReachOptions
) -> Facts:
    """Measure every journey and look around every candidate.

    Parameters
    ----------
    need
        By cell.
    candidates
        SITES table in EPSG:27700: the places to compare.
    surroundings
        All places known, and how journeys are measured.
    """
    standing, label = _standing(surroundings)
    ends = np.vstack([site_points(candidates), standing])
    journeys = _measure(need, ends, surroundings.travel, options)
    minutes, there = np.split(journeys.minutes, [len(candidates)], axis=1)
    minutes_now = there.min(axis=1, initial=np.inf)
    reach, within = reach_weights(minutes, options), minutes <= options.cutoff_minutes
    # The weight falls with the minutes, so whoever is nearest reaches most.
    reached_now, within_now = reach_weights(minutes_now, options), minutes_now <= options.cutoff_minutes
    near = services_near(candidates, surroundings.sites)
    return Facts(
        need=need,
        journeys=_first(journeys, len(candidates)),
        reach=sparse.csr_array(reach),
        within=within,
        new_reach=sparse.csr_array(np.maximum(reach - reached_now[:, None], 0)),
        newly_within=within & ~within_now[:, None],
        minutes_now=minutes_now,
        near=near,
        co_location=co_location_points(near, len(candidates)),
        suitability=suitability(candidates),
        standing=label,
        refused=int(surroundings.sites["site_id"].isin(surroundings.over).sum()),
        doubles=surroundings.doubles,
    )


def _measure(need: Need, ends: FloatArray, travel: Travel | None, options: ReachOptions) -> TravelMinutes:
    return straight_line(need.points.places, ends, options) if travel is None else travel(need.points.places, ends)


def _first(journeys: TravelMinutes, sites: int) -> TravelMinutes:
    """Keep the journeys to the candidates, which stand before the places of help."""
    return TravelMinutes(
        minutes=journeys.minutes[:, :sites],
        mode=journeys.mode,
        label=journeys.label,
        along_streets=journeys.along_streets,
        cutoff_minutes=journeys.cutoff_minutes,
        place_snap_m=journeys.place_snap_m,
        site_snap_m=journeys.site_snap_m[:sites],
        cut_off_places=journeys.cut_off_places,
        cut_off_sites=journeys.cut_off_sites[:sites],
    )


def _standing(surroundings: Surroundings) -> tuple[FloatArray, str]:
    """Find the places where help stands already, and name them."""
    listed = surroundings.open_sites
    listed = listed[listed["category"].isin(STANDING)]
    points = site_points(listed)
    offices = int((listed["category"] == "council_office").sum())
    hubs = len(listed) - offices
    if surroundings.office is not None and not offices:
        points, offices = np.vstack([points, surroundings.office]), 1
    names = ["the office" if offices == 1 else "the offices"] * bool(offices)
    names += ["the standing hub" if hubs == 1 else "the standing hubs"] * bool(hubs)
    return points, " and ".join(names)
