"""Everything a year is planned from: need and how far it is, hosts, priority areas, partners."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import MissingDataError
from geo.hubs.decay import reach_weights
from geo.hubs.need import Need
from geo.hubs.programme.hours import Hours, read_hours
from geo.hubs.programme.partners import Partner
from geo.places.travel import TravelMinutes
from geo.scenario import ReachOptions

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_HUNDREDTHS = 2  # of a client; a hundredth of the weight is some ten seconds of a walk


@dataclass(frozen=True)
class NeedReach:
    """Clients by place, and how much of each place every site reaches.

    Attributes
    ----------
    counts
        (n,) clients.
    shape, scale
        (n,) the need of a place is drawn from Gamma(shape) x scale, whose mean is its count.
    reach
        (n, m) 0 to 1 how much of a place counts as reached by a site.
    within
        (n, m) whether the site is within the cutoff at all.
    unit, period
        What one count is, and of which review years.
    travel_label
        How ways were measured.
    unmapped, left_out
        Clients without a place on the map, by status, and those set aside because of a flag.
    """

    counts: FloatArray
    shape: FloatArray
    scale: FloatArray
    reach: FloatArray
    within: BoolArray
    unit: str
    period: str
    travel_label: str
    unmapped: dict[str, int]
    left_out: int

    @property
    def total(self) -> float:
        """Clients with a place on the map."""
        return float(self.counts.sum())

    def reached_by(self, sites: Sequence[int], counts: FloatArray | None = None) -> FloatArray:
        """Count the different clients whom some sites reach together: each place once, by the site nearest to it.

        Parameters
        ----------
        sites
            Positions of the sites; none reach nobody.
        counts
            (..., n) other counts than the ones on record.
        """
        best = self.reach[:, list(sites)].max(axis=1, initial=0.0)
        return np.asarray((self.counts if counts is None else counts) @ best)


@dataclass(frozen=True)
class Areas:
    """Priority areas, and which sites serve them.

    Attributes
    ----------
    names
        Of a areas.
    serves
        (a, m) whether the area is within reach of the site.
    """

    names: tuple[str, ...]
    serves: BoolArray

    def of_site(self, site: int) -> tuple[str, ...]:
        """Name the areas a site serves."""
        return tuple(name for name, serves in zip(self.names, self.serves[:, site], strict=True) if serves)


@dataclass(frozen=True)
class Hosts:
    """The sites that may hold a hub.

    Attributes
    ----------
    table
        site_id, name, category, postcode, town, notes, easting, northing: m rows, in an order that breaks ties.
    hours
        Of each.
    """

    table: pd.DataFrame
    hours: tuple[Hours, ...]


@dataclass(frozen=True)
class YearInputs:
    """What a year is planned from; n places, m sites.

    Attributes
    ----------
    first_month
        The month in which a review year begins, 1 to 12.
    notes
        What a reader must know of the inputs, one sentence each.
    """

    need: NeedReach
    hosts: Hosts
    areas: Areas
    partners: tuple[Partner, ...]
    first_month: int
    notes: tuple[str, ...] = ()

    def labels(self, site: int) -> tuple[str, ...]:
        """Say what a site stands for in the rotation: the priority areas it serves, else its place."""
        return self.areas.of_site(site) or (str(self.hosts.table["town"].iloc[site]),)


def reach_need(need: Need, travels: Sequence[TravelMinutes], options: ReachOptions) -> NeedReach:
    """Say how much of each place every site reaches, by whichever way is best: on foot, or by bus where one runs.

    Parameters
    ----------
    need
        By place.
    travels
        At least one; all from these n places to the same m sites. One by bus is of the weekday and hours it was
        measured for.
    options
        Cutoff and fall of the weight, which is taken in hundredths.

    Raises
    ------
    MissingDataError
        No travel times were given.
    """
    if not travels:
        message = "No travel times are known, so nobody can be said to be reached; measure the ways to the sites first."
        raise MissingDataError(message)
    best = np.minimum.reduce([travel.minutes for travel in travels])
    weights: FloatArray = np.maximum.reduce([reach_weights(travel.minutes, options) for travel in travels])
    return NeedReach(
        counts=need.points.counts,
        shape=need.shape,
        scale=need.scale,
        reach=weights.round(_HUNDREDTHS),
        within=best <= options.cutoff_minutes,
        unit=need.counted.unit,
        period=need.counted.selection.period,
        travel_label="; or ".join(travel.label for travel in travels),
        unmapped=need.counted.unmapped,
        left_out=need.counted.left_out,
    )


def read_all_hours(texts: Sequence[str]) -> tuple[Hours, ...]:
    """Read the opening hours of every site, equal texts once."""
    known = {text: read_hours(text) for text in sorted(set(texts))}
    return tuple(known[text] for text in texts)
