"""Write the plan of a night's count for a GIS: patches and stops, for the team only, without the night."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import NATIONAL_GRID
from geo.review.team_only import COLUMN, SENTENCE, TEAM_ONLY
from geo.walkabouts.snapshot.plan import told_kinds
from geo.walkabouts.snapshot.values import SnapshotPlan
from layers.pack.classes import MapClass
from layers.pack.gpkg_file import Layer, gpkg_bytes
from layers.pack.place_marks import PlaceMark
from layers.pack.qml import single_qml
from layers.style import INK, Fill
from layers.walks.card import clock
from layers.walks.walk_looks import team_look

_STOP: Final = MapClass("Stop", mark=PlaceMark("stop", "o", team_look(1).colour))
_PATCH: Final = MapClass("Patch", fill=Fill(colour="#e4eef0", opacity=0.4, line=INK, line_px=2.4))


def night_gpkg(plan: SnapshotPlan, areas: Sequence[BaseGeometry], *, day: date, sources: Sequence[str] = ()) -> bytes:
    """Write patches and stops.

    Parameters
    ----------
    areas
        Of the patches, EPSG:27700.
    day
        Of writing.
    sources
        The lines that licences ask for.

    Returns
    -------
    bytes
        Layers `patches` and `stops` in EPSG:27700; each row and each layer says that it is for the team only. Times of
        day, and no date.
    """
    told = " ".join((SENTENCE, *dict.fromkeys(line for line in sources if line)))
    layers = (
        Layer("patches", "Patches of the count", told, patch_rows(plan, areas), single_qml(_PATCH, label="patch")),
        Layer("stops", "Stops of the count", told, stop_rows(plan), single_qml(_STOP, label="stop")),
    )
    return gpkg_bytes(layers, (), day=day.isoformat())


def patch_rows(plan: SnapshotPlan, areas: Sequence[BaseGeometry]) -> gpd.GeoDataFrame:
    """Give each patch's row with its area, EPSG:27700."""
    table = pd.DataFrame(
        {
            "patch": [patch.number for patch in plan.patches],
            "meet": [patch.meeting for patch in plan.patches],
            "begins": [clock(patch.begins) for patch in plan.patches],
            "ends": [clock(patch.ends) for patch in plan.patches],
            "minutes": [round(patch.minutes, 1) for patch in plan.patches],
            "stops": [len(patch.stops) for patch in plan.patches],
            COLUMN: [TEAM_ONLY] * len(plan.patches),
        }
    )
    whole = [shapely.multipolygons(shapely.get_parts(area)) for area in areas]
    return gpd.GeoDataFrame(table, geometry=whole, crs=NATIONAL_GRID)


def stop_rows(plan: SnapshotPlan) -> gpd.GeoDataFrame:
    """Give each stop's row: where the team stands, on the street; EPSG:27700."""
    stops = [(patch.number, stop) for patch in plan.patches for stop in patch.stops]
    table = pd.DataFrame(
        {
            "stop": [stop.number for _, stop in stops],
            "patch": [patch for patch, _ in stops],
            "arrive": [clock(stop.arrive) for _, stop in stops],
            "stay_minutes": [float(stop.stay_minutes) for _, stop in stops],
            "street": [stop.street for _, stop in stops],
            "square": [stop.square for _, stop in stops],
            "why": [told_kinds(stop.kinds) for _, stop in stops],
            COLUMN: [TEAM_ONLY] * len(stops),
        }
    )
    points = gpd.points_from_xy([s.point[0] for _, s in stops], [s.point[1] for _, s in stops], crs=NATIONAL_GRID)
    return gpd.GeoDataFrame(table, geometry=points)
