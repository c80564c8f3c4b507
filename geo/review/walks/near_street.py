"""Name a point by the nearest street, as people who are to meet there would."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from geo.disclosure.safe_places import is_safe_place
from geo.places.streets import Streets
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from geo.walkabouts.plan import WalkEnd

Spot = tuple[float, float]


def end_at_point(workspace: Workspace, point: Spot, *, otherwise: str, within_m: float) -> WalkEnd:
    """Make a start or an end of a point.

    Parameters
    ----------
    point
        EPSG:27700.
    otherwise
        Its name where no street with a name is near, or no streets are loaded.
    within_m
        How near is near.
    """
    streets = streets_of(workspace)
    (name,) = near_streets(streets, [point], within_m=within_m) if streets is not None else ("",)
    return WalkEnd(f"near {name}" if name else otherwise, point)


def near_streets(streets: Streets, points: Sequence[Spot], *, within_m: float) -> tuple[str, ...]:
    """Name the nearest street of each point; empty where none with a name is near.

    A street that is called after a refuge names nothing.

    Parameters
    ----------
    points
        EPSG:27700.
    """
    names = streets.table["name"].astype("object")
    kinds = [name for name in names.unique() if name]
    told = is_safe_place(pd.DataFrame({"name": kinds}, dtype="object")).tolist() if kinds else []
    fit = {name for name, safe in zip(kinds, told, strict=True) if not safe}
    named = streets.table[names.isin(fit)]
    found = [""] * len(points)
    if len(named) and len(points):
        tree = shapely.STRtree(named.geometry.to_numpy())
        rows, at = tree.query_nearest(shapely.points(np.array(points)), max_distance=within_m, all_matches=False)
        for row, street in zip(rows.tolist(), named["name"].to_numpy()[at], strict=True):
            found[row] = str(street)
    return tuple(found)
