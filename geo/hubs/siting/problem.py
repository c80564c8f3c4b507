"""What is asked when a set of hubs is chosen: the need, the minutes, the sites and the rules."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Question = Literal["cover", "average", "worst", "fewest"]


@dataclass(frozen=True)
class SiteList:
    """The m sites that compete, in one order.

    Attributes
    ----------
    ids, names
        As in the SITES table.
    towns
        The town each lies in; empty where it lies in none, and then no rule on towns touches it.
    points
        (m, 2) eastings and northings, EPSG:27700 metres.
    prices
        (m,) pounds that a hub there would cost; 0 where nothing is said.
    capacity
        (m,) clients that a hub there can see; infinite where there is no limit.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    towns: tuple[str, ...]
    points: FloatArray
    prices: FloatArray
    capacity: FloatArray

    def __len__(self) -> int:
        """Count the sites."""
        return len(self.ids)


@dataclass(frozen=True)
class SitingRules:
    """What every set must keep to.

    Attributes
    ----------
    hubs
        How many to choose, exactly; not used where the fewest are sought.
    must_keep, never
        Ids of sites that are chosen in any case, or in none.
    budget
        Pounds that the chosen sites may cost together; infinite where there is no limit.
    one_per_town
        At most one hub in a town.
    spacing_m
        Hubs stand at least so many metres apart, in a straight line.
    """

    hubs: int = 3
    must_keep: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    budget: float = float("inf")
    one_per_town: bool = False
    spacing_m: float = 0.0


@dataclass(frozen=True)
class SitingProblem:
    """One question, with all it rests on.

    Attributes
    ----------
    question
        cover: reach most clients within `within_minutes`. average: the shortest journeys on average. worst: the
        shortest of the longest journeys. fewest: as few hubs as reach all within `within_minutes`.
    need
        (n,) clients in each place.
    places
        (n,) what each place is called.
    minutes
        (n, m) minutes from place to site; infinite where there is no way.
    standing_minutes
        (n,) minutes to the nearest place where help stands already; infinite where there is none.
    sites, rules
        What competes, and what must be kept to.
    within_minutes
        Who is reached.
    beyond_minutes
        For the average, a journey that was not measured or cannot be made counts as so many minutes.
    rural
        (n,) whether each place is rural; None where nobody has said.
    """

    question: Question
    need: FloatArray
    places: tuple[str, ...]
    minutes: FloatArray
    standing_minutes: FloatArray
    sites: SiteList
    rules: SitingRules
    within_minutes: float
    beyond_minutes: float
    rural: BoolArray | None = None

    @property
    def clients(self) -> float:
        """Count all clients."""
        return float(self.need.sum())

    @property
    def limited(self) -> bool:
        """Tell whether any site can see only so many clients."""
        return bool(np.isfinite(self.sites.capacity).any())
