"""Which sites compete for a hub."""

import geopandas as gpd

from geo.errors import BadInputError, MissingDataError
from geo.hubs.points import STANDING
from geo.hubs.services import offers


def candidates_among(sites: gpd.GeoDataFrame, categories: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Take the sites that compete: not where help stands already, and of the chosen categories.

    Raises
    ------
    MissingDataError
        There is no site to rank.
    BadInputError
        No site is of the chosen categories.
    """
    free = sites[~sites["category"].isin(STANDING)]
    if free.empty:
        message = "There is no site to rank; add some with `planner add gp`, `add food-banks` or `add sites`."
        raise MissingDataError(message)
    chosen = free[offers(free, categories)] if categories else free
    if chosen.empty:
        there = ", ".join(sorted(set(free["category"])))
        message = f"No site is of category {', '.join(categories)}; there is: {there}."
        raise BadInputError(message)
    return chosen.reset_index(drop=True)
