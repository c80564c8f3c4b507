"""Which sites compete, and whether there is anything to rank them by."""

import geopandas as gpd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import CellCounts
from geo.hubs.points import STANDING
from geo.places.grid import HexGrid


def require_need(need: CellCounts, grid: HexGrid) -> None:
    """Refuse counts that no site can be ranked by.

    Raises
    ------
    MissingDataError
        No client has a place on the map.
    BadInputError
        Grid and counts differ in resolution.
    """
    if need.resolution != grid.resolution:
        message = f"The counts are at resolution {need.resolution}, the grid at {grid.resolution}; make both the same."
        raise BadInputError(message)
    if not need.located:
        lost = sum(need.unmapped.values())
        message = (
            f"No client of this choice has a place on the map ({lost} could not be mapped, {need.left_out} were left "
            "out), so no site can be ranked; choose another period or source, or add referrals."
        )
        raise MissingDataError(message)


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
    chosen = free[free["category"].isin(categories)] if categories else free
    if chosen.empty:
        there = ", ".join(sorted(set(free["category"])))
        message = f"No site is of category {', '.join(categories)}; there is: {there}."
        raise BadInputError(message)
    return chosen.reset_index(drop=True)
