"""Share the whole district out to the patches of a night's count: every spot belongs to the nearest stop's team.

A sighting between two stops belongs to one team and no other. The regions are Voronoi's (Okabe et al. 2000, *Spatial
tessellations*), of the middles of the stops' squares, joined by patch and cut to the district.
"""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.walkabouts.snapshot.values import SnapshotPlan
from geo.walkabouts.squares import middle_of


def patch_areas(plan: SnapshotPlan, district: shapely.Geometry) -> tuple[BaseGeometry, ...]:
    """Draw the area of each patch.

    Parameters
    ----------
    plan
        With its patches; none where nobody goes out.
    district
        Its outline, EPSG:27700.

    Returns
    -------
    tuple of shapely geometries
        One a patch, EPSG:27700; they do not overlap, and together they are the district. Empty where every stop of a
        patch lies so that others are nearer to all of the district.
    """
    if not plan.patches:
        return ()
    if len(plan.patches) == 1:
        return (_polygons(district),)
    middles = shapely.MultiPoint([middle_of(stop.square) for stop in plan.stops])
    cells = shapely.get_parts(shapely.voronoi_polygons(middles, extend_to=shapely.envelope(district), ordered=True))
    owners = np.array([patch.number for patch in plan.patches for _ in patch.stops])
    return tuple(
        _polygons(shapely.intersection(shapely.union_all(cells[owners == patch.number]), district))
        for patch in plan.patches
    )


def _polygons(shape: shapely.Geometry) -> BaseGeometry:
    """Drop lines and points in which an area only touches the district's edge."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    whole: BaseGeometry = shapely.union_all(parts) if parts else shapely.Polygon()
    return whole
