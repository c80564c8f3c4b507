"""Find the sites that officers said are one place with a listed one: who lists the one means the others too."""

from typing import Final

import numpy as np

from geo.review.register_state import read_known
from geo.review.workspace import Workspace

_NEAR_M: Final = 65.0  # as the list itself counts: 50 m, and what a square of 10 m blurs


def twin_points(
    workspace: Workspace, postcode: str, point: tuple[float, float] | None
) -> tuple[tuple[float, float], ...]:
    """Give the points of every site that was joined with one at a place, EPSG:27700 metres.

    Parameters
    ----------
    postcode
        Of the place, without the space, in capitals.
    point
        Easting and northing of the place, where they are known.
    """
    known = read_known(workspace)
    if not known.places:
        return ()
    sites = known.sites
    there = sites["postcode"].str.replace(" ", "").str.upper().eq(postcode).to_numpy()
    if point is not None:
        there = there | (np.hypot(sites.geometry.x - point[0], sites.geometry.y - point[1]) <= _NEAR_M).to_numpy()
    listed = set(sites.loc[there, "site_id"])
    twins = {site for place in known.places if listed & set(place.members) for site in place.members}
    drawn = sites[sites["site_id"].isin(twins)].geometry
    return tuple(zip(drawn.x.tolist(), drawn.y.tolist(), strict=True))
