"""Which services stand under the same roof as a site, or near by: what co-location is worth."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.hubs.points import STANDING
from geo.places.same_place import SAME_ROOF_M

# Services whose visitors a housing officer wants to meet, as the two districts' delivery plans name them
# (Hart 4.2 and 4.4, Test Valley 2.18 and 3.14). A hall is a room, not a service.
SERVICES: Final = {
    "gp_surgery": "a GP surgery",
    "food_bank": "a food bank",
    "citizens_advice": "Citizens Advice",
    "library": "a library",
    "jobcentre": "a jobcentre",
    "childrens_centre": "a children's centre",
}
NEAR_M: Final = 400.0  # five minutes on foot
SERVICES_COLUMN: Final = "services"
"""Of a SITES table: the categories under a site's roof, where several sites were joined into one."""
_BETWEEN: Final = "; "
SAME_ROOF_POINTS: Final = 1.0
NEAR_POINTS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A service, in words, at or near a site."""

    service: str
    same_roof: bool


def services_near(candidates: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the services at and around each candidate, each category once.

    Parameters
    ----------
    candidates, sites
        SITES tables in EPSG:27700; a candidate that is itself a service is one of its own.

    Returns
    -------
    pandas.DataFrame
        One row a candidate and category: `candidate` (position), `category`, `distance_m` (the nearest one's),
        `same_roof` (within 30 m, or of the same name within 400 m), `own` (the candidate's own category).
    """
    every = each_service(sites)
    services = every[every["category"].isin(SERVICES)]
    here, there = services.geometry.to_numpy(), candidates.geometry.to_numpy()
    candidate, service = shapely.STRtree(here).query(there, predicate="dwithin", distance=NEAR_M)
    names = _plain(candidates["name"])[candidate] == _plain(services["name"])[service]
    distance_m = shapely.distance(there[candidate], here[service])
    category = services["category"].to_numpy()[service]
    pairs = pd.DataFrame(
        {
            "candidate": candidate,
            "category": category,
            "distance_m": distance_m,
            "same_roof": (distance_m <= SAME_ROOF_M) | names,
            "own": category == candidates["category"].to_numpy()[candidate],
        }
    )
    kinds = {"distance_m": "min", "same_roof": "max", "own": "max"}
    return pairs.groupby(["candidate", "category"], as_index=False, sort=True).agg(kinds)


def joined_services(categories: Iterable[str]) -> str:
    """Write the services under one roof as a SITES table has them.

    Examples
    --------
    >>> joined_services(["library", "gp_surgery"])
    'gp_surgery; library'
    """
    return _BETWEEN.join(sorted(categories))


def each_service(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a row for every service of every site, with the service's category; sites that hold one stay as they are."""
    if SERVICES_COLUMN not in sites:
        return sites
    apart = sites.assign(category=sites[SERVICES_COLUMN].str.split(_BETWEEN))
    return apart.explode("category").reset_index(drop=True)


def offers(sites: gpd.GeoDataFrame, categories: Collection[str]) -> pd.Series:
    """Tell which sites are of these categories, or have such a service under their roof."""
    fitting: pd.Series = sites["category"].isin(list(categories))
    if SERVICES_COLUMN not in sites:
        return fitting
    wanted = set(categories)
    held = [bool(wanted & set(text.split(_BETWEEN))) for text in sites[SERVICES_COLUMN]]
    return fitting | pd.Series(held, index=sites.index, dtype=bool)


def co_location_points(near: pd.DataFrame, candidates: int) -> npt.NDArray[np.float64]:
    """Add up each candidate's services: 1 for a category under the same roof, a half for one near by.

    Parameters
    ----------
    near
        As `services_near` gives it.
    candidates
        How many candidates there are.

    Returns
    -------
    numpy.ndarray
        (candidates,) points, 0 to the number of service categories.
    """
    worth = np.where(near["same_roof"], SAME_ROOF_POINTS, NEAR_POINTS)
    points = np.bincount(near["candidate"].to_numpy(dtype=np.int64), weights=worth, minlength=candidates)
    return points.astype(np.float64)


def neighbours(near: pd.DataFrame, candidates: int) -> list[list[Neighbour]]:
    """List, for each candidate, the other services at and around it; its own category is left out."""
    found: list[list[Neighbour]] = [[] for _ in range(candidates)]
    others = near[~near["own"]]
    columns = (others[name].tolist() for name in ("candidate", "category", "same_roof"))
    for candidate, category, same_roof in zip(*columns, strict=True):
        found[candidate].append(Neighbour(SERVICES[category], same_roof))
    return found


def _plain(names: pd.Series) -> npt.NDArray[np.object_]:
    """Bring names to a form in which the same building reads the same."""
    return names.str.casefold().str.replace(r"[^a-z0-9]+", " ", regex=True).str.strip().to_numpy(dtype=object)


def nearest_services(points: npt.NDArray[np.float64], sites: gpd.GeoDataFrame) -> list[tuple[str, float] | None]:
    """Find the service nearest to each point, the council's office and standing hubs among them.

    Parameters
    ----------
    points
        EPSG:27700 metres, shape (n, 2).
    sites
        SITES table, EPSG:27700.

    Returns
    -------
    list
        The site's name and its straight-line distance in metres, or None where no service is known.
    """
    standing = sites[offers(sites, [*SERVICES, *STANDING])].sort_values("site_id")
    if standing.empty:
        return [None] * len(points)
    spots, metres = shapely.STRtree(standing.geometry.to_numpy()).query_nearest(
        shapely.points(points), return_distance=True, all_matches=False
    )
    names = standing["name"].to_numpy()
    return [(str(names[at]), float(distance)) for at, distance in zip(spots[1], metres, strict=True)]
